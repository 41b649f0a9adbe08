from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from audioguide.languages import LANGUAGES, Language
from audioguide.words import say
from museum import ALASH, FAMINE
from started import fetch_json, until

Phone = Callable[..., BrowserContext]
Cues = list[dict[str, Any]]

pytestmark = pytest.mark.needs_chromium

AUDIO = "document.querySelector('audio')"
SOUND = re.compile(r"/audio/\w+\.(mp3|webm)$")
CUES = re.compile(r"/audio/\w+\.vtt$")
PLAYER = re.compile(r"/script/\w+\.js$")
EN = Language("en")
# Where somebody was in a sound that is no longer the page's: its fourth sentence of four.
PLACE: dict[str, str | float] = {"number": 3, "of": 4, "paragraph": 1, "within": 2, "among": 3}
PLACE |= {"sound": "", "second": 9, "part": 0.7}


def open_stop(phone: Phone, address: str, language: str = "en", **options: Any) -> Page:
    page = phone(language, **options).new_page()
    page.goto(address)
    return page


def button(page: Page) -> Any:
    return page.locator(".play")


def heard(page: Page, what: str) -> Any:
    return page.evaluate(f"{AUDIO}.{what}")


def is_marked(page: Page, sentences: list[str]) -> bool:
    return marked(page) == sentences


def marked(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('#text [aria-current]')].map(each => each.id)"
    )
    return found


def play_until(page: Page, second: float) -> None:
    until(lambda: heard(page, "currentTime") > second)


def first_heard(page: Page) -> float:
    """Wait until it sounds, and return from where: what is played through to there is not it."""
    second: float = page.evaluate(
        """
        () => new Promise(done => {
          const look = () => {
            const audio = document.querySelector("audio");
            const isSounding = !audio.paused && !audio.muted && !audio.seeking;
            if (isSounding && audio.currentTime > 0) return done(audio.currentTime);
            requestAnimationFrame(look);
          };
          look();
        })
        """
    )
    return second


def cues_of(guide: str, code: str, language: Language) -> Cues:
    cues: Cues = fetch_json(f"{guide}/api/v1/stops/{code}")["cues"][language]
    return cues


def pause_in_sentence(page: Page, number: int) -> None:
    """Pause in the page itself: a short sentence is over before a busy test asks twice."""
    page.locator(f"#s{number}").click()
    page.evaluate(
        """
        id => new Promise(done => {
          let began;
          const look = () => {
            const audio = document.querySelector("audio");
            const isSounding = !audio.paused && !audio.muted && !audio.seeking;
            const isHeard = isSounding && document.getElementById(id).ariaCurrent;
            began ??= isHeard ? audio.currentTime : undefined;
            if (!isHeard || audio.currentTime < began + 0.2) return requestAnimationFrame(look);
            document.querySelector(".play").click();
            done();
          };
          look();
        })
        """,
        f"s{number}",
    )
    until(lambda: heard(page, "paused"))
    assert marked(page) == [f"s{number}"]


# Playing


