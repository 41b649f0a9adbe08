"""The lane before the real pages: what is kept, and that nothing stale is ever shown."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from audioguide.app import create_app
from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, State, Stop, Transcript
from audioguide.services import editions
from audioguide.services.narration import plan, queue, take_intake, take_processing
from audioguide.services.narration.scope import EVERYTHING
from audioguide.services.narration.take_processing import Recorded
from audioguide.web.visitor import stops
from audioguide.web.warming import addresses
from conftest import Date
from museum import ALASH, THREE, World
from started import until

pytestmark = pytest.mark.thorough

PAGES = (
    "/kk/",
    "/ru/stops/alash",
    "/en/stops/famine",
    "/en/tours/short",
    "/kk/tours/short/famine",
    "/kk/museum",
    "/ru/number",
    "/icon.svg",
    "/api/v1/stops",
    f"/api/v1/stops/{ALASH}",
    "/api/v1/tours",
    "/api/v1/museum",
    "/api/openapi.json",
)
NOT_KEPT = (
    "/",
    "/kk",
    "/kk/number?number=1",
    "/kk/number?number=77",
    "/ru/stops/alash?from=poster",
    "/ru/stops/nothing",
    "/nothing",
    f"/Q/{ALASH}",
    "/Q/ZZZZZ",
    "/language/ru",
    "/api/v1/stops/ZZZZZ",
    "/healthz",
    "/readyz",
)


def phone_of(app: Flask) -> FlaskClient:
    return app.test_client()


def count_rendered(app: Flask) -> list[str]:
    rendered: list[str] = []

    @app.before_request
    def note() -> None:
        rendered.append(request.path)

    return rendered


@pytest.fixture
def spoken(spoken_world: World) -> World:
    return spoken_world


@pytest.mark.parametrize("path", PAGES)
def test_what_is_the_same_for_everybody_is_rendered_once(spoken: World, path: str) -> None:
    app = spoken.app()
    rendered = count_rendered(app)
    answers = [phone_of(app).get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert rendered == [path]
    assert answers[0].headers == answers[2].headers
    assert answers[0].headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", PAGES)
def test_what_is_kept_is_really_the_same_for_everybody(spoken: World, path: str) -> None:
    russian = spoken.phone("ru", BASE_URL="https://guide.museum.kz")
    english = spoken.phone("en", BASE_URL="https://guide.museum.kz")
    english.set_cookie("language", "en")
    english.environ_base["HTTP_USER_AGENT"] = "a small phone"
    first, second = russian.get(path), english.get(path, base_url="http://inside:8000")
    assert (first.data, first.headers) == (second.data, second.headers)


@pytest.mark.parametrize("path", NOT_KEPT)
def test_what_depends_on_who_asks_is_never_kept(spoken: World, path: str) -> None:
    app = spoken.app()
    rendered = count_rendered(app)
    for _ in range(2):
        phone_of(app).get(path)
    assert len(rendered) == 2


@pytest.mark.parametrize("path", ["/", *PAGES])
@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_every_page_goes_out_compressed(spoken: World, path: str, coding: str) -> None:
    phone = spoken.phone()
    plain = phone.get(path)
    answer = phone.get(path, headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert len(answer.data) < len(plain.data)
    assert answer.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_the_welcome_puts_each_phones_language_first(spoken: World) -> None:
    app = spoken.app()
    for language in LANGUAGES:
        page = phone_of(app).get("/", headers={"Accept-Language": language}).text
        assert f'<html lang="{language}"' in page


def test_cues_are_kept_compressed_and_sound_is_not_kept(spoken: World) -> None:
    app = spoken.app()
    rendered = count_rendered(app)
    sound = phone_of(app).get("/api/v1/stops").get_json()["stops"][1]["audio"]["ru"]
    cues, recording = (sound[name].removeprefix("http://localhost") for name in ("cues_url", "url"))
    rendered.clear()
    for _ in range(2):
        answer = phone_of(app).get(cues)
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Vary" not in phone_of(app).get(recording).headers
    assert rendered == [cues, recording, recording]


def test_a_stop_without_its_sound_is_not_kept_and_each_visitor_asks_for_it(world: World) -> None:
    app = world.app()
    rendered = count_rendered(app)
    for _ in range(2):
        phone_of(app).get("/kk/stops/memorial-hall")
    assert len(rendered) == 2
    claimed = world.claim()
    assert claimed is not None
    assert claimed.stop == "14 memorial-hall"
    world.keep(claimed)
    for _ in range(2):
        assert "<audio" in phone_of(app).get("/kk/stops/memorial-hall").text
    assert len(rendered) == 3


def test_the_museum_is_not_shown_open_after_it_has_closed(world: World, date: Date) -> None:
    """The hours are looked at on the minute: no answer is kept beyond it."""
    evening = datetime(2026, 1, 5, 12, 59, 42, tzinfo=UTC)  # 17:59:42 in Shymkent
    date.move(seconds=evening.timestamp() - time.time())
    with world.app().test_request_context("/en/museum"):
        answer = stops.museum(Language("en"))
    assert "Open now, until 18:00." in answer.get_data(as_text=True)
    assert answer.headers["Audioguide-Seconds"] in ("17", "18")


# Everything that a visitor may see change, each as its door does it.


def correct_a_text(world: World) -> None:
    world.edit("stops/1-alash/ru.md", "Не торопитесь", "Не спешите")
    world.bring()


def change_the_hours(world: World) -> None:
    world.edit("museum.toml", 'closes = "18:00"', 'closes = "23:59"')
    world.bring()


def shorten_the_tour(world: World) -> None:
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [1, 14]")
    world.bring()


def publish_a_stop_no_more(world: World) -> None:
    world.edit(
        "museum.toml",
        'kind = "section"\nhall = "exposition"\n\n[[stop]]\nnumber = 14',
        'kind = "section"\nhall = "exposition"\npublished = false\n\n[[stop]]\nnumber = 14',
    )
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [0, 14]")
    world.bring()


def finish_a_narration(world: World) -> None:
    claimed = world.claim()
    assert claimed is not None
    world.keep(claimed)


def fail_a_narration(world: World) -> None:
    while (claimed := world.claim()) is not None:
        with world.database.writing() as session:
            queue.fail(session, claimed, "No voice.")


def give_up_a_narration(world: World) -> None:
    with world.database.writing() as session:
        session.execute(
            update(Narration).values(
                state=State.SPEAKING,
                attempts=9,
                claimed_by="gone",
                claimed_until=datetime(2020, 1, 1),
            )
        )
    with world.database.writing() as session:
        assert queue.give_up_hopeless(session)


def try_the_failed_again(world: World) -> None:
    fail_a_narration(world)
    with world.database.writing() as session:
        assert plan.want_failed_again(session, EVERYTHING)


def make_everything_again(world: World) -> None:
    fail_a_narration(world)
    with world.database.writing() as session:
        assert plan.want_again_all(session, EVERYTHING)


def lose_the_sound(world: World) -> None:
    world.speak_all()
    for path in world.store.folder.glob("*.mp3"):
        path.unlink()
    with world.database.writing() as session:
        assert plan.repair(session, world.store)


def hear_a_recording(world: World) -> None:
    language, made = Language("en"), b"what a person said"
    recorded = Recorded(
        sound=world.store.keep(made, "mp3"),
        webm=world.store.keep(made, "webm"),
        cues=world.store.keep(b"WEBVTT\n", "vtt"),
        size_bytes=len(made),
        webm_size_bytes=len(made),
        duration_ms=2_000,
        loudness_before_lufs=-30.0,
        loudness_lufs=-16.0,
        sentences=1,
        doubts=(),
        notes=(),
    )
    with world.database.writing() as session:
        stop_id = session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()
        reading = take_processing.reading_of(session, stop_id, language, "0.wav", "en.take.wav")
        take_processing.put(session, stop_id, reading, recorded)


def receive_a_recording(world: World) -> None:
    fail_a_narration(world)  # the page promises no sound
    (world.media / "stops/0-welcome/en.take.wav").write_bytes(b"a person's voice")
    takes = take_intake.takes_store(world.settings.data)
    with world.database.writing() as session:
        received = take_intake.look(take_intake.places(session), world.media, takes, THREE).received
        assert take_intake.want(session, received)


def refuse_a_recording(world: World) -> None:
    receive_a_recording(world)
    with world.database.writing() as session:
        taken = take_processing.claim(session, "worker")
        assert taken is not None
        assert queue.fail(session, taken.claim, "No speech.")


CHANGES = (
    correct_a_text,
    change_the_hours,
    shorten_the_tour,
    publish_a_stop_no_more,
    finish_a_narration,
    fail_a_narration,
    give_up_a_narration,
    try_the_failed_again,
    make_everything_again,
    lose_the_sound,
    hear_a_recording,
    receive_a_recording,
    refuse_a_recording,
)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_every_page_is_as_a_fresh_process_renders_it(
    world: World, change: Callable[[World], None]
) -> None:
    world.speak_all()
    correct_a_welcome(world)  # and yet there is something left to speak
    kept = phone_of(world.app())
    pages = [
        *PAGES,
        *(f"/{each}/stops/{slug}" for each in LANGUAGES for slug in ("welcome", "alash")),
    ]
    for path in pages:
        kept.get(path)
    change(world)
    fresh = phone_of(world.app())
    for path in pages:
        then, now = kept.get(path), fresh.get(path)
        assert (then.status_code, then.text) == (now.status_code, now.text), path


def correct_a_welcome(world: World) -> None:
    for language, old, new in (("kk", "Асықпаңыз", "Асықпай"), ("en", "Take your", "Take all")):
        world.edit(f"stops/0-welcome/{language}.md", old, new)
    world.bring()


def test_a_visit_that_changes_the_queue_throws_no_page_away(spoken: World) -> None:
    app = spoken.app()
    rendered = count_rendered(app)
    phone_of(app).get("/kk/")
    rendered.clear()
    with spoken.database.writing() as session:
        session.execute(update(Narration).values(asked_at=datetime(2026, 1, 1)))
    phone_of(app).get("/kk/")
    assert rendered == []


def test_what_is_kept_is_shown_while_the_database_cannot_be_seen(
    spoken: World, caplog: pytest.LogCaptureFixture
) -> None:
    phone = spoken.phone("ru")
    page = phone.get("/ru/stops/alash").text
    file = spoken.settings.data / "guide.sqlite3"
    away = file.with_suffix(".away")
    file.rename(away)
    file.mkdir()
    assert phone.get("/ru/stops/alash").text == page
    assert phone.get("/ru/stops/alash").text == page
    assert caplog.text.count("The editions cannot be seen") == 1
    file.rmdir()
    away.rename(file)
    correct_a_text(spoken)
    assert "Не спешите" in phone.get("/ru/stops/alash").text


def test_warming_asks_for_every_page_that_can_be_kept(spoken: World) -> None:
    app = spoken.app()
    rendered = count_rendered(app)
    for path in addresses(spoken.database):
        assert phone_of(app).get(path).status_code == 200
    shown = phone_of(app).get("/api/v1/stops").get_json()["stops"]
    pages = [address for stop in shown for address in stop["page_url"].values()]
    cues = [sound["cues_url"] for stop in shown for sound in stop["audio"].values()]
    tours = [f"/{each}/tours/short/{slug}" for each in LANGUAGES for slug in ("welcome", "famine")]
    rendered.clear()
    for address in [*pages, *cues, *tours]:
        phone_of(app).get(address.removeprefix("http://localhost"))
    assert rendered == []


def test_warming_moves_no_narration_in_the_queue(world: World) -> None:
    app = world.app()
    for path in addresses(world.database):
        phone_of(app).get(path)
    with world.database.reading() as session:
        assert set(session.scalars(select(Narration.asked_at))) == {None}


# Any sequence of changes, restores and requests.


def say(world: World, words: str) -> None:
    with world.database.writing() as session:
        alash = select(Stop.id).where(Stop.slug == "alash").scalar_subquery()
        session.execute(update(Transcript).where(Transcript.stop_id == alash).values(text=words))
        editions.raise_edition(session)


def said(world: World) -> str:
    """Read with a connection of its own what the database says now."""
    with sqlite3.connect(world.settings.data / "guide.sqlite3") as connection:
        query = "SELECT t.text FROM transcript t JOIN stop s ON s.id = stop_id"
        where = "WHERE s.slug = 'alash' AND language = 'en'"
        ((words,),) = connection.execute(f"{query} {where}").fetchall()
    connection.close()
    return str(words)


def copy(world: World, to: Path) -> None:
    with sqlite3.connect(world.settings.data / "guide.sqlite3") as one, sqlite3.connect(to) as two:
        one.backup(two)
    one.close()
    two.close()


def restore_by_replacing(world: World, copied: Path) -> None:
    """Put another file in the place of the database's, while it is open."""
    file = world.settings.data / "guide.sqlite3"
    part = shutil.copy(copied, file.with_suffix(".part"))
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    os.replace(part, file)  # noqa: PTH105


