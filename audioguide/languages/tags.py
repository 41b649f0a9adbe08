"""Language tags (BCP 47; a locale without its encoding): how a language is spelt everywhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Self

from babel.core import get_global

LONGEST_TAG = 35  # what RFC 5646 (4.4.1) says to make room for; columns are as wide
# Language, script, region and variants of RFC 5646 (2.1). Extensions, private use and the tags of
# before 2006 say nothing that a museum would write in. No language has a code of four letters or
# more: "russian" is a name.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
)
_POSIX = re.compile(r"[.@].*")  # ru_RU.UTF-8, as a system names a locale


class Language(str):
    """A language by its BCP 47 tag in the one spelling that it has: kk, uz-Latn, pt-BR.

    It is its tag wherever a string stands. Another spelling, and what is no tag, is a ValueError;
    ``read`` takes them.
    """

    __slots__ = ()

    def __new__(cls, tag: str) -> Self:
        """Take a tag as it is to be spelt."""
        if _spelt(str(tag)) != tag:
            raise ValueError(f"{tag!r} is no language tag in the spelling of BCP 47")
        return super().__new__(cls, tag)

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Read a tag in any spelling ("KK", "ru_RU.UTF-8", "kaz", "uz-latn"), or return None."""
        tag = _spelt(_POSIX.sub("", (text or "").strip()).replace("_", "-"))
        return cls(tag) if tag else None

    @property
    def primary(self) -> str:
        """The language alone, without script and region."""
        return self.partition("-")[0]

    @property
    def region(self) -> str:
        """The region that the tag names, or an empty string."""
        found = _TAG.fullmatch(self.lower())
        return (found["region"] or "").upper() if found else ""

    @property
    def script(self) -> str:
        """The script (ISO 15924) that the tag names, else the likely one of CLDR, or nothing."""
        return _script(str(self))

    @property
    def likely_region(self) -> str:
        """The region that the tag names, else the likely one of CLDR, or nothing."""
        return self.region or next((part for part in _likely(self) if len(part) < 4), "")

    @property
    def broader(self) -> tuple[str, ...]:
        """The tag, and what is left of it without its last parts one by one (RFC 4647, 3.4)."""
        parts = self.split("-")
        return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@lru_cache(1024)
def _spelt(text: str) -> str | None:
    """Spell a tag as RFC 5646 (2.1.1, 4.5) has it, its language by the shortest code."""
    found = _TAG.fullmatch(text.lower()) if len(text) <= LONGEST_TAG else None
    if found is None:
        return None
    parts = [
        _shortest(found["language"]),
        (found["script"] or "").title(),
        (found["region"] or "").upper(),
        found["variants"].lstrip("-"),
    ]
    return "-".join(part for part in parts if part)


def _shortest(language: str) -> str:
    """Return the code of ISO 639-1 for one of ISO 639-2 or of before ("kaz", "iw"), or as it is."""
    known: str = get_global("language_aliases").get(language, language)
    return known if known.isalpha() else language


@lru_cache(1024)
def _script(tag: str) -> str:
    found = _TAG.fullmatch(tag.lower())
    if found is not None and found["script"]:
        return str(found["script"]).title()
    return next((part for part in _likely(tag) if len(part) == 4), "")


def _likely(tag: str) -> list[str]:
    """Return the likely subtags that CLDR adds to a tag, without the language."""
    found = _TAG.fullmatch(tag.lower())
    if found is None:
        return []
    likely = get_global("likely_subtags")
    script, region = (found["script"] or "").title(), (found["region"] or "").upper()
    for more in (f"_{script}", f"_{region}", ""):
        if more != "_" and (whole := likely.get(found["language"] + more)):
            return str(whole).split("_")[1:]
    return []


SOURCE = Language("en")
"""The language of the interface sentences as the program says them: the keys of the catalogues."""
