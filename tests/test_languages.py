from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.languages import LANGUAGES, Language, choose, parse

KK, RU, EN = LANGUAGES


def test_kazakh_stands_first_then_russian_then_english() -> None:
    assert [str(language) for language in LANGUAGES] == ["kk", "ru", "en"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("kk", KK), ("KK", KK), ("kk-KZ", KK), ("kk-Cyrl-KZ", KK), (" ru_RU ", RU)),
        *(("ru_RU.UTF-8", RU), ("en-GB", EN), ("kz", None), ("kkk", None), ("", None)),
        *(("kaz", KK), ("rus-RU", RU), ("ENG", EN), ("kaz_KZ.UTF-8", KK)),
        *((None, None), ("-", None), ("*", None), ("C.UTF-8", None)),
    ],
)
def test_a_language_is_read_from_its_names(text: str | None, language: Language | None) -> None:
    assert parse(text) == language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ru", RU),
        ("ru-RU,ru;q=0.9,en;q=0.8", RU),
        ("en;q=0.5, kk;q=0.9", KK),
        ("de-DE, en;q=0.1", EN),
        ("ru;q=0, en;q=0.3", EN),
        ("uz, ky;q=0.9", KK),
        ("ru;q=nonsense, en;q=0.2", EN),
        ("ru;q=nan, en;q=0.2", EN),
        ("en, ru", EN),
        ("kk;q=0", RU),
        ("kk;q=0, *", RU),
        ("kk-KZ;q=0, ru;q=0, de", EN),
        ("kk;q=0, ru;q=0, en;q=0", KK),
        ("kk;q=0, kk-KZ;q=0.1", KK),
        ("kaz, rus;q=0.9", KK),
        ("eng", EN),
        ("*", KK),
        (",,;;q=,", KK),
        ("", KK),
    ],
)
def test_the_phones_first_language_that_we_have_is_chosen(
    accepted: str, language: Language
) -> None:
    assert choose(None, accepted, default=KK) == language


def test_what_was_chosen_before_beats_the_phone() -> None:
    assert choose("kk", "ru,en;q=0.5", default=EN) == KK


def test_an_unknown_choice_falls_back_on_the_phone() -> None:
    assert choose("de", "ru", default=KK) == RU


def test_the_museums_language_is_the_last_resort() -> None:
    assert choose(None, None, default=RU) == RU


@given(st.text(max_size=20), st.text(max_size=60))
def test_any_header_leads_to_a_language_of_ours(chosen: str, accepted: str) -> None:
    assert choose(chosen, accepted, default=EN) in LANGUAGES


def test_other_parameters_of_a_language_do_not_hide_its_weight() -> None:
    assert choose(None, "en;q=0.4, ru;level=1;q=0.9", Language.KK) == Language.RU
    assert choose(None, "en;q=0.8, ru;level=1;q=0.1", Language.KK) == Language.EN
