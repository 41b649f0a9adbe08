from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext

from audioguide.languages import LANGUAGES, Language
from kinds_of_page import shown
from museum import REAL_PACK, World

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

MAP, LINE = "camps", "totalitarianism"
RADIUS, MOST = 12, 4  # of a number in the drawing; of a shade that a browser may round
PAPER = {"light": (0xF7, 0xF4, 0xEF), "dark": (0x12, 0x11, 0x0F)}
EMBER = {"light": (0x8F, 0x2D, 0x1F), "dark": (0xE0, 0x8A, 0x74)}


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The museum's own pack, without sound, served."""
    world = World(tmp_path_factory.mktemp("drawn"), REAL_PACK)
    world.bring()
    with shown(world) as address:
        yield address
    world.close()


@pytest.mark.parametrize("slug", [MAP, LINE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_fits_the_narrowest_phone_with_numbers_that_can_be_read(
    guide: str, phone: Phone, language: Language, slug: str
) -> None:
    page = phone(language, width_px=320).new_page()
    page.goto(f"{guide}/{language}/stops/{slug}")
    drawing = page.locator("figure img")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    assert 2 * RADIUS * box["width"] / 320 >= 20
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.wait_for_function("document.querySelector('figure img').naturalWidth === 320")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_is_light_and_dark_as_the_page_is(guide: str, phone: Phone, scheme: Any) -> None:
    page = phone("kk", color_scheme=scheme).new_page()
    page.goto(f"{guide}/kk/stops/{MAP}")
    drawing = page.locator("figure img")
    drawing.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure img').complete")
    with Image.open(io.BytesIO(drawing.screenshot())) as seen:
        colours = {colour for _, colour in seen.convert("RGB").getcolors(1 << 20) or []}
        corner = seen.convert("RGB").getpixel((2, 2))
    assert is_near(corner, PAPER[scheme])
    assert any(is_near(colour, EMBER[scheme]) for colour in colours)


def is_near(one: Any, other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= MOST for a, b in zip(one, other, strict=True))


def test_a_long_legend_is_folded_and_opens_with_a_tap(guide: str, phone: Phone) -> None:
    page = phone("ru").new_page()
    page.goto(f"{guide}/ru/stops/{LINE}")
    last = page.locator(".legend li").last
    assert not last.is_visible()
    page.locator("figure summary").click()
    assert last.is_visible()
    assert last.text_content()


def test_on_paper_a_folded_legend_stands_open(guide: str, phone: Phone) -> None:
    page = phone("kk").new_page()
    page.goto(f"{guide}/kk/stops/{LINE}")
    page.emulate_media(media="print")
    assert page.locator(".legend li").last.is_visible()


def test_the_legend_of_the_map_stands_there_at_once(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.goto(f"{guide}/en/stops/{MAP}")
    assert page.locator(".legend li").count() == 8
    assert page.locator(".legend li").last.is_visible()
