from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from audioguide import words
from audioguide.languages import LANGUAGES, Language
from audioguide.words import catalogue, say
from museum import ROOT
from sentences_said import (
    not_found_but_like_sentences,
    on_pages,
    said_from_several_rooms,
    said_in_template,
    sentences_said,
    template_of_pages,
)

ALL = sorted(path.stem for path in Path(words.__file__).parent.glob("*.po"))
EVERY = [Language(each) for each in ALL]
FOR_VISITORS = [each for each in ALL if each not in LANGUAGES]
OTHERS = [language for language in LANGUAGES if language != Language("en")]
PLACE = re.compile(r"\{\w+\}|%(?:\(\w+\))?[sr]")  # ours, and argparse's
SAID = sorted(sentences_said())
SCRIPT = re.compile(r"(\S+ )?(scripts/\w+\.py)")
POINTS_BACK = re.compile(r"\b(?:it|them|its|one)\b", re.IGNORECASE)
FITS_ALL_THAT_IT_MAY_MEAN = {  # read in Kazakh and in Russian behind each sentence it follows
    "Put it there, as in the other languages.",
    "Write it shorter.",
}
ENGLISH_FOR_WHO_RUNS_OR_BUILDS = {  # lines of the log; the API's description and its refusals
    "As asked.",
    "No such stop.",
    "Not changed.",
    "The database file was replaced.",
    "The guide of a museum, read-only. Every answer has an ETag.",
    "The museum has not been described yet.",
    "The pages are rendered when they are asked for: the database cannot be read.",
    "The stop is retired.",
    "There is no stop with this code.",
    "This stop is no longer part of the guide.",
}
BARE = re.compile(
    r"\baudioguide "
    r"(?:serve|import|narrate|voices|labels|draw|check|explain|listen|history|staff|new|stop|kind|hall|tour|words)\b"
)


def test_the_sentences_of_the_program_are_found() -> None:
    assert len(SAID) > 150
    assert "Listen" in SAID


@pytest.mark.parametrize("language", OTHERS)
def test_every_interface_sentence_exists(language: Language) -> None:
    assert [each for each in SAID if not catalogue(language).get(each)] == []


def test_the_template_names_the_sentences_of_the_pages_and_where_they_are_shown() -> None:
    template = Path(words.__file__).with_name("pages.pot").read_text(encoding="utf-8")
    assert template == template_of_pages(), "python3 tests/sentences_said.py writes it"
    for_visitors = [each.is_for_visitors for each in words.on_pages()]
    assert for_visitors == sorted(for_visitors, reverse=True)
    assert {each.sentence for each in words.on_pages()} == set(on_pages())


@pytest.mark.parametrize("language", FOR_VISITORS)
def test_what_visitors_meet_is_said_in_each_language_that_has_a_catalogue(language: str) -> None:
    wanted = {each.sentence for each in words.on_pages() if each.is_for_visitors}
    assert {key for key, said in catalogue(Language(language)).items() if said} == wanted


@pytest.mark.parametrize("language", FOR_VISITORS)
def test_a_catalogue_that_no_native_speaker_has_read_says_so(language: str) -> None:
    path = Path(words.__file__).with_name(f"{language}.po")
    head = path.read_text(encoding="utf-8").partition("msgid")[0]
    assert "not read by a native speaker" in head


@pytest.mark.parametrize(
    ("asked", "said"),
    [("de", "Anhören"), ("de-AT", "Anhören"), ("uz", "Tinglash"), ("ar", "استماع")],
)
def test_a_catalogue_serves_the_regions_of_its_language(asked: str, said: str) -> None:
    assert say(Language(asked), "Listen") == said


@pytest.mark.parametrize("asked", ["uz-Cyrl", "kk-Latn", "eo"])
def test_a_catalogue_in_another_script_serves_nobody(asked: str) -> None:
    assert say(Language(asked), "Listen") == "Listen"


