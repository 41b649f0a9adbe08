from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image

from audioguide.errors import AskedWrongly
from audioguide.labels.picture import png, svg
from audioguide.labels.second_opinion import agrees_with_second_encoder
from audioguide.labels.symbol import (
    Level,
    Symbol,
    characters_over,
    characters_too_many_for_h,
    choose_symbol,
    segments,
)

PAYLOAD = "https://GUIDE.MUSEUM.KZ/Q/7K2MX"


def of_length(after_the_slashes: int) -> str:
    return "https://" + ("GUIDE.MUSEUM.KZ/" * 8)[:after_the_slashes]


@pytest.mark.parametrize(
    ("length", "version", "level"),
    [
        (23, 3, Level.H),
        (24, 3, Level.Q),
        (34, 3, Level.Q),
        (35, 4, Level.H),
        (37, 4, Level.H),
        (38, 4, Level.Q),
        (55, 4, Level.Q),
        (56, 5, Level.Q),
        (75, 5, Level.Q),
        (76, 4, Level.M),
        (78, 4, Level.M),
        (79, 5, Level.M),
        (110, 5, Level.M),
    ],
)
def test_the_best_version_and_level_that_hold_the_payload(
    length: int, version: int, level: Level
) -> None:
    symbol = choose_symbol(of_length(length))
    assert (symbol.version, symbol.level) == (version, level)


def test_the_museums_address_fits_version_3_at_h() -> None:
    symbol = choose_symbol(PAYLOAD)
    assert (symbol.version, symbol.level, symbol.modules) == (3, Level.H, 29)


@pytest.mark.parametrize(("length", "said"), [(111, "too many: 1"), (113, "too many: 3")])
def test_what_version_5_cannot_hold_is_refused_with_its_excess(length: int, said: str) -> None:
    with pytest.raises(AskedWrongly, match=said):
        choose_symbol(of_length(length))


@pytest.mark.parametrize(
    ("length", "fewer"), [(23, 0), (24, 1), (34, 11), (37, 14), (38, 1), (55, 18), (110, 73)]
)
def test_no_more_characters_are_too_many_for_level_h_than_must_go(length: int, fewer: int) -> None:
    payload = f"https://{'M' * length}"
    assert characters_too_many_for_h(payload) == fewer
    assert choose_symbol(payload[: len(payload) - fewer]).level == Level.H


def test_a_letter_outside_the_alphanumeric_mode_is_named() -> None:
    with pytest.raises(AskedWrongly, match="_ cannot stand in it"):
        choose_symbol("https://GUIDE_MUSEUM.KZ/Q/7K2MX")


def test_small_letters_after_the_scheme_are_refused() -> None:
    with pytest.raises(AskedWrongly):
        choose_symbol("https://guide.museum.kz/q/7k2mx")


def test_a_scheme_in_capitals_is_refused() -> None:
    with pytest.raises(AskedWrongly, match="small letters"):
        choose_symbol(PAYLOAD.upper())


def test_the_byte_segment_is_the_scheme_alone() -> None:
    assert segments(PAYLOAD) == ("https", "://GUIDE.MUSEUM.KZ/Q/7K2MX")


def encoded(content: tuple[str, ...], version: int, level: Level) -> segno.QRCode:
    segmented = list(content)
    return segno.make(
        segmented,  # type: ignore[arg-type]  # as symbol.py says
        version=version,
        error=level.value,
        boost_error=False,
    )


@pytest.mark.parametrize("version", [3, 4, 5])
@pytest.mark.parametrize("level", list(Level))
def test_the_room_is_what_the_encoder_has(version: int, level: Level) -> None:
    length = 0
    while not characters_over(of_length(length + 1), version, level):
        length += 1
    fitting, spilling = segments(of_length(length)), segments(of_length(length + 1))
    made = encoded(fitting, version, level)
    assert made.version == version
    with pytest.raises(segno.DataOverflowError):
        encoded(spilling, version, level)


@pytest.mark.parametrize("length", range(9, 111, 4))
def test_every_symbol_agrees_with_the_second_encoder(length: int) -> None:
    assert agrees_with_second_encoder(choose_symbol(of_length(length)))


def test_a_symbol_that_says_something_else_does_not_agree() -> None:
    other = choose_symbol("https://GUIDE.MUSEUM.KZ/Q/7K2MY")
    forged = Symbol(PAYLOAD, other.version, other.level, other.mask, other.matrix)
    assert not agrees_with_second_encoder(forged)


def test_a_symbol_of_a_lower_level_than_it_claims_does_not_agree() -> None:
    weak = choose_symbol(of_length(30))
    forged = Symbol(weak.payload, weak.version, Level.M, weak.mask, weak.matrix)
    assert not agrees_with_second_encoder(forged)


def test_the_png_reads_as_the_payload() -> None:
    with Image.open(io.BytesIO(png(choose_symbol(PAYLOAD), 27.5))) as picture:
        read = zxingcpp.read_barcode(picture.convert("L"))
    assert read is not None
    assert read.text == PAYLOAD


def test_the_png_has_whole_modules_of_20_pixels_and_a_quiet_zone_of_four() -> None:
    symbol = choose_symbol(PAYLOAD)
    with Image.open(io.BytesIO(png(symbol, 27.5))) as picture:
        pixels = np.array(picture.convert("L"))
    assert pixels.shape == (37 * 20, 37 * 20)
    assert set(np.unique(pixels)) == {0, 255}
    modules = pixels[::20, ::20] == 0
    assert np.array_equal(modules.repeat(20, 0).repeat(20, 1), pixels == 0)
    assert np.array_equal(modules[4:-4, 4:-4], np.array(symbol.matrix))
    assert modules.sum() == np.array(symbol.matrix).sum()


def test_the_png_knows_its_physical_size() -> None:
    with Image.open(io.BytesIO(png(choose_symbol(PAYLOAD), 27.5))) as picture:
        across_mm = picture.width / picture.info["dpi"][0] * 25.4
    assert across_mm == pytest.approx(27.5 * 37 / 29, abs=0.05)


def test_the_svg_knows_its_physical_size() -> None:
    root = ElementTree.fromstring(svg(choose_symbol(PAYLOAD), 29.0))
    assert (root.get("width"), root.get("height")) == ("37.0000mm", "37.0000mm")


def test_the_svg_is_pure_black_on_white_and_draws_every_module() -> None:
    symbol = choose_symbol(PAYLOAD)
    drawn = svg(symbol, 27.5)
    assert re.findall(r'fill="([^"]+)"', drawn) == ["#fff", "#000"]
    modules = np.zeros((37, 37), dtype=bool)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn):
        modules[int(y), int(x) : int(x) + int(length)] = True
    assert np.array_equal(modules[4:-4, 4:-4], np.array(symbol.matrix))
    assert modules.sum() == np.array(symbol.matrix).sum()
