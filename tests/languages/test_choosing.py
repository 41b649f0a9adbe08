from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.languages import LANGUAGES, Language, Languages, choose, parse

KK, RU, EN = Language("kk"), Language("ru"), Language("en")


def test_kazakh_stands_first_then_russian_then_english() -> None:
    assert [str(language) for language in LANGUAGES] == ["kk", "ru", "en"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("kk", KK), ("KK", KK), ("kk-KZ", KK), ("kk-Cyrl-KZ", KK), (" ru_RU ", RU)),
        *(("ru_RU.UTF-8", RU), ("en-GB", EN), ("kz", None), ("kkk", None), ("", None)),
        *(("en-US-u-hc-h12", EN), ("ru-x-own", RU), ("kk_KZ-issai-high", KK), ("kk-", KK)),
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
    assert choose(None, "en;q=0.4, ru;level=1;q=0.9", Language("kk")) == Language("ru")
    assert choose(None, "en;q=0.8, ru;level=1;q=0.1", Language("kk")) == Language("en")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        *(("KK", "kk"), ("kk_kz", "kk-KZ"), ("UZ-LATN", "uz-Latn"), ("pt-br", "pt-BR")),
        *(("kaz", "kk"), ("deu", "de"), ("uzb-cyrl-uz", "uz-Cyrl-UZ"), ("iw", "he")),
        *(("ru_RU.UTF-8", "ru-RU"), ("es-419", "es-419"), ("ca-VALENCIA", "ca-valencia")),
        *(("kz", "kz"), ("gsw", "gsw"), (" ar ", "ar")),
    ],
)
def test_a_tag_has_one_spelling(text: str, tag: str) -> None:
    found = Language.read(text)
    assert found == tag
    assert found == Language(tag)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "k", "-", "*", "kk-", "kk--KZ", "қаз", "C.UTF-8", "i-klingon", "a" * 40, None),
        *("german", "english", "kazakh", "russian", "deutsch-DE", "de-x-hall"),
    ],
)
def test_what_is_no_tag_is_no_language(text: str | None) -> None:
    assert Language.read(text) is None


@pytest.mark.parametrize("text", ["KK", "kk_KZ", "kaz", "uz-latn", "", "қаз", " kk"])
def test_only_the_one_spelling_makes_a_language(text: str) -> None:
    with pytest.raises(ValueError, match="BCP 47"):
        Language(text)


def test_a_language_is_its_tag_wherever_a_string_stands() -> None:
    language = Language("uz-Latn")
    assert (language, hash(language)) == ("uz-Latn", hash("uz-Latn"))
    assert json.dumps({language: language}) == '{"uz-Latn": "uz-Latn"}'
    assert pickle.loads(pickle.dumps(language)) == language
    assert type(copy.deepcopy(language)) is Language


@pytest.mark.parametrize(
    ("text", "museum", "found"),
    [
        ("uz-Latn-UZ", ("ru", "uz-Latn"), "uz-Latn"),
        ("uz", ("uz-Cyrl", "uz-Latn"), "uz-Latn"),
        ("uz", ("uz-Cyrl",), None),
        ("uz-AF", ("uz-Latn",), None),
        ("sr", ("sr-Latn", "sr-Cyrl"), "sr-Cyrl"),
        ("pt-PT", ("pt-BR", "pt-PT"), "pt-PT"),
        ("pt", ("pt-BR",), "pt-BR"),
        ("pt-AO", ("pt-BR",), "pt-BR"),
        ("zh-TW", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("de-AT", ("en", "de"), "de"),
        ("qaa", ("qab",), None),
    ],
)
def test_a_phones_language_finds_the_museums_in_the_same_script(
    text: str, museum: tuple[str, ...], found: str | None
) -> None:
    assert parse(text, tuple(map(Language, museum))) == found


@given(st.text(max_size=40))
def test_any_text_is_a_language_in_its_one_spelling_or_none(text: str) -> None:
    found = Language.read(text)
    assert found is None or Language.read(found) == Language(found) == found


def test_two_languages_are_told_apart_on_buttons() -> None:
    languages = Languages(tuple(map(Language, ("pt-BR", "pt-PT", "en", "en-US", "kk"))))
    short = [languages.short_name(each) for each in languages]
    assert short == ["pt-BR", "pt-PT", "en", "en-US", "Қаз"]
