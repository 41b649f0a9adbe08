from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from audioguide.languages import Language
from audioguide.words import say
from kinds_of_page import shown
from museum import World
from photographs import add_picture

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

TOP = "document.querySelector('article').getBoundingClientRect().top"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small museum with a picture of the famine's section, served."""
    world = World(tmp_path_factory.mktemp("pictured"))
    add_picture(world.media / "stops/2-famine")
    world.bring()
    world.speak_all()
    with shown(world) as address:
        yield address
    world.close()


def test_dana_walks_a_tour_in_two_languages_without_scripts(pictured: str, phone: Phone) -> None:
    page = phone("kk", java_script_enabled=False).new_page()
    page.goto(f"{pictured}/kk/tours/short")
    page.get_by_role("link", name=say(Language("kk"), "Start the tour")).click()
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(f"{pictured}/kk/tours/short/famine")
    page.locator("header a[hreflang=ru]").click()
    expect(page).to_have_url(f"{pictured}/ru/tours/short/famine")
    page.locator("a[rel=next]").click()
    expect(page.locator(".onward")).to_contain_text(
        say(Language("ru"), "The tour ends here. Stay as long as you wish.")
    )
    page.locator(".route a").first.click()
    expect(page).to_have_url(f"{pictured}/ru/tours/short/welcome")
    page.get_by_role("link", name=say(Language("ru"), "Leave the tour")).click()
    expect(page).to_have_url(f"{pictured}/ru/stops/welcome")


def test_nothing_on_the_page_moves_when_the_picture_comes(pictured: str, phone: Phone) -> None:
    page = phone("en").new_page()
    held: list[Route] = []
    page.route("**/picture/*", lambda route: held.append(route))  # noqa: PLW0108  playwright marks what it is given
    with page.expect_request("**/picture/*"):
        page.goto(f"{pictured}/en/stops/famine", wait_until="domcontentloaded")
    before = page.evaluate(TOP)
    with page.expect_event("requestfinished"):
        held[0].continue_()
    expect(page.locator("img")).to_have_js_property("complete", True)
    assert page.evaluate("document.images[0].naturalWidth") > 0
    assert page.evaluate(TOP) == before


@pytest.mark.parametrize(("dots", "width_px"), [(1, 640), (3, 1280)])
def test_a_phone_fetches_the_picture_that_it_can_show(
    pictured: str, phone: Phone, dots: int, width_px: int
) -> None:
    page = phone("en", device_scale_factor=dots).new_page()
    page.goto(f"{pictured}/en/stops/famine", wait_until="networkidle")
    chosen, shown_px = page.evaluate(
        "(img => [img.currentSrc, img.getBoundingClientRect().width])(document.images[0])"
    )
    named = page.locator("img").get_attribute("srcset") or ""
    assert f"{chosen.removeprefix(pictured)} {width_px}w" in named
    assert shown_px == 390 - 45  # as wide as the words


def test_a_picture_that_is_lost_leaves_its_words(pictured: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.route("**/picture/*", lambda route: route.abort())
    page.goto(f"{pictured}/en/stops/famine", wait_until="networkidle")
    expect(page.get_by_role("img", name="Light falls from en.")).to_be_visible()
    expect(page.locator("article")).to_contain_text("Take your time.")
