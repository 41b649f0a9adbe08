from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.languages import Language
from audioguide.languages.known.russian import stress
from audioguide.languages.known.russian.stress import ACUTE, stressed
from audioguide.services.narration import lexicons
from audioguide.speech import espeak
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.script import prepare
from museum import REAL_PACK

VOICE = EspeakVoice(Language("ru"))


def phonemes(word: str) -> str:
    """Give espeak-ng's own phonemes of a Russian word."""
    VOICE.speak("да")  # sets the language
    return espeak._engine()._phonemes(word)


def first_half_louder(word: str) -> float:
    """Say how many times louder the first half of a spoken word is than the second."""
    samples = VOICE.speak(word)
    heard = np.flatnonzero(np.abs(samples) > 0.01)
    spoken = samples[heard[0] : heard[-1]]
    first, second = (np.sqrt((half**2).mean()) for half in np.array_split(spoken, 2))
    return float(first / second)


@pytest.mark.parametrize(
    ("early", "late"), [("за́мок", "замо́к"), ("му́ка", "мука́"), ("а́тлас", "атла́с"), ("А́ли", "Али́")]
)
def test_the_vowel_that_is_marked_is_the_louder_one(early: str, late: str) -> None:
    assert first_half_louder(early) > 1.3 * first_half_louder(late)


def test_a_name_is_stressed_as_it_is_marked() -> None:
    assert first_half_louder("Алихан") > 1.3
    assert first_half_louder("Алиха́н") < 0.9


def test_a_marked_word_is_given_as_phonemes_and_the_others_as_letters() -> None:
    said = stressed("Здесь Желтокса́н помнят.", phonemes)
    assert said == "Здесь [[ZyltVks'An_]] помнят."


def test_each_part_of_a_hyphened_name_has_a_stress_of_its_own() -> None:
    assert stressed("Алма́-Ата́", phonemes).count("[[") == 2


@pytest.mark.parametrize("text", ["Просто слова.", "", "12 345", "[слово]"])
def test_a_text_without_marks_is_as_it_was(text: str) -> None:
    assert stressed(text, phonemes) == text


def test_a_marked_word_is_said_to_its_end() -> None:
    whole, cut = (VOICE.speak(word).size for word in ("Тынышбайулы́", "Тынышбайу"))
    assert whole > 1.1 * cut


def test_a_soft_r_before_a_consonant_is_no_vowel() -> None:
    assert stressed("Сырдарьи́", phonemes) == "[[syrdaRI^j'I]]"


@pytest.mark.parametrize("word", ["о́бщесою́зный"])
def test_a_word_that_cannot_be_told_apart_is_given_without_its_marks(word: str) -> None:
    assert stressed(word, phonemes) == word.replace(ACUTE, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("по данным музея", "[[pV]] данным музея"),
        ("По-казахски", "[[pV]]-казахски"),
        ("о голоде", "[[V]] голоде"),
        ("об этом", "[[Vb]] этом"),
        ("под горой и под Карагандой", "[[pVd]] горой и [[pVt]] Карагандой"),
        ("без суда", "[[b;is]] суда"),
        ("до войны́", "[[dV]] [[vVjn'y]]"),
        ("о «Казахе»", "[[V]] «Казахе»"),
    ],
)
def test_a_preposition_has_no_stress_of_its_own(text: str, said: str) -> None:
    assert stressed(text, phonemes) == said


def test_a_sentence_is_remembered_under_the_rules_of_stress(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = EspeakVoice(Language("ru")).settings
    changed = tmp_path / "stress.py"
    changed.write_text("another rule", encoding="utf-8")
    monkeypatch.setattr(stress, "__file__", str(changed))
    stress.rules_digest.cache_clear()
    assert EspeakVoice(Language("ru")).settings != before
    stress.rules_digest.cache_clear()


@pytest.mark.parametrize("text", ["по́ двору", "дом", "подо льдом", "А. По. До", "во-первых"])
def test_what_is_marked_or_no_preposition_is_left(text: str) -> None:
    assert not any(f"[[{weak}]]" in stressed(text, phonemes) for weak in ("pV", "dV", "pVd", "vV"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Потом вошли танки.", "[[pVt'om]] вошли танки."),
        ("Уже в первый год.", "[[uZ'e]] в первый год."),
        ("Из этого лагеря.", "Из этого [[l'Ag;ir;V]]."),
        ("Точки отмечают лагеря.", "Точки отмечают [[lag;ir;'A]]."),
        ("Стада шли к югу.", "[[stad'A]] шли к югу."),
        ("Равенства, школ и земли.", "Равенства, школ и [[z;iml;'I]]."),
        ("Так далеко лежали земли.", "Так далеко лежали земли."),
        ("Учёные, учителя, инженеры.", "Учёные, [[utS;it;il;'A]], инженеры."),
        ("Он выучился на учителя.", "Он выучился на учителя."),
        ("По статистике самого НКВД.", "[[pV]] статистике [[samVv'o]] [[E#nkavE2d'E]]."),
        ("Того самого человека.", "Того [[s'AmVvV]] человека."),
        ("46 погибших.", "[[s'orVk]] шесть погибших."),
        ("До соседнего округа.", "[[dV]] соседнего [['ok@-ruga#]]."),
        ("В черте города.", "В [[tS;irt;'e]] [[g'orVda#]]."),
        ("В 1937 году.", "В тысяча девятьсот тридцать седьмом [[gVd'u]]."),
        ("Шокай в Жетысу.", "[[SVk'Aj]] в [[Zytys'u]]."),
    ],
)
def test_the_words_of_the_texts_are_stressed_as_the_lexicon_says(sentence: str, said: str) -> None:
    script = prepare(sentence, Language("ru"), lexicons.lexicon(Path(REAL_PACK), Language("ru")))
    assert stressed(script, phonemes) == said


def test_every_marked_form_of_the_lexicon_is_stressed() -> None:
    entries = lexicons.lexicon(Path(REAL_PACK), Language("ru")).entries
    marked = [spoken for _, spoken in entries if ACUTE in spoken]
    assert len(marked) > 100
    assert [each for each in marked if "[[" not in stressed(each, phonemes)] == []


def test_a_sentence_with_marks_is_as_long_as_without() -> None:
    marked = "Али́хан Бокейха́н жил в Семипала́тинске, а Ахме́т Байтурсы́нов в Оренбу́рге."
    with_marks = VOICE.speak(marked).size
    without = VOICE.speak(marked.replace(ACUTE, "")).size
    assert with_marks == pytest.approx(without, rel=0.15)
