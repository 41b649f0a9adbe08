"""What a trial is: a sentence that must hold, what is done to the guide, and what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .ground import Ground

HELD, FELL_SHORT, LEFT_OUT = "held", "fell short", "left out"


class LeftOut(Exception):
    """A trial cannot be made on this machine; the message says why."""


@dataclass
class Look:
    """What was seen in one trial, point by point; a single point that is wrong fells it."""

    points: list[tuple[bool, str]] = field(default_factory=list)

    def at(self, is_right: bool, seen: str) -> bool:
        """Note a point and whether it is as it must be."""
        self.points.append((is_right, seen))
        return is_right

    def must(self, is_right: bool, otherwise: str) -> bool:
        """Note a point of which there is nothing to say as long as it is right."""
        return self.at(is_right, "" if is_right else otherwise)

    @property
    def has_held(self) -> bool:
        return bool(self.points) and all(is_right for is_right, _ in self.points)

    @property
    def seen(self) -> str:
        """What was wrong, or where nothing was, all of it."""
        wrong = [seen for is_right, seen in self.points if not is_right]
        said = wrong or [seen for _, seen in self.points if seen]
        return "; ".join(said) or f"{len(self.points)} points right"

    def counted(self, what: str) -> Look:
        """Say only how many points held, where all did: they would make a long line."""
        if not self.has_held:
            return self
        return Look([(True, f"{len(self.points)} of {len(self.points)} {what} right")])


@dataclass(frozen=True)
class Trial:
    """One trial; ``part`` is a letter by which trials of one kind are listed together."""

    part: str
    name: str
    done: str
    expected: str
    run: Callable[[Ground], Look]


@dataclass(frozen=True)
class Verdict:
    """How a trial ended."""

    trial: Trial
    kind: str
    seen: str
    seconds: float

    @property
    def line(self) -> str:
        each = self.trial
        return (
            f"{self.kind:<10} {each.part} {each.name} | done: {each.done} | seen: {self.seen} | "
            f"expected: {each.expected} | {self.seconds:.1f} s"
        )


ALL: list[Trial] = []


def trial(
    part: str, name: str, *, done: str, expected: str
) -> Callable[[Callable[[Ground], Look]], Callable[[Ground], Look]]:
    """Register a function as a trial."""

    def register(run: Callable[[Ground], Look]) -> Callable[[Ground], Look]:
        if any(each.name == name for each in ALL):
            raise ValueError(name)
        ALL.append(Trial(part, name, done, expected, run))
        return run

    return register


def judge(each: Trial, ground: Ground, seconds: Callable[[], float]) -> Verdict:
    """Make a trial; what breaks in the trial itself counts as fallen short, and is said."""
    began = seconds()
    try:
        look = each.run(ground)
        kind, seen = (HELD if look.has_held else FELL_SHORT), look.seen or "nothing"
    except LeftOut as why:
        kind, seen = LEFT_OUT, str(why)
    except Exception as error:  # noqa: BLE001  one broken trial must not hide the others
        kind, seen = FELL_SHORT, f"{type(error).__name__}: {error}"
    return Verdict(each, kind, " ".join(seen.split()), seconds() - began)


def chosen(trials: Iterable[Trial], only: list[str]) -> list[Trial]:
    """Choose the trials of a part or with a name that was given; all where nothing was."""
    return [each for each in trials if not only or any(_is_meant(each, word) for word in only)]


def _is_meant(each: Trial, word: str) -> bool:
    return word == each.part if len(word) == 1 else word.lower() in each.name.lower()


def totals(verdicts: Iterable[Verdict]) -> str:
    """Say how many trials ended in which way."""
    counted = Counter(verdict.kind for verdict in verdicts)
    return ", ".join(f"{counted[kind]} {kind}" for kind in (HELD, FELL_SHORT, LEFT_OUT))
