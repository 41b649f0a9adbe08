"""A look at a stop before visitors see it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from audioguide.roles import Role
from audioguide.services.staff import signing_in
from markup import Markup
from museum import ALASH, SPARE, World
from photographs import add_picture

TEXT = "# {}\n\n> Mind the step.\n\nHis book is here. Read one line.\n\n## Sources\n- a shelf\n"


@pytest.fixture
def waiting(world: World) -> World:
    """A world whose stop 101 is not published, with texts in Kazakh and English."""
    folder = world.media / "stops/101-baitursynuly"
    folder.mkdir(exist_ok=True)
    (folder / "kk.md").write_text(TEXT.format("Ахмет Байтұрсынұлы"), encoding="utf-8")
    (folder / "en.md").write_text(TEXT.format("Akhmet Baitursynuly"), encoding="utf-8")
    world.bring()
    return world


def signed_in(world: World, role: Role) -> FlaskClient:
    phone = world.phone("en")
    with world.database.writing() as session:
        key = signing_in.add(session, "Aigul", role)
    phone.post(f"/staff/invited/{key}", data={"password": "three quiet words"})
    return phone


@pytest.mark.parametrize("role", list(Role))
def test_staff_see_a_stop_that_no_visitor_sees(waiting: World, role: Role) -> None:
    phone = signed_in(waiting, role)
    answer = phone.get(f"/staff/preview/{SPARE}/en")
    page = Markup(answer.text)
    assert answer.status_code == 200
    assert "Akhmet Baitursynuly" in page.one("h1").text
    assert "His book is here." in page.one("article").text
    assert "the stop is not published" in page.one("p", role="note").text
    assert page.one("html")["lang"] == "en"
    for visitor in ("/en/stops/baitursynuly", f"/Q/{SPARE}", "/en/number?number=101"):
        assert waiting.phone("en").get(visitor).status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_stranger_is_shown_to_the_door(waiting: World, language: str) -> None:
    answer = waiting.phone("en").get(f"/staff/preview/{SPARE}/{language}")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (
        303,
        "/staff/sign-in",
    )
    assert "Baitursynuly" not in answer.text


def test_a_preview_is_never_kept_and_never_found(waiting: World) -> None:
    answer = signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{SPARE}/en")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Audioguide-Keep" not in "".join(answer.headers.keys())
    page = Markup(answer.text)
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert not page.all("link", rel="canonical")
    stranger = waiting.phone("en").get(f"/staff/preview/{SPARE}/en")
    assert stranger.status_code == 303


def test_a_preview_leads_to_itself_in_other_languages(waiting: World) -> None:
    page = Markup(signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{SPARE}/en").text)
    ways = {each["href"] for each in page.all("a") if each.get("hreflang")}
    assert f"/language/kk?to=/staff/preview/{SPARE}/kk" in ways


def test_a_language_without_a_text_is_not_there_yet(waiting: World) -> None:
    phone = signed_in(waiting, Role.EDITOR)
    assert phone.get(f"/staff/preview/{SPARE}/kk").status_code == 200
    answer = phone.get(f"/staff/preview/{SPARE}/ru")
    page = Markup(answer.text)
    assert answer.status_code == 404
    assert page.one("h1").text == "На этом языке текста ещё нет"
    ways = {each["href"] for each in page.all("a") if each.get("hreflang")}
    assert f"/language/kk?to=/staff/preview/{SPARE}/kk" in ways
    assert page.all("a", href="/staff/")


def test_a_section_leads_to_itself_and_back_to_her_own_page(waiting: World) -> None:
    waiting.edit("museum.toml", 'kind = "portrait"', 'kind = "section"')
    waiting.bring()
    page = Markup(signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{SPARE}/en").text)
    (here,) = [each for each in page.all("a") if "ol" in each.around and each.get("aria-current")]
    assert here["href"] == f"/staff/preview/{SPARE}/en"
    assert "section 3 of 3" in page.one("main").text
    assert page.all("a", href="/staff/")


def test_a_code_is_understood_as_a_hand_types_it(waiting: World) -> None:
    phone = signed_in(waiting, Role.EDITOR)
    assert phone.get(f"/staff/preview/{SPARE.lower()}/en").status_code == 200


@pytest.mark.parametrize("code", ["0", "00000", "%00", "x" * 500, "..%2f..", "7K2MX"])
def test_a_code_that_was_never_given_is_not_there(waiting: World, code: str) -> None:
    assert signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{code}/en").status_code == 404


def test_a_published_stop_is_where_visitors_find_it(waiting: World) -> None:
    answer = signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{ALASH}/ru")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ru/stops/alash")


def test_a_closed_stop_says_so(waiting: World) -> None:
    text = (waiting.media / "museum.toml").read_text(encoding="utf-8")
    block = re.search(r"\[\[stop\]\]\nnumber = 101\n.*?published = false\n", text, re.DOTALL)
    assert block is not None
    (waiting.media / "museum.toml").write_text(text.replace(block[0], ""), encoding="utf-8")
    waiting.bring()
    answer = signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{SPARE}/en")
    assert answer.status_code == 410


def test_a_preview_shows_the_picture(waiting: World) -> None:
    add_picture(waiting.media / "stops/101-baitursynuly")
    waiting.bring()
    page = Markup(signed_in(waiting, Role.EDITOR).get(f"/staff/preview/{SPARE}/en").text)
    assert page.one("img")["src"].startswith("/picture/")


def test_an_editor_finds_what_waits_on_her_page(waiting: World) -> None:
    page = Markup(signed_in(waiting, Role.EDITOR).get("/staff/").text)
    ways = [each["href"] for each in page.all("a") if "/preview/" in each["href"]]
    assert ways == [f"/staff/preview/{SPARE}/kk", f"/staff/preview/{SPARE}/en"]


def test_a_stop_without_any_text_is_named_too(world: World) -> None:
    page = Markup(signed_in(world, Role.EDITOR).get("/staff/").text)
    assert "No text yet: baitursynuly" in page.one("main").text