@pytest.mark.parametrize("amiss", ["{", "}", "{a!r}", "{a:>3}", "{a.b}", "{a[0]}", "{}"])
def test_braces_that_could_not_be_filled_are_no_places(amiss: str) -> None:
    with pytest.raises(ValueError, match=r"place|'[{}]'|encountered"):
        words.places(f"Words {amiss}")


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_stands_there_that_nobody_says(language: Language) -> None:
    assert sorted(set(catalogue(language)) - set(SAID)) == []


@pytest.mark.parametrize("language", EVERY)
def test_every_sentence_has_the_places_of_its_key(language: Language) -> None:
    for key, sentence in catalogue(language).items():
        places = set(PLACE.findall(key)) - {"%(type)s"}  # "int" says nothing to a person
        assert places == set(PLACE.findall(sentence)), key


@pytest.mark.parametrize("language", EVERY)
def test_every_sentence_is_normalised(language: Language) -> None:
    for key, sentence in catalogue(language).items():
        ends = " " if key.endswith(" ") else ""
        assert sentence == unicodedata.normalize("NFC", sentence).strip() + ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_in_a_sentence_can_be_typed_in_a_fresh_checkout(language: Language) -> None:
    for sentence in (catalogue(language).get(key, key) for key in SAID):
        for before, script in SCRIPT.findall(sentence):
            assert before == "python3 ", sentence
            assert (ROOT / script).is_file(), sentence
        assert not BARE.search(sentence), sentence


def test_advice_that_points_back_is_given_in_one_room_alone() -> None:
    shared = {each for each in said_from_several_rooms() if len(each.split()) < 10}
    advice = {each for each in shared if POINTS_BACK.search(each) and each[0].isupper()}
    assert advice - FITS_ALL_THAT_IT_MAY_MEAN == set()


def test_what_looks_like_a_sentence_is_said_to_a_person_or_known_to_be_for_none() -> None:
    assert not_found_but_like_sentences() == ENGLISH_FOR_WHO_RUNS_OR_BUILDS


def test_a_sentence_of_a_template_is_found_in_whatever_quotes_and_lines() -> None:
    template = (
        """{{ _('Say “yes”', n=_("one")) }}{% set x = _(\n  "Two, " "then") %}{{ _(word) }}"""
    )
    assert said_in_template(template) == {"Say “yes”", "one", "Two, then"}


def test_kazakh_is_not_russian() -> None:
    kazakh, russian = catalogue(Language("kk")), catalogue(Language("ru"))
    words = [key for key in kazakh if len(key.split()) > 3]
    assert [key for key in words if kazakh[key] == russian.get(key)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_stop_is_called_what_a_bus_announces(language: Language) -> None:
    bus = re.compile("аялдама|остановк", re.IGNORECASE)
    assert [each for each in catalogue(language).values() if bus.search(each)] == []
    papers = ROOT.joinpath("docs", language).glob("*.md")
    assert [each.name for each in papers if bus.search(each.read_text(encoding="utf-8"))] == []


def test_values_stand_in_their_places() -> None:
    assert say(Language("en"), "Tour, {length}", length="30 minutes") == "Tour, 30 minutes"
    assert "30 минут" in say(Language("kk"), "Tour, {length}", length="30 минут")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Айгуль С.", "Aigul", "A. B"])
def test_a_sentence_that_ends_with_a_name_ends_with_one_full_stop(
    language: Language, name: str
) -> None:
    said = say(language, "“{word}” stands a second time for {name}.", word="x", name=name)
    assert name.rstrip(".") in said
    assert ".." not in said
    assert said.endswith(".")


def test_a_file_name_behind_a_value_keeps_its_full_stop() -> None:
    assert say(Language("en"), "Put {language}.md beside this file.", language="x.") == (
        "Put x..md beside this file."
    )


@pytest.mark.needs_gettext
@pytest.mark.parametrize("language", ALL)
def test_gettexts_own_tool_accepts_a_catalogue(language: str) -> None:
    catalogue = Path(words.__file__).with_name(f"{language}.po")
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=-", str(catalogue)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
