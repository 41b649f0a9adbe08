"""Look at a page with axe-core, the rules of WCAG 2.2 AA that a program can check."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page

from museum import ROOT
from page_scripts import function

BROWSER = ROOT / "tests" / "browser"
AXE = BROWSER / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def barriers(page: Page) -> list[str]:
    """Return what bars somebody from this page, in light and in dark, a line each.

    The page's policy forbids scripts from elsewhere; what the debugger evaluates is none.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    look = function("axe.js")
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in page.evaluate(look)]
    return found
