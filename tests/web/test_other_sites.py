"""A page of another site can make a browser send a form; nothing of ours is changed by it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from audioguide.roles import Role
from audioguide.services.staff import signing_in
from museum import World

pytestmark = pytest.mark.thorough

PASSWORD = "three quiet words"
HOME = "http://guide.test"
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://other.guide.test"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HOME},
    {"Origin": "https://evil.test"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://guide.test.evil.test"},
    {"Origin": "http://guide.test:8000"},
)
OWN: tuple[dict[str, str], ...] = (
    {},
    {"Origin": HOME},
    {"Origin": "https://guide.test"},
    {"Sec-Fetch-Site": "same-origin", "Origin": HOME},
    {"Sec-Fetch-Site": "none"},
)


@pytest.fixture
def key(world: World) -> str:
    with world.database.writing() as session:
        return signing_in.add(session, "Marat", Role.GUIDE)


@pytest.fixture
def signed_up(world: World, key: str) -> World:
    world.phone().post(f"/staff/invited/{key}", data={"password": PASSWORD})
    return world


def sign_in(phone: FlaskClient, headers: dict[str, str]) -> int:
    form = {"name": "Marat", "password": PASSWORD}
    return phone.post("/staff/sign-in", data=form, headers=headers, base_url=HOME).status_code


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_signs_nobody_in(signed_up: World, headers: dict[str, str]) -> None:
    phone = signed_up.phone("en")
    assert sign_in(phone, headers) == 403
    assert phone.get("/lead/", base_url=HOME).status_code == 303


@pytest.mark.parametrize("headers", OWN)
def test_our_own_page_signs_in(signed_up: World, headers: dict[str, str]) -> None:
    assert sign_in(signed_up.phone("en"), headers) == 303


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_uses_no_invitation(world: World, key: str, headers: dict[str, str]) -> None:
    phone = world.phone("en")
    form = {"password": PASSWORD}
    answer = phone.post(f"/staff/invited/{key}", data=form, headers=headers, base_url=HOME)
    assert answer.status_code == 403
    assert phone.get(f"/staff/invited/{key}").status_code == 200  # it is not used up


@pytest.mark.parametrize("path", ["/live/any/here", "/staff/sign-out", "/lead/"])
def test_another_site_changes_nothing_anywhere(world: World, path: str) -> None:
    assert world.phone("en").post(path, headers=FOREIGN[0]).status_code == 403


def test_the_public_address_is_ours_whatever_a_front_server_calls_us(signed_up: World) -> None:
    phone = signed_up.phone("en", BASE_URL="https://guide.museum.kz")
    form = {"name": "Marat", "password": PASSWORD}
    for origin, status in (("https://guide.museum.kz", 303), ("https://evil.test", 403)):
        answer = phone.post(
            "/staff/sign-in", data=form, headers={"Origin": origin}, base_url="http://inside:8000"
        )
        assert answer.status_code == status
