"""Leave pictures of every kind of page for people to look at: `bench.py --pictures DIR`.

Three languages, three widths, light and dark; a file is called kind.language.width.scheme.png.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

import listening
from accessibility import SCHEMES
from audioguide.languages import LANGUAGES, Language
from bench.loading import chromium
from kinds_of_page import (
    KINDS,
    LOCALES,
    SPOKEN,
    TOUR_KINDS,
    GroupTour,
    settle,
    shown,
    walk,
)

WIDTHS_PX = (320, 390, 1280)
BEING_SPOKEN = "being-spoken"
LISTENED_MS = 2500  # long enough for a sentence to be marked


def main() -> int:
    """Take the pictures."""
    asked = _options()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        world = settle(Path(folder))
        group_tour = walk(world)
        with shown(world) as address, chromium() as browser:
            for width_px in asked.width or WIDTHS_PX:
                for language in asked.language or LANGUAGES:
                    wished = (group_tour, language, width_px, asked.kind)
                    for page, name in _opened(browser, address, *wished):
                        _take(page, asked.folder, f"{name}.{language}.{width_px}")
        world.close()
    print(f"{len(list(asked.folder.glob('*.png')))} pictures in {asked.folder}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py --pictures", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    kinds = [*KINDS, *TOUR_KINDS, BEING_SPOKEN]
    parser.add_argument("--kind", action="append", choices=kinds, help="only this; again for more")
    parser.add_argument("--language", action="append", type=Language, choices=LANGUAGES)
    parser.add_argument("--width", action="append", type=int, metavar="PIXELS")
    return parser.parse_args()


def _opened(
    browser: Browser,
    address: str,
    group_tour: GroupTour,
    language: Language,
    width_px: int,
    only: list[str] | None,
) -> Iterator[tuple[Page, str]]:
    """Open each kind of page in turn, and at last a stop that is being listened to."""
    context = browser.new_context(
        locale=LOCALES[language],
        viewport={"width": width_px, "height": 844},
        base_url=address,
        reduced_motion="reduce",
    )
    page = context.new_page()
    for kind, path in KINDS.items():
        if not only or kind in only:
            page.goto(path.format(language))
            yield page, kind
    for kind, path in group_tour.kinds.items():
        if not only or kind in only:
            cookie = group_tour.cookie_for(kind)
            context.add_cookies([{"name": "session", "value": cookie, "url": address}])
            page.goto(path)
            page.wait_for_load_state("networkidle")
            yield page, kind
    if not only or BEING_SPOKEN in only:
        page.goto(f"/{language}/stops/{SPOKEN}")
        listening.tap(page, language)
        page.wait_for_timeout(LISTENED_MS)
        yield page, BEING_SPOKEN
    context.close()


def _take(page: Page, folder: Path, name: str) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=folder / f"{name}.{scheme}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main())
