"""Figures told in a text, in digits or in words, and whether the languages tell the same."""

from audioguide.content.proof.figures.agreement import check
from audioguide.content.proof.figures.reading import figures_of
from audioguide.content.proof.figures.values import Figure

__all__ = ["Figure", "check", "figures_of"]