def restore_in_place(world: World, copied: Path) -> None:
    """Write a copy over the database, in one transaction, as SQLite's own tools do."""
    file = world.settings.data / "guide.sqlite3"
    with sqlite3.connect(copied) as one, sqlite3.connect(file) as two:
        one.backup(two)
    one.close()
    two.close()


RESTORES = (restore_by_replacing, restore_in_place)


@pytest.mark.parametrize("restore", RESTORES)
def test_a_restore_is_seen_at_the_next_look(
    spoken: World, restore: Callable[[World, Path], None]
) -> None:
    phone = spoken.phone("en")
    say(spoken, "Before.")
    copy(spoken, spoken.folder / "copy")
    say(spoken, "After.")
    assert "After." in phone.get("/en/stops/alash").text
    restore(spoken, spoken.folder / "copy")
    assert "Before." in phone.get("/en/stops/alash").text


@pytest.mark.parametrize("restore", RESTORES)
def test_a_restored_guide_that_comes_to_the_same_number_again_is_another(
    spoken: World, restore: Callable[[World, Path], None]
) -> None:
    """Nobody asks between, so that nobody looks: the number alone would say "nothing new"."""
    phone = spoken.phone("en")
    copy(spoken, spoken.folder / "copy")
    say(spoken, "One future.")
    assert "One future." in phone.get("/en/stops/alash").text
    restore(spoken, spoken.folder / "copy")
    say(spoken, "Another future.")
    assert "Another future." in phone.get("/en/stops/alash").text


