"""Languages: how they are spelt, what is known of each, and which of them a museum has."""

from audioguide.languages.choosing import LANGUAGES, LONGEST_HEADER, choose, parse
from audioguide.languages.knowledge import Facts, Manner, all_known, any_typed, drawn, facts
from audioguide.languages.museum import Declared, Languages
from audioguide.languages.tags import LONGEST_TAG, SOURCE, Language

__all__ = (
    "LANGUAGES",
    "LONGEST_HEADER",
    "LONGEST_TAG",
    "SOURCE",
    "Declared",
    "Facts",
    "Language",
    "Languages",
    "Manner",
    "all_known",
    "any_typed",
    "choose",
    "drawn",
    "facts",
    "parse",
)
