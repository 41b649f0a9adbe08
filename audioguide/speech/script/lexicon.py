"""The pronunciation lexicon: how names and abbreviations are spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from audioguide.errors import Finding, Grade, Message, PackBroken, message
from audioguide.languages.rules import one_of

_LETTER = "[\\w\u0301]"
_MIN_STEM_LETTERS = 4
"""Shorter forms take an ending after a hyphen only: "Ал" must not be found in "алда"."""

Attach = Callable[[str, str], str]


@dataclass(frozen=True)
class Lexicon:
    """Say written forms in the spoken forms given for them, whole words, the longest first."""

    entries: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _spoken(self) -> dict[str, str]:
        # A spoken form stands for itself, so that a script prepared twice does not change:
        # without this, "Alash" said "Alash Orda" would grow each time.
        return {spoken: spoken for _, spoken in self.entries} | dict(self.entries)

    def apply(self, text: str) -> str:
        """Return ``text`` with every entry said."""
        if not self.entries:
            return text
        pattern = f"(?<!{_LETTER})({one_of(self._spoken)})(?!{_LETTER})"
        return re.sub(pattern, lambda found: self._spoken[found.group(1)], text)

    def apply_declined(self, text: str, attach: Attach, endings: str) -> str:
        """Return ``text`` with every entry said, with the case ending that follows it.

        ``endings`` is a pattern of endings; one after a hyphen is joined by ``attach``, one
        written to the name itself already fits it and stays.
        """
        if not self.entries:
            return text
        stems = [form for form in self._spoken if len(form) >= _MIN_STEM_LETTERS] or ["\0"]
        pattern = (
            f"(?<!{_LETTER})(?:"
            f"({one_of(self._spoken)})(?:-({endings}))?(?!{_LETTER})"
            f"|({one_of(stems)})(?={endings}(?!{_LETTER})))"
        )

        def say(found: re.Match[str]) -> str:
            spoken = self._spoken[found.group(1) or found.group(3)]
            return attach(spoken, found.group(2)) if found.group(2) else spoken

        return re.sub(pattern, say, text)


EMPTY = Lexicon()


def read_lexicon(text: str, where: str) -> Lexicon:
    """Read "written<TAB>spoken" lines; raise PackBroken naming ``where:line`` of each mistake."""
    entries: dict[str, str] = {}
    findings = []
    for number, line in enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = [part.strip() for part in line.split("\t")]
        mistake = _mistake(parts, entries)
        if mistake:
            findings.append(Finding(Grade.ERROR, f"{where}:{number}", *mistake))
        else:
            entries[parts[0]] = parts[1]
    if findings:
        raise PackBroken(findings)
    return Lexicon(tuple(entries.items()))


def _mistake(parts: list[str], entries: dict[str, str]) -> tuple[Message, Message] | None:
    if len(parts) != 2:
        return (
            message("The line has {count} columns, not two.", count=len(parts)),
            message("Write the form on the page, one tab, and the form to be said."),
        )
    if not all(parts):
        return (
            message("One of the two forms is empty."),
            message("Write both forms, or delete the line."),
        )
    if parts[0] in entries:
        return (
            message("“{written}” stands here a second time.", written=parts[0]),
            message("Keep one of the two lines."),
        )
    return None
