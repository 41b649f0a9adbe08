"""Languages: how they are spelt, what is known of each, and which one a visitor reads."""

from audioguide.languages.choosing import LANGUAGES, LONGEST_HEADER, choose, parse
from audioguide.languages.knowledge import Facts, Manner, all_known, facts
from audioguide.languages.tags import SOURCE, Language

__all__ = (
    "LANGUAGES",
    "LONGEST_HEADER",
    "SOURCE",
    "Facts",
    "Language",
    "Manner",
    "all_known",
    "choose",
    "facts",
    "parse",
)