def test_nothing_sounds_or_is_fetched_before_somebody_asks(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{guide}/en/stops/alash", wait_until="networkidle")
    assert heard(page, "paused")
    assert len(asked) <= 5
    assert [each for each in asked if "/audio/" in each] == []


def test_one_button_plays_and_pauses_and_says_which(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    page.get_by_role("button", name=say(EN, "Listen"), exact=True).click()
    expect(page.get_by_role("button", name=say(EN, "Pause"))).to_be_visible()
    play_until(page, 0.3)
    page.get_by_role("button", name=say(EN, "Pause")).click()
    until(lambda: heard(page, "paused"))


def test_the_whole_sound_is_told_before_it_is_fetched(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    length_s = fetch_json(f"{guide}/api/v1/stops/{ALASH}")["audio"]["en"]["duration_ms"] / 1000
    elapsed, total = page.locator(".times span").all_inner_texts()
    assert elapsed == "0:00"
    assert total == f"0:{round(length_s):02}"


def test_the_mark_follows_the_voice_from_sentence_to_sentence(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    assert marked(page) == []
    button(page).click()
    seen: list[str] = []
    length_s = 0.0

    def has_ended() -> bool:
        seen.extend(each for each in marked(page) if each not in seen)
        return bool(heard(page, "ended"))

    page.locator(".speed").select_option("2")
    until(has_ended)
    length_s = heard(page, "duration")
    assert length_s > 2
    assert seen == ["s1", "s2", "s3", "s4"]


def test_a_tapped_sentence_is_heard(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    begins_s = cues_of(guide, ALASH, EN)[2]["start_ms"] / 1000
    page.locator("#s3").tap()
    assert begins_s - 0.1 <= first_heard(page) < begins_s + 3
    until(lambda: marked(page) == ["s3"] and not heard(page, "paused"))
    assert not heard(page, "muted")


def test_a_sound_of_an_older_text_marks_only_what_it_speaks(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()

    def correct(route: Route) -> None:
        html = route.fetch().text().replace(" data-current", "")
        route.fulfill(body=html.replace(">People are remembered here.<", ">Nobody is forgotten.<"))

    page.route("**/stops/alash", correct)
    page.goto(f"{guide}/en/stops/alash")
    page.locator("#s3").click()
    until(lambda: marked(page) == ["s3"])
    button(page).click()
    page.locator("#s2").click()
    assert heard(page, "paused")
    seconds = [cue["start_ms"] / 1000 + 0.1 for cue in cues_of(guide, ALASH, EN)]
    for second, sentence in zip(seconds, [["s1"], [], ["s3"], ["s4"]], strict=True):
        page.evaluate(f"{AUDIO}.currentTime = {second}")
        until(partial(is_marked, page, sentence))


def test_ten_seconds_back_and_never_before_the_beginning(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    button(page).click()
    play_until(page, 0.1)
    button(page).click()
    length_s = heard(page, "duration")
    page.evaluate(f"{AUDIO}.currentTime = {length_s - 0.5}")
    page.get_by_role("button", name=say(EN, "Back 10 seconds")).click()
    expected_s = max(length_s - 10.5, 0)
    until(lambda: abs(heard(page, "currentTime") - expected_s) < 0.2)


def test_ten_seconds_forward_and_never_beyond_the_end(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    ahead = page.get_by_role("button", name=say(EN, "Forward 10 seconds"))
    ahead.focus()
    page.keyboard.press("Enter")
    length_s = float(page.locator(".line").get_attribute("max") or 0)
    assert float(page.locator(".line").input_value()) == pytest.approx(min(10, length_s))
    button(page).click()
    play_until(page, min(10, length_s) - 0.5)
    ahead.click()
    until(lambda: heard(page, "ended"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_player_is_large_enough_for_a_thumb(
    guide: str, phone: Phone, language: Language
) -> None:
    page = open_stop(phone, f"{guide}/{language}/stops/alash", language, width_px=320)
    page.set_viewport_size({"width": 320, "height": 500})
    for name in ("Back 10 seconds", "Forward 10 seconds"):
        expect(page.get_by_role("button", name=say(language, name))).to_be_visible()
    small = """() => [...document.querySelectorAll(".player button, .player select")]
      .map((each) => each.getBoundingClientRect())
      .filter(({ width, height }) => width && (width < 44 || height < 44)).length"""
    assert page.evaluate(small) == 0
    button(page).click()
    play_until(page, 0.1)
    page.mouse.wheel(0, 9999)
    expect(page.locator(".docked .ahead")).to_be_in_viewport()
    assert page.evaluate(small) == 0


def test_the_chosen_speed_is_kept_for_the_next_stop(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    page.get_by_label(say(EN, "Speed")).select_option("1.5")
    assert heard(page, "playbackRate") == 1.5
    page.goto(f"{guide}/en/stops/welcome")
    expect(page.get_by_label(say(EN, "Speed"))).to_have_value("1.5")
    button(page).click()
    play_until(page, 0.1)
    assert heard(page, "playbackRate") == 1.5


# Memory


def test_another_language_goes_on_at_the_same_sentence(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/kk/stops/famine", "kk")
    pause_in_sentence(page, 3)
    page.locator("header a[hreflang=ru]").click()
    expect(page).to_have_url(f"{guide}/ru/stops/famine")
    until(lambda: marked(page) == ["s3"])
    assert heard(page, "paused")
    begins_s = cues_of(guide, FAMINE, Language("ru"))[2]["start_ms"] / 1000
    button(page).click()
    assert begins_s - 0.1 <= first_heard(page) < begins_s + 3


def test_another_language_sounds_in_a_quiet_hall_too(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/kk/stops/memorial-hall", "kk")
    button(page).click()
    until(lambda: marked(page) == ["s1"])
    page.locator("header a[hreflang=ru]").click()
    expect(page).to_have_url(f"{guide}/ru/stops/memorial-hall")
    button(page).click()
    play_until(page, 0)
    until(lambda: not heard(page, "muted"))


def remembered(page: Page, kept: dict[str, Any], minutes_ago: float = 0) -> None:
    """Let the page find a place as if somebody had listened in this tab some time ago."""
    page.add_init_script(
        f"sessionStorage.setItem('{ALASH}', JSON.stringify("
        f"{{ ...{json.dumps(kept)}, when: Date.now() - {minutes_ago * 60_000} }}))"
    )


def test_where_sentences_differ_the_paragraph_and_the_part_of_it_count(
    guide: str, phone: Phone
) -> None:
    page = phone("en").new_page()
    # As if the other language had said this paragraph in three sentences, and the second was on.
    remembered(page, PLACE | {"of": 5, "within": 1, "among": 3})
    page.goto(f"{guide}/en/stops/alash")
    until(lambda: marked(page) == ["s3"])


def test_a_reload_keeps_the_place_to_the_second(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    pause_in_sentence(page, 2)
    at_s = heard(page, "currentTime")
    page.reload()
    until(lambda: marked(page) == ["s2"])
    assert heard(page, "paused")
    assert float(page.locator(".line").input_value()) == pytest.approx(at_s, abs=0.1)
    button(page).click()
    play_until(page, at_s)


@pytest.mark.parametrize(("minutes_ago", "seen"), [(55, ["s4"]), (65, [])])
def test_a_place_is_kept_for_an_hour(
    guide: str, phone: Phone, minutes_ago: float, seen: list[str]
) -> None:
    page = phone("en").new_page()
    remembered(page, PLACE, minutes_ago)
    page.goto(f"{guide}/en/stops/alash")
    page.keyboard.press("Shift")  # whoever touches the page wants the cues
    expect(page.locator("#text [role=button]")).to_have_count(1)
    assert marked(page) == seen


def test_a_place_grows_no_younger_by_being_looked_at(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    when = page.evaluate("Date.now() - 3_000_000")
    kept = json.dumps(PLACE | {"when": when})
    page.evaluate(f"sessionStorage.setItem('{ALASH}', '{kept}')")
    for _ in range(2):
        page.reload()
        until(lambda: marked(page) == ["s4"])
    assert page.evaluate(f"JSON.parse(sessionStorage.getItem('{ALASH}')).when") == when


def test_what_was_heard_to_the_end_begins_anew(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    pause_in_sentence(page, 4)
    page.locator(".speed").select_option("2")
    button(page).click()
    until(lambda: heard(page, "ended"))
    page.reload()
    assert float(page.locator(".line").input_value()) == 0
    assert marked(page) == []


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"second":"x"}', '{"second":1,"part":0.1,"when":4e12}']
)
def test_a_memory_that_makes_no_sense_does_no_harm(guide: str, phone: Phone, kept: str) -> None:
    page = phone("en").new_page()
    page.add_init_script(f"sessionStorage.setItem('{ALASH}', '{kept}')")
    page.goto(f"{guide}/en/stops/alash")
    button(page).click()
    play_until(page, 0.1)


def test_a_phone_that_forbids_all_memory_plays(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        "{ get() { throw new DOMException('forbidden', 'SecurityError'); } });"
    )
    page.goto(f"{guide}/en/stops/alash")
    page.get_by_label(say(EN, "Speed")).select_option("2")
    page.locator("#s2").click()
    until(lambda: marked(page) == ["s2"] and not heard(page, "paused"))


# The lock screen

LISTEN_IN = """
const session = navigator.mediaSession, set = session.setActionHandler.bind(session);
window.wishes = {};
session.setActionHandler = (wish, answer) => { window.wishes[wish] = answer; set(wish, answer); };
const report = session.setPositionState.bind(session);
session.setPositionState = (state) => { window.reported = state; report(state); };
"""


def on_lock_screen(guide: str, phone: Phone, slug: str) -> Page:
    page = phone("en").new_page()
    page.add_init_script(LISTEN_IN)
    page.goto(f"{guide}/en/stops/{slug}")
    button(page).click()
    play_until(page, 0.1)
    return page


def test_the_lock_screen_names_the_stop_and_moves_in_it(guide: str, phone: Phone) -> None:
    page = on_lock_screen(guide, phone, "alash")
    shown = page.evaluate(
        "(({title, artist, album}) => [title, artist, album])(navigator.mediaSession.metadata)"
    )
    assert shown == ["1. The Leaders of Alash", "The Museum", "Exposition Hall"]
    page.evaluate("wishes.pause()")
    until(lambda: heard(page, "paused"))
    assert page.evaluate("navigator.mediaSession.playbackState") == "paused"
    page.evaluate("wishes.seekto({ seekTime: 2 })")
    until(lambda: page.evaluate("reported.position") == pytest.approx(2, abs=0.1))
    assert page.evaluate("reported.duration") == pytest.approx(heard(page, "duration"))
    page.evaluate("wishes.play()")
    until(lambda: not heard(page, "paused"))


def test_next_on_the_lock_screen_opens_the_next_stop_and_goes_on(guide: str, phone: Phone) -> None:
    page = on_lock_screen(guide, phone, "welcome")
    assert page.evaluate("wishes.previoustrack") is None
    page.evaluate("wishes.nexttrack()")
    expect(page).to_have_url(f"{guide}/en/stops/alash")
    play_until(page, 0.1)
    page.reload()
    assert heard(page, "paused")


@pytest.mark.parametrize(
    ("slug", "following"), [("alash", "famine"), ("famine", "memorial-hall")], ids=["note", "quiet"]
)
def test_a_stop_with_a_note_or_in_a_quiet_hall_waits_for_a_tap(
    guide: str, phone: Phone, slug: str, following: str
) -> None:
    page = on_lock_screen(guide, phone, slug)
    page.evaluate("wishes.nexttrack()")
    expect(page).to_have_url(f"{guide}/en/stops/{following}")
    expect(page.locator("audio:not([controls])")).to_be_attached()
    assert heard(page, "paused")
    assert heard(page, "played.length") == 0


# What goes wrong


def test_without_scripts_the_browsers_own_player_is_there(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash", java_script_enabled=False)
    expect(page.locator("audio")).to_be_visible()
    for late in (".player", ".hint"):
        expect(page.locator(late)).to_be_hidden()


def test_a_script_that_fails_half_way_leaves_the_browsers_own_player(
    guide: str, phone: Phone, script_errors: list[str]
) -> None:
    page = phone("en").new_page()

    def fail_half_way(route: Route) -> None:
        script = route.fetch().text()
        route.fulfill(
            body=script.replace("resume();", "null.fails();"), content_type="text/javascript"
        )

    page.route(PLAYER, fail_half_way)
    page.goto(f"{guide}/en/stops/alash", wait_until="networkidle")
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.locator(".player")).to_be_hidden()
    assert page.locator("article").inner_text()
    assert len(script_errors) == 1
    script_errors.clear()


def test_a_sound_that_is_gone_is_told_with_two_ways_out(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.route(SOUND, lambda route: route.fulfill(status=404))
    page.goto(f"{guide}/en/stops/alash")
    button(page).click()
    again = page.get_by_role("button", name=say(EN, "Try again"))
    anew = page.get_by_role("link", name=say(EN, "Reload the page"))
    expect(page.get_by_role("status")).to_contain_text(
        say(EN, "The audio cannot be loaded. The whole text is here.")
    )
    expect(anew).to_be_hidden()
    again.click()
    expect(anew).to_be_visible()
    page.unroute(SOUND)
    again.click()
    play_until(page, 0.1)
    expect(page.get_by_role("status")).to_be_empty()


def test_the_large_button_works_after_a_failure_too(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.route(SOUND, lambda route: route.fulfill(status=404))
    page.goto(f"{guide}/en/stops/alash")
    button(page).click()
    expect(page.get_by_role("button", name=say(EN, "Try again"))).to_be_visible()
    page.unroute(SOUND)
    button(page).click()
    play_until(page, 0.1)
    expect(page.get_by_role("status")).to_be_empty()


def test_a_sound_that_stops_half_way_goes_on_from_there(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    pause_in_sentence(page, 3)
    at_s = heard(page, "currentTime")
    page.route(SOUND, lambda route: route.abort())
    page.evaluate(f"{AUDIO}.load()")
    button(page).click()
    expect(page.get_by_role("button", name=say(EN, "Try again"))).to_be_visible()
    page.unroute(SOUND)
    # A try that was under way when the sound came back plays by itself, and the line is gone.
    page.evaluate("document.querySelector('.trouble button')?.click()")
    play_until(page, 0.1)
    assert heard(page, "currentTime") == pytest.approx(at_s, abs=3)


# By the place where it is: what was heard of each format.
PLACES = """
window.places = { webm: [], mp3: [] };
document.addEventListener("timeupdate", ({ target }) => {
  if (!target.paused) window.places[target.currentSrc.split(".").pop()].push(target.currentTime);
}, true);
"""


def broken_webm(route: Route, how: str) -> None:
    """Answer with a WebM that is whole in its first half alone."""
    whole = route.fetch(headers={}).body()
    half = len(whole) // 2
    begin = int(re.findall(r"\d+", route.request.headers.get("range", "0"))[0])
    if how == "decode":
        body = whole[:half] + bytes(each ^ 0x5A for each in whole[half:])
    elif begin < half:
        body = whole[:half]
    elif how == "network":
        return route.abort()
    else:
        return route.fulfill(status=404)
    part = f"bytes {begin}-{len(body) - 1}/{len(whole)}"
    headers = {"Content-Type": "audio/webm", "Accept-Ranges": "bytes", "Content-Range": part}
    return route.fulfill(status=206, headers=headers, body=body[begin:])


@pytest.mark.parametrize("how", ["decode", "gone", "network"])
def test_a_webm_that_breaks_in_the_middle_gives_way_to_the_mp3_at_the_same_sentence(
    guide: str, phone: Phone, how: str
) -> None:
    page = phone("en").new_page()
    page.add_init_script(PLACES)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile(r"\.webm$"), lambda route: broken_webm(route, how))
    page.goto(f"{guide}/en/stops/alash")
    button(page).click()
    until(lambda: page.evaluate("places.mp3.length") > 2)
    places = page.evaluate("places")
    left_s = max([each for each in places["webm"] if each < heard(page, "duration") - 1], default=0)
    assert (left_s > 1) == (how == "decode")  # what is cut off is missed before it begins
    assert places["mp3"][0] == pytest.approx(left_s, abs=1.5)
    expect(page.get_by_role("status")).to_be_empty()
    count = len([each for each in asked if each.endswith(".webm")])
    button(page).click()
    button(page).click()
    until(lambda: heard(page, "ended"))
    assert len([each for each in asked if each.endswith(".webm")]) == count


def test_a_sound_that_does_not_come_is_told_after_a_while(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.clock.install()
    page.route(SOUND, lambda route: None)
    page.goto(f"{guide}/en/stops/alash")
    button(page).click()
    expect(page.locator(".what")).to_have_text(say(EN, "Loading"))
    expect(page.get_by_role("status")).to_be_empty()
    page.clock.run_for(9000)
    expect(page.get_by_role("button", name=say(EN, "Try again"))).to_be_visible()


@pytest.mark.parametrize(
    "answer",
    [{"status": 404}, {"body": "no cues", "content_type": "text/vtt"}],
    ids=["gone", "broken"],
)
def test_without_cues_the_sound_plays_and_no_sentence_is_marked(
    guide: str, phone: Phone, answer: dict[str, Any]
) -> None:
    page = phone("en").new_page()
    page.route(CUES, lambda route: route.fulfill(**answer))
    page.goto(f"{guide}/en/stops/alash")
    button(page).click()
    play_until(page, 0.5)
    assert marked(page) == []
    expect(page.locator(".hint")).to_be_hidden()
    expect(page.locator("#text [role=button]")).to_have_count(0)


def test_cues_that_never_come_leave_nobody_in_silence(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.route(CUES, lambda route: None)
    page.goto(f"{guide}/en/stops/alash")
    page.locator("#s3").click()
    until(lambda: heard(page, "currentTime") > 0)
    assert heard(page, "muted")
    until(lambda: not heard(page, "muted"))
    assert heard(page, "currentTime") >= heard(page, "duration") / 2 - 0.1


def test_cues_that_were_there_before_the_player_are_read(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(PLAYER, hold)
    page.goto(f"{guide}/en/stops/alash", wait_until="commit")
    until(lambda: page.evaluate("Boolean(document.querySelector('track'))") and len(held) == 2)
    page.evaluate("document.querySelector('track').track.mode = 'hidden'")
    until(lambda: page.evaluate("document.querySelector('track').readyState") == 2)
    for route in held:
        route.continue_()
    expect(page.locator("#text [role=button]")).to_have_count(1)
    page.locator("#s3").click()
    until(lambda: marked(page) == ["s3"] and not heard(page, "muted"))


# For everyone


def test_everything_is_done_by_keyboard(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    page.locator(".route a").last.focus()
    page.keyboard.press("Tab")
    expect(button(page)).to_be_focused()
    page.keyboard.press("Space")
    until(lambda: marked(page) == ["s1"])
    page.keyboard.press("Space")
    until(lambda: heard(page, "paused"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider")).to_be_focused()
    page.keyboard.press("PageUp")
    until(lambda: marked(page) == ["s2"])
    page.keyboard.press("PageDown")
    until(lambda: marked(page) == ["s1"])
    for _ in range(6):  # back, forward, speed, follow, text size, the text
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "s1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    until(lambda: marked(page) == ["s3"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"  # the sources
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.rel") == "next"


def test_a_sentence_chosen_by_key_does_not_stop_the_following(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    pause_in_sentence(page, 2)
    button(page).click()
    until(lambda: not heard(page, "paused"))
    page.locator("#s2").focus()
    page.keyboard.press("Space")
    expect(page.locator(".follow")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("End")
    expect(page.locator(".follow")).to_have_attribute("aria-pressed", "false")


def test_the_text_is_not_twenty_buttons_to_a_screen_reader(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    page.keyboard.press("Shift")
    expect(page.locator("#text [role=button]")).to_have_count(1)
    assert page.locator("#text span[id]").count() == 4
    assert page.locator("#text [tabindex]").count() == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language("kk"), r"^\d секунд, барлығы \d+ секунд$"),
        (Language("ru"), r"^\d секунд[аы]? из \d+ секунд[аы]?$"),
        (Language("en"), r"^\d seconds? of \d+ seconds$"),
    ],
)
def test_the_line_says_the_time_in_words_of_the_page(
    guide: str, phone: Phone, language: Language, said: str
) -> None:
    page = open_stop(phone, f"{guide}/{language}/stops/alash", language)
    line = page.get_by_role("slider", name=say(language, "Position in the audio"))
    line.focus()
    page.keyboard.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuetext", re.compile(said))
    assert float(line.input_value()) == 5


def test_the_text_follows_the_voice_until_somebody_scrolls(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    page.set_viewport_size({"width": 390, "height": 360})
    follow = page.locator(".follow")  # by its class: a docked player hides it
    expect(follow).to_have_attribute("aria-pressed", "true")
    button(page).click()
    until(lambda: marked(page))
    page.locator("#text [aria-current]").hover()  # once it rests in the view
    page.mouse.wheel(0, 40)
    expect(follow).to_have_attribute("aria-pressed", "false")


def test_who_wants_less_motion_is_not_scrolled(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash", reduced_motion="reduce")
    follow = page.locator(".follow")
    expect(follow).to_have_attribute("aria-pressed", "false")
    follow.click()
    page.reload()
    expect(follow).to_have_attribute("aria-pressed", "true")


def scroll_to_the_end(page: Page) -> bool:
    """Turn the wheel; the page may just be gliding to the sentence that is heard."""
    page.mouse.wheel(0, 9999)
    ended: bool = page.evaluate("scrollY + innerHeight > document.documentElement.scrollHeight - 2")
    return ended


def test_the_player_stays_within_reach_of_the_thumb_while_reading(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    page.set_viewport_size({"width": 390, "height": 500})
    page.evaluate("scrollTo(0, 9999)")
    expect(button(page)).not_to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    button(page).click()
    play_until(page, 0.1)
    until(lambda: scroll_to_the_end(page))
    expect(button(page)).to_be_in_viewport()
    page.locator("a[rel=prev]").focus()
    assert not page.evaluate(
        "document.querySelector('.player').contains(document.elementFromPoint(...(({left, top}) =>"
        "[left + 9, top + 9])(document.activeElement.getBoundingClientRect())))"
    )


def test_there_is_a_button_to_pause_with_wherever_the_page_is(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash", reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 500})
    button(page).click()
    play_until(page, 0.1)
    end = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    for y in range(0, end, 20):
        page.evaluate("y => scrollTo({ top: y, behavior: 'instant' })", y)
        expect(button(page)).to_be_in_viewport()


def test_the_focus_is_not_lost_when_the_player_shrinks(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash", reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 500})
    button(page).click()
    play_until(page, 0.1)
    page.locator(".speed").focus()
    page.mouse.wheel(0, 9999)
    expect(page.locator(".docked")).to_have_count(1)
    expect(button(page)).to_be_focused()


def test_no_key_starts_the_sound_in_a_quiet_hall(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/memorial-hall")
    with page.expect_response(CUES):
        page.keyboard.press("Shift")
    until(lambda: page.evaluate("document.querySelector('track').readyState") == 2)
    expect(page.locator("#text.heard")).to_have_count(1)
    expect(page.locator("#text [role=button]")).to_have_count(0)
    button(page).click()
    expect(page.locator("#text [role=button]")).to_have_count(1)


def test_a_finger_finds_the_sentences_before_anything_is_fetched(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    expect(page.locator("audio:not([controls])")).to_be_attached()
    assert page.evaluate("getComputedStyle(document.querySelector('#s2')).cursor") == "pointer"
    assert page.evaluate("document.querySelector('track').readyState") == 0


def test_a_quiet_stop_suggests_no_sound(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/memorial-hall")
    text, player = page.locator("#text").bounding_box(), page.locator(".player").bounding_box()
    assert text is not None
    assert player is not None
    assert player["y"] > text["y"] + text["height"]
    expect(page.locator(".hint, .follow:visible")).to_have_count(0)
    page.locator("#s2").click()
    assert heard(page, "paused")
    button(page).click()
    play_until(page, 0.1)
    page.locator("#s3").click()
    until(lambda: marked(page) == ["s3"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["famine", "memorial-hall"])
def test_nothing_moves_while_the_page_opens(
    guide: str, phone: Phone, language: Language, slug: str
) -> None:
    page = phone(language).new_page()
    page.add_init_script(
        "window.shifted = 0; new PerformanceObserver((list) => { for (const each of"
        " list.getEntries()) window.shifted += each.value; }).observe("
        "{ type: 'layout-shift', buffered: true });"
    )
    page.goto(f"{guide}/{language}/stops/{slug}", wait_until="networkidle")
    expect(page.locator(".player")).to_be_visible()
    assert page.evaluate("shifted") == 0


def test_the_text_size_is_kept_from_page_to_page(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash")
    size = "parseFloat(getComputedStyle(document.querySelector('#text, h1')).fontSize)"
    usual_px = page.evaluate(size)
    page.get_by_text(say(EN, "Very large text")).locator("..").click()
    large_px = page.evaluate(size)
    assert large_px > 1.4 * usual_px
    page.reload()
    assert page.evaluate(size) == large_px
    page.goto(f"{guide}/en/number")
    expect(page.get_by_label(say(EN, "Very large text"))).to_be_checked()


def test_without_scripts_the_text_can_be_enlarged_too(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash", java_script_enabled=False)
    before = page.locator("#s3").bounding_box()
    page.get_by_text(say(EN, "Very large text")).locator("..").click()
    after = page.locator("#s3").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]


@pytest.mark.parametrize("slug", ["famine", "memorial-hall"])
def test_at_four_hundred_per_cent_nothing_scrolls_sideways(
    guide: str, phone: Phone, slug: str
) -> None:
    page = open_stop(phone, f"{guide}/ru/stops/{slug}", "ru", width_px=320)
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024
    page.get_by_text(say(Language("ru"), "Very large text")).locator("..").click()
    button(page).click()
    play_until(page, 0.1)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    page.mouse.wheel(0, 600)
    expect(page.locator(".docked")).to_have_count(0 if slug == "memorial-hall" else 1)
    # There is no room for a player that covers the text.
    assert page.evaluate("getComputedStyle(document.querySelector('.player')).position") == "static"


@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}], ids=["usual", "forced"])
def test_the_mark_is_seen_without_telling_colours_apart(
    guide: str, phone: Phone, options: dict[str, Any]
) -> None:
    page = open_stop(phone, f"{guide}/en/stops/alash", **options)
    pause_in_sentence(page, 2)
    style = "getComputedStyle(document.querySelector('#s2')).textDecorationLine"
    assert page.evaluate(style) == "underline"
    page.emulate_media(media="print")
    assert page.evaluate(style) == "none"


def test_a_teacher_prints_the_words_and_the_address(guide: str, phone: Phone) -> None:
    page = open_stop(phone, f"{guide}/en/stops/famine", color_scheme="dark")
    page.emulate_media(media="print")
    # Dark ink on white paper, however the screen was.
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 25, 23)"
    for shown in (".number", "h1", ".note p", "article"):
        expect(page.locator(shown)).to_be_visible()
    expect(page.locator(".printed")).to_have_text(f"{guide}/en/stops/famine")
    for left_out in (".player", "audio", ".route", ".bar", "header nav", ".ways", ".note ul"):
        expect(page.locator(left_out).first).to_be_hidden()
