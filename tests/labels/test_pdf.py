from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import pytest

from audioguide.errors import LabelFailed
from audioguide.labels import typeface
from audioguide.labels.drawing import Label, Placed, describe, place
from audioguide.labels.options import Options
from audioguide.labels.pdf import typeset
from audioguide.labels.reading import read_back
from audioguide.labels.stocks import find_stock
from audioguide.languages import SOURCE

L7163 = find_stock("L7163")

if TYPE_CHECKING:
    from labels.conftest import MakeLabel

DAY = date(2026, 11, 22)

Set = Callable[..., bytes]


def set_labels(*labels: Label, draft: bool = False) -> bytes:
    return typeset(describe(place(labels, L7163), L7163, draft=draft), DAY)


def words(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage().get_text_range()
    document.close()
    return " ".join(text.replace("\xa0", " ").split())


def pages(pdf: bytes, dots_per_inch: int) -> list[np.ndarray]:
    document = pypdfium2.PdfDocument(pdf)
    pictures = [
        page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy().squeeze().copy()
        for page in document
    ]
    document.close()
    return pictures


def crop(picture: np.ndarray, placed: Placed) -> np.ndarray:
    pixel_mm = L7163.page_width_mm / picture.shape[1]
    left, top = round(placed.cell.x_mm / pixel_mm), round(placed.cell.y_mm / pixel_mm)
    side = round(L7163.label_height_mm / pixel_mm)
    return np.ascontiguousarray(picture[top : top + side, left : left + side])


def streams(pdf: bytes) -> list[bytes]:
    """The whole file, and each of its compressed streams opened."""
    opened = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return opened


@pytest.fixture(scope="module")
def museum_pdf(museum_labels: tuple[Label, ...]) -> bytes:
    return set_labels(*museum_labels)


def test_opencv_reads_every_symbol_of_a_whole_set(
    museum_labels: tuple[Label, ...], museum_pdf: bytes
) -> None:
    pictures = pages(museum_pdf, 300)
    detector = cv2.QRCodeDetector()
    read = [
        detector.detectAndDecode(crop(pictures[each.cell.page], each))[0]
        for each in place(museum_labels, L7163)
    ]
    assert read == [label.payload for label in museum_labels]


def test_opencv_reads_every_symbol_of_a_draft(museum_labels: tuple[Label, ...]) -> None:
    labels = museum_labels[:14]
    picture = pages(set_labels(*labels, draft=True), 300)[0]
    detector = cv2.QRCodeDetector()
    read = [detector.detectAndDecode(crop(picture, each))[0] for each in place(labels, L7163)]
    assert read == [label.payload for label in labels]


def test_a_sheet_is_a4(museum_pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(museum_pdf)
    size_mm = [side * 25.4 / 72 for side in document[0].get_size()]
    document.close()
    assert size_mm == pytest.approx([210, 297], abs=0.01)


def test_the_symbol_is_as_large_as_promised(make_label: MakeLabel) -> None:
    label = make_label()
    (placed,) = place([label], L7163)
    black = crop(pages(set_labels(label), 600)[0], placed) < 128
    columns = np.flatnonzero(black.any(axis=0))
    assert (columns[-1] - columns[0] + 1) * 25.4 / 600 == pytest.approx(27.51, abs=0.1)


def test_the_quiet_zone_stays_white_on_a_draft(make_label: MakeLabel) -> None:
    labels = [make_label(number, f"7K{number:02d}X") for number in range(14)]
    picture = pages(set_labels(*labels, draft=True), 300)[0]
    for each in place(labels, L7163):
        cell = crop(picture, each)
        middle, half = cell.shape[0] // 2, round((each.side_mm * 37 / 29 / 2 - 0.2) / 25.4 * 300)
        inside = round((each.side_mm / 2 + 0.2) / 25.4 * 300)
        zone = np.ones_like(cell, dtype=bool)
        zone[middle - inside : middle + inside, middle - inside : middle + inside] = False
        edge = slice(middle - half, middle + half)
        assert cell[edge, edge][zone[edge, edge]].min() == 255


def test_everything_is_pure_black_on_white(museum_pdf: bytes) -> None:
    drawn = [stream for stream in streams(museum_pdf) if b" Tf" in stream]
    assert len(drawn) == 2
    inks = re.findall(rb"([\d.]+) (scn|rg|g|k)\b", b"\n".join(drawn))
    assert set(inks) == {(b"0", b"scn"), (b"1", b"scn")}


def test_titles_number_and_address_stand_on_the_label(make_label: MakeLabel) -> None:
    said = words(set_labels(make_label(13, titles=("Ғибадат залы", "Зал поклонения", "Hall"))))
    for expected in ("13", "Ғибадат залы", "Зал поклонения", "Hall", "guide.museum.kz/q/7k2mx"):
        assert expected in said


@pytest.mark.parametrize(
    "title",
    [
        "#panic('x') *bold* _it_ $x^2$ \\ @ref <tag>",
        "«Репрессия» “мүсін” „қалам“ 'a' it's",
        "[x] {y} // z /* w */ `raw`",
        "= Heading",
        "- list",
    ],
)
def test_signs_that_typst_would_act_on_are_printed(make_label: MakeLabel, title: str) -> None:
    said = words(set_labels(make_label(titles=(title, "Карлаг", "Karlag"))))
    assert title in said


def test_all_letters_of_kazakh_are_printed(make_label: MakeLabel) -> None:
    letters = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"
    assert letters in words(set_labels(make_label(titles=(letters, "ё Ё", "№ ₸"))))


def test_a_letter_in_two_code_points_is_composed(make_label: MakeLabel) -> None:
    assert "Йод ё" in words(set_labels(make_label(titles=("И\u0306од е\u0308", "Йод", "Iodine"))))


def test_what_has_an_ordinary_sibling_is_printed_as_it(make_label: MakeLabel) -> None:
    titles = ("Алма\u2011Ата", "2\u2009500 имён", "\u201fCamp\u201d Alma\u2010Ata\u00ad")
    said = words(set_labels(make_label(titles=titles)))
    assert "Алма-Ата" in said
    assert "“Camp” Alma-Ata" in said


def test_a_character_without_a_glyph_is_named(make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r"Label 9 .* language en, .*“漢” \(U\+6F22\)"):
        set_labels(make_label(titles=("Карлаг", "Карлаг", "漢 Karlag")))


def test_a_line_break_in_a_title_is_named(make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r" language ru, “Кар лаг”.* U\+000A"):
        set_labels(make_label(titles=("Карлаг", "Кар\nлаг", "Karlag")))


def test_a_missing_title_is_named(make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r"Label 9 \(7K2MX\) has no title in the language kk"):
        set_labels(make_label(titles=("  ", "Карлаг", "Karlag")))


def test_a_title_too_long_for_6_points_is_named(make_label: MakeLabel) -> None:
    endless = "Карта исправительно-трудовых лагерей в Казахстане " * 8
    with pytest.raises(LabelFailed, match=r"titles are too long .*: 5 \(7K2MX\) ru\."):
        set_labels(make_label(5, titles=("Карта", endless, "Map")))


def test_a_word_wider_than_the_label_is_refused(make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r"titles are too long .*: 5 \(7K2MX\) en\."):
        set_labels(make_label(5, titles=("Карта", "Карта", "Incomprehensibilities" * 4)))


def test_an_address_too_wide_for_its_label_is_refused(make_label: MakeLabel) -> None:
    with pytest.raises(LabelFailed, match=r"address is too long .*: 9 \(7K2MX\)\."):
        set_labels(make_label(base=f"https://{'m' * 60}.kz"))


def test_a_long_address_breaks_and_still_stands_on_its_label(make_label: MakeLabel) -> None:
    label = make_label(121, base="https://guide.museum-of-memory.south.shymkent.kz")
    said = re.sub("[ \u200b\u2060]", "", words(set_labels(label)))
    assert label.typed_address in said


def test_an_address_can_be_copied_from_the_pdf(make_label: MakeLabel) -> None:
    assert "guide.museum.kz/q/7k2mx" in words(set_labels(make_label()))


def test_no_title_is_hyphenated(museum_pdf: bytes) -> None:
    for page in (0, 1):
        assert "\u00ad" not in words(museum_pdf, page)
    assert "исправительно-трудовых лагерей" in words(museum_pdf)


def test_nothing_runs_out_of_its_label(make_label: MakeLabel) -> None:
    long = "Қазақстандағы еңбекпен түзеу лагерьлерінің картасы және тағы басқа жайттар"
    (placed,) = place([make_label(121, titles=(long, long, long))], L7163)
    picture = pages(set_labels(placed.label), 300)[0] < 128
    pixel_mm = 25.4 / 300
    picture[
        round((placed.cell.y_mm + 1.5) / pixel_mm) : round((placed.cell.y_mm + 36.6) / pixel_mm),
        round((placed.cell.x_mm + 1.5) / pixel_mm) : round((placed.cell.x_mm + 97.6) / pixel_mm),
    ] = False
    assert not picture.any()


def test_text_is_never_smaller_than_6_points(make_label: MakeLabel) -> None:
    long = "Қазақстандағы еңбекпен түзеу лагерьлерінің картасы және тағы басқа жайттар"
    document = pypdfium2.PdfDocument(set_labels(make_label(121, titles=(long, long, long))))
    sizes = {
        item.get_font_size() * item.get_matrix().a
        for item in document[0].get_objects()
        if isinstance(item, pypdfium2.PdfTextObj)
    }
    document.close()
    assert 5.99 < min(sizes) < 8


def test_every_sheet_of_a_draft_says_so(museum_labels: tuple[Label, ...]) -> None:
    pdf = set_labels(*museum_labels, draft=True)
    assert [words(pdf, page).count("DRAFT") for page in (0, 1)] == [15, 5]


def test_a_sheet_for_the_wall_says_nothing_of_drafts(museum_pdf: bytes) -> None:
    assert "DRAFT" not in words(museum_pdf)


def test_fonts_are_embedded_and_only_ours(museum_pdf: bytes) -> None:
    opened = b"\n".join(streams(museum_pdf))
    names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", opened))
    assert {name.split(b"-")[0] for name in names} == {b"SourceSansPro"}
    assert opened.count(b"/FontFile2") >= len(names)


def test_the_pdf_is_tagged_and_says_which_standards_it_keeps(museum_pdf: bytes) -> None:
    opened = b"\n".join(streams(museum_pdf))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in opened
    assert b"<pdfaid:part>2</pdfaid:part>" in opened
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in opened
    assert b"/StructTreeRoot" in opened


@pytest.mark.parametrize("language", [b"kk", b"ru", b"en"])
def test_each_title_carries_its_language(museum_pdf: bytes, language: bytes) -> None:
    assert re.search(rb"/Lang\s*\(" + language, b"\n".join(streams(museum_pdf)))


def test_every_symbol_has_an_alternative_text(
    museum_labels: tuple[Label, ...], museum_pdf: bytes
) -> None:
    opened = b"\n".join(streams(museum_pdf))
    for label in museum_labels:
        assert f"QR code of stop {label.number}: {label.payload}".encode() in opened


def test_the_same_labels_on_the_same_day_make_the_same_bytes(
    museum_labels: tuple[Label, ...], museum_pdf: bytes
) -> None:
    assert set_labels(*museum_labels) == museum_pdf


def test_the_typeface_has_all_that_three_languages_need() -> None:
    assert typeface.missing_characters("ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё«»“”„’—–№₸", SOURCE) == []


def test_a_symbol_that_says_another_stop_is_found(make_label: MakeLabel) -> None:
    pdf = set_labels(make_label(8, "7K2MY"))
    with pytest.raises(LabelFailed, match=r"Label 9 \(7K2MX\) on sheet 1, row 1, column 1 reads"):
        read_back(pdf, place([make_label(9, "7K2MX")], L7163))


def test_two_labels_that_changed_places_are_found(make_label: MakeLabel) -> None:
    one, other = make_label(8, "7K2MX"), make_label(9, "7K2MY")
    with pytest.raises(LabelFailed, match=r": 8 \(7K2MX\) “\S+/7K2MY”; 9 \(7K2MY\) “\S+/7K2MX”\."):
        read_back(set_labels(other, one), place([one, other], L7163))


def test_a_missing_symbol_is_found(make_label: MakeLabel) -> None:
    one, other = make_label(8, "7K2MX"), make_label(9, "7K2MY")
    with pytest.raises(LabelFailed, match=r"Label 9 .* has no QR code"):
        read_back(set_labels(one), place([one, other], L7163))


def test_a_symbol_too_many_is_found(make_label: MakeLabel) -> None:
    one, other = make_label(8, "7K2MX"), make_label(9, "7K2MY")
    with pytest.raises(LabelFailed, match=r"On sheet 1 .* where no label is, .*/7K2MY”"):
        read_back(set_labels(one, other), place([one], L7163))


def test_a_sheet_too_many_is_found(museum_labels: tuple[Label, ...], museum_pdf: bytes) -> None:
    with pytest.raises(LabelFailed, match=r"sheets .* 2 instead of 1"):
        read_back(museum_pdf, place(museum_labels[:14], L7163))


def test_every_symbol_that_was_read_is_counted(
    museum_labels: tuple[Label, ...], museum_pdf: bytes
) -> None:
    assert read_back(museum_pdf, place(museum_labels, L7163)).symbols == 18


def test_something_within_the_quiet_zone_is_found(make_label: MakeLabel) -> None:
    label = make_label()
    (placed,) = place([label], L7163)
    described = json.loads(describe([placed], L7163, draft=False))
    described["marks"][0] = [
        {
            "x1_mm": placed.centre_x_mm + placed.side_mm / 2 + 2,
            "y1_mm": placed.centre_y_mm,
            "x2_mm": placed.centre_x_mm + placed.side_mm / 2 + 2,
            "y2_mm": placed.centre_y_mm + 5,
        }
    ]
    # A mark lies under the white of the symbol; so that it is seen, the white goes.
    symbol = described["symbols"][label.payload]
    described["symbols"][label.payload] = re.sub('<path fill="#fff"[^>]*>', "", symbol)
    pdf = typeset(json.dumps(described), DAY)
    with pytest.raises(LabelFailed, match=r"Label 9 \(7K2MX\) .* within the white border"):
        read_back(pdf, [placed])


def test_copies_of_one_label_are_each_read_at_their_own_cell(make_label: MakeLabel) -> None:
    placed = place([make_label()], L7163, Options(copies=5, start_cell=12))
    pdf = typeset(describe(placed, L7163, draft=False), DAY)
    assert read_back(pdf, placed).symbols == 5


def test_one_copy_of_many_that_is_missing_is_found(make_label: MakeLabel) -> None:
    placed = place([make_label()], L7163, Options(copies=5))
    pdf = typeset(describe(placed[:4], L7163, draft=False), DAY)
    with pytest.raises(LabelFailed, match=r"row 3, column 1 has no QR code"):
        read_back(pdf, placed)


def test_a_shifted_sheet_is_not_taken_for_a_straight_one(make_label: MakeLabel) -> None:
    pdf = typeset(describe(place([make_label()], L7163, Options(dx_mm=2)), L7163, draft=False), DAY)
    with pytest.raises(LabelFailed):
        read_back(pdf, place([make_label()], L7163))
