"""A visit to any museum, whatever its languages are and whichever way they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from any_museum import AnyMuseum, direction
from audioguide.languages import Language
from audioguide.words import say
from kinds_of_page import shown
from led_tour import Tour, stop_is
from listening import wait_until_played

Phone = Callable[..., BrowserContext]

# The first of a museum waits until that is spoken.
pytestmark = [pytest.mark.needs_chromium, pytest.mark.any_pack, pytest.mark.timeout(400)]


def open_page(phone: Phone, language: Language, address: str) -> Page:
    page = phone(str(language)).new_page()
    page.goto(address)
    return page


def runs(page: Page, selector: str = "html") -> str:
    found: str = page.locator(selector).first.evaluate("each => getComputedStyle(each).direction")
    return found


def is_as_wide_as_the_phone(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_visitor_comes_from_the_start_to_a_stop_in_each_language(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    for language in any_museum.languages:
        page = open_page(phone, language, f"{any_guide}/")
        first = page.locator(".choose a").first
        expect(first).to_have_attribute("hreflang", str(language))
        first.click()
        expect(page).to_have_url(f"{any_guide}/{language}/")
        expect(page.locator(".list a[href*='/stops/']")).to_have_count(len(any_museum.stops))
        stop = any_museum.stops[1]
        page.locator(f".list a[href$='/stops/{stop.slug}']").click()
        expect(page.locator("h1")).to_contain_text(any_museum.told(stop.words, language)[1].title)
        assert runs(page) == (direction(language) or "ltr")
        assert is_as_wide_as_the_phone(page)


def test_whoever_changes_the_language_stays_at_the_stop(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    slug = any_museum.stops[-1].slug
    page = open_page(
        phone,
        any_museum.languages.default,
        f"{any_guide}/{any_museum.languages.default}/stops/{slug}",
    )
    for language in reversed(any_museum.languages.tags):
        page.locator(f"header a[hreflang='{language}']").click()
        expect(page).to_have_url(f"{any_guide}/{language}/stops/{slug}")
        expect(page.locator("header a[aria-current]")).to_have_attribute("lang", str(language))


def test_every_stop_is_opened_by_its_number(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    language = any_museum.languages.tags[-1]
    page = open_page(phone, language, f"{any_guide}/{language}/number")
    for stop in any_museum.stops:
        page.goto(f"{any_guide}/{language}/number")
        page.locator("#number").fill(str(stop.number))
        page.locator("form button").click()
        expect(page).to_have_url(f"{any_guide}/{language}/stops/{stop.slug}")


def test_a_stop_is_heard_in_the_last_language_and_its_sound_runs_from_the_left(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    language = any_museum.languages.tags[-1]
    words = any_museum.languages
    for stop in (any_museum.stops[0], any_museum.stops[-1]):
        page = open_page(phone, language, f"{any_guide}/{language}/stops/{stop.slug}")
        page.locator(".play").click()
        wait_until_played(page, 0.3)
        expect(page.locator(".what")).to_have_text(say(language, "Pause", words))
        expect(page.locator(".text [aria-current]")).to_have_count(1)
        assert [runs(page, each) for each in (".line", ".times")] == ["ltr", "ltr"]
        page.locator(".play").click()
        before = page.evaluate("document.querySelector('audio').currentTime")
        page.locator(".line").press("ArrowRight")
        wait_until_played(page, before)
        page.close()


def test_the_next_sentence_is_reached_by_the_arrow_that_points_on(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    for language in any_museum.languages:
        slug = any_museum.stops[0].slug
        page = open_page(phone, language, f"{any_guide}/{language}/stops/{slug}")
        page.locator(".play").click()
        expect(page.locator("#s1")).to_have_attribute("role", "button")
        page.locator("#s1").focus()
        page.keyboard.press("ArrowLeft" if direction(language) == "rtl" else "ArrowRight")
        expect(page.locator("#s2")).to_be_focused()
        page.close()


def test_a_text_in_another_language_bears_it_and_is_announced(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    said = "This stop has no text in this language yet. Here it is in another one: {language}."
    for stop in any_museum.stops:
        for language in sorted(set(any_museum.languages) - set(stop.words)):
            written, _ = any_museum.told(stop.words, language)
            page = open_page(phone, language, f"{any_guide}/{language}/stops/{stop.slug}")
            expect(page.locator("article")).to_have_attribute("lang", str(written))
            assert runs(page, "article") == (direction(written) or "ltr")
            name = any_museum.languages.name(written)
            note = say(language, said, any_museum.languages, language=name)
            expect(page.get_by_role("note")).to_have_text(note)
            assert is_as_wide_as_the_phone(page)


def test_a_scan_in_the_phones_language_opens_the_stop_there(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    for language, stop in zip(any_museum.languages, any_museum.stops, strict=False):
        page = open_page(phone, language, f"{any_guide}/Q/{stop.code}")
        expect(page).to_have_url(f"{any_guide}/{language}/stops/{stop.slug}")
        expect(page.locator("html")).to_have_attribute("lang", str(language))
        expect(page.locator(".number")).to_have_text(str(stop.number))
        page.close()


@pytest.mark.parametrize("size", ["1", "3"])
def test_no_page_is_wider_than_the_phone_whatever_the_size_of_its_text(
    any_museum: AnyMuseum, any_guide: str, phone: Phone, size: str
) -> None:
    stops = [f"stops/{stop.slug}" for stop in any_museum.stops]
    ways = ["", "number", "number?number=77", "museum", "nothing", *stops]
    ways += [f"tours/{any_museum.tour.slug}"]
    wide = []
    for language in any_museum.languages:
        page = phone(str(language)).new_page()
        page.add_init_script(f"localStorage.setItem('size', '{size}')")
        for way in ways:
            page.goto(f"{any_guide}/{language}/{way}")
            if not is_as_wide_as_the_phone(page):
                wide.append(page.url)
        page.close()
    assert wide == []


def test_the_way_along_a_tour_is_walked_to_its_end(
    any_museum: AnyMuseum, any_guide: str, phone: Phone
) -> None:
    language, tour = any_museum.languages.tags[-1], any_museum.tour
    by_number = {stop.number: stop.slug for stop in any_museum.stops}
    page = open_page(phone, language, f"{any_guide}/{language}/tours/{tour.slug}")
    page.locator(".begin a").click()
    for place, number in enumerate(tour.stops):
        expect(page).to_have_url(f"{any_guide}/{language}/tours/{tour.slug}/{by_number[number]}")
        if place + 1 < len(tour.stops):
            page.locator("a[rel=next]").click()
    expect(page.locator("a[rel=next]")).to_have_count(0)
    assert is_as_wide_as_the_phone(page)


def test_a_phone_in_a_group_turns_with_its_language(any_museum: AnyMuseum, phone: Phone) -> None:
    key = any_museum.start_a_group()
    with shown(any_museum.world) as address:
        page = open_page(phone, any_museum.languages.default, f"{address}/live/{key}")
        for language in reversed(any_museum.languages.tags):
            page.locator(f"header a[hreflang='{language}']").click()
            expect(page.locator("html")).to_have_attribute("lang", str(language))
            assert runs(page) == (direction(language) or "ltr")
            expect(page.locator("header a[aria-current]")).to_have_attribute("lang", str(language))
            assert is_as_wide_as_the_phone(page)
        page.close()


def the_guides_buttons_are_whole(page: Page, languages: Iterable[Language]) -> None:
    """See the triangle of play, the arrow above its word and the title, whichever way they run."""
    for language in languages:
        page.locator(f"header a[hreflang='{language}']").click()
        expect(page.locator("html")).to_have_attribute("lang", str(language))
        expect(page.locator(".leading.ready")).to_be_visible()
        triangle = page.locator(".thumb .play i").evaluate(
            "each => [getComputedStyle(each).borderLeftColor, getComputedStyle(each).color]"
        )
        assert triangle[0] == triangle[1]
        arrow = page.locator(".step[data-step='1'] i")
        assert arrow.evaluate("each => getComputedStyle(each).display") == "block"
        assert runs(page, ".head .title") == (direction(language) or "ltr")


def test_a_guide_leads_two_phones_each_in_its_own_language(
    any_museum: AnyMuseum, any_tour: Tour
) -> None:
    first, last = any_museum.languages.default, any_museum.languages.tags[-1]
    phones = {language: any_tour.joins(language) for language in (first, last)}
    the_guides_buttons_are_whole(any_tour.marat, (last, first))
    any_tour.says("Play for all")
    any_tour.wait_until_heard(1)
    any_tour.says("Next stop of the tour")
    number = any_museum.tour.stops[1]
    (stop,) = (each for each in any_museum.stops if each.number == number)
    for language, page in phones.items():
        stop_is(page, number)
        written, words = any_museum.told(stop.words, language)
        expect(page.locator("h1")).to_contain_text(words.title)
        assert runs(page, ".text") == (direction(written) or "ltr")
    any_tour.ends()
    any_tour.wait_for_all(lambda each: each.has_ended)
