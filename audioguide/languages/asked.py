"""Which language a person means by a tag, and what is said of one that is none."""

from __future__ import annotations

from audioguide.errors import AskedWrongly
from audioguide.languages.generic import exists, of_the_country
from audioguide.languages.tags import Language


def language_of(written: str) -> Language:
    """Read a tag in any spelling; raise AskedWrongly for what is no language, as a country."""
    language = Language.read(written)
    if language is not None and (spoken := of_the_country(language)):
        raise AskedWrongly(
            "{tag} is the code of a country and of no language. There they write: {languages}.",
            tag=language,
            languages=", ".join(spoken),
        )
    if language is None or not exists(language):
        raise AskedWrongly(
            "“{tag}” is no language. Write its tag as BCP 47 does, for example: kk, uz-Latn, "
            "pt-BR.",
            tag=" ".join(written.split()),
        )
    return language
