"""Proofreading: whether the texts of the guide are fit to be read. Nothing is corrected."""

from audioguide.content.proof.proofreading import Lists, proofread
from audioguide.content.proof.reading import read_lists, read_page_texts, read_stop_texts
from audioguide.content.proof.scripts import PreparedSentence, PreparedText
from audioguide.content.proof.texts import PageText, StopText

__all__ = [
    "Lists",
    "PageText",
    "PreparedSentence",
    "PreparedText",
    "StopText",
    "proofread",
    "read_lists",
    "read_page_texts",
    "read_stop_texts",
]
