from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from audioguide.languages import LANGUAGES, Language
from audioguide.words import say
from listening import wait_until_played
from museum import FAMINE, NOTES

Phone = Callable[..., BrowserContext]

pytestmark = pytest.mark.needs_chromium

ADDRESSES = (
    "/",
    "/{}/",
    "/{}/stops/welcome",
    "/{}/stops/famine",
    "/{}/tours/short",
    "/{}/museum",
    "/{}/number",
)


def play(page: Page) -> None:
    page.locator(".play").click()


def play_without_scripts(page: Page) -> None:
    """Tap the play button, which stands at the left end of the browser's own player."""
    player = page.locator("audio")
    player.scroll_into_view_if_needed()
    size = player.bounding_box()
    assert size is not None
    player.click(position={"x": size["height"] / 2, "y": size["height"] / 2})


def to_kazakh_and_by_keypad_to_the_famine(page: Page, guide: str) -> None:
    page.locator("header a[hreflang=kk]").click()
    expect(page).to_have_url(f"{guide}/kk/stops/famine")
    expect(page.locator("h1")).to_contain_text("Ашаршылық")
    page.get_by_role("link", name=say(Language("kk"), "Enter a number")).click()
    page.get_by_label(say(Language("kk"), "Enter the number on the label.")).fill("2")
    page.get_by_role("button", name=say(Language("kk"), "Open")).click()
    expect(page).to_have_url(f"{guide}/kk/stops/famine")


def test_ivan_scans_listens_changes_to_kazakh_and_keys_in_a_number(
    guide: str, phone: Phone
) -> None:
    page = phone("ru").new_page()
    page.goto(f"{guide}/q/{FAMINE.lower()}")
    expect(page).to_have_url(f"{guide}/ru/stops/famine")
    expect(page.locator("h1")).to_contain_text("Голод")
    expect(page.locator("aside")).to_contain_text(NOTES[Language("ru")])

    play(page)
    wait_until_played(page, 0.3)
    assert page.evaluate("document.querySelector('audio').error") is None

    to_kazakh_and_by_keypad_to_the_famine(page, guide)


def test_without_scripts_the_visit_is_the_same(guide: str, phone: Phone) -> None:
    context = phone("ru", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{guide}/Q/{FAMINE}")
    expect(page).to_have_url(f"{guide}/ru/stops/famine")
    expect(page.locator("article")).to_contain_text("Не торопитесь.")
    with page.expect_response(re.compile(r"/audio/[0-9a-f]{32}\.webm$")) as answered:
        play_without_scripts(page)
    assert answered.value.status == 206

    to_kazakh_and_by_keypad_to_the_famine(page, guide)
    page.goto(f"{guide}/Q/{FAMINE}")
    expect(page).to_have_url(f"{guide}/kk/stops/famine")


def test_a_phone_can_jump_into_the_middle_of_a_sound(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.goto(f"{guide}/en/stops/famine")
    play(page)
    wait_until_played(page, 0)
    length_s = page.evaluate("document.querySelector('audio').duration")
    page.evaluate(f"document.querySelector('audio').currentTime = {length_s / 2}")
    wait_until_played(page, length_s / 2)


def test_only_the_chosen_language_is_remembered(guide: str, phone: Phone) -> None:
    context = phone("ru")
    page = context.new_page()
    page.goto(f"{guide}/ru/stops/famine")
    assert context.cookies() == []
    page.locator("header a[hreflang=en]").click()
    assert [(each["name"], each["value"]) for each in context.cookies()] == [("language", "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_complains_or_asks_another_host(
    guide: str, phone: Phone, language: Language
) -> None:
    page = phone(language).new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES:
        page.goto(guide + address.format(language), wait_until="networkidle")
        # The very style of the page is applied: a wrong hash would leave it bare.
        assert page.evaluate("getComputedStyle(document.body).maxWidth") == "684px"
    assert said == []
    assert [each for each in asked if not each.startswith(f"{guide}/")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_phones_light_and_dark(guide: str, phone: Phone, scheme: str) -> None:
    page = phone("en", color_scheme=scheme).new_page()
    page.goto(f"{guide}/en/stops/famine")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"light": "rgb(247, 244, 239)", "dark": "rgb(18, 17, 15)"}[scheme]


def test_a_keyboard_reaches_everything_in_order(guide: str, phone: Phone) -> None:
    page = phone("en").new_page()
    page.goto(f"{guide}/en/stops/famine")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
    assert reached[0] == say(Language("en"), "Skip to the text")
    assert reached[1] == "The Museum"
    assert [each.split("\n")[0][:3] for each in reached[2:]] == ["Қаз", "Рус", "Eng"]
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
