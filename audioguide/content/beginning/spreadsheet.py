"""Read the stops of a new museum out of a csv file, as a spreadsheet writes it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide import characters, files
from audioguide.content.beginning.museum_files import Row
from audioguide.content.decoding import decode
from audioguide.content.mistakes import Mistakes
from audioguide.content.tables import MOST
from audioguide.content.text import Words, parse_words
from audioguide.content.writing import text_file
from audioguide.errors import (
    NOTHING_TO_SAY,
    AskedWrongly,
    Finding,
    Grade,
    Message,
    PackBroken,
    message,
    plain_reason,
)
from audioguide.languages import Language, any_typed

MOST_BYTES = 5_000_000
_NUMBER, _TITLE, _TEXT = "number", "title", "text"
_HEADING = re.compile(r"(?P<word>№|[^\W\d_]+)\.?(?:[\s_.:(\[/-]*(?P<tag>[A-Za-z][\w-]*)[)\]]*)?")
_SEPARATORS = ",;\t|"
_CYRILLIC, _WESTERN = "cp1251", "cp1252"  # what a spreadsheet of Windows writes without being asked
_MIXED = re.compile(r"[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
_LOST = re.compile(r"[^\s,;|\"]*[^\W\d_]\?[^\W\d_][^\s,;|\"]*")


@dataclass(frozen=True)
class Sheet:
    """The stops of a spreadsheet, and the headings of columns that are not used."""

    rows: tuple[Row, ...]
    unused: tuple[str, ...]


class _Broken:
    """Gathers what is wrong in a spreadsheet, each mistake with its cell."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[tuple[int, int, Finding]] = []

    @property
    def has_any(self) -> bool:
        """Whether anything is wrong."""
        return bool(self._found)

    @property
    def in_order(self) -> list[Finding]:
        """All that is wrong, row by row."""
        return [each for *_, each in sorted(self._found, key=lambda found: found[:2])]

    def add(self, row: int, column: int, what: Message, do: Message = NOTHING_TO_SAY) -> None:
        """Note a mistake in a cell; row and column are counted from 0."""
        where = f"{self.file}:{_letters(column)}{row + 1}"
        self._found.append((row, column, Finding(Grade.ERROR, where, what, do)))


def read_sheet(path: Path, languages: Sequence[Language]) -> Sheet:
    """Read the stops in a csv file.

    A column without a language is in the first of the ``languages``. Raise AskedWrongly where the
    file cannot be read, PackBroken with every mistake by its cell, as `stops.csv:C5`.
    """
    try:
        content = files.read(path, MOST_BYTES)
    except OSError as error:
        raise AskedWrongly("{file}: {reason}.", file=path, reason=plain_reason(error)) from error
    broken = _Broken(path.name)
    table = _cells(_decoded(content, languages, broken), broken)
    sheet = _read(table, languages, broken) if not broken.has_any else Sheet((), ())
    if broken.has_any:
        raise PackBroken(broken.in_order)
    return sheet


