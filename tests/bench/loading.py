"""Open a page as a phone with one bar of signal does, tap to listen, and note the figures.

The browser's debugger delays answers, not packets: a new connection is as dear as a kept one. What
Lighthouse says of performance counts both.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright._impl._api_structures import RequestSizes
from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright

import listening
from accessibility import barriers
from audioguide.languages import Language
from kinds_of_page import LOCALES

# Slow 4G as Lighthouse has it, and a processor four times slowed.
NETWORK = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWED = 4
SETTLES_MS = 1500  # without news, so that the largest paint and every shift have been
LONGEST_WAIT_MS = 30_000
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

# Largest paint, layout shifts, and from the finger's touch until the sound has moved.
WATCH = """
window.seen = {lcp_ms: 0, cls: 0, tap_ms: null};
const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
  .observe({type, buffered: true});
watch('largest-contentful-paint', each => { seen.lcp_ms = each.startTime; });
watch('layout-shift', each => { if (!each.hadRecentInput) seen.cls += each.value; });
let began = null;
const look = () => {
  const moves = [...document.querySelectorAll('audio')].some(each => each.currentTime > 0);
  if (moves) seen.tap_ms = performance.now() - began; else requestAnimationFrame(look);
};
const begin = tap => { if (began === null) { began = tap.timeStamp; look(); } };
// The browser's own player tells nobody of a touch; that it plays is told just after.
for (const type of ['pointerdown', 'play']) addEventListener(type, begin, {capture: true});
"""


@dataclass(frozen=True)
class Load:
    """One opening of a page: what came before any tap, and how soon the sound came after it."""

    document_bytes: int
    script_bytes: int
    requests: int
    all_bytes: int
    lcp_ms: float
    cls: float
    other_hosts: frozenset[str]
    sound_before_tap: bool
    tap_ms: float | None


@dataclass
class _Asked:
    """What a page asks for, in order."""

    finished: list[Request] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def ask(self, request: Request) -> None:
        self.addresses.append(request.url)

    def finish(self, request: Request) -> None:
        self.finished.append(request)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=OPTIONS, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


def load(browser: Browser, address: str, language: Language, *, listen: bool) -> Load:
    """Open a page with nothing kept from before; tap to listen if asked."""
    with _phone(browser, language) as page:
        asked = _Asked()
        page.on("request", asked.ask)
        page.on("requestfinished", asked.finish)
        _slow_down(page)
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(SETTLES_MS)
        seen = page.evaluate("seen")
        sizes = [(each, each.sizes()) for each in asked.finished]
        before = list(asked.addresses)
        return Load(
            document_bytes=_body(sizes, "document", "stylesheet"),
            script_bytes=_body(sizes, "script"),
            requests=len(before),
            all_bytes=_whole(sizes),
            lcp_ms=seen["lcp_ms"],
            cls=seen["cls"],
            other_hosts=frozenset(map(_host, before)) - {_host(address)},
            sound_before_tap=any("/audio/" in each for each in before),
            tap_ms=_tap(page, language) if listen else None,
        )


def barriers_on(browser: Browser, address: str, language: Language) -> list[str]:
    """Return what axe-core finds on a page, in light and in dark."""
    with _phone(browser, language) as page:
        page.goto(address)
        return barriers(page)


@contextmanager
def _phone(browser: Browser, language: Language) -> Iterator[Page]:
    context = browser.new_context(
        locale=LOCALES[language],
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    )
    context.add_init_script(WATCH)
    try:
        yield context.new_page()
    finally:
        context.close()


def _slow_down(page: Page) -> None:
    debugger: CDPSession = page.context.new_cdp_session(page)
    debugger.send("Network.enable")
    debugger.send("Network.emulateNetworkConditions", {"offline": False, **NETWORK})
    debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})


def _body(sizes: list[tuple[Request, RequestSizes]], *types: str) -> int:
    return sum(size["responseBodySize"] for each, size in sizes if each.resource_type in types)


def _whole(sizes: list[tuple[Request, RequestSizes]]) -> int:
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for _, size in sizes)


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _tap(page: Page, language: Language) -> float | None:
    """Tap to listen and return the milliseconds until the sound moved, or None if it never did."""
    listening.tap(page, language)
    for _ in range(LONGEST_WAIT_MS // 100):
        taken = page.evaluate("seen.tap_ms")
        if taken is not None:
            return float(taken)
        page.wait_for_timeout(100)
    return None
