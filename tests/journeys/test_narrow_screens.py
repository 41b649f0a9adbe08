from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from audioguide.languages import LANGUAGES, Language
from kinds_of_page import shown
from museum import REAL_PACK, World
from started import fetch_json

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

NARROWEST_PX = 320  # WCAG 2.2, 1.4.10: what is left of 1280 px at 400 %
SMALLEST_TARGET_PX = 24  # WCAG 2.2, 2.5.8


@pytest.fixture(scope="module")
def real_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The museum's own pages, with a tone in place of every voice."""
    world = World(tmp_path_factory.mktemp("real"), REAL_PACK)
    world.bring()
    world.speak_all()
    with shown(world) as address:
        yield address
    world.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_real_page_scrolls_sideways_on_the_narrowest_screen(
    real_pages: str, phone: Phone, language: Language
) -> None:
    page = phone(language, width_px=NARROWEST_PX).new_page()
    wide = [address for address in _pages(real_pages, language) if _is_wide(page, address)]
    assert wide == []


def _pages(address: str, language: Language) -> list[str]:
    stops = fetch_json(f"{address}/api/v1/stops")["stops"]
    tours = fetch_json(f"{address}/api/v1/tours")["tours"]
    ways = ["", "museum", "number", "number?number=77", "nothing"]
    ways += [f"stops/{each['slug']}" for each in stops]
    ways += [f"tours/{each['slug']}" for each in tours]
    slugs = {each["code"]: each["slug"] for each in stops}
    longest = max(tours, key=lambda each: len(each["stops"]))
    ways += [f"tours/{longest['slug']}/{slugs[code]}" for code in longest["stops"]]
    return [f"{address}/", *(f"{address}/{language}/{way}" for way in ways)]


def _is_wide(page: Page, address: str) -> bool:
    page.goto(address)
    root = "document.documentElement"
    return bool(page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


@pytest.mark.parametrize("size", ["1", "3"])
@pytest.mark.parametrize(
    "way",
    [
        "",
        "ru/",
        "ru/stops/famine",
        "ru/number",
        "ru/museum",
        "ru/tours/highlights",
        "ru/tours/school/famine",
    ],
)
def test_every_target_is_large_enough_for_a_finger(
    real_pages: str, phone: Phone, way: str, size: str
) -> None:
    page = phone("ru", width_px=NARROWEST_PX).new_page()
    page.add_init_script(f"localStorage.setItem('size', '{size}')")
    page.goto(f"{real_pages}/{way}")
    targets = "a:not(.skip, audio a), button, input:not(.hidden), select, .size label"
    for target in page.locator(targets).all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET_PX, target.inner_text()
