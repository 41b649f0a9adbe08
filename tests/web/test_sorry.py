from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from markup import Markup
from museum import World


@pytest.fixture
def broken(world: World) -> FlaskClient:
    """A phone whose guide has lost a table of its database."""
    with world.database.writing() as session:
        session.execute(text("ALTER TABLE transcript RENAME TO lost"))
    app = world.app()
    app.testing = False  # as visitors have it
    return app.test_client()


def test_a_failure_is_told_kindly_in_the_language_of_the_page(broken: FlaskClient) -> None:
    answer = broken.get("/en/stops/alash")
    page = Markup(answer.text)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert page.one("h1").text == "The audio guide is busy just now"
    assert "once more in a few seconds" in page.one("main").text
    assert page.one("html")["lang"] == "en"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failure_tells_nothing_of_its_cause(broken: FlaskClient) -> None:
    answer = broken.get("/en/stops/alash")
    for word in ("Traceback", "sqlite", "transcript", ".py"):
        assert word not in answer.text


def test_a_failure_under_the_api_is_json(broken: FlaskClient) -> None:
    answer = broken.get("/api/v1/stops")
    assert (answer.status_code, answer.content_type) == (503, "application/json")
    assert list(answer.get_json()) == ["error"]
    assert "sqlite" not in answer.text


def test_what_the_database_refuses_is_told_kindly_and_logged_whole(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    app = world.app()
    app.testing = False
    with world.database.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER stuck BEFORE INSERT ON sign_in_delay "
                "BEGIN SELECT RAISE(ABORT, 'a rule of ours'); END"
            )
        )
    answer = app.test_client().post("/staff/sign-in", data={"name": "Aigul", "password": "wrong"})
    assert answer.status_code == 503
    assert "a rule of ours" not in answer.text
    assert "Traceback" in caplog.text


def test_even_without_any_database_the_failure_is_told(world: World) -> None:
    app = world.app(DATABASE_URL=f"sqlite:///{world.folder}/nowhere/guide.sqlite3")
    app.testing = False
    for address in ("/", "/kk/", "/Q/11RR1", "/kk/number?number=1"):
        answer = app.test_client().get(address)
        assert answer.status_code == 503
        assert Markup(answer.text).one("h1").text
    assert Markup(app.test_client().get("/nothing").text).one("h1").text == "Мұндай бет жоқ"
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/readyz").get_json() == {"ok": False}
    assert app.test_client().get("/healthz").get_json() == {"ok": True}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_meant_is_refused_with_those_that_are(
    world: World, method: str
) -> None:
    answer = world.phone("en").open("/kk/", method=method)
    assert answer.status_code == 405
    assert {each.strip() for each in answer.headers["Allow"].split(",")} == {
        "GET",
        "HEAD",
        "OPTIONS",
    }
    assert Markup(answer.text).one("h1")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_there_under_the_api_is_json(world: World, method: str) -> None:
    answer = world.phone().open("/api/nothing", method=method)
    assert (answer.status_code, answer.content_type) == (404, "application/json")
    assert list(answer.get_json()) == ["error"]


def test_a_refused_method_under_the_api_is_json(world: World) -> None:
    answer = world.phone().post("/api/v1/stops")
    assert (answer.status_code, answer.content_type) == (405, "application/json")


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/ru/nothing", "ru"),
        ("/en/stops/nothing", "en"),
        ("/rubbish", "kk"),  # begins like a language, and is none
        ("/england", "kk"),
        ("/nothing", "kk"),
        ("/ru-RU/", "ru"),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_the_address(
    world: World, address: str, language: str
) -> None:
    assert Markup(world.phone("kk").get(address).text).one("html")["lang"] == language


def test_what_is_not_there_offers_the_keypad(world: World) -> None:
    answer = world.phone().get("/ru/stops/nothing")
    assert answer.status_code == 404
    assert Markup(answer.text).one("form")["action"] == "/ru/number"


def test_a_ready_guide_says_so(world: World) -> None:
    answer = world.phone().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"ok": True})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_guide_without_content_is_not_ready(world: World) -> None:
    empty = World(world.folder / "empty")
    try:
        answer = empty.phone().get("/readyz")
        assert (answer.status_code, answer.get_json()) == (503, {"ok": False})
    finally:
        empty.close()
