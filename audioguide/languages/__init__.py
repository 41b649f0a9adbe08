"""Languages: how they are spelt, which of them a museum has, and which one a visitor reads."""

from audioguide.languages.choosing import LANGUAGES, LONGEST_HEADER, choose, parse
from audioguide.languages.museum import Declared, Languages
from audioguide.languages.tags import LONGEST_TAG, Language

__all__ = (
    "LANGUAGES",
    "LONGEST_HEADER",
    "LONGEST_TAG",
    "Declared",
    "Language",
    "Languages",
    "choose",
    "parse",
)
