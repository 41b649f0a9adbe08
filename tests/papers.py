"""The papers for staff: a folder of docs/ that is named by a language holds them in that language.

Whoever adds a language adds a folder, and no test.
"""

from __future__ import annotations

import re
from functools import cache

from audioguide.languages import Language
from audioguide.words import catalogue
from museum import ROOT

PAPERS = {
    folder.name: {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    for folder in sorted((ROOT / "docs").iterdir())
    if folder.is_dir() and re.fullmatch("[a-z]{2,3}", folder.name)
}
FEWEST_LETTERS = 40  # of prose from which its language can be told

_SPAN = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"```.*?```", re.DOTALL)
_ITEM = re.compile(r"^(- |\d+\. )", re.MULTILINE)
_ITALIC = re.compile(r"(?<![*\w`])\*([^*`]+)\*(?![*\w`])")
_PLACE = re.compile(r"\{\w+\}")
_OMITTED = re.compile(
    r"^\.\.\. | \.\.\.$|\.\.\.|-?\d(?:[\d., ]*\d)?"
)  # of a quoted line: words, and figures
_OF_A_STOP = re.compile(r"^\d+ [a-z-]+ [a-z]{2}: ")
_NEW_MUSEUM = "audioguide.py new ../"  # each language begins a museum of its own: what differs
_OF_ITS_OWN = {
    re.compile(r'"[^"\n]*"'): '"a name"',
    re.compile(r"\.\./[a-z]+"): "../folder",
    re.compile(r"\b[A-Z][a-z]+/[A-Z][a-z]+\b"): "Time/Zone",
    re.compile(r"\b[a-z]{2}(?:,[a-z]{2})*\b"): "xx",
}
_FEWEST_QUOTED = 3
_FEWEST_FIXED = 6  # letters of a sentence beside its {places}


def parts(paper: str) -> list[str]:
    """Tell what a paper is made of, in its order: commands with their words, all else without."""
    paper = _as_any(paper)
    blocks = re.sub(r"```text\n.*?```", "<text>", paper, flags=re.DOTALL).strip().split("\n\n")
    return [part for block in blocks for part in _parts(block)]


def _as_any(paper: str) -> str:
    if _NEW_MUSEUM in paper:
        for own, any_name in _OF_ITS_OWN.items():
            paper = own.sub(any_name, paper)
    return paper


def _parts(block: str) -> list[str]:
    lines = block.splitlines()
    if block.startswith("```"):
        return lines[1:-1]
    if block.startswith("|"):
        return [f"row of {line.count(' | ') + 1} cells" for line in lines]
    if _ITEM.match(block):
        return [f"{mark}item" for mark in _ITEM.findall(block)]
    first = block.split(maxsplit=1)[0]
    return [first if first in ("#", "##", "###", "<text>") else "paragraph"]


def prose(paper: str) -> list[str]:
    """Give what a paper says outside of code, by paragraph, item and cell; short ones are left."""
    plain = re.sub(r"\]\([^)]*\)", "]", _SPAN.sub(" ", _FENCED.sub(" ", paper)))
    pieces = re.split(r"\n\n+|\n(?=- |\d+\. |\|)|\|", plain)
    return [" ".join(piece.split()) for piece in pieces if _letters(piece) > FEWEST_LETTERS]


def spans(paper: str, language: str) -> set[str]:
    """Give the code in a paper's lines: commands, names, options, and no line of the terminal."""
    found = _SPAN.findall(_FENCED.sub(" ", _as_any(paper)))
    return {span for span in found if not sentences(span, language)}


def quoted_rows(paper: str) -> list[str]:
    """Give the lines of the terminal that the tables of a paper explain."""
    cells = re.findall(r"^\| (`[^`\n]+`) \|", paper, re.MULTILINE)
    return [cell.strip("`") for cell in cells if " " in cell]


def sentences(line: str, language: str) -> set[str]:
    """Find the sentences of the program, by their English keys, that a quoted line may be."""
    line = _OF_A_STOP.sub("", line)
    if _letters(line) < _FEWEST_QUOTED or " " not in line:
        return set()
    as_quoted = re.compile(".*".join(map(re.escape, _OMITTED.split(line))), re.DOTALL)
    return {
        key
        for key, sentence in _catalogue(language).items()
        if as_quoted.fullmatch(sentence) or _filled(sentence).fullmatch(line)
    }


def buttons(paper: str) -> set[str]:
    """Give the words in italics; most stand on a button or above a list of the pages."""
    return {" ".join(found.split()) for found in _ITALIC.findall(_FENCED.sub(" ", paper))}


def said(key: str, language: str) -> str | None:
    """Return an interface sentence in a language, or None where the program does not say it."""
    return _catalogue(language).get(key)


@cache
def _filled(sentence: str) -> re.Pattern[str]:
    """Compile what a sentence looks like with its places filled; `re` itself forgets so many."""
    fixed = _PLACE.split(sentence)
    if _letters("".join(fixed)) < _FEWEST_FIXED:
        fixed = [sentence]
    return re.compile(".+".join(map(re.escape, fixed)), re.DOTALL)


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language == Language("en"):
        return {key: key for key in catalogue(Language("kk"))}
    return dict(catalogue(Language(language)))


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)
