"""Languages that are prepared and were heard by nobody whose own they are: tables of sentences."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.content.proof.figures import figures_of
from audioguide.content.sentences import split
from audioguide.languages import Language, facts
from audioguide.speech import espeak
from audioguide.speech.script import prepare, unspeakable

TABLES = sorted((Path(__file__).parent / "spoken").glob("*.tsv"))
ROWS = [
    (Language(table.stem), *line.split("\t"))
    for table in TABLES
    for line in table.read_text(encoding="utf-8").splitlines()[1:]
]
DE, UZ, AR = Language("de"), Language("uz-Latn"), Language("ar")


def phonemes(text: str, language: Language) -> str:
    """Give espeak-ng's phonemes of a text, clause by clause."""
    engine = espeak._engine()
    engine._set(facts(language).manner)
    given = ctypes.create_string_buffer(text.encode())
    place = ctypes.c_void_p(ctypes.addressof(given))
    clauses = []
    while place.value:
        said = engine._library.espeak_TextToPhonemes(ctypes.byref(place), 1, 0)
        clauses.append((said or b"").decode().strip())
    return " | ".join(filter(None, clauses))


def test_each_prepared_language_has_a_table_that_says_who_has_not_heard_it() -> None:
    assert {table.stem for table in TABLES} == {DE, UZ, AR}
    for table in TABLES:
        head, *rows = table.read_text(encoding="utf-8").splitlines()
        assert head.startswith("# ")
        assert head.endswith("Not heard by a native speaker.")
        assert len(rows) >= 20


@pytest.mark.parametrize(("language", "shown", "prepared", "said"), ROWS)
def test_a_sentence_is_prepared_and_pronounced_as_in_the_table(
    language: Language, shown: str, prepared: str, said: str
) -> None:
    assert prepare(shown, language) == prepared
    assert prepare(prepared, language) == prepared
    assert unspeakable(prepared, language) == ()
    assert phonemes(prepared, language) == said


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (DE, ("Am 3. Oktober 1937 kam er.", "Er blieb bis zum 1. Mai.")),
        (DE, ("Im 19. Jahrhundert, z. B. um 1850, war es so.", "Danach nicht.")),
        (DE, ("Sie war damals 12.", "Danach zog sie fort.")),
        (DE, ("Dr. Weber kam mit Prof. Klein usw.", "Dann gingen sie.")),
        (DE, ("Sie war 12 Jahre im 3. Saal, die 5. Klasse nicht.", "Sie war damals 12.", "Wer?")),
        (DE, ("Tausende kamen um.", "1945 endete der Krieg.")),
        (AR, ("افتتح المتحف سنة 1954 م.", "وصل م. أحمد سنة ١٣٥٠ هـ.", "ثم توسع.")),
        (UZ, ("U prof. Karimov bilan 1937-yilda keldi.", "Keyin A. Qodiriy keldi.")),
        (UZ, ("Muzey ochildi.", "O‘zbekiston bo‘ylab eng kattasi.")),
        (AR, ("هل تعرف هذا المكان؟", "وصل د. أحمد في عام 1937.", "كان شابا!")),
    ],
)
def test_a_text_is_split_into_its_sentences(language: Language, sentences: tuple[str, ...]) -> None:
    assert split(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("shown", "prepared"),
    [
        ("Am 1. und 2. Mai", "Am ersten und zweiten Mai"),
        ("das 18./19. Jahrhundert", "das achtzehnte, neunzehnte Jahrhundert"),
        ("Der 2. Zug, die 3. Etage", "Der zweite Zug, die dritte Etage"),
        ("Otto Graf, geb. 1902", "Otto Graf, geboren neunzehnhundertzwei"),
        ("geb. Januar 1902", "geboren Januar neunzehnhundertzwei"),
        ("Siehe Kapitel V.", "Siehe Kapitel V."),
        ("Das war Karl V.", "Das war Karl der Fünfte."),
        ("+49 40 123456", "plus vier neun, vier null, eins zwei drei vier fünf sechs"),
    ],
)
def test_german_says_what_stands_in_every_guide(shown: str, prepared: str) -> None:
    assert prepare(shown, DE) == prepared


@pytest.mark.parametrize(
    ("text", "language"),
    [("मैं आया। वह गया।", "hi"), ("Ես եկա։ Նա գնաց։", "hy"), ("မင်္ဂလာပါ။ သွားပါ။", "my")],
)
def test_a_sentence_ends_with_the_marks_of_other_alphabets(text: str, language: str) -> None:
    assert len(split(text, Language(language))) == 2


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("neunzehnhundertsiebenunddreißig", DE, [1937]),
        ("am dritten Oktober, der siebte und der achte Tag", DE, [3, 7, 8]),
        ("zwei Millionen, ein Haus, die erste und die hunderterste, die Beste", DE, [2e6, 1, 101]),
        ("hundert, die zwanzigste, einundzwanzigstes, zehntausend", DE, [100, 20, 21, 10_000]),
        ("zwölftausendfünfhundert Menschen, 12.500 Menschen", DE, [12500, 12500]),
        ("bir ming toʻqqiz yuz oʻttiz yettinchi yil", UZ, [1937]),
        ("yigirma besh, 25, o‘n ikki ming", UZ, [25, 25, 12000]),
        ("عام 1937 و 12", AR, [1937, 12]),
        ("im XX. Jahrhundert, neunzehnhunderteins", DE, [20, 1901]),
        ("XX asrda", UZ, [20]),
    ],
)
def test_the_proof_reads_figures_in_digits_and_in_words(
    text: str, language: Language, values: list[float]
) -> None:
    assert [each.value for each in figures_of(text, language)] == values


@given(st.integers(1, 9_999))
def test_every_number_is_read_back_from_its_words(number: int) -> None:
    for language in (DE, UZ):
        said = prepare(f"Nr {number} x", language).removeprefix("Nr ").removesuffix(" x")
        values = [each.value for each in figures_of(said, language)]
        assert values == [number] or (language, said) == (DE, "ein"), said


@given(st.text())
def test_any_text_can_be_prepared(text: str) -> None:
    for language in (DE, UZ, AR):
        assert prepare(text, language) is not None
