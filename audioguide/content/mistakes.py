"""What is wrong in one file of the pack, and what is only worth saying."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.errors import Finding, Grade, Message


def errors(findings: Sequence[Finding]) -> list[Finding]:
    """Return those of the findings that hold something back."""
    return [each for each in findings if each.grade is Grade.ERROR]


class Mistakes:
    """Gathers what is wrong in one file, so that a curator sees all of it at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.remarks: list[Finding] = []
        """What holds nothing back: a note is told once, a warning is an error of a check."""

    def add(self, line: int, what: str, do: str = "", /, **values: object) -> None:
        """Note an error at a line, counted from 1; ``values`` stand in {places} of both."""
        self.findings.append(self._finding(Grade.ERROR, line, what, do, values))

    def remark(self, grade: Grade, line: int, what: str, do: str = "", /, **values: object) -> None:
        """Note something that holds nothing back."""
        self.remarks.append(self._finding(grade, line, what, do, values))

    def _finding(
        self, grade: Grade, line: int, what: str, do: str, values: dict[str, object]
    ) -> Finding:
        where = f"{self.file}:{line}"
        return Finding(grade, where, Message(what, values), Message(do, values))


def each_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings without those that a second reading has found again."""
    return tuple({(each.grade, str(each)): each for each in findings}.values())
