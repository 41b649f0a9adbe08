from __future__ import annotations

from collections.abc import Callable

from audioguide.content.proof import PreparedSentence, PreparedText, StopText
from audioguide.content.proof.scripts import check
from audioguide.languages import Language

Tell = Callable[..., StopText]


def found(text: StopText, *pairs: tuple[str, str]) -> list[str]:
    sentences = tuple(PreparedSentence(*pair) for pair in pairs)
    prepared = PreparedText(9, Language(text.language), sentences)
    return [str(each.what) for each in check([text], [prepared])]


def test_a_script_that_speaks_what_is_shown_is_right(tell: Tell) -> None:
    text = tell("ru", "В 1937 году. Там.")
    spoken = "В тысяча девятьсот три\u0301дцать седьмом году."
    assert found(text, ("В 1937 году.", spoken), ("Там.", "Там.")) == []


def test_a_figure_that_is_not_spoken_is_an_error(tell: Tell) -> None:
    text = tell("kk", "Онда 25 адам.")
    assert found(text, ("Онда 25 адам.", "Онда адам.")) == [
        "The figure 25 is in the text but is not read aloud: Онда адам."
    ]


def test_a_sentence_that_fell_out_is_an_error(tell: Tell) -> None:
    text = tell("en", "One. Two.")
    assert found(text, ("One.", "One.")) == [
        "The sentences of the script are not those of the text."
    ]


def test_a_text_without_a_script_is_passed_over(tell: Tell) -> None:
    assert list(check([tell("en", "In 1937.")], [])) == []
