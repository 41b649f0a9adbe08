from __future__ import annotations

import pytest

from audioguide.languages.known.russian.stress import stressed_vowel
from bench import stress


def places(sentence: str, by_model: str) -> list[stress.Place]:
    return list(stress.compare([sentence], [by_model], stress.espeak_stress()))


def test_a_word_that_espeak_stresses_otherwise_is_found_with_both_stresses() -> None:
    (found,) = [
        each for each in places("Село горело.", "Сел+о гор+ело.") if each.voice != each.model
    ]
    assert (found.said, found.better, found.is_marked) == ("се́ло", "село́", False)


def test_a_word_that_the_lexicon_marks_is_said_as_marked() -> None:
    (found,) = places("Село́.", "Сел+о.")
    assert (found.voice, found.model, found.is_marked) == (1, 1, True)
    assert found.sentence == "Село."


def test_words_of_one_vowel_and_sentences_that_do_not_match_are_left_out() -> None:
    assert places("Он там.", "+Он т+ам.") == []
    assert places("Село горело.", "Сел+о.") == []


def test_parts_of_a_joined_word_are_compared_each() -> None:
    found = places("Алма́-Ата́", "+Алма-+Ата")
    assert [(each.said, each.better) for each in found] == [("алма́", "а́лма"), ("ата́", "а́та")]


def test_what_depends_on_the_sentence_is_listed_apart() -> None:
    found = [
        *places("Село горело.", "Сел+о гор+ело."),
        *places("Вот замок.", "Вот з+амок."),
        *places("Вот замок.", "Вот зам+ок."),
    ]
    lines = list(stress.report(found, "espeak-ng"))
    always = next(place for place, line in enumerate(lines) if "always" in line)
    by_sentence = next(place for place, line in enumerate(lines) if "by the sentence" in line)
    assert lines[always + 2].startswith("село́\tсе́ло\t1\t")
    assert "зам" in lines[by_sentence + 2].replace("\u0301", "")


def test_names_are_listed_apart_from_words() -> None:
    found = places("Село помнит Савицкого.", "Сел+о п+омнит С+авицкого.")
    lines = list(stress.report(found, "espeak-ng"))
    names = next(place for place, line in enumerate(lines) if line.startswith("\nnames"))
    assert lines[names + 2].startswith("са́вицкого\t")
    assert lines[names - 1].startswith("село́\t")


def test_phonemes_that_do_not_meet_the_letters_have_no_known_stress() -> None:
    assert stressed_vowel("село", "s;'ElV") == 0
    assert stressed_vowel("село", "s;El") is None
    assert stressed_vowel("село", "s;ElV") is None


@pytest.mark.needs_festival
@pytest.mark.usefixtures("festival")
def test_festival_is_asked_for_the_stress_of_each_word() -> None:
    by_voice = dict(stress.voices(["Се́ло горе́ло."]))
    assert list(by_voice) == ["espeak-ng", "Festival"]
    assert (by_voice["espeak-ng"]("село"), by_voice["Festival"]("село")) == (0, 1)
    assert by_voice["Festival"]("никогда") is None
