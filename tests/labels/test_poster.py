from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import pypdfium2
import pytest

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels.address import start_address, start_payload
from audioguide.labels.options import Options
from audioguide.labels.poster import Poster, make_poster
from audioguide.languages import LANGUAGES, Language

DAY = date(2026, 11, 22)
BASE = "https://guide.museum.kz"


def in_three(kk: str, ru: str, en: str) -> dict[Language, str]:
    return dict(zip(LANGUAGES, (kk, ru, en), strict=True))


POSTER = Poster(
    payload=start_payload(BASE),
    typed_address=start_address(BASE),
    heading=in_three("Осы жерден бастаңыз", "Начните здесь", "Start here"),
    text=in_three(
        "Кодты сканерлеңіз де, белгідегі нөмірді таңдаңыз.",
        "Отсканируйте код и выберите номер с таблички.",
        "Scan the code and choose the number on the label.",
    ),
)


def words(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return " ".join(text.replace("\xa0", " ").split())


def test_the_symbol_of_the_poster_leads_to_the_start(tmp_path: Path) -> None:
    made = make_poster(POSTER, tmp_path, draft=False, made_on=DAY)
    document = pypdfium2.PdfDocument(made.pdf)
    picture = document[0].render(scale=150 / 72, grayscale=True).to_numpy().squeeze().copy()
    document.close()
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == "https://GUIDE.MUSEUM.KZ/"
    assert (made.verified, made.pages, made.symbol_side_mm) == (1, 1, 100)


def test_the_poster_says_what_to_do_in_three_languages(tmp_path: Path) -> None:
    said = words(make_poster(POSTER, tmp_path, draft=False, made_on=DAY).pdf)
    for expected in (*POSTER.heading.values(), *POSTER.text.values(), *POSTER.call.values()):
        assert expected in said
    assert "guide.museum.kz" in said


def test_the_files_of_a_draft_poster_say_so(tmp_path: Path) -> None:
    made = make_poster(POSTER, tmp_path, draft=True, made_on=DAY, options=Options(previews=True))
    assert {path.name for path in tmp_path.iterdir()} == {
        "poster-A4-draft.pdf",
        "poster-A4-draft-page-1.png",
        "poster-symbol-draft.svg",
        "poster-symbol-draft.png",
    }
    assert "DRAFT" in words(made.pdf)


def test_a_heading_without_a_glyph_is_refused(tmp_path: Path) -> None:
    strange = replace(POSTER, heading=in_three("漢", "Начните здесь", "Start here"))
    with pytest.raises(LabelFailed, match=r"U\+6F22"):
        make_poster(strange, tmp_path, draft=False, made_on=DAY)
    assert list(tmp_path.iterdir()) == []


def test_a_text_without_a_glyph_is_refused(tmp_path: Path) -> None:
    strange = replace(POSTER, text=in_three("Код", "Код", "漢"))
    with pytest.raises(LabelFailed, match=r"language en .*U\+6F22"):
        make_poster(strange, tmp_path, draft=False, made_on=DAY)


def test_a_text_in_two_languages_is_asked_wrongly(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="missing in the language en"):
        make_poster(
            replace(POSTER, text=in_three("Код", "Код", "")), tmp_path, draft=False, made_on=DAY
        )


def test_a_text_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    endless = replace(POSTER, text=in_three("Код", "Код", "Scan the code. " * 800))
    with pytest.raises(LabelFailed, match="too long even at 6 pt"):
        make_poster(endless, tmp_path, draft=False, made_on=DAY)
