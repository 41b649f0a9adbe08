"""What a figure is, and how the words of a number add up, in any language."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from audioguide.languages.vocabulary import Part, Rank

EXEMPT_UP_TO = 10


@dataclass(frozen=True)
class Figure:
    """A number told: its value, whether it is a decade ("the 1930s"), and where it stands."""

    value: Fraction
    is_decade: bool
    in_digits: bool
    start: int
    end: int
    is_ordinal: bool = False

    @property
    def key(self) -> tuple[Fraction, bool]:
        """What is compared between languages."""
        return self.value, self.is_decade

    @property
    def is_small(self) -> bool:
        """Tell whether the figure is of those that languages may say otherwise, or not at all."""
        return self.value <= EXEMPT_UP_TO


# The least place taken so far must be at least so far above; it then is at this.
_NEEDED = {Rank.HUNDREDS: 4, Rank.TENS: 3, Rank.TEEN: 3, Rank.UNIT: 2}
_FLOORS = {Rank.HUNDREDS: 3, Rank.TENS: 2, Rank.TEEN: 1, Rank.UNIT: 1}
_EMPTY = 4


class Sum:
    """Adds the words of one number up, from the greatest to the smallest."""

    def __init__(self, *, by_centuries: bool) -> None:
        self._by_centuries = by_centuries
        self._total = Fraction(0)
        self._group = Fraction(0)
        self._floor = _EMPTY
        self._last_scale: Fraction | None = None
        self.is_open = True
        self.is_ordinal = False
        self.in_digits = False
        self.is_vague = False

    @property
    def value(self) -> Fraction:
        """What has been added up."""
        return self._total + self._group

    def takes(self, part: Part) -> bool:
        """Add a word if it belongs to this number; tell whether it did."""
        if not self.is_open or not self._add(part):
            return False
        self.is_open = not (part.is_ordinal or part.is_closing)
        self.is_ordinal = part.is_ordinal
        return True

    def _add(self, part: Part) -> bool:
        if part.rank is Rank.DIGITS:
            return self._add_digits(part)
        if part.rank is Rank.HALF:
            return self._add_half()
        if part.rank is Rank.HUNDRED:
            return self._multiply_by_hundred()
        return self._multiply(part) if part.rank is Rank.SCALE else self._add_smaller(part)

    def _add_smaller(self, part: Part) -> bool:
        if self._is_century_before(part):
            self._group *= 100
            self._floor = 3
            if not part.value:
                return True
        if self._floor < _NEEDED[part.rank]:
            return False
        self._group += part.value
        self._floor = _FLOORS[part.rank]
        return True

    def _is_century_before(self, part: Part) -> bool:
        """Tell whether "nineteen" or "twenty" stands before the tens of a year, or "oh"."""
        return (
            self._by_centuries
            and (part.rank in (Rank.TENS, Rank.TEEN) or not part.value)
            and not self._total
            and self._floor < 3
            and 13 <= self._group <= 20
        )

    def _add_digits(self, part: Part) -> bool:
        if self._floor != _EMPTY or self._total:
            return False
        self._group, self._floor, self.in_digits = part.value, 0, True
        return True

    def _add_half(self) -> bool:
        if self._last_scale and self._floor == _EMPTY:
            self._total += self._last_scale / 2
            self.is_open = False
        elif self._group and self._group < 100 and self._floor == 1:
            self._group += Fraction(1, 2)
            self._floor = 0
        else:
            return False
        return True

    def _multiply_by_hundred(self) -> bool:
        if self._floor == _EMPTY:
            self._group = Fraction(100)
        elif self._floor == 1 and self._group < 20 and not self.in_digits:
            self._group *= 100
        else:
            return False
        self._floor = 3
        return True

    def _multiply(self, part: Part) -> bool:
        if self._last_scale is not None and part.value >= self._last_scale:
            return False
        if self._total and not self._group:
            return False
        self.is_vague = part.is_plural and not self._group
        self._total += (self._group or 1) * part.value
        self._group, self._floor, self._last_scale = Fraction(0), _EMPTY, part.value
        return True
