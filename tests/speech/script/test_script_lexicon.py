from __future__ import annotations

import pytest

from audioguide.errors import PackBroken
from audioguide.languages import Language
from audioguide.speech.script import Lexicon, prepare, read_lexicon

KAZAKH = read_lexicon(
    "# names\n\nӘ. Бөкейхан\tӘлихан Бөкейхан\nНКВД\tэн-ка-вэ-дэ\nАлаш\tАла́ш\n"
    "Алаш Орда\tАлашорда\nКСРО\tКеңес Одағы\nМ. Дулатұлы\tМіржақып Дулатұлы\n",
    "lexicon/kk.tsv",
)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Ә. Бөкейхан келді", "Әлихан Бөкейхан келді"),
        ("Ә. Бөкейханның портреті", "Әлихан Бөкейханның портреті"),
        ("М. Дулатұлының өлеңі", "Міржақып Дулатұлының өлеңі"),
        ("НКВД-нің бұйрығы", "эн-ка-вэ-дэнің бұйрығы"),
        ("НКВД-дан", "эн-ка-вэ-дэден"),
        ("КСРО-ға", "Кеңес Одағына"),
        ("Алаш қозғалысы", "Ала́ш қозғалысы"),
        ("Алаш Орда үкіметі", "Алашорда үкіметі"),
        ("Алашорда", "Алашорда"),
    ],
)
def test_a_kazakh_entry_is_said_with_its_ending(written: str, spoken: str) -> None:
    assert prepare(written, Language("kk"), KAZAKH) == spoken


def test_the_longest_entry_is_said_first() -> None:
    lexicon = Lexicon((("Alash", "Ah-lash"), ("Alash Orda", "Ah-lash Or-dah")))

    assert prepare("Alash Orda and Alash", Language("en"), lexicon) == "Ah-lash Or-dah and Ah-lash"


def test_an_entry_is_not_found_inside_a_word() -> None:
    lexicon = Lexicon((("Ал", "Эл"), ("Алаш", "Эл")))

    assert prepare("Алашординец и Алаши", Language("ru"), lexicon) == "Алашординец и Алаши"


def test_an_entry_is_said_before_an_abbreviation_of_the_house() -> None:
    lexicon = Lexicon((("АЛЖИР", "Алжи́р"), ("А. Байтурсынов", "Ахмет Байтурсынов")))

    assert prepare("АЛЖИР и А. Байтурсынов", Language("ru"), lexicon) == "Алжи́р и Ахмет Байтурсынов"


def test_an_entry_that_holds_its_own_written_form_does_not_grow() -> None:
    lexicon = Lexicon((("Alash", "Alash Orda"),))
    once = prepare("the Alash movement", Language("en"), lexicon)

    assert once == "the Alash Orda movement"
    assert prepare(once, Language("en"), lexicon) == once


def test_a_lexicon_passes_over_comments_and_blank_lines() -> None:
    lexicon = read_lexicon("# a comment\n\nALZHIR\tal-zheer\n  \n", "en.tsv")

    assert lexicon.entries == (("ALZHIR", "al-zheer"),)


def test_an_empty_lexicon_is_a_lexicon() -> None:
    assert read_lexicon("", "en.tsv") == Lexicon()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("ALZHIR al-zheer", "1 columns"),
        ("ALZHIR\tal\tzheer", "3 columns"),
        ("ALZHIR\t ", "empty"),
        ("Karlag\tkar", "second time"),
    ],
)
def test_a_broken_line_is_named_by_file_and_number(line: str, what: str) -> None:
    with pytest.raises(PackBroken) as raised:
        read_lexicon(f"# names\nKarlag\tkar-lahg\n{line}\n", "lexicon/en.tsv")

    (finding,) = raised.value.findings
    assert finding.where == "lexicon/en.tsv:3"
    assert what in str(finding)


def test_every_broken_line_is_named_at_once() -> None:
    with pytest.raises(PackBroken) as raised:
        read_lexicon("one\ntwo\tzwei\nthree\n", "en.tsv")

    assert [finding.where for finding in raised.value.findings] == ["en.tsv:1", "en.tsv:3"]
