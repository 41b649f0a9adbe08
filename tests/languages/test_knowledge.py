"""What the program knows of languages: whole for those it knows, CLDR's for all others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale, localedata
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.content.proof.figures import figures_of
from audioguide.content.sentences import split
from audioguide.languages import LANGUAGES, Language, all_known, facts, generic, known
from audioguide.languages.espeak_voices import voices
from audioguide.languages.knowledge import Facts
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.script import prepare, unspeakable

KNOWN = tuple(all_known())


def test_kazakh_russian_and_english_are_known() -> None:
    assert {"kk", "ru", "en"} <= set(KNOWN)
    assert set(LANGUAGES) <= set(KNOWN)


@pytest.mark.parametrize("language", KNOWN)
def test_a_known_language_is_told_in_full(language: Language) -> None:
    told = facts(language)
    assert told.tag == language
    assert Locale.parse(told.locale).language == language.primary
    assert re.fullmatch(r"[a-z]{2,3}_[A-Z]{2}", told.open_graph)
    assert re.fullmatch(r"[a-z]{3}", told.iso_639_2)
    assert told.name[0].isupper() or language.script == "Arab"
    assert 1 < len(told.short_name) <= 4
    assert all(told.quotes)
    assert told.call
    assert told.call != Facts.call
    assert set(told.name.lower()) <= (told.letters or set(told.name.lower()))
    assert told.dictionary
    assert told.dictionary_package.startswith("hunspell-")


@pytest.mark.parametrize("language", KNOWN)
def test_a_known_language_is_spoken(language: Language) -> None:
    assert facts(language).manner.voice in voices()
    assert EspeakVoice(language).speak(facts(language).name).size


@pytest.mark.parametrize("language", KNOWN)
def test_what_is_loaded_later_is_there(language: Language) -> None:
    told = facts(language)
    assert told.script is told.script
    assert told.forms.is_form_of(told.name, told.name)
    assert [str(each.value) for each in figures_of("1937", language)] == ["1937"]
    assert told.stress is None or told.stress.rules_digest()


A_LANGUAGE = '''"""Esperanto."""

from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.tags import Language

FACTS = Facts(
    tag=Language("eo"),
    name="Esperanto",
    short_name="Eo",
    locale="eo",
    open_graph="eo_XX",
    iso_639_2="epo",
    manner=Manner("eo", rate=120, pitch=45, pitch_range=45),
    quotes=("‹", "›"),
    call="Aŭskulti",
    full_stops=FullStops(never_last=frozenset({"s-ro"})),
)
'''


@pytest.fixture
def esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """A language that is one more file, and nothing else."""
    (tmp_path / "esperanto.py").write_text(A_LANGUAGE, encoding="utf-8")
    monkeypatch.setattr(known, "__path__", [*known.__path__, str(tmp_path)])
    all_known.cache_clear()
    facts.cache_clear()
    yield Language("eo")
    all_known.cache_clear()
    facts.cache_clear()


def test_another_language_is_one_file_and_nothing_else(esperanto: Language) -> None:
    assert esperanto in all_known()
    assert facts(esperanto).call == "Aŭskulti"
    assert prepare("Ĝi estas 7 m alta.", esperanto) == "Ĝi estas 7 m alta."
    assert unspeakable("Ĝi 😀", esperanto) == ("😀",)
    assert split("Li venis. Ŝi iris.", esperanto) == ("Li venis.", "Ŝi iris.")
    assert EspeakVoice(esperanto).speak("Bonan tagon").size


@pytest.mark.parametrize(
    ("tag", "name", "locale", "code", "direction"),
    [
        ("tr", "Türkçe", "tr", "tur", "ltr"),
        ("he", "עברית", "he", "heb", "rtl"),
        ("ka", "ქართული", "ka", "kat", "ltr"),
        ("fa", "فارسی", "fa", "fas", "rtl"),
        ("uz-Cyrl", "Ўзбекча (Кирил)", "uz_Cyrl", "uzb", "ltr"),
        ("uz-Arab", "اوزبیک (عربی)", "uz_Arab", "uzb", "rtl"),
        ("zh-Hant", "中文 (繁體)", "zh_Hant", "zho", "ltr"),
        ("sr", "Српски", "sr", "srp", "ltr"),
        ("pt-BR", "Português (Brasil)", "pt_BR", "por", "ltr"),
        ("kk-Latn", "kk-Latn", "en_GB", "kaz", "ltr"),
        ("qaa", "qaa", "en_GB", "qaa", "ltr"),
    ],
)
def test_cldr_tells_of_a_language_that_is_not_known(
    tag: str, name: str, locale: str, code: str, direction: str
) -> None:
    told = facts(Language(tag))
    assert (told.name, told.locale, told.iso_639_2, told.direction) == (
        name,
        locale,
        code,
        direction,
    )
    assert told.tag == tag
    assert not told.script.rules
    assert told.dictionary_package == f"hunspell-{told.tag.primary}"


def test_a_known_language_of_another_region_is_written_as_there_and_read_as_known() -> None:
    assert facts(Language("uz")).name == facts(Language("uz-Latn")).name
    told, british = facts(Language("en-US")), facts(Language("en"))
    assert (told.tag, told.locale, told.open_graph) == ("en-US", "en_US", "en_US")
    assert told.script is british.script
    assert split("He met Dr. Smith in 1937.", Language("en-US")) == ("He met Dr. Smith in 1937.",)


def test_the_direction_is_that_of_cldr_in_every_language_that_it_has() -> None:
    for name in localedata.locale_identifiers():
        language, locale = Language.read(name), Locale.parse(name)
        if language is not None and locale.text_direction != "ttb":  # Mongolian, from the top
            assert generic.told(language).direction == locale.text_direction, name


def test_a_voice_is_found_by_what_is_left_of_its_name() -> None:
    assert EspeakVoice(Language("zh-Hant")).speak("你好").size
    assert EspeakVoice(Language("uz-Cyrl")).speak("Salom").size
    assert {"kk", "ru", "en-gb-x-rp", "ar", "uz", "pt-br"} <= set(voices())


@settings(deadline=None)  # the first of a language has CLDR read
@given(
    st.from_regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?(-[a-z]{5})?", fullmatch=True)
)
def test_there_are_facts_of_every_language_that_can_be_written(tag: str) -> None:
    language = Language.read(tag)
    assert language is not None
    told = facts(language)
    assert told.name
    assert told.direction in ("ltr", "rtl")
    assert Locale.parse(told.locale)


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [("kz", "kk"), ("ua", "uk"), ("us", "en"), ("kk", ""), ("am", ""), ("zz", ""), ("qaa", "")],
)
def test_the_code_of_a_country_leads_to_its_languages(tag: str, spoken: str) -> None:
    assert "".join(generic.of_the_country(Language(tag))[:1]) == spoken
