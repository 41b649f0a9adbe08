"""What a hand makes wrong behind the = of a line of a .toml, in a curator's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from audioguide.content.toml_dates import as_date, day_of, parts_of
from audioguide.errors import Message, message
from audioguide.languages import all_known, any_typed

Said: TypeAlias = "tuple[Message, Message]"
_Say: TypeAlias = "Callable[[str, str], Said]"

VALUE = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w.+:-]+"
_PAIR = re.compile(r"([^=#\[\]\"']*)=(.*)")
_MOST_SHOWN = 60
_CURLY = "“”„‟«»‹›‘’‚`´"
_TEXTS = {
    "espeak", "fallback", "short_name",
    "code", "slug", "kind", "hall", "approved_by", "phone", "email", "website", "map_url",
    "timezone", "opens", "closes", "currency", "network", "name", "url", "outline",
    *all_known(),
}  # fmt: skip
_BY_LANGUAGE = frozenset(all_known())  # a text, or in lengths.toml a number or two
_DAYS = {"approved_on", "notice_until", "from", "to"}
_FLAGS = {"published", "quiet", "route", "person", "approximate", "mark"}
_DEGREES = {"lat", "lon"}
_LISTS = {
    "languages": '["kk", "ru", "en"]',
    "partial_languages": '["en"]',
    "label_languages": '["kk", "ru"]',
    "days": '["monday", "tuesday"]',
    "stops": "[0, 13, 1]",
    "sources": '["...", "..."]',
}
_DATE = re.compile(r"\d{1,4}[./\s-]\d{1,2}[./\s-]\d{1,4}")


def pair_of(line: str) -> tuple[str, str] | None:
    """Return what stands before and behind the = of a line, or None where no key can be meant."""
    found = _PAIR.match(line)
    return (found.group(1).strip(), found.group(2).strip()) if found else None


def of_quotes(line: str) -> Said | None:
    """Say what is wrong with the quotation marks of a line."""
    pair = pair_of(line)
    return said_of_quotes(pair[1]) if pair else None


def _is_answer(value: str) -> bool:
    return re.fullmatch(f"true|false|{any_typed('answer')}", value.lower()) is not None


def said_of_quotes(value: str) -> Said | None:
    """Say what is wrong with the quotation marks of a value."""
    outside = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", "", value)
    if any(mark in outside for mark in _CURLY) and not re.match(r"[\"']", value):
        return (
            message("These quotation marks are not the straight ones: {value}", value=_cut(value)),
            message('Type " on both sides, for example: "Asia/Almaty".'),
        )
    if "\\" in value and '"' in value and not outside.count('"'):
        return (
            _backslash() if re.search(r"\\[^btnfr\"\\uU]|\\[uU](?![0-9a-fA-F]{4})", value) else None
        )
    if re.search(r"\\\"\s*$", outside) or re.match(r"\"[^\"]*\\\"$", value):
        return _backslash()
    if outside.count('"') % 2 or outside.count("'") % 2:
        if any(mark in outside for mark in _CURLY):
            return (
                message("The text ends with another quotation mark than it begins with."),
                message('Type " on both sides.'),
            )
        return (
            message("A quotation mark is not closed: {value}", value=_cut(value)),
            message('Type " on both sides of the text, and \\" for one inside it.'),
        )
    return None


def _cut(value: str) -> str:
    return value if len(value) <= _MOST_SHOWN else f"{value[:_MOST_SHOWN]}…"


def _backslash() -> Said:
    return (
        message("A backslash \\ has a meaning of its own here."),
        message("Write / in its place, or two: \\\\."),
    )


def of_day(line: str) -> Said | None:
    """Say how the day is written where a key takes one, whatever stands there."""
    pair = pair_of(line)
    if pair is None or pair[0] not in _DAYS:
        return None
    value = _without_note(pair[1])
    return _of_date(pair[0], value) if value else None


def of_value(line: str) -> Said | None:
    """Say what is wrong with the value of a line, where its quotation marks are right."""
    pair = pair_of(line)
    if pair is None:
        return None
    key, value = pair[0], _without_note(pair[1])
    if say := _by_key(key, value):
        return say(key, value)
    bare = value.strip("\"'" + _CURLY)
    for is_meant, say in _VALUES:
        if is_meant(value if say in (_of_end, _of_inner_quotes) else bare):
            return say(key, value)
    return None


def _without_note(written: str) -> str:
    return re.split(r"(?:^|\s)#", written, maxsplit=1)[0].strip()


def _by_key(key: str, value: str) -> _Say | None:
    """Choose by what a key takes; what begins as it should is looked at by itself."""
    if key in _BY_LANGUAGE and value[:1].isdigit():
        return _of_unbracketed if re.search(r"\d\D+\d", value) else _of_number
    if key in _TEXTS and not value.startswith(('"', "'", "[", "{")):
        return _of_bare_text
    if key in _LISTS and not value.startswith("["):
        return _of_unbracketed
    if key in _FLAGS and not value.startswith(("true", "false")):
        return _of_flag
    return None


def _of_date(_key: str, value: str) -> Said:
    bare = value.strip("\"'" + _CURLY)
    if parts_of(bare) is not None and day_of(bare) is None:
        return (
            message("{value} is no day of the calendar.", value=_cut(value)),
            message("Write a day that there is."),
        )
    return (
        message("{value} is not a date as the program reads it.", value=_cut(value)),
        message(
            "Write year, month, day, without quotation marks: {date}",
            date=as_date(bare),
        ),
    )


def _of_flag(_key: str, value: str) -> Said:
    return (
        message("{value} is not read here.", value=_cut(value)),
        message("Write true or false, in small letters and without quotation marks."),
    )


def _of_number(key: str, value: str) -> Said:
    if key == "amount":
        return _of_amount(value)
    if key in _DEGREES:
        return _of_degrees(value)
    digits = re.sub(r"\D.*", "", value.replace(" ", "").lstrip("0№N+ ")) or "0"
    return (
        message("{value} is not a whole number as the program reads it.", value=_cut(value)),
        message(
            "Write digits alone, without comma, space or a zero in front: {number}",
            number=_cut(digits),
        ),
    )


def _of_amount(value: str) -> Said:
    exact = re.fullmatch(r"0*(\d+)(?:[.,](\d{1,2}))?", re.sub(r"[\s_]", "", value))
    number = ".".join(filter(None, exact.groups())) if exact else "1500.50"
    return (
        message("{value} is not an amount as the program reads it.", value=_cut(value)),
        message("Write figures without spaces, and a point, no comma: {number}", number=number),
    )


def _of_degrees(value: str) -> Said:
    exact = re.search(r"(-?\d{1,3})(?:\s*[.,]\s*(\d{1,9}))?", value)
    number = ".".join(filter(None, exact.groups())) if exact else "49.68"
    return (
        message("{value} is not read as degrees.", value=_cut(value)),
        message("Write degrees with a point, no comma: {number}", number=number),
    )


def _of_end(_key: str, value: str) -> Said:
    return (
        message("Behind the value stands something more: {value}", value=value[-30:]),
        message("Take it out; each line ends with its value."),
    )


def _of_bare_text(key: str, value: str) -> Said:
    return (
        message("Is a quotation mark missing? {value} is read as no text.", value=_cut(value)),
        message('Write: {key} = "{text}"', key=key, text=_inside_quotes(_cut(value))),
    )


def _inside_quotes(value: str) -> str:
    text = value.rstrip(",; ").strip("\"'" + _CURLY)
    return text.replace("\\", "/").replace('"', '\\"')


def _of_inner_quotes(_key: str, value: str) -> Said:
    return (
        message('Inside the text stand quotation marks ": {value}', value=_cut(value)),
        message('Write « » or “ ” inside it, and " at its two ends alone.'),
    )


def _of_unbracketed(key: str, value: str) -> Said:
    is_of_numbers = key == "stops" or key in _BY_LANGUAGE
    entries = re.findall(r"\d+" if is_of_numbers else r"[^\W\d_]+", value[:_MOST_SHOWN])
    listed = ", ".join(entries if is_of_numbers else [f'"{each}"' for each in entries])
    is_known = is_of_numbers or key in _LISTS
    example = f"[{listed}]" if entries and is_known and len(value) <= _MOST_SHOWN else ""
    return (
        message("A list stands in square brackets."),
        message(
            "Write: {key} = {example}",
            key=key,
            example=example or _LISTS.get(key, _LISTS["stops"]),
        ),
    )


_VALUES: tuple[tuple[Callable[[str], object], _Say], ...] = (
    (_DATE.fullmatch, _of_date),
    (_is_answer, _of_flag),
    (re.compile(r"\(.*\)").fullmatch, _of_unbracketed),
    (re.compile(r"\d{1,2}[:.]\d{2}").fullmatch, _of_bare_text),
    (re.compile(r"\"[^\"]*\"[^\",]*[^\s\",].*\"").fullmatch, _of_inner_quotes),
    (re.compile(rf"(?:{VALUE}|\[[^\[\]]*\])\s*[,;.]+").fullmatch, _of_end),
    (re.compile(r"[№N+]?\s?[\d\s.,_]*\d[\d\s.,_]*").fullmatch, _of_number),
    (re.compile(r"(?:\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]|true|false|\d+)\s*\S.*").fullmatch, _of_end),
    (re.compile(r"[^\"'\[{].*").fullmatch, _of_bare_text),
)
