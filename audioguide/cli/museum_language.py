"""Which of the museum's languages a person at the terminal means."""

from __future__ import annotations

from audioguide.errors import AskedWrongly
from audioguide.languages import Language
from audioguide.operations.opened import Opened
from audioguide.services import museum_languages


def museum_language(opened: Opened, named: str) -> Language:
    """Return the language that is named; raise AskedWrongly, with what there is, for any other."""
    with opened.database.reading() as session:
        languages = museum_languages.of_museum(session)
    language = languages.parse(named)
    if language is None:
        raise AskedWrongly(
            "{language} is no language of the guide. Its languages are {known}.",
            language=named or "–",
            known=", ".join(languages),
        )
    return language
