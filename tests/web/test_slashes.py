from __future__ import annotations

import pytest

from audioguide.web.lane import Lane
from markup import Markup
from museum import ALASH, World

ADDRESSES = [
    "/ru/museum", "/kk/number", "/en/stops/alash", "/ru/tours/short", "/ru/tours/short/famine",
    "/staff/sign-in", "/staff/invited/abc", "/lead/1", f"/staff/preview/{ALASH}/kk",
    "/live/12345", f"/api/v1/stops/{ALASH}", "/api/v1/museum", "/language/kk", "/icon.svg",
    "/healthz",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_slash_too_much_leads_to_the_address_without_it(
    world: World, address: str, method: str
) -> None:
    answer = world.phone().open(f"{address}/", method=method)
    assert (answer.status_code, answer.location) == (301, address)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = world.phone().open(address, method=method)
    assert again.location != f"{address}/"


def test_what_was_asked_for_stays_behind_the_address(world: World) -> None:
    answer = world.phone().get("/ru/number/?number=1&x=%D0%B0")
    assert answer.location == "/ru/number?number=1&x=%D0%B0"


@pytest.mark.parametrize("address", ["/ru/stops/%D0%B0%3Fb%25/", "/ru/stops/a%0D%0Ab/"])
def test_letters_of_an_address_stay_what_they_are(world: World, address: str) -> None:
    answer = world.phone().get(address)
    assert (answer.status_code, answer.location) == (301, address.rstrip("/"))


@pytest.mark.parametrize("address", ["/", "/ru/", "/staff/", "/lead/", "/q/24VRB/"])
def test_an_address_that_has_a_slash_or_may_have_it_is_answered_at_once(
    world: World, address: str
) -> None:
    assert world.phone().get(address).status_code != 301


@pytest.mark.parametrize(
    "address", ["/nothing/", "/ru/nothing/", "/ru/stops/", "/x/y/z/", "/de/museum/"]
)
def test_what_is_nowhere_stays_nowhere(world: World, address: str) -> None:
    assert world.phone().get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["//evil.example/", "//evil.example/ru/museum/", "/\\evil.example/"]
)
def test_nobody_is_led_to_another_site(world: World, address: str) -> None:
    answer = world.phone().get(address, follow_redirects=False)
    assert not (answer.location or "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize(
    "address", ["/ru/museum//", "//ru//museum/", "/ru/stops/alash///", "/ru//"]
)
def test_however_many_slashes_it_comes_to_an_end(world: World, address: str) -> None:
    answer = world.phone().get(address, follow_redirects=True)
    assert answer.status_code == 200
    assert len(answer.history) <= 2


def test_what_changes_something_is_not_led_elsewhere(world: World) -> None:
    assert world.phone().post("/staff/sign-in/").status_code in (404, 405)


def test_a_page_has_one_address_and_one_kept_answer(spoken_world: World) -> None:
    phone = spoken_world.phone("ru")
    lane: Lane = phone.application.wsgi_app.lane  # type: ignore[attr-defined]
    page = Markup(phone.get("/ru/stops/alash/", follow_redirects=True).text)
    assert page.one("link", rel="canonical")["href"].endswith("/ru/stops/alash")
    assert list(lane._shelf._entries) == ["http://localhost\n/ru/stops/alash"]
