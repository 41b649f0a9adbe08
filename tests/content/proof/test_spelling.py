from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.content.proof import StopText
from audioguide.content.proof.spelling import check, read_own_words
from audioguide.errors import Grade
from audioguide.languages import Language

Tell = Callable[..., StopText]


def unknown(text: StopText, own: str = "") -> list[str]:
    listed = {text.language: read_own_words(own, "spelling.txt")}
    return [str(each.what) for each in check([text], listed)]


@pytest.mark.needs_hunspell
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Музейіне, кітабын, жазылмаған сөздерін тыңдамай өтіп кетуіңізге болады."),
        ("kk", "Лагерьлердің, лагеріне, наразылығынан, айтылмайтын қуғын-сүргін."),
        ("ru", "Заключённых держали в товарных вагонах, по-русски говорили немногие."),
        ("en", "The camp’s labour, the town's centre, a two-storey theatre."),
    ],
)
def test_a_word_that_is_spelled_right_is_known(tell: Tell, language: str, text: str) -> None:
    assert unknown(tell(language, text, title="Музей" if language != "en" else "Title")) == []


@pytest.mark.needs_hunspell
def test_a_word_with_a_letter_of_another_alphabet_is_not_for_the_dictionary(tell: Tell) -> None:
    assert unknown(tell("kk", "Бұл Қазақстaн.", title="Музей")) == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("kk", "Бұл музейңе келді.", "музейңе"),
        ("kk", "Бұл кұрбандар.", "кұрбандар"),
        ("kk", "Бұл қуғын-сүргнің сөзі.", "қуғын-сүргнің"),
        ("kk", "Бұл құрб’анныңң сөзі.", "құрб’анныңң"),
        ("ru", "Эти заключоные.", "заключоные"),
        ("en", "The prisonners were held.", "prisonners"),
        ("en", "The labor camp.", "labor"),
    ],
)
def test_a_misspelled_word_is_an_error(tell: Tell, language: str, text: str, word: str) -> None:
    found = unknown(tell(language, text, title="Музей" if language != "en" else "Title"))
    assert found == [f"The dictionary does not know “{word}”."]


@pytest.mark.needs_hunspell
def test_a_word_of_our_list_takes_the_endings_of_its_model(tell: Tell) -> None:
    text = tell("ru", "В Карлаге, под Карлагом.", title="Музей")
    assert unknown(text, "Карлаг/Саратов\t9") == []
    assert unknown(text, "Карлаг\t9") != []


@pytest.mark.needs_hunspell
def test_a_kazakh_word_of_our_list_takes_several_endings(tell: Tell) -> None:
    text = tell("kk", "Карлагтың, Карлагтағы, Карлагқа.", title="Карлаг")
    assert unknown(text, "Карлаг/музей\t9") == []


@pytest.mark.needs_hunspell
def test_the_line_of_an_unknown_word_is_told(tell: Tell) -> None:
    (found,) = check([tell("en", "Fine.\n\nWrnog.")], {})
    assert found.where == "media/stops/9-alzhir/en.md:5"


@pytest.mark.needs_hunspell
@pytest.mark.parametrize("own", ["Қазақстан\t9", "Karlag\t8", "Karlagmuseum/London\t9"])
def test_an_entry_that_its_stop_does_not_use_is_an_error(tell: Tell, own: str) -> None:
    listed = {Language("en"): read_own_words(f"# Names\n{own}\n", "media/proof/spelling.en.txt")}
    found = list(check([tell("en", "The camp.")], listed))
    assert [each.where for each in found] == ["media/proof/spelling.en.txt:2"]
    assert "does not use" in str(found[0].what)


def test_without_hunspell_one_note_for_each_language_says_how_to_get_it(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = check([tell("ru", "Очепятка.")], {})
    assert found.grade is Grade.NOTE
    assert str(found.do) == "On Debian: apt install hunspell hunspell-ru."


def test_an_unused_entry_is_found_without_hunspell_too(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    listed = {Language("en"): read_own_words("Karlag\t9", "spelling.en.txt")}
    assert [each.grade for each in check([tell("en", "Words.")], listed)] == [
        Grade.ERROR,
        Grade.NOTE,
    ]
