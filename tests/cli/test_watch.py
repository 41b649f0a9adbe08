"""What stands in the way of a start, or of a running guide, and how it goes on by itself."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from audioguide.cli import reserve, trouble
from audioguide.cli.opening import Opened, open_guide
from audioguide.cli.terminal import Terminal
from audioguide.cli.watch import Watch
from audioguide.errors import DISK_IS_FULL
from audioguide.languages import Language
from audioguide.models import Narration, State
from audioguide.services import publishing
from audioguide.services.narrations import kept_reason
from audioguide.storage import FolderStore
from museum import World
from photographs import CAPTION, photograph
from started import until

TERMINAL = Terminal(Language.EN)


class FullStore(FolderStore):
    """A store on a disk without room."""

    is_full = True

    def keep(self, content: bytes, kind: str) -> str:
        if self.is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().keep(content, kind)


def opened(world: World) -> Opened:
    return Opened(world.settings, world.database, world.store)


def watch(world: World) -> Watch:
    made = Watch(opened(world), TERMINAL)
    made.begin()
    return made


def text_of(world: World) -> str:
    return world.phone().get("/en/stops/alash").get_data(as_text=True)


@contextmanager
def held(world: World) -> Iterator[None]:
    other = sqlite3.connect(world.settings.data / "guide.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_a_start_beside_a_held_lock_says_so_once_and_goes_on_when_it_is_free(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.edit("stops/1-alash/en.md", "People are", "Poets are")
    with held(world):
        made = watch(world)
        for _ in range(3):
            time.sleep(0.5)
            made.look()
        assert "People are" in text_of(world)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("Another program holds the database (database is locked).")
    until(lambda: made.look() or "Poets are" in text_of(world))


def test_a_schema_that_is_up_to_date_asks_for_no_lock(world: World) -> None:
    with held(world):
        guide = open_guide(world.settings)
        with guide.database.reading() as session:
            assert publishing.edition_number(session) > 0
    guide.database.close()


def test_an_older_schema_says_what_it_waits_for(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.opening._SCHEMA_SECONDS", 1.5)
    with sqlite3.connect(world.settings.data / "guide.sqlite3") as old:
        old.execute("UPDATE alembic_version SET version_num = '0008'")
    old.close()
    with held(world), pytest.raises(OperationalError, match="locked"):
        open_guide(world.settings, TERMINAL)
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.startswith("The database must be brought to a new form")


@pytest.mark.parametrize("where", ["museum.toml", "stops/1-alash/en.md"])
def test_a_start_beside_a_file_that_cannot_be_read_keeps_the_old_words(
    world: World, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    (world.media / where).unlink()
    os.mkfifo(world.media / where)
    watch(world)
    named, old = capsys.readouterr().err.splitlines()
    assert named.startswith(f"media/{where}:1: The file cannot be read: it is a pipe")
    assert old == "The old words stay until this is mended."
    assert "People are" in text_of(world)


def test_a_start_beside_a_broken_text_brings_in_what_is_whole_and_says_when_it_is_mended(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.edit("stops/1-alash/en.md", "People are", "People <b>are")
    world.edit("stops/1-alash/ru.md", "# Лидеры", "# Наши лидеры")
    made = watch(world)
    named, old = capsys.readouterr().err.splitlines()
    assert named.startswith("media/stops/1-alash/en.md:")
    assert old == "The old words stay until this is mended."
    assert "People are" in text_of(world)
    assert "Наши лидеры" in world.phone("ru").get("/ru/stops/alash").get_data(as_text=True)
    world.edit("stops/1-alash/en.md", "People <b>are", "People are")
    until(lambda: made.look() or " Mended: 1 alash en\n" in capsys.readouterr().out)


def test_what_stays_broken_is_tried_again_and_said_once(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.watch._TRIED_AGAIN_SECONDS", 0.1)
    world.edit("stops/1-alash/en.md", "People are", "People <b>are")
    made = watch(world)
    for _ in range(4):
        time.sleep(0.5)
        made.look()
    assert capsys.readouterr().err.count("\n") == 2
    world.edit("stops/1-alash/en.md", "People <b>are", "Poets <i>are")
    until(lambda: made.look() or "<i>" in capsys.readouterr().err)


def test_a_museum_toml_that_becomes_a_pipe_is_named_once_and_texts_go_through(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.watch._TRIED_AGAIN_SECONDS", 0.1)
    made = watch(world)
    (world.media / "museum.toml").rename(world.folder / "away")
    os.mkfifo(world.media / "museum.toml")
    world.edit("stops/1-alash/en.md", "People are", "Poets are")
    until(lambda: made.look() or "Poets are" in text_of(world))
    for _ in range(2):
        time.sleep(0.5)
        made.look()
    assert capsys.readouterr().err.count("museum.toml:1: The file cannot be read") == 1
    (world.media / "museum.toml").unlink()
    (world.folder / "away").rename(world.media / "museum.toml")
    until(lambda: made.look() or "Mended: media/museum.toml" in capsys.readouterr().out)


def test_a_start_without_the_pack_keeps_the_old_words(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.media.rename(world.folder / "away")
    watch(world)
    assert "The old words stay" in capsys.readouterr().err


def test_a_text_that_becomes_a_pipe_and_a_text_again_is_read_again(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = watch(world)
    path = world.media / "stops/1-alash/en.md"
    words = path.read_text("utf-8")
    path.unlink()
    os.mkfifo(path)
    until(lambda: made.look() or "it is a pipe" in capsys.readouterr().err)
    path.unlink()
    path.write_text(words.replace("People are", "Poets are"), "utf-8")
    until(lambda: made.look() or "Poets are" in text_of(world))


def test_a_recording_that_cannot_be_read_is_named_once(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(world.media / "stops/1-alash/kk.take.mp3")
    made = watch(world)
    (world.media / "stops/1-alash/ru.take.mp3").touch()
    said = ""

    def empty_is_said() -> bool:
        nonlocal said
        made.look()
        out, err = capsys.readouterr()
        said += err + out
        return "1 alash ru: ru.take.mp3 is empty." in said

    until(empty_is_said)
    for _ in range(4):
        time.sleep(0.5)
        empty_is_said()
    assert said.count("kk.take.mp3: The file cannot be read: it is a pipe") == 1
    assert said.count("The old words stay until this is mended.") == 1
    assert said.count("ru.take.mp3 is empty.") == 1


def test_a_recording_that_is_long_on_its_way_is_not_said_to_be_left_out(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = watch(world)
    path = world.media / "stops/1-alash/kk.take.mp3"
    for _ in range(8):
        with path.open("ab") as file:
            file.write(b"\0" * 1000)
        time.sleep(0.5)
        made.look()
    assert "kk.take.mp3" not in capsys.readouterr().out
    until(lambda: made.look() or "received: 1 alash kk" in capsys.readouterr().out)


def test_a_database_that_vanished_is_made_again_from_the_texts(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = watch(world)
    for path in world.settings.data.glob("guide.sqlite3*"):
        path.unlink()
    phone = world.app().test_client()
    assert phone.get("/readyz").status_code == 503
    assert not list(world.settings.data.glob("guide.sqlite3"))  # no reader makes an empty one
    until(lambda: made.look() or phone.get("/readyz").status_code == 200)
    assert "People are" in text_of(world)
    assert capsys.readouterr().out.count("The database was gone") == 1


def test_pictures_without_room_wait_for_it_and_the_start_goes_on(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("kk", "ru", "en"):
        path = world.media / f"stops/1-alash/picture.{language}.txt"
        path.write_text(CAPTION.format(language=language), "utf-8")
    photograph(640, 480).save(world.media / "stops/1-alash/picture.jpg")
    store = FullStore(world.settings.store)
    made = Watch(replace(opened(world), store=store), TERMINAL)
    made.begin()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("The disk is full.")
    assert "People are" in text_of(world)
    store.is_full = False
    until(lambda: made.look() or "/picture/" in text_of(world) or ".webp" in text_of(world))


def test_what_failed_for_want_of_room_is_wanted_again_by_itself(
    spoken_world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with spoken_world.database.writing() as session:
        failed = update(Narration).where(Narration.language == "en")
        session.execute(failed.values(state=State.FAILED, reason=kept_reason(DISK_IS_FULL)))
        other = update(Narration).where(Narration.language == "kk")
        session.execute(other.values(state=State.FAILED, reason=kept_reason("Another reason.")))
    made = watch(spoken_world)

    def states(language: str) -> set[str]:
        with spoken_world.database.reading() as session:
            query = select(Narration.state).where(Narration.language == language)
            return {str(each) for each in session.scalars(query)}

    until(lambda: made.look() or states("en") == {"wanted"})
    assert states("kk") == {"failed"}
    assert "There is room again" in capsys.readouterr().out


def test_nothing_that_goes_wrong_ends_the_watch(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watch(world)

    def too_deep(_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("audioguide.services.watching.pack_stamp", too_deep)
    until(lambda: made.look() or "RecursionError: too deep" in capsys.readouterr().err)


def test_the_folder_of_the_history_is_never_to_be_moved_away(world: World) -> None:
    with held(world), pytest.raises(OperationalError) as raised, world.database.alone(0):
        pass
    error = raised.value
    for words in (trouble.database_problem(error), trouble.in_words(error, world.settings)):
        assert "move" not in str(words)


def test_a_megabyte_is_put_by_for_the_day_on_which_the_disk_is_full(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_guide(world.settings).database.close()
    put_by = world.settings.data / reserve.NAME
    assert put_by.stat().st_size == 1 << 20
    reserve.give_up_if_full(world.settings)
    assert put_by.exists()
    monkeypatch.setattr(trouble, "free_bytes", lambda _: 0)
    open_guide(world.settings).database.close()
    assert not put_by.exists()


def test_a_start_on_a_full_disk_shows_what_there_is_and_goes_on_when_there_is_room(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.edit("stops/1-alash/en.md", "People are", "Poets are")
    free = [1_000_000]
    monkeypatch.setattr(trouble, "free_bytes", lambda _: free[0])
    made = watch(world)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("The disk is full.")
    assert "Make room where" in said
    assert "People are" in text_of(world)
    free[0] = 100_000_000
    until(lambda: made.look() or "Poets are" in text_of(world))
