"""Which typeface the labels of a language have."""

from __future__ import annotations

import pytest

from audioguide.labels import typeface
from audioguide.languages import Language, all_known, facts
from audioguide.languages.faces import NOTO_SANS_ARABIC, SOURCE_SANS, Face


@pytest.mark.parametrize("language", all_known())
def test_a_known_language_has_a_face_with_all_its_letters(language: Language) -> None:
    told = facts(language)
    assert told.face is not None
    assert language.script in told.face.scripts
    assert (
        typeface.missing_characters(f"{told.call}{told.name}{''.join(told.quotes)}", language) == []
    )


def test_the_arabic_face_has_every_letter_and_vowel_sign_that_a_text_may_have() -> None:
    arabic = Language("ar")
    letters = "".join(sorted(facts(arabic).letters or ()))
    assert typeface.missing_characters(letters, arabic) == []


@pytest.mark.parametrize(
    ("tag", "face"),
    [
        ("fr", SOURCE_SANS),
        ("uz-Cyrl", SOURCE_SANS),
        ("fa", NOTO_SANS_ARABIC),
        ("kk-Arab", NOTO_SANS_ARABIC),
        ("he", None),
        ("ka", None),
        ("zh", None),
    ],
)
def test_a_language_that_is_not_known_has_the_face_of_its_script(
    tag: str, face: Face | None
) -> None:
    assert facts(Language(tag)).face == face


def test_the_usual_face_comes_first_and_each_once() -> None:
    languages = [Language(tag) for tag in ("ar", "fa", "kk", "he")]
    assert typeface.faces(languages) == (SOURCE_SANS, NOTO_SANS_ARABIC)
