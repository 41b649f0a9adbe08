"""A guide and five phones walk a whole tour, and the world is as unkind as it is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from audioguide.languages import Language
from audioguide.roles import Role
from audioguide.services import signing_in
from audioguide.words import say
from museum import World
from started import Started, until

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

OFFLINE_SECONDS = 30
PATIENCE_MS = 60_000
LOOK = """(() => {
  const { clock, group, player } = window.group;
  const due = window.group.here();
  const audio = document.querySelector("audio");
  const language = document.documentElement.lang;
  const cues = group.visit?.words[language]?.cues ?? [];
  const heard = cues.filter(([start]) => start <= 1000 * audio.currentTime + 60).length - 1;
  return {visit: group.state.visit, version: group.state.version, due: due.sentence,
          moves: due.moves, over: Boolean(due.over), heard, sounds: !audio.paused,
          ended: group.state.ended, lost: group.isLost};
})()"""


class Tour:
    """The small museum, served; its guide Marat, and the phones that follow him."""

    def __init__(self, folder: Path, phone: Phone) -> None:
        self.world = World(folder)
        self.served = Started(folder, self.world.environment())
        self.served.wait_for_sound()
        self.address = self.served.address
        self._phone = phone
        self.marat = self._sign_in(phone("ru").new_page())
        self.marat.locator("button[name=tour]").click()
        expect(self.marat.locator(".leading.ready")).to_be_visible(timeout=PATIENCE_MS)
        self.join_code = self.marat.locator(".join b").inner_text().replace(" ", "")
        self.phones: list[Page] = []

    def _sign_in(self, page: Page) -> Page:
        with self.world.database.writing() as session:
            key = signing_in.add(session, "Marat", Role.GUIDE)
        page.goto(f"{self.address}/staff/invited/{key}")
        page.get_by_label(say(Language.RU, "Password")).fill("three quiet words")
        page.get_by_role("button", name=say(Language.RU, "Set the password and sign in")).click()
        expect(page).to_have_url(f"{self.address}/lead/")
        return page

    def joins(self, language: Language) -> Page:
        """Let a visitor key in the code and tap once."""
        page = self._phone(language.value).new_page()
        page.goto(f"{self.address}/{language}/number?number={self.join_code}")
        self.arms(page, language)
        self.phones.append(page)
        return page

    def arms(self, page: Page, language: Language) -> None:
        """Wait until the page is ready, and tap where it asks for a tap."""
        expect(page.locator(".follow.ready")).to_be_visible(timeout=PATIENCE_MS)
        button = page.get_by_role("button", name=say(language, "Tap to listen with the group"))
        if button.is_visible():
            button.click()
        expect(button).to_be_hidden()

    def says(self, words: str) -> None:
        """Tap a button of the guide's page, and wait until the command is given."""
        before = self.version()
        self.marat.get_by_role("button", name=say(Language.RU, words), exact=True).click()
        until(lambda: self.version() > before)

    def version(self) -> int:
        return int(self.marat.evaluate("window.group.group.state.version"))

    def looks(self) -> list[dict[str, Any]]:
        return [page.evaluate(LOOK) for page in self.phones]

    def wait_for_all(self, done: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """Wait until something is true of every phone, and return how they all are then."""

        def look() -> list[dict[str, Any]] | None:
            seen = self.looks()
            return seen if all(done(each) for each in seen) else None

        found: list[dict[str, Any]] = until(look)
        return found

    def wait_until_heard(self, sentence: int) -> None:
        """Wait until every phone sounds and has come to a sentence, where it is due."""
        version = self.version()
        seen = self.wait_for_all(
            lambda each: (
                each["version"] == version
                and each["heard"] >= sentence
                and each["heard"] == each["due"]
                and (each["sounds"] or not each["moves"])
            )
        )
        assert max(each["due"] for each in seen) - min(each["due"] for each in seen) <= 1

    def restart(self) -> None:
        """End the server and start it again at the same address."""
        self.served.end()
        port = str(urlsplit(self.address).port)
        self.served = Started(self.world.folder, self.world.environment(), "--port", port)

    def close(self) -> None:
        self.served.end()
        self.world.close()


@pytest.fixture
def tour(tmp_path: Path, phone: Phone) -> Iterator[Tour]:
    made = Tour(tmp_path, phone)
    yield made
    made.close()


def stop_is(page: Page, number: int) -> None:
    expect(page.locator(".number")).to_have_text(str(number), timeout=PATIENCE_MS)


@pytest.mark.timeout(400)
def test_everybody_ends_at_the_right_place(tour: Tour) -> None:
    languages = [Language.KK, Language.KK, Language.RU, Language.RU, Language.EN]
    sleeper, reader, changer, *_ = [tour.joins(language) for language in languages]
    tour.says("Play for all")
    tour.wait_until_heard(1)

    # One phone loses the network, one is loaded anew, one changes its language.
    sleeper.context.set_offline(True)
    offline_since = time.monotonic()
    tour.phones.remove(sleeper)
    tour.says("Next stop of the tour")
    for page in tour.phones:
        stop_is(page, 2)
    tour.says("Play for all")
    reader.reload()
    tour.arms(reader, Language.KK)
    changer.locator("header a[hreflang=en]").click()
    expect(changer.locator("h1")).to_contain_text("The Famine")
    tour.wait_until_heard(1)
    tour.says("Pause for all")
    paused = tour.wait_for_all(lambda each: not each["sounds"] and not each["moves"])
    assert len({each["due"] for each in paused}) == 1

    # The server is started again in the middle of a sentence.
    tour.says("Play for all")
    tour.wait_until_heard(2)
    tour.restart()
    tour.wait_for_all(lambda each: not each["lost"])

    # The phone that was away comes back where the others are.
    while time.monotonic() - offline_since < OFFLINE_SECONDS:
        sleeper.wait_for_timeout(500)
    expect(sleeper.locator(".status")).to_have_text(
        say(Language.KK, "No connection. The sound goes on; the phone will catch up.")
    )
    sleeper.context.set_offline(False)
    tour.phones.append(sleeper)
    stop_is(sleeper, 2)
    tour.says("Next stop of the tour")
    for page in tour.phones:
        stop_is(page, 14)
    tour.says("Play for all")
    tour.wait_until_heard(2)
    tour.says("One sentence back")
    tour.wait_until_heard(1)
    tour.wait_for_all(lambda each: each["over"])
    counted = re.compile(r"С вами: [5-9] .*")  # the page that was loaded anew counts for a while
    expect(tour.marat.locator(".counts")).to_have_text(counted, timeout=PATIENCE_MS)

    # The end is said to everybody.
    tour.marat.get_by_text(say(Language.RU, "End the tour"), exact=True).click()
    tour.marat.get_by_role("button", name=say(Language.RU, "End the tour for all")).click()
    tour.wait_for_all(lambda each: bool(each["ended"]))
    expect(reader.locator(".status")).to_have_text(
        say(Language.KK, "The tour has ended. Thank you for walking with us.")
    )


def test_a_late_phone_lands_where_the_group_is_and_may_go_its_own_way(tour: Tour) -> None:
    tour.joins(Language.RU)
    tour.says("Play for all")
    tour.wait_until_heard(1)
    late = tour.joins(Language.EN)
    tour.wait_for_all(lambda each: each["heard"] == each["due"])
    late.get_by_role("button", name="Listen on my own").click()
    expect(late.locator("audio")).to_be_visible()
    late.evaluate("document.querySelector('audio').play()")
    before = late.evaluate("document.querySelector('audio').currentTime")
    until(lambda: late.evaluate("document.querySelector('audio').currentTime") > before + 1)
    tour.says("Next stop of the tour")
    stop_is(tour.phones[0], 2)
    stop_is(late, 0)
    late.get_by_role("button", name="Back to the group").click()
    expect(late.locator("audio")).to_be_hidden()
    stop_is(late, 2)
    tour.says("Play for all")
    tour.wait_until_heard(1)


def test_a_sound_that_vanishes_in_the_middle_leaves_the_text_and_says_nothing_wrong(
    tour: Tour,
) -> None:
    phone = tour.joins(Language.KK)
    tour.says("Play for all")
    tour.wait_until_heard(0)
    for sound in tour.world.store.folder.glob("*.mp3"):
        sound.unlink()
    tour.says("Next stop of the tour")
    stop_is(phone, 2)
    tour.says("Play for all")
    tour.wait_for_all(lambda each: bool(each["moves"]) and each["due"] >= 1)
    expect(phone.locator("#text [aria-current]")).to_be_visible()


def test_a_sound_that_broke_off_is_asked_for_again_when_the_network_is_back(tour: Tour) -> None:
    phone = tour.joins(Language.KK)
    sounds = re.compile(r"/audio/\w+\.mp3$")
    phone.route(sounds, lambda route: route.abort())
    tour.says("Next stop of the tour")
    stop_is(phone, 2)
    tour.says("Play for all")
    until(lambda: phone.evaluate("document.querySelector('audio').error !== null"))
    phone.unroute(sounds)
    tour.says("One sentence back")
    tour.wait_until_heard(0)


def test_two_taps_leave_a_phone_as_loud_as_one(tour: Tour, phone: Phone) -> None:
    page = phone("en").new_page()
    page.goto(f"{tour.address}/live/{tour.join_code}")
    expect(page.locator(".follow.ready")).to_be_visible(timeout=PATIENCE_MS)
    page.evaluate("document.querySelector('.arm').click(); document.querySelector('.arm').click()")
    expect(page.locator(".arm")).to_be_hidden()
    assert page.evaluate("document.querySelector('audio').volume") == 1


def test_a_stop_that_has_been_heard_begins_again_with_one_tap(tour: Tour) -> None:
    tour.joins(Language.EN)
    tour.says("Play for all")
    tour.wait_for_all(lambda each: each["over"])
    tour.says("Play for all")
    tour.wait_for_all(lambda each: each["due"] <= 1 and each["sounds"])


def test_a_phone_with_a_wild_clock_is_in_step_all_the_same(tour: Tour, phone: Phone) -> None:
    context = phone("en")
    context.add_init_script("""
      const real = Date.now.bind(Date);
      Date.now = () => real() + 3 * 365 * 86400000 * Math.sin(real() / 3000);
    """)
    page = context.new_page()
    page.goto(f"{tour.address}/live/{tour.join_code}")
    tour.arms(page, Language.EN)
    tour.phones.append(page)
    tour.joins(Language.EN)
    tour.says("Play for all")
    tour.wait_until_heard(1)