def _decoded(content: bytes, languages: Sequence[Language], broken: _Broken) -> str:
    """Decode UTF-8 and UTF-16, and what Windows wrote before; note letters that are lost there."""
    do = message("In the spreadsheet choose: Save as, CSV UTF-8.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        what = message("This is a workbook, and no csv file.")
        broken.add(0, 0, what, do)
        return ""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        cyrillic = any(each.script == "Cyrl" for each in languages)
    text = content.decode(_CYRILLIC if cyrillic else _WESTERN, errors="replace")
    if (found := _LOST.search(text)) is not None:
        broken.add(
            *_place(text, found.start()),
            message("Letters were lost here when the file was saved: {words}", words=found.group()),
            do,
        )
    elif "\ufffd" in text or _MIXED.search(text):
        broken.add(0, 0, message("In what encoding this file is written cannot be told."), do)
    return text


def _place(text: str, at: int) -> tuple[int, int]:
    """Return about where a character stands: its line, and the separators before it."""
    line = text[:at].rpartition("\n")[2]
    return text.count("\n", 0, at), sum(line.count(each) for each in _SEPARATORS[1:3])


def _cells(text: str, broken: _Broken) -> list[list[str]]:
    first = text.partition("\n")[0].strip()
    separator = max(_SEPARATORS, key=first.count)
    named = re.fullmatch(r'"?sep=(.)"?', first)  # a line that Excel reads itself
    if named:
        text, separator = text.partition("\n")[2], named.group(1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = [[]] if named else []
    try:
        rows += ([characters.plain(cell).strip() for cell in row] for row in reader)
    except csv.Error:
        broken.add(
            len(rows),
            0,
            message("A quotation mark in this row has no other half."),
            message("Write two where one is meant, or save the file anew from the spreadsheet."),
        )
    return rows


def _read(table: Sequence[Sequence[str]], languages: Sequence[Language], broken: _Broken) -> Sheet:
    filled = [(place, row) for place, row in enumerate(table) if any(row)]
    if not filled:
        broken.add(0, 0, message("There is nothing in this file."), _how_headed(languages))
        return Sheet((), ())
    (place, heading), *others = filled
    columns, unused = _columns(place, heading, languages, broken)
    if not columns:
        return Sheet((), ())
    rows = [
        row
        for at, cells in others
        if (row := _row(at, cells, len(heading), columns, broken)) is not None
    ]
    _check_numbers(others, columns[_NUMBER, None], broken)
    if not rows and not broken.has_any:
        broken.add(place, 0, message("There is no stop below the headings."))
    return Sheet(tuple(rows), unused)


_Columns = Mapping[tuple[str, Language | None], int]


def _columns(
    row: int, heading: Sequence[str], languages: Sequence[Language], broken: _Broken
) -> tuple[_Columns, tuple[str, ...]]:
    """Find the columns by what they hold, and name those that are not used."""
    columns: dict[tuple[str, Language | None], int] = {}
    unused = []
    for place, name in enumerate(heading):
        found = _HEADING.fullmatch(name.casefold())
        field = _field_of(found["word"]) if found else None
        if found is None or field is None:
            unused += [name] if name else []
            continue
        language = languages[0] if field != _NUMBER else None
        if found["tag"] and field != _NUMBER:
            named = Language.read(found["tag"])
            if named not in languages:
                _wrong_language(row, place, found["tag"], languages, broken)
                continue
            language = named
        if (field, language) in columns:
            broken.add(row, place, message("A second column is headed so: {name}", name=name))
        columns[field, language] = place
    wanted = [(_NUMBER, None), *((_TITLE, each) for each in languages)]
    if wanted[0] not in columns or not any(each in columns for each in wanted[1:]):
        what = message("The first row does not name the columns.")
        broken.add(row, 0, what, _how_headed(languages))
        return {}, ()
    return columns, tuple(unused)


def _wrong_language(
    row: int, column: int, tag: str, languages: Sequence[Language], broken: _Broken
) -> None:
    broken.add(
        row,
        column,
        message("The museum does not have the language {language}.", language=tag),
        message("Its languages are {known}.", known=", ".join(languages)),
    )


def _how_headed(languages: Sequence[Language]) -> Message:
    headings = ["number", *(f"{field} {each}" for each in languages for field in (_TITLE, _TEXT))]
    return message("Head the columns: {headings}.", headings=" | ".join(headings))


def _row(
    row: int, cells: Sequence[str], width: int, columns: _Columns, broken: _Broken
) -> Row | None:
    """Read a row, noting what is wrong in its cells."""
    if any(cells[width:]):
        broken.add(
            row,
            width,
            message("This row has more cells than there are headings."),
            message("A text with {mark} in it must stand in quotation marks.", mark="“,” / “;”"),
        )
        return None

    def cell(column: int) -> str:
        return cells[column] if column < len(cells) else ""

    number = cell(at := columns[_NUMBER, None])
    if not re.fullmatch(r"[0-9]{1,6}", number) or int(number) > MOST:
        what = message(
            "{name} must be a whole number from {least} to {most}, and it is {value}.",
            name=_NUMBER,
            least=0,
            most=MOST,
            value=number or "–",
        )
        broken.add(row, at, what)
        return None
    kept: dict[str, dict[Language, str]] = {_TITLE: {}, _TEXT: {}}
    for (field, language), column in columns.items():
        if language is not None and (given := cell(column)):
            kept[field][language] = _written(row, column, field, given, broken)
    if not kept[_TITLE]:
        titles = [column for (field, _), column in columns.items() if field == _TITLE]
        broken.add(row, min(titles), message("The title is missing."))
        return None
    return Row(int(number), kept[_TITLE], kept[_TEXT])


def _written(row: int, column: int, field: str, given: str, broken: _Broken) -> str:
    """Read a cell as a text file is read; each line of it is a paragraph unless some are empty."""
    lines = [" ".join(line.split()) for line in given.splitlines()]
    if field == _TITLE:
        words = Words(" ".join(filter(None, lines)), None, "", ())
    else:
        paragraphs = [line for line in lines if line] if "" not in lines else _joined(lines)
        words = Words("Title", None, "\n\n".join(paragraphs), ())
    mistakes = Mistakes("")
    text = decode(text_file(words).encode(errors="replace"), mistakes)
    if text is not None:
        parse_words(text, mistakes, needs_text=field == _TEXT)
    for each in mistakes.findings:
        broken.add(row, column, each.what, each.do)
    return words.title if field == _TITLE else words.text


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Give the paragraphs of lines that empty ones part."""
    for part in "\n".join(lines).split("\n\n"):
        if joined := " ".join(part.split()):
            yield joined


def _field_of(word: str) -> str | None:
    """Return what is in a column of this heading, in any language that is known."""
    fields = (_NUMBER, _TITLE, _TEXT)
    return next((each for each in fields if re.fullmatch(any_typed(each), word)), None)


def _check_numbers(
    others: Sequence[tuple[int, Sequence[str]]], column: int, broken: _Broken
) -> None:
    """Note a number that stands twice."""
    seen: dict[str, int] = {}
    for at, cells in others:
        number = cells[column] if column < len(cells) else ""
        number = (number.lstrip("0") or "0") if number else ""
        if number and number in seen:
            what = message(
                "The number {number} stands twice, first in row {row}.",
                number=number,
                row=seen[number] + 1,
            )
            broken.add(at, column, what)
        seen.setdefault(number, at)


def _letters(column: int) -> str:
    """Name a column as spreadsheets do: A to Z, AA and so on."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