class Restored:
    """One running process, under which the data folder is replaced as a whole for each example."""

    def __init__(self, folder: Path) -> None:
        self.template, self.folder = folder / "template", folder / "world"
        made = World(self.template)
        made.bring()
        made.speak_all()
        say(made, "This is how it began.")
        made.close()
        self.begin().close()
        self.app = World.again(self.folder).app()

    def begin(self) -> World:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)
        return World.again(self.folder)


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Restored:
    return Restored(tmp_path_factory.mktemp("restored"))


STEPS = st.lists(
    st.sampled_from(["say", "copy", "replace", "in place", "ask", "visit"]),
    min_size=3,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_no_sequence_of_changes_restores_and_requests_shows_what_is_no_more(
    restored: Restored, steps: list[str]
) -> None:
    world = restored.begin()
    copied = restored.folder / "copy"
    copy(world, copied)
    for number, step in enumerate([*steps, "ask"]):
        if step == "say":
            say(world, f"This is what was said in step {number}.")
        elif step == "copy":
            copy(world, copied)
        elif step == "replace":
            restore_by_replacing(world, copied)
        elif step == "in place":
            restore_in_place(world, copied)
        elif step == "visit":
            with world.database.writing() as session:
                session.execute(text("UPDATE narration SET asked_at = '2026-01-01'"))
        else:
            assert said(world) in phone_of(restored.app).get("/en/stops/alash").text
    world.close()


def test_a_started_guide_renders_what_will_be_asked_for(spoken: World) -> None:
    app = create_app(spoken.settings, warmed=True)
    rendered = count_rendered(app)
    phone_of(app).get("/healthz")
    until(lambda: set(addresses(spoken.database)) <= set(rendered))
    until(lambda: not [each for each in threading.enumerate() if each.name == "warm"])
    rendered.clear()
    assert phone_of(app).get("/en/stops/alash").status_code == 200
    assert rendered == []
