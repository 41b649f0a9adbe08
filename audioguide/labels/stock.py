"""Describe a paper that labels are printed on: its cells, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from audioguide.paper import Paper


@dataclass(frozen=True)
class Stock:
    """A sheet of labels, in millimetres from its top left corner.

    ``tolerance_mm`` is the farthest that the sources, or the labels, put an edge elsewhere;
    ``widest_symbol_mm`` is how wide a symbol becomes at most.
    """

    name: str
    maker: str
    page_width_mm: float
    page_height_mm: float
    columns: int
    rows: int
    label_width_mm: float
    label_height_mm: float
    x0_mm: float
    y0_mm: float
    pitch_x_mm: float
    pitch_y_mm: float
    source: str
    tolerance_mm: float
    kind: Paper = Paper.LABELS
    widest_symbol_mm: float = 30.0

    @property
    def cells_per_page(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    @property
    def full_name(self) -> str:
        """The name with its maker's."""
        return f"{self.maker} {self.name}".strip()
