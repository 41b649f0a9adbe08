"""Listen as a visitor does: tap our own button, or the browser's, and wait for the sound."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from audioguide.languages import Language
from audioguide.words import say
from page_scripts import function

WHERE = function("where.js")
PATIENCE = 300  # looks, a tenth of a second apart


def word(language: Language) -> str:
    """Return what the button is called."""
    return say(language, "Listen")


def tap(page: Page, language: Language) -> None:
    """Tap to listen to the stop whose page is open."""
    where: dict[str, Any] = page.evaluate(f"listen => ({WHERE})(listen)", word(language))
    page.mouse.click(where["play"]["x"], where["play"]["y"])


def wait_until_played(page: Page, second: float) -> None:
    """Wait for the sound to pass a second; the page's policy forbids the waiting of its own."""
    for _ in range(PATIENCE):
        if page.evaluate("document.querySelector('audio').currentTime") > second:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("document.querySelector('audio').error?.message"))
