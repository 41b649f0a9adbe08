"""What a hand makes wrong in museum.toml, in a curator's words: tomllib speaks to programmers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable

from audioguide.content.mistakes import Mistakes
from audioguide.content.toml_values import (
    VALUE,
    Said,
    of_day,
    of_quotes,
    of_value,
    pair_of,
    said_of_quotes,
)
from audioguide.errors import message

_KEY = re.compile(r"[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*")
_LONGEST_LIST = 30  # lines
_MOST_IN_LIST = 2_000  # characters; no hand writes more, and what looks at it goes over it often
_FORM = message('A line is: key = "text", key = 5, key = true, or key = 2026-11-22.')


def add_toml_mistake(text: str, error: Exception, mistakes: Mistakes) -> None:
    """Note what is wrong with a text that tomllib refuses, in the line where a hand has to mend."""
    what, place = _of_tomllib(error, text)
    lines = text.split("\n")
    said = _told_by_tomllib(what, place, lines)
    if said is None:
        said = _told_by_line(place, lines)
    line, (found, do) = said
    mistakes.add(line, found.sentence, do.sentence, **(found.values | do.values))


def _of_tomllib(error: Exception, text: str) -> tuple[str, int]:
    what, _, place = str(error).partition(" (at ")
    number = place.removeprefix("line ").split(",")[0]
    lines = text.rstrip("\n").split("\n")
    if number.isdigit():
        return what, int(number)
    if place.startswith("end"):
        return what, len(lines)
    return what, next((n for n, line in enumerate(lines, 1) if not _is_right_alone(line)), 1)


def _is_right_alone(line: str) -> bool:
    try:
        tomllib.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _told_by_tomllib(what: str, place: int, lines: list[str]) -> tuple[int, Said] | None:
    """Explain what only a reader of the whole file knows: what stands twice, what never ends."""
    if "Cannot overwrite a value" in what or "redefine" in what or "mutate immutable" in what:
        return _twice(place, lines)
    if what.startswith(("Cannot declare", "Cannot redefine")):
        return place, _of_header(lines[place - 1]) or _table_twice(lines[place - 1])
    if '"\'"' in what:
        opened = (n for n in range(1, place + 1) if not _is_right_alone(lines[n - 1]))
        return next(((n, said) for n in opened if (said := of_quotes(lines[n - 1]))), None)
    if '\'"""\'' in what or 'Expected """' in what or "Unterminated string" in what:
        return _unclosed_text(place, lines)
    if "array" in what.lower() or "Invalid value" in what:
        return _unclosed_list(place, lines)
    return None


def _told_by_line(place: int, lines: list[str]) -> tuple[int, Said]:
    # Where an array or a text goes on, tomllib may stop a line or two after the mistake.
    for number in (place, place - 1):
        if 1 <= number <= len(lines) and not _is_right_alone(lines[number - 1]):
            for look in _LOOKS:
                if said := look(lines[number - 1]):
                    return number, said
    shown = lines[min(place, len(lines)) - 1].strip()[:60]
    return place, (
        message("This line is not written as the program reads it: {shown}", shown=shown),
        _FORM,
    )


def _twice(place: int, lines: list[str]) -> tuple[int, Said]:
    key = _key(lines[place - 1])
    header = next((n for n in range(place - 1, 0, -1) if lines[n - 1].lstrip().startswith("[")), 0)
    earlier = [n for n in range(header + 1, place) if _key(lines[n - 1]) == key]
    block = lines[header - 1].strip() if header else "[[stop]]"
    return place, (
        message(
            "{key} stands twice in one block, first in line {line}.",
            key=key,
            line=earlier[0] if earlier else header,
        ),
        message("Take one out. If a new block begins here, write {block} above it.", block=block),
    )


def _table_twice(line: str) -> Said:
    name = line.strip().strip("[]").strip()
    return (
        message("[{table}] stands twice.", table=name),
        message(
            "Keep one. Of what there is several of, each block begins with [[{table}]].", table=name
        ),
    )


def _unclosed_text(place: int, lines: list[str]) -> tuple[int, Said]:
    opened = [n for n in range(1, place + 1) if lines[n - 1].count('"""') % 2]
    return (opened or [place])[0], (
        message('Three quotation marks """ begin a text here that never ends.'),
        message('Write a text in one line: key = "text".'),
    )


def _unclosed_list(place: int, lines: list[str]) -> tuple[int, Said] | None:
    """Find the list that is open at a line, and say whether a bracket or a comma is missing."""
    for number in range(min(place, len(lines)), max(place - _LONGEST_LIST, 0), -1):
        pair = pair_of(lines[number - 1])
        if pair is not None and pair[1].startswith("["):
            said = _of_list(pair[0], _listed(pair[1], lines[number:place]))
            return None if said is None else (number, said)
        if pair is not None and number < place:
            return None
    return None


