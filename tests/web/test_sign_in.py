from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from audioguide.roles import Role
from audioguide.services.staff import signing_in
from markup import Markup
from museum import World

pytestmark = pytest.mark.thorough

PASSWORD = "three quiet words"


def invite(world: World, name: str = "Marat", role: Role = Role.GUIDE) -> str:
    with world.database.writing() as session:
        return signing_in.add(session, name, role)


def signed_in(world: World, name: str = "Marat", role: Role = Role.GUIDE) -> FlaskClient:
    phone = world.phone("en")
    answer = phone.post(f"/staff/invited/{invite(world, name, role)}", data={"password": PASSWORD})
    assert answer.status_code == 303
    return phone


def form_key(phone: FlaskClient) -> str:
    found = re.search(r'name="form_key" value="([0-9a-f]{32})"', phone.get("/lead/").text)
    assert found is not None
    return found[1]


def test_the_link_of_an_invitation_sets_a_password_and_leads_to_the_tours(world: World) -> None:
    key = invite(world)
    phone = world.phone("en")
    assert "Welcome, Marat." in phone.get(f"/staff/invited/{key}").text
    answer = phone.post(f"/staff/invited/{key}", data={"password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/lead/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert phone.get("/lead/").status_code == 200


def test_the_cookie_travels_over_https_alone_where_there_is_https(world: World) -> None:
    phone = world.phone("en")
    answer = phone.post(
        f"/staff/invited/{invite(world)}",
        data={"password": PASSWORD},
        base_url="https://guide.example.kz",
    )
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_used_invitation_says_so(world: World) -> None:
    key = invite(world)
    world.phone().post(f"/staff/invited/{key}", data={"password": PASSWORD})
    for answer in (
        world.phone("en").get(f"/staff/invited/{key}"),
        world.phone("en").post(f"/staff/invited/{key}", data={"password": PASSWORD}),
    ):
        assert answer.status_code == 410
        assert "This link has been used" in answer.text


def test_a_short_password_is_asked_for_again(world: World) -> None:
    answer = world.phone("ru").post(f"/staff/invited/{invite(world)}", data={"password": "short"})
    assert answer.status_code == 400
    assert "В пароле от 10 до 200 знаков." in answer.text


@pytest.mark.parametrize(
    ("name", "password"), [("Marat", "a wrong password"), ("Nobody", PASSWORD), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_apart_by_nobody(
    world: World, name: str, password: str
) -> None:
    signed_in(world)
    answer = world.phone("en").post("/staff/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 403
    assert "The name or the password is wrong." in answer.text
    assert "Set-Cookie" not in answer.headers


def test_after_some_failures_one_has_to_wait_and_the_right_password_waits_too(
    world: World,
) -> None:
    signed_in(world)
    phone = world.phone("en")
    for _ in range(6):
        answer = phone.post("/staff/sign-in", data={"name": "Marat", "password": "wrong"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Too many attempts. Wait" in answer.text
    answer = phone.post("/staff/sign-in", data={"name": "Marat", "password": PASSWORD})
    assert answer.status_code == 429


def test_signing_in_leads_where_one_wanted_to_go_but_never_to_another_site(world: World) -> None:
    signed_in(world)
    phone = world.phone("en")
    answer = phone.get("/lead/7")
    assert answer.headers["Location"] == "/staff/sign-in?to=/lead/7"
    form = {"name": "marat", "password": PASSWORD}
    answer = phone.post("/staff/sign-in", data=form | {"to": "/lead/7"})
    assert answer.headers["Location"] == "/lead/7"
    answer = phone.post("/staff/sign-in", data=form | {"to": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/lead/"


@pytest.mark.parametrize("to", ["", "/lead/", "/lead/7", "/lead", "/staff/", "//elsewhere/"])
def test_an_editor_is_led_to_a_page_that_is_hers_wherever_she_wished_to_go(
    world: World, to: str
) -> None:
    signed_in(world, "Zhanar", Role.EDITOR)
    phone = world.phone("en")
    form = {"name": "Zhanar", "password": PASSWORD, "to": to}
    answer = phone.post("/staff/sign-in", data=form)
    assert answer.headers["Location"] == "/staff/"
    page = phone.get("/staff/")
    assert page.status_code == 200
    assert "Signed in: Zhanar" in page.text
    found = re.search(r'name="form_key" value="([0-9a-f]{32})"', page.text)
    assert found is not None
    answer = phone.post("/staff/sign-out", data={"form_key": found[1]})
    assert answer.headers["Location"] == "/staff/sign-in"


def test_an_editor_whose_password_was_just_set_is_led_to_her_page(world: World) -> None:
    key = invite(world, "Zhanar", Role.EDITOR)
    answer = world.phone("en").post(f"/staff/invited/{key}", data={"password": PASSWORD})
    assert answer.headers["Location"] == "/staff/"


def test_an_editor_goes_on_to_a_page_that_is_open_to_all(world: World) -> None:
    signed_in(world, "Zhanar", Role.EDITOR)
    form = {"name": "Zhanar", "password": PASSWORD, "to": "/kk/stops/alash"}
    answer = world.phone("en").post("/staff/sign-in", data=form)
    assert answer.headers["Location"] == "/kk/stops/alash"


def test_the_page_of_the_house_leads_a_guide_to_the_tours_and_a_stranger_to_the_door(
    world: World,
) -> None:
    assert signed_in(world).get("/staff/").headers["Location"] == "/lead/"
    assert world.phone().get("/staff/").headers["Location"].startswith("/staff/sign-in")


def test_every_role_has_a_page_that_it_may_open(world: World) -> None:
    for role in Role:
        phone = signed_in(world, f"A {role}", role)
        assert phone.get("/staff/", follow_redirects=True).status_code == 200


def test_a_name_that_ends_in_a_full_stop_is_welcomed_with_one(world: World) -> None:
    key = invite(world, "Aigul S.")
    for language in ("kk", "ru", "en"):
        said = world.phone(language).get(f"/staff/invited/{key}").text
        assert "Aigul S. " in said
        assert "Aigul S.." not in said


def test_a_stolen_cookie_opens_nothing_once_its_owner_has_signed_out(world: World) -> None:
    phone = signed_in(world)
    stolen = phone.get_cookie("session")
    assert stolen is not None
    answer = phone.post("/staff/sign-out", data={"form_key": form_key(phone)})
    assert answer.headers["Location"] == "/staff/sign-in"
    thief = world.phone("en")
    thief.set_cookie("session", stolen.value)
    assert thief.get("/lead/").status_code == 303


def test_a_form_of_another_site_does_nothing(world: World) -> None:
    phone = signed_in(world)
    for data in ({}, {"form_key": ""}, {"form_key": "0" * 32}, {"form_key": "ключ"}):
        assert phone.post("/lead/", data={"tour": "short", **data}).status_code == 403
        assert phone.post("/staff/sign-out", data=data).status_code == 403
    assert phone.get("/lead/").status_code == 200


def test_the_wrong_role_is_told_so_kindly(world: World) -> None:
    editor = signed_in(world, "Zhanar", Role.EDITOR)
    answer = editor.get("/lead/")
    assert answer.status_code == 403
    assert "This part is for the museum" in answer.text
    assert 'href="/staff/"' in answer.text  # and there she can do something, or sign out


def test_a_script_is_told_by_status_that_one_has_to_sign_in(world: World) -> None:
    answer = world.phone("en").get("/lead/1/state", headers={"Accept": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("address", ["/staff/sign-in", "/lead/", "/staff/invited/x"])
def test_what_is_private_is_never_stored_and_never_found(world: World, address: str) -> None:
    phone = signed_in(world)
    answer = phone.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    links = [each for each in Markup(answer.text).elements if each.tag == "link"]
    assert not [each for each in links if each.get("rel") in ("canonical", "alternate")]
    assert "noindex" in answer.text


def test_what_is_typed_comes_back_harmless(world: World) -> None:
    name = '"><script>alert(1)</script>'
    answer = world.phone("en").post("/staff/sign-in", data={"name": name, "password": "x"})
    assert "<script>alert" not in answer.text
