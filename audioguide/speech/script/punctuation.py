"""Marks that the eye needs and the ear does not."""

from __future__ import annotations

import re
import unicodedata

from audioguide import characters

_APOSTROPHES = re.compile("(?<=\\w)[’‘ʼ`´](?=\\w)")
_QUOTES = re.compile("[«»„“”‟‹›\"‘’‚]|(?<!\\w)'|'(?!\\w)")
_OPENING = re.compile(r"[(\[{]")
_CLOSING = re.compile(r"[)\]}]")
_DASH = re.compile(r"\s*[—–‒―−]\s*|\s+-+\s+|^\s*-+\s+|\s*--+\s*")
_SLASH = re.compile(r"\s*[/\\|]\s*")
_FINAL = ".?!"


def plain(text: str) -> str:
    """Return ``text`` composed (NFC), with plain spaces, hyphens and apostrophes."""
    visible = characters.plain(unicodedata.normalize("NFC", text))
    return _APOSTROPHES.sub("'", re.sub(r"\s+", " ", visible)).strip()


def for_the_ear(text: str) -> str:
    """Return ``text`` without brackets, quotes, slashes and dashes; a pause is a comma."""
    quiet = _QUOTES.sub("", text)
    quiet = _CLOSING.sub(", ", _OPENING.sub(", ", quiet))
    quiet = _SLASH.sub(", ", _DASH.sub(", ", quiet))
    quiet = re.sub(r"\.{2,}|…", _pause, quiet).replace(";", ",")
    return _tidy(quiet)


def closed(script: str, written: str) -> str:
    """Give ``script`` the full stop that an abbreviation took from the end of ``written``."""
    ended = re.search(r"[.?!…]\W*$", written) is not None
    needs_stop = ended and script != "" and script[-1] not in _FINAL
    return script.rstrip(",: ") + "." if needs_stop else script


def _pause(dots: re.Match[str]) -> str:
    is_last = not re.search(r"\w", dots.string[dots.end() :])
    return ". " if is_last else ", "


def _tidy(text: str) -> str:
    tidy = re.sub(r"\s+", " ", text)
    tidy = re.sub(r" +(?=[.,?!:])", "", tidy)
    tidy = re.sub(r"[.,?!:](?:[ ]*[.,?!:])+", _strongest, tidy)
    tidy = re.sub(r"([,?!:])(?=\w)", r"\1 ", tidy)
    return tidy.strip(" ,").removeprefix(":").removeprefix(".").strip(" ,")


def _strongest(marks: re.Match[str]) -> str:
    # A full stop before a comma is an abbreviation's: «... г. р.», пишет он.
    is_last = not re.search(r"\w", marks.string[marks.end() :])
    order = "?!.:," if is_last else "?!:,."
    return next(mark for mark in order if mark in marks.group())
