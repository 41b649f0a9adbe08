from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from started import fetch_json

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

# A player of its own on our address: the page's policy lets it fetch sound from here alone.
JUMP = """
async ([address, part]) => {
  const sound = new Audio(address);
  sound.muted = true;
  const next = (event) => new Promise((done, failed) => {
    sound.addEventListener(event, done, {once: true});
    sound.addEventListener("error", () => failed(sound.error.message), {once: true});
  });
  await next("loadedmetadata");
  const seconds = sound.duration, wanted = seconds * part;
  const ready = next("seeked");
  sound.currentTime = wanted;
  await ready;
  return {seconds, landed: sound.currentTime - wanted, ranges: sound.seekable.length};
}
"""


def sounds_of(guide: str) -> dict[str, str | int]:
    audio = fetch_json(f"{guide}/api/v1/stops")["stops"][0]["audio"]["kk"]
    (webm,) = audio["also"]
    return {"mp3": audio["url"], "webm": webm["url"], "duration_ms": audio["duration_ms"]}


def open_page(phone: Phone, guide: str) -> Page:
    page = phone("kk").new_page()
    page.goto(f"{guide}/kk/stops/welcome")
    return page


@pytest.mark.parametrize("kind", ["mp3", "webm"])
def test_a_browser_knows_how_long_a_sound_is_and_jumps_where_it_wants(
    guide: str, phone: Phone, kind: str
) -> None:
    sounds = sounds_of(guide)
    page = open_page(phone, guide)
    for part in (0.9, 0.1, 0.5):
        told = page.evaluate(JUMP, [sounds[kind], part])
        assert told["seconds"] * 1000 == pytest.approx(sounds["duration_ms"], abs=30)
        assert (told["landed"], told["ranges"]) == (pytest.approx(0, abs=0.01), 1)


def test_a_browser_that_can_takes_the_smaller_format(guide: str, phone: Phone) -> None:
    page = open_page(phone, guide)
    page.evaluate("document.querySelector('audio').load()")
    assert page.evaluate("document.querySelector('audio').currentSrc").endswith(".webm")


def test_a_browser_reads_every_cue_in_the_words_of_the_page(guide: str, phone: Phone) -> None:
    page = open_page(phone, guide)
    page.evaluate("document.querySelector('track').track.mode = 'hidden'")
    page.locator("track").evaluate(
        "track => track.readyState === 2 || new Promise(done => { track.onload = done; })"
    )
    cues = page.evaluate(
        "[...document.querySelector('track').track.cues].map(cue => cue.getCueAsHTML().textContent)"
    )
    shown = page.locator("article.text span").all_inner_texts()
    assert [cue.replace("\u00a0", " ") for cue in cues] == [
        text.replace("\u00a0", " ") for text in shown
    ]
