"""A guide and five phones walk a whole tour, and the world is as unkind as it is."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from audioguide.languages import Language
from audioguide.words import say
from led_tour import PATIENCE_MS, Phone, Tour, stop_is
from started import until

pytestmark = pytest.mark.needs_chromium

OFFLINE_SECONDS = 30


@pytest.mark.timeout(400)
def test_everybody_ends_at_the_right_place(tour: Tour) -> None:
    languages = [Language("kk"), Language("kk"), Language("ru"), Language("ru"), Language("en")]
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
    tour.arms(reader, Language("kk"))
    changer.locator("header a[hreflang=en]").click()
    expect(changer.locator("h1")).to_contain_text("The Famine")
    tour.wait_until_heard(1)
    tour.says("Pause for all")
    paused = tour.wait_for_all(lambda each: not each.sounds and not each.moves)
    assert len({each.due for each in paused}) == 1

    # The server is started again in the middle of a sentence.
    tour.says("Play for all")
    tour.wait_until_heard(2)
    tour.restart()
    tour.wait_for_all(lambda each: not each.is_lost)

    # The phone that was away comes back where the others are.
    while time.monotonic() - offline_since < OFFLINE_SECONDS:
        sleeper.wait_for_timeout(500)
    expect(sleeper.locator(".status")).to_have_text(
        say(Language("kk"), "No connection. The audio goes on; the phone will catch up.")
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
    tour.wait_for_all(lambda each: each.over)
    counts = say(Language("ru"), "Following: {0} · in sync: {1} · behind: {2}")
    counted = re.compile(re.escape(counts.split("{1}")[0].format(5)))
    expect(tour.marat.locator(".counts")).to_have_text(counted, timeout=PATIENCE_MS)

    # The end is said to everybody.
    tour.ends()
    tour.wait_for_all(lambda each: each.has_ended)
    expect(reader.locator(".status")).to_have_text(
        say(Language("kk"), "The tour has ended. Thank you for walking with us.")
    )


def test_a_late_phone_lands_where_the_group_is_and_may_go_its_own_way(tour: Tour) -> None:
    tour.joins(Language("ru"))
    tour.says("Play for all")
    tour.wait_until_heard(1)
    late = tour.joins(Language("en"))
    tour.wait_for_all(lambda each: each.heard == each.due)
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
    phone = tour.joins(Language("kk"))
    tour.says("Play for all")
    tour.wait_until_heard(0)
    for sound in tour.world.store.folder.glob("*.mp3"):
        sound.unlink()
    tour.says("Next stop of the tour")
    stop_is(phone, 2)
    tour.says("Play for all")
    tour.wait_for_all(lambda each: each.moves and each.due >= 1)
    expect(phone.locator("#text [aria-current]")).to_be_visible()


def test_a_sound_that_broke_off_is_asked_for_again_when_the_network_is_back(tour: Tour) -> None:
    phone = tour.joins(Language("kk"))
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
    tour.phones.append(page)
    tour.says("Play for all")
    tour.wait_until_heard(0)
    assert page.evaluate("document.querySelector('audio').volume") == 1
    assert not page.evaluate("document.querySelector('audio').muted")


def test_a_stop_that_has_been_heard_begins_again_with_one_tap(tour: Tour) -> None:
    tour.joins(Language("en"))
    tour.says("Play for all")
    tour.wait_for_all(lambda each: each.over)
    tour.says("Play for all")
    tour.wait_for_all(lambda each: each.due <= 1 and each.sounds)


def test_a_phone_with_a_wild_clock_is_in_step_all_the_same(tour: Tour, phone: Phone) -> None:
    context = phone("en")
    context.add_init_script("""
      const real = Date.now.bind(Date);
      Date.now = () => real() + 3 * 365 * 86400000 * Math.sin(real() / 3000);
    """)
    page = context.new_page()
    page.goto(f"{tour.address}/live/{tour.join_code}")
    tour.arms(page, Language("en"))
    tour.phones.append(page)
    tour.joins(Language("en"))
    tour.says("Play for all")
    tour.wait_until_heard(1)
