from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from audioguide.labels.picture import page_png, png, png_reads_as
from audioguide.labels.symbol import choose_symbol

ONE = choose_symbol("https://GUIDE.MUSEUM.KZ/Q/7K2MX")
OTHER = choose_symbol("https://GUIDE.MUSEUM.KZ/Q/7K2MY")


def test_a_png_reads_as_its_symbol() -> None:
    assert png_reads_as(png(ONE, 27.5), ONE)


def test_a_png_of_another_symbol_does_not_pass() -> None:
    assert not png_reads_as(png(OTHER, 27.5), ONE)


def test_a_png_with_one_wrong_module_does_not_pass() -> None:
    with Image.open(io.BytesIO(png(ONE, 27.5))) as picture:
        colour = 0 if picture.getpixel((310, 310)) else 255
        picture.paste(colour, (300, 300, 320, 320))
        written = io.BytesIO()
        picture.save(written, "PNG")
    assert not png_reads_as(written.getvalue(), ONE)


@pytest.mark.parametrize("width", [4, 7])
def test_a_preview_shows_its_page_in_sixteen_greys(width: int) -> None:
    page = np.arange(3 * width, dtype=np.uint8).reshape(3, width) * 12
    with Image.open(io.BytesIO(page_png(page, 150))) as picture:
        seen = np.array(picture.convert("L"))
        assert picture.info["dpi"] == pytest.approx((150, 150), abs=0.1)
    assert seen.shape == page.shape
    assert np.array_equal(seen, page >> 4 << 4 | page >> 4)
