"""What fits: four titles on L7163 and six on A6, measured with the program's own layout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pypdfium2
import pytest

from audioguide.errors import LabelFailed
from audioguide.labels.address import payload, typed_address
from audioguide.labels.drawing import Label, Placed, Words, describe, place
from audioguide.labels.pdf import typeset
from audioguide.labels.stocks import find_stock
from audioguide.languages import Language, facts

DAY = date(2026, 11, 30)
HOST = "https://guide.museum.kz"
KK, RU, EN, UZ, DE, AR = (Language(tag) for tag in ("kk", "ru", "en", "uz-Latn", "de", "ar"))
LONG = {
    KK: "Қазақстандағы еңбекпен түзеу лагерьлерінің картасы және олардың тарихы туралы құжаттар",
    RU: "Карта исправительно-трудовых лагерей в Казахстане и документы об их истории за тридцать",
    EN: "Map of Labour Camps in Kazakhstan and the papers that tell of their history as gathered",
    UZ: "Qozogistondagi axloq tuzatish mehnat lagerlari xaritasi va ularning tarixi haqida hujjat",
    DE: "Karte der Arbeitslager in Kasachstan und die Papiere ihrer Geschichte, wie das Museum",
    AR: "خريطة معسكرات العمل في كازاخستان والوثائق التي تروي تاريخها كما جمعها المتحف خلال ثلاثين",
}
FOUR = (KK, RU, EN, UZ)
FOUR_WITH_ARABIC = (KK, RU, EN, AR)
SIX = tuple(LONG)


def of_letters(title: str, letters: int) -> str:
    """Return as many words as have at most so many letters together."""
    while len(title) > letters:
        title = title.rpartition(" ")[0]
    return title


def placed_on(stock: str, titles: Mapping[Language, str]) -> tuple[Placed, ...]:
    label = Label(
        number=14,
        code="7K2MX",
        payload=payload(HOST, "7K2MX"),
        typed_address=typed_address(HOST, "7K2MX"),
        titles=titles,
        stem="14-stop",
    )
    return place([label], find_stock(stock))


def typeset_on(stock: str, titles: Mapping[Language, str]) -> bytes:
    words = Words(call={each: facts(each).call for each in titles})
    placed = placed_on(stock, titles)
    return typeset(describe(placed, find_stock(stock), draft=False, words=words), DAY)


def in_words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words: str = document[0].get_textpage().get_text_range()
    document.close()
    return words


def sized(stock: str, titles: Mapping[Language, str]) -> float:
    """Set a label and return the size of its titles in points."""
    (placed,) = placed_on(stock, titles)
    document = pypdfium2.PdfDocument(typeset_on(stock, titles))
    texts = [each for each in document[0].get_objects() if isinstance(each, pypdfium2.PdfTextObj)]
    sized = [(each.get_font_size() * each.get_matrix().a, each.get_bounds()[1]) for each in texts]
    document.close()
    _, foot = max(sized)
    symbol = document_height(stock) - (placed.centre_y_mm - placed.side_mm / 2) * 72 / 25.4
    above = symbol if stock == "A6" else -1.0
    largest: float = max(size for size, at in sized if above < at < foot - 3)
    return round(largest, 1)


def document_height(stock: str) -> float:
    return find_stock(stock).page_height_mm * 72 / 25.4


def cut_to(languages: tuple[Language, ...], letters: int) -> dict[Language, str]:
    return {each: of_letters(LONG[each], letters) for each in languages}


@pytest.mark.parametrize("languages", [FOUR, FOUR_WITH_ARABIC], ids=["Uzbek", "Arabic"])
@pytest.mark.parametrize(("letters", "size"), [(45, 8.0), (60, 6.0)])
def test_four_titles_of_so_many_letters_fit_on_l7163(
    languages: tuple[Language, ...], letters: int, size: float
) -> None:
    assert sized("L7163", cut_to(languages, letters)) >= size


def test_four_titles_that_are_longer_are_refused_on_l7163_with_the_language_named() -> None:
    with pytest.raises(LabelFailed, match=r"too long .* even at 6 pt: 14 \(7K2MX\) ru"):
        sized("L7163", cut_to(FOUR, 75))


@pytest.mark.parametrize("letters", [45, 65, 90])
def test_six_titles_of_so_many_letters_fit_on_a6(letters: int) -> None:
    assert sized("A6", cut_to(SIX, letters)) >= 8.0


def test_the_call_stands_in_six_languages_on_a_plaque_and_in_four_on_a_label() -> None:
    for stock, languages in (("A6", SIX), ("L7163", FOUR)):
        words = in_words(typeset_on(stock, cut_to(languages, 40)))
        assert [each for each in languages if facts(each).call not in words] == []


def test_where_the_call_has_no_room_in_all_languages_the_loudspeaker_stands_alone() -> None:
    words = in_words(typeset_on("L7163", dict.fromkeys(SIX, "Karlag")))
    assert [each for each in SIX if facts(each).call in words] == []
    assert "guide.museum.kz/q/7k2mx" in words
