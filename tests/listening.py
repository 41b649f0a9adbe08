"""Tap where a visitor taps to listen: our own button, or the browser's where we have none."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from audioguide.languages import Language
from audioguide.words import say
from page_scripts import function

WHERE = function("where.js")


def word(language: Language) -> str:
    """Return what the button is called."""
    return say(language, "Listen")


def tap(page: Page, language: Language) -> None:
    """Tap to listen to the stop whose page is open."""
    where: dict[str, Any] = page.evaluate(f"listen => ({WHERE})(listen)", word(language))
    page.mouse.click(where["play"]["x"], where["play"]["y"])
