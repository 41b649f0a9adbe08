"""Somebody holds the database's write lock: reading goes on, and what would write says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from audioguide.roles import Role
from audioguide.services.groups import joining, leading
from audioguide.services.staff import signing_in
from museum import World

pytestmark = pytest.mark.thorough

PASSWORD = "three quiet words"
PAGES = (
    "/",
    "/kk/",
    "/en/stops/alash",
    "/en/stops/famine",
    "/en/number?number=1",
    "/en/museum",
    "/Q/24VRB",
    "/api/v1/stops",
    "/nothing",
    "/staff/sign-in",
    "/healthz",
    "/readyz",
)


@pytest.fixture
def guide(world: World) -> FlaskClient:
    """A guide who is signed in, and was last seen long enough ago to be noted anew."""
    phone = world.phone("en")
    with world.database.writing() as session:
        key = signing_in.add(session, "Marat", Role.GUIDE)
    assert phone.post(f"/staff/invited/{key}", data={"password": PASSWORD}).status_code == 303
    with world.database.alone() as connection:
        connection.exec_driver_sql("UPDATE signed_in SET seen_at = datetime(seen_at, '-2 minutes')")
    return phone


@pytest.fixture
def locked(world: World, guide: FlaskClient) -> Iterator[None]:
    """Hold the write lock as another program would, for the length of a test."""
    assert guide is not None
    holder = sqlite3.connect(world.settings.data / "guide.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    yield
    holder.execute("ROLLBACK")
    holder.close()


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize("path", PAGES)
def test_every_page_can_be_read(world: World, path: str) -> None:
    assert world.phone("en").get(path).status_code in (200, 302, 303, 404)


@pytest.mark.usefixtures("locked")
def test_a_guide_reads_her_pages(guide: FlaskClient) -> None:
    assert guide.get("/lead/").status_code == 200


@pytest.mark.usefixtures("locked")
def test_a_page_whose_sound_is_wanted_lets_the_wish_go(world: World) -> None:
    page = world.phone("en").get("/en/stops/alash")
    assert page.status_code == 200
    with world.database.reading() as session:
        asked = session.connection().exec_driver_sql(
            "SELECT count(*) FROM narration WHERE asked_at IS NOT NULL"
        )
        assert asked.scalar_one() == 0


@pytest.mark.usefixtures("locked")
def test_what_must_be_written_says_that_it_was_not(world: World, guide: FlaskClient) -> None:
    signing = {"name": "Marat", "password": PASSWORD}
    for answer in (
        world.phone("ru").post("/staff/sign-in", data=signing),
        world.phone("ru").post("/staff/sign-in", data=signing | {"password": "wrong"}),
        guide.post("/lead/", data={"tour": "short", "form_key": key_of(guide)}),
    ):
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
    assert "Аудиогид сейчас занят" in world.phone("ru").post("/staff/sign-in", data=signing).text


@pytest.mark.usefixtures("locked")
def test_an_invitation_that_could_not_be_used_stands_in_no_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    answer = world.phone("en").post("/staff/invited/AVerySecretKey", data={"password": PASSWORD})
    assert answer.status_code == 503
    assert caplog.records
    assert "AVerySecretKey" not in caplog.text


def test_a_fault_of_ours_writes_no_address_and_no_parameter_into_the_log(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(signing_in, "invited", fail)
    app = world.app()
    app.testing = False
    answer = app.test_client().get("/staff/invited/AVerySecretKey")
    assert answer.status_code == 500
    assert "/staff/invited/<key>" in caplog.text
    assert "AVerySecretKey" not in caplog.text


def test_counts_of_phones_are_let_go_while_somebody_writes(world: World) -> None:
    with world.database.writing() as session:
        key = signing_in.add(session, "Marat", Role.GUIDE)
        signing_in.accept(session, key, PASSWORD)
        guide_id = 1  # the first that was added
        group_id = leading.start(session, guide_id, "short")
        group = leading.groups_of(session, guide_id)[0]
        assert group.id == group_id
        state = joining.state_of(session, group)
    phone = world.phone("en")
    report = {"phone": "a" * 12, "language": "en", "in_step": True}
    with world.database.writing():
        answer = phone.post(f"/live/{state.key}/here", json=report)
    assert answer.status_code == 204


def key_of(phone: FlaskClient) -> str:
    return phone.get("/lead/").text.partition('name="form_key" value="')[2][:32]
