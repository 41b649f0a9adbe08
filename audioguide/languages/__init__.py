"""Languages: how they are spelt, which of them the guide has, and which one a visitor reads."""

from audioguide.languages.choosing import LANGUAGES, LONGEST_HEADER, choose, parse
from audioguide.languages.tags import Language

__all__ = ("LANGUAGES", "LONGEST_HEADER", "Language", "choose", "parse")
