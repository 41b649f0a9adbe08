from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import listening
from accessibility import barriers
from audioguide.languages import LANGUAGES, Language
from kinds_of_page import KINDS, LOCALES, SPOKEN, TOUR_KINDS, GroupTour, shown
from museum import World
from started import until

pytestmark = [pytest.mark.needs_chromium, pytest.mark.needs_npm]


@pytest.fixture(scope="module")
def pages(every_kind: World, browser: Browser) -> Iterator[dict[Language, Page]]:
    """A page of a phone in each language, used again and again: opening one costs more."""
    with shown(every_kind) as address:
        contexts = {
            language: browser.new_context(
                locale=LOCALES[language],
                base_url=address,
                viewport={"width": 390, "height": 844},
                reduced_motion="reduce",
            )
            for language in LANGUAGES
        }
        yield {language: context.new_page() for language, context in contexts.items()}
        for context in contexts.values():
            context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_left_out_of(pages: dict[Language, Page], kind: str, language: Language) -> None:
    page = pages[language]
    page.goto(KINDS[kind].format(language))
    assert page.locator("html").get_attribute("lang") == language
    assert barriers(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TOUR_KINDS)
def test_nobody_is_left_out_of_a_group_tour(
    pages: dict[Language, Page], group_tour: GroupTour, kind: str, language: Language
) -> None:
    page = pages[language]
    page.goto("/healthz")
    here = page.url.removesuffix("/healthz")
    page.context.add_cookies(
        [{"name": "session", "value": group_tour.cookie_for(kind), "url": here}]
    )
    page.goto(group_tour.kinds[kind])
    _, room, *_ = group_tour.kinds[kind].split("/")
    assert page.url.startswith(f"{here}/{room}/")  # a stranger is sent from /lead/ to /staff/
    if kind in ("leading", "following"):
        expect(page.locator(".ready")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language
    assert barriers(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_left_out_while_a_stop_is_spoken(
    pages: dict[Language, Page], language: Language
) -> None:
    page = pages[language]
    page.goto(f"/{language}/stops/{SPOKEN}")
    listening.tap(page, language)
    until(lambda: page.evaluate("document.querySelector('audio').currentTime") > 1)
    assert barriers(page) == []


def test_a_barrier_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<!doctype html><html lang="en"><title>Pale</title><style>
        @media (prefers-color-scheme: dark) {p {background: #000; color: #333}}
        </style><main><h1>A page</h1><p>Hardly to be read.</p></main></html>"""
    )
    found = barriers(page)
    page.close()
    assert [line.partition(" (")[0] for line in found] == ["dark: color-contrast"]
