"""The papers that labels can be printed on, by name: for help, and for what is asked wrongly."""

from __future__ import annotations

from audioguide.labels.stocks import STOCKS
from audioguide.paper import Paper

USUAL = "L7163"
NAMES = tuple(STOCKS)
PLAQUES = tuple(name for name, stock in STOCKS.items() if stock.kind is Paper.PLAQUE)