def _listed(begin: str, further: list[str]) -> str:
    """Join the lines of a list, up to the one that begins something else."""
    ends = [n for n, line in enumerate(further) if pair_of(line) or line.startswith("[")]
    return " ".join([begin, *further[: ends[0] if ends else len(further)]])


def _of_list(key: str, listed: str) -> Said | None:
    if len(listed) > _MOST_IN_LIST:
        return None
    if said := said_of_quotes(listed):
        return said
    bare = re.search(r"[\[,]\s*([^\W\d]\w*)\s*(?=[,\]]|$)", listed)
    if bare and bare.group(1) not in ("true", "false"):
        return (
            message(
                "Is a quotation mark missing? {value} is read as no text.", value=bare.group(1)
            ),
            message('Write each with quotation marks: "{text}"', text=bare.group(1)),
        )
    if re.search(rf"(?:{VALUE})\s+(?:{VALUE})", listed.partition("]")[0]):
        return (
            message("A comma is missing between the entries of {key}.", key=key),
            message('Write: ["monday", "tuesday"], or [0, 13, 1].'),
        )
    if "]" not in listed.partition("#")[0]:
        return message("The list {key} is not closed.", key=key), message("Write ] at its end.")
    return None


def _key(line: str) -> str:
    pair = pair_of(line)
    return pair[0] if pair else line.strip()


def _of_header(line: str) -> Said | None:
    stripped = line.partition("#")[0].strip()
    if not stripped.startswith("["):
        return None
    if found := re.fullmatch(r"(\[\[[^\[\]]+\]\]|\[[^\[\]]+\])\s*([^\]\s].*)", stripped):
        return (
            message("Behind {block} stands something more.", block=found.group(1)),
            message("Write it into the next line."),
        )
    name = stripped.strip("[] ")
    opened, closed = stripped.count("["), stripped.count("]")
    if said := _said_of_letters(name):
        return said
    if (opened != closed or re.search(r"\[\s+\[|\]\s+\]", stripped)) and name:
        return (
            message("A bracket is missing: {line}", line=stripped),
            message("Write [museum], or [[{table}]].", table=name if name != "museum" else "stop"),
        )
    return None


def _of_note(line: str) -> Said | None:
    if line.lstrip().startswith(("//", ";", "--", "/*", "<!--")):
        return message("A note of your own begins with #."), message("Write # at its beginning.")
    return None


def _of_key(line: str) -> Said | None:
    pair = pair_of(line)
    if pair is None:
        return _of_no_pair(line.strip())
    if said := _said_of_letters(pair[0]):
        return said
    if not pair[0]:
        return message("The key in front of = is missing."), _FORM
    if not _KEY.fullmatch(pair[0]):
        return (
            message("{key} is no key.", key=pair[0]),
            message("A key is one word of Latin letters, for example approved_by."),
        )
    return None


def _of_sign(line: str) -> Said | None:
    pair = pair_of(line)
    if pair is not None and pair[1].startswith("="):
        return message("Here stand two signs ="), message("Write one.")
    if pair is not None and not pair[1].partition("#")[0].strip():
        return (
            message("Behind {key} = the value is missing.", key=pair[0]),
            message("Write it, or take the line out."),
        )
    return None


def _of_no_pair(stripped: str) -> Said | None:
    found = re.match(r"([\w.-]+)\s*:\s*\S", stripped)
    if found:
        return (
            message("Behind {key} stands a colon.", key=found.group(1)),
            message("Write = in its place."),
        )
    if stripped and not stripped.startswith(("[", "]", '"', "'")):
        return message("Here stands no sign =: {line}", line=stripped[:60]), _FORM
    return None


def _said_of_letters(name: str) -> Said | None:
    strange = [letter for letter in name if letter.isalpha() and not letter.isascii()]
    if not strange:
        return None
    is_slip = any(letter.isalpha() and letter.isascii() for letter in name)
    return (
        message(
            "In {name} stand letters that are not Latin: {letters}",
            name=name,
            letters=" ".join(dict.fromkeys(strange)),
        ),
        message("Type it again with the English keyboard: they only look alike.")
        if is_slip
        else message("The names here are English words, such as [[stop]] or number."),
    )


_LOOKS: tuple[Callable[[str], Said | None], ...] = (
    _of_header,
    _of_note,
    _of_key,
    _of_sign,
    of_day,
    of_quotes,
    of_value,
)
