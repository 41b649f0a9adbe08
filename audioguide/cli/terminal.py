"""Speak to the person at the terminal in her language; a bar on a screen, lines in a pipe."""

from __future__ import annotations

import json
import locale
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from audioguide.errors import Finding, Grade, Message
from audioguide.languages import SOURCE, Language, parse
from audioguide.words import say

_BAR_WIDTH = 24
_BAR_AFTER_SECONDS = 2.0
_LINE_EVERY_SECONDS = 10.0
_ENOUGH_TO_RECKON = 3


@dataclass(frozen=True)
class Terminal:
    """A terminal, and the language of the person at it.

    One that ``goes_on`` lets a line go that nobody can be told: the pages matter more.
    """

    language: Language
    goes_on: bool = False

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] | None = None) -> Terminal:
        """Take AUDIOGUIDE_LANGUAGE, else the locale's language, else English."""
        variables = os.environ if environment is None else environment
        chosen = parse(variables.get("AUDIOGUIDE_LANGUAGE"))
        names = (variables.get("LC_ALL"), variables.get("LC_MESSAGES"), variables.get("LANG"))
        named = next((name for name in names if name), None) or locale.getlocale()[0]
        return cls(chosen or parse(named) or SOURCE)

    @property
    def is_screen(self) -> bool:
        """Whether a person looks at standard output."""
        return sys.stdout.isatty()

    def has_letters_of(self, text: str) -> bool:
        """Tell whether standard output can write each letter of a text."""
        try:
            text.encode(sys.stdout.encoding or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def said(self, sentence: str, /, **values: object) -> str:
        """Say a sentence in the person's language."""
        return say(self.language, sentence, **values)

    def line(self, sentence: str = "", /, **values: object) -> None:
        """Print a sentence on a line of its own."""
        self.plain(self.said(sentence, **values))

    def message(self, message: Message) -> None:
        """Print a message on a line of its own."""
        self.line(message.sentence, **message.values)

    def plain(self, text: str) -> None:
        """Print what is the same in every language: an address, a path, a symbol."""
        self._print(text, sys.stdout)

    def json(self, record: Any) -> None:
        """Print a record for a machine."""
        self.plain(json.dumps(record, ensure_ascii=False))

    def problem(self, message: Message) -> None:
        """Print what is wrong, on standard error."""
        self.problem_text(self.said(message.sentence, **message.values))

    def old_words_stay(self) -> None:
        """Say, below what is wrong with the pack, that nobody sees it."""
        self.problem_text(self.said("The old text stays until this is corrected."))

    def problem_text(self, text: str) -> None:
        """Print a problem that comes in words of its own."""
        self._print(text, sys.stderr)

    def finding(self, finding: Finding) -> str:
        """Say a finding in one line."""
        said = [self.said(each.sentence, **each.values) for each in (finding.what, finding.do)]
        return f"{finding.where}: {' '.join(part for part in said if part)}"

    def findings(self, findings: Sequence[Finding]) -> None:
        """Print every finding, errors on standard error."""
        for each in findings:
            stream = sys.stderr if each.grade == Grade.ERROR else sys.stdout
            self._print(self.finding(each), stream)

    def _print(self, text: str, stream: TextIO) -> None:
        """Print, and raise what the stream raises: its disk is full, its reader went away."""
        try:
            print(text, file=stream, flush=True)
        except OSError:
            if not self.goes_on:
                raise


class Bar:
    """How far a long piece of work has come: a bar on a screen, a line now and then in a pipe."""

    def __init__(self, terminal: Terminal, total: int, *, as_records: bool = False) -> None:
        self.total = total
        self._as_records = as_records
        self._terminal = terminal
        self._began = self._shown = time.monotonic()

    def show(self, done: int) -> None:
        """Show it, once the work has taken a while, with the time that is left."""
        moment = time.monotonic()
        if moment - self._began < _BAR_AFTER_SECONDS:
            return
        if self._terminal.is_screen and not self._as_records:
            self._draw(done, moment - self._began)
        elif moment - self._shown > _LINE_EVERY_SECONDS:
            self._shown = moment
            print(self._line(done, moment - self._began), file=sys.stderr, flush=True)

    def _line(self, done: int, passed_seconds: float) -> str:
        """Say it in a line on standard error, so that standard output stays clean."""
        left = self._left_seconds(done, passed_seconds)
        if self._as_records:
            return json.dumps({"done": done, "total": self.total, "left_s": left})
        return f"{done}/{self.total}" + ("" if left is None else f" {left} s")

    def _left_seconds(self, done: int, passed_seconds: float) -> int | None:
        if done < _ENOUGH_TO_RECKON:
            return None
        return round(passed_seconds / done * (self.total - done))

    def _draw(self, done: int, passed_seconds: float) -> None:
        full = _BAR_WIDTH * done // max(self.total, 1)
        seconds = self._left_seconds(done, passed_seconds)
        left = "" if seconds is None else f"{seconds} s"
        bar = "█" * full + "·" * (_BAR_WIDTH - full)
        sys.stdout.write(f"\r{bar} {done}/{self.total} {left}   ")
        sys.stdout.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._terminal.is_screen and not self._as_records:
            sys.stdout.write("\r" + " " * (_BAR_WIDTH + 24) + "\r")
            sys.stdout.flush()
