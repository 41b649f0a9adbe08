"""The print options: how a set of labels is wanted on its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audioguide.errors import AskedWrongly
from audioguide.languages import Language, Languages, facts

CALL: Mapping[Language, str] = {each: facts(each).call for each in Languages()}
"""The call in the languages of a museum that names none."""

MOST_COPIES = 100
FARTHEST_SHIFT_MM = 5.0


@dataclass(frozen=True)
class Options:
    """How labels are wanted: from which cell on, how many of each, moved how far, with what.

    ``start_cell`` counts from 1, row by row; ``dx_mm`` and ``dy_mm`` move everything to the right
    and down; ``pictures`` are an SVG and a PNG per symbol, ``previews`` a PNG per page.
    """

    start_cell: int = 1
    copies: int = 1
    dx_mm: float = 0.0
    dy_mm: float = 0.0
    cut_marks: bool = False
    force_size: bool = False
    pictures: bool = True
    previews: bool = False
    call: Mapping[Language, str] = field(default_factory=lambda: CALL)

    def __post_init__(self) -> None:
        """Raise AskedWrongly for copies or a shift that cannot be meant."""
        if not 1 <= self.copies <= MOST_COPIES:
            raise AskedWrongly(
                "{copies} copies of each label cannot be printed at once; ask for 1 to {most}.",
                copies=self.copies,
                most=MOST_COPIES,
            )
        for shift_mm in (self.dx_mm, self.dy_mm):
            # Written so that what is not a number is refused too.
            if not abs(shift_mm) <= FARTHEST_SHIFT_MM:
                raise AskedWrongly(
                    "The printer cannot be {shift} mm off; a shift is at most {most} mm.",
                    shift=f"{shift_mm:g}",
                    most=f"{FARTHEST_SHIFT_MM:g}",
                )

    @property
    def shift_mm(self) -> tuple[float, float]:
        """How far everything moves to the right and down."""
        return self.dx_mm, self.dy_mm
