"""What the pages of a group show: to those who follow, and to the guide."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from audioguide.languages import LANGUAGES, Language
from audioguide.words import say
from led_tour import ALOUD, PATIENCE_MS, Phone, Tour, stop_is
from photographs import add_picture
from started import until

pytestmark = pytest.mark.needs_chromium

RU, EN = Language("ru"), Language("en")
# Every word and every way of a page that somebody sees, hears or follows.
SAID = """() => {
  const said = [document.title, document.documentElement.lang];
  const seen = (each) => each.getClientRects().length > 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (data.trim() && seen(parentElement)) said.push(data.trim());
  }
  for (const each of document.querySelectorAll("[aria-label], a")) {
    if (seen(each)) said.push(`${each.ariaLabel} ${each.getAttribute("href")}`);
  }
  return said;
}"""


# Joining


def test_joining_lets_nothing_of_the_stop_out_even_where_no_volume_is_heeded(
    tour: Tour, phone: Phone
) -> None:
    context = phone("en")
    context.add_init_script(ALOUD)
    page = context.new_page()
    page.goto(f"{tour.address}/live/{tour.join_code}")
    tour.arms(page, EN)
    page.wait_for_timeout(1000)
    assert set(page.evaluate("aloud")) <= {"/live/silence.wav"}
    tour.phones.append(page)
    tour.says("Play for all")
    until(lambda: any(each.endswith(".mp3") for each in page.evaluate("aloud")))


def test_nothing_of_a_stop_is_fetched_before_the_tap(tour: Tour, phone: Phone) -> None:
    page = phone("en").new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{tour.address}/live/{tour.join_code}", wait_until="networkidle")
    expect(page.locator(".follow.ready")).to_be_visible(timeout=PATIENCE_MS)
    assert [each for each in fetched if "/audio/" in each] == []


def test_a_phone_that_may_not_sound_without_a_tap_asks_for_one(tour: Tour, phone: Phone) -> None:
    context = phone("en")
    context.add_init_script("""
      HTMLMediaElement.prototype.play = () =>
        Promise.reject(new DOMException("no tap", "NotAllowedError"));
    """)
    page = context.new_page()
    page.goto(f"{tour.address}/live/{tour.join_code}")
    button = page.get_by_role("button", name=say(EN, "Tap to listen with the group"))
    button.click()
    page.reload()
    expect(page.locator(".follow.ready")).to_be_visible(timeout=PATIENCE_MS)
    expect(button).to_be_visible()


# Following


@pytest.mark.parametrize("language", [RU, EN])
def test_a_change_of_language_leaves_no_word_of_the_other(
    tour: Tour, phone: Phone, language: Language
) -> None:
    page = tour.joins(Language("kk"))
    title = page.locator("h1").inner_text()
    page.locator(f"header a[hreflang={language}]").click()
    expect(page.locator("h1")).not_to_have_text(title)
    fresh = phone(language).new_page()
    fresh.goto(page.url)
    tour.arms(fresh, language)
    until(lambda: page.evaluate(SAID) == fresh.evaluate(SAID))
    page.reload()  # and the choice is remembered
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_the_ways_on_are_in_the_language_that_was_changed_to_at_the_end_too(tour: Tour) -> None:
    page = tour.joins(Language("kk"))
    tour.ends()
    tour.wait_for_all(lambda each: each.has_ended)
    page.locator("header a[hreflang=ru]").click()
    on = page.get_by_role("link", name=say(RU, "Continue on my own"))
    expect(on).to_have_attribute("href", "/ru/stops/welcome")
    expect(page.get_by_role("link", name=say(RU, "Enter a number"))).to_be_visible()


def test_a_language_that_was_changed_without_a_network_is_made_up_for(tour: Tour) -> None:
    page = tour.joins(Language("kk"))
    page.context.set_offline(True)
    page.locator("header a[hreflang=ru]").click()
    expect(page.locator("h1")).to_have_text("Добро пожаловать")
    page.context.set_offline(False)
    number = page.get_by_role("link", name=say(RU, "Enter a number"))
    expect(number).to_be_visible(timeout=PATIENCE_MS)


def test_who_follows_sees_the_picture_in_her_language(tour: Tour) -> None:
    add_picture(tour.world.media / "stops" / "2-famine")
    tour.world.bring()
    page = tour.joins(Language("kk"))
    tour.says("Next stop of the tour")
    stop_is(page, 2)
    expect(page.locator("figure img")).to_have_attribute("alt", "Light falls from kk.")
    page.locator("header a[hreflang=ru]").click()
    expect(page.locator("figure img")).to_have_attribute("alt", "Light falls from ru.")
    expect(page.locator("figcaption")).to_have_text("Made for a test, ru.")
    page.locator("figure img").scroll_into_view_if_needed()
    until(lambda: page.evaluate("document.querySelector('figure img').naturalWidth") > 0)


def typefaces(page: Page) -> set[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('body, button, input, select, summary')]"
        ".map((each) => getComputedStyle(each).fontFamily)"
    )
    return set(found)


def test_every_button_is_in_the_typeface_of_the_page(tour: Tour) -> None:
    page = tour.joins(EN)
    assert len(typefaces(page)) == 1
    assert len(typefaces(tour.marat)) == 1
    tour.marat.goto(f"{tour.address}/lead/")
    assert len(typefaces(tour.marat)) == 1


def test_ten_seconds_back_and_forward_while_somebody_listens_alone(tour: Tour) -> None:
    page = tour.joins(EN)
    ahead = page.get_by_role("button", name=say(EN, "Forward 10 seconds"))
    expect(ahead).to_be_hidden()
    page.get_by_role("button", name=say(EN, "Listen on my own")).click()
    until(lambda: page.evaluate("document.querySelector('audio').duration") > 0)
    length_s = page.evaluate("document.querySelector('audio').duration")
    ahead.focus()
    page.keyboard.press("Enter")
    at = "document.querySelector('audio').currentTime"
    until(lambda: abs(page.evaluate(at) - min(10, length_s)) < 0.2)
    page.get_by_role("button", name=say(EN, "Back 10 seconds")).click()
    until(lambda: page.evaluate(at) < 0.2)


# Leading


def test_after_next_the_guide_sees_number_and_title_wherever_she_had_scrolled(tour: Tour) -> None:
    tour.marat.evaluate("scrollTo(0, document.body.scrollHeight)")
    tour.says("Next stop of the tour")
    stop_is(tour.marat, 2)
    for what in (".number", "h1"):
        expect(tour.marat.locator(what)).to_be_in_viewport()
    tour.marat.evaluate("scrollTo(0, document.body.scrollHeight)")
    for what in (".number", "h1", ".left"):
        expect(tour.marat.locator(what)).to_be_in_viewport()


def test_the_guide_sees_what_comes_next_and_how_long_this_lasts(tour: Tour) -> None:
    expect(tour.marat.locator(".next")).to_contain_text("Дальше: 2. Голод")
    expect(tour.marat.locator(".next small")).to_have_text(re.compile(r"^\d:\d\d$"))
    left = tour.marat.locator(".left")
    expect(left).to_have_text(re.compile(r"^осталось 0:\d\d$"))
    before = left.inner_text()
    tour.joins(EN)
    tour.says("Play for all")
    tour.wait_until_heard(2)
    until(lambda: left.inner_text() < before)
    done = tour.marat.locator(".pace").evaluate("each => each.style.getPropertyValue('--done')")
    assert 0 < float(done.removesuffix("%")) <= 100
    tour.wait_for_all(lambda each: each.over)
    expect(left).to_have_text(say(RU, "Heard to the end"))


def test_at_the_last_stop_the_way_leads_to_the_end_which_asks_once(tour: Tour) -> None:
    finish = tour.marat.locator(".finish")
    expect(finish).to_be_hidden()
    back = tour.marat.get_by_role("button", name=say(RU, "Previous stop of the tour"))
    expect(back).to_be_hidden()
    for number in (2, 14):
        tour.says("Next stop of the tour")
        stop_is(tour.marat, number)
    onward = tour.marat.get_by_role("button", name=say(RU, "Next stop of the tour"))
    expect(onward).to_be_hidden()
    expect(back).to_be_visible()
    expect(tour.marat.locator(".next")).to_have_text(say(RU, "The last stop of the tour"))
    expect(tour.marat.get_by_text(say(RU, SILENCE))).to_be_visible()
    finish.click()
    end = tour.marat.get_by_role("button", name=say(RU, "End the tour for all"))
    expect(end).to_be_in_viewport()
    end.click()
    expect(tour.marat).to_have_url(f"{tour.address}/lead/")


SILENCE = "This is a place of silence. The phones play only if you press play."


def test_silence_is_said_only_where_it_is_kept(tour: Tour) -> None:
    expect(tour.marat.get_by_text(say(RU, SILENCE))).to_be_hidden()
    page = tour.joins(EN)
    for _ in range(2):
        tour.says("Next stop of the tour")
    expect(page.locator(".status")).to_have_text(
        say(EN, "This is a place of silence. Your guide will lead on.")
    )


def test_a_stop_off_the_tour_can_be_led_to_and_the_way_goes_on_from_where_it_was(
    tour: Tour,
) -> None:
    page = tour.joins(EN)
    tour.says("Next stop of the tour")
    stop_is(page, 2)
    tour.marat.get_by_text(say(RU, "Other stops")).click()
    tour.marat.get_by_role("button", name="Лидеры Алаша").click()
    stop_is(page, 1)
    tour.marat.reload()
    expect(tour.marat.locator(".leading.ready")).to_be_visible(timeout=PATIENCE_MS)
    tour.says("Previous stop of the tour")
    stop_is(page, 2)
    tour.marat.get_by_text(say(RU, "Other stops")).click()
    tour.marat.get_by_role("button", name="Лидеры Алаша").click()
    stop_is(page, 1)
    tour.says("Next stop of the tour")
    stop_is(page, 14)


def test_a_tour_that_runs_is_ended_from_the_list(tour: Tour) -> None:
    page = tour.joins(EN)
    tour.marat.goto(f"{tour.address}/lead/")
    expect(tour.marat.locator(".list").first).to_contain_text("Начало в")
    end = tour.marat.get_by_role("button", name=say(RU, "End the tour for all"))
    expect(end).to_be_hidden()
    tour.marat.get_by_text(say(RU, "End the tour")).click()
    end.click()
    expect(tour.marat.get_by_text(say(RU, "Tours in progress"))).to_be_hidden()
    tour.wait_for_all(lambda each: each.has_ended)
    expect(page.locator(".status")).to_have_text(
        say(EN, "The tour has ended. Thank you for walking with us.")
    )


def test_no_page_of_a_group_scrolls_sideways_on_the_narrowest_screen(tour: Tour) -> None:
    page = tour.joins(Language("kk"))
    for each in (page, tour.marat):
        each.set_viewport_size({"width": 320, "height": 640})
    for language in LANGUAGES:
        for each in (page, tour.marat):
            each.locator(f"header a[hreflang={language}]").click()
            expect(each.locator(".ready")).to_be_visible(timeout=PATIENCE_MS)
            large = each.get_by_text(say(language, "Very large text"), exact=True)
            large.locator("..").click()
            root = "document.documentElement"
            assert each.evaluate(f"{root}.scrollWidth <= {root}.clientWidth"), language
