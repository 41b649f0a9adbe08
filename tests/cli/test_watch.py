"""What stands in the way of a start, or of a running guide, and how it goes on by itself."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from audioguide import files
from audioguide.cli.room import Room
from audioguide.cli.terminal import Terminal
from audioguide.cli.watch import Watch
from audioguide.errors import DISK_IS_FULL, AskedWrongly
from audioguide.languages import Language
from audioguide.models import Narration, State
from audioguide.operations import trouble
from audioguide.operations.opening import free_to_write, open_guide
from audioguide.services.narration.scope import kept_reason
from audioguide.storage import FolderStore
from locks import held
from museum import World
from photographs import CAPTION, photograph
from started import until

pytestmark = pytest.mark.thorough

TERMINAL = Terminal(Language("en"))


class FullStore(FolderStore):
    """A store on a disk without room."""

    is_full = True

    def keep(self, content: bytes, kind: str) -> str:
        if self.is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().keep(content, kind)


def watch(world: World) -> Watch:
    made = Watch(world.opened(), TERMINAL)
    made.begin()
    return made


def look_until(made: Watch, is_so: Callable[[], object]) -> None:
    def look() -> object:
        made.look()
        return is_so()

    until(look)


def text_of(world: World) -> str:
    return world.phone().get("/en/stops/alash").get_data(as_text=True)


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
    look_until(made, lambda: "Poets are" in text_of(world))


def test_a_database_in_the_journal_of_old_is_shown_while_another_program_writes(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.database.close()
    file = world.settings.data / "guide.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")
        guide = open_guide(world.settings, TERMINAL.problem)
        made = Watch(guide, TERMINAL)
        made.begin()
        assert "Another program holds the database" in capsys.readouterr().err
        assert "People are" in text_of(world)
        other.execute("ROLLBACK")
    look_until(made, lambda: made._beginning.is_done)
    guide.database.close()


@pytest.mark.parametrize("where", ["museum.toml", "stops/1-alash/en.md"])
def test_a_start_beside_a_file_that_cannot_be_read_keeps_the_old_words(
    world: World, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    (world.media / where).unlink()
    os.mkfifo(world.media / where)
    watch(world)
    named, old = capsys.readouterr().err.splitlines()
    assert named.startswith(f"media/{where}:1: The file cannot be read: it is a pipe")
    assert old == "The old text stays until this is corrected."
    assert "People are" in text_of(world)


def test_a_start_beside_a_broken_text_brings_in_what_is_whole_and_says_when_it_is_mended(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.edit("stops/1-alash/en.md", "People are", "People <b>are")
    world.edit("stops/1-alash/ru.md", "# Лидеры", "# Наши лидеры")
    made = watch(world)
    named, old = capsys.readouterr().err.splitlines()
    assert named.startswith("media/stops/1-alash/en.md:")
    assert old == "The old text stays until this is corrected."
    assert "People are" in text_of(world)
    assert "Наши лидеры" in world.phone("ru").get("/ru/stops/alash").get_data(as_text=True)
    world.edit("stops/1-alash/en.md", "People <b>are", "People are")
    look_until(made, lambda: " Corrected: 1 alash en\n" in capsys.readouterr().out)


def test_a_text_that_the_disk_does_not_give_is_read_again_when_it_does(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.watch._TRIED_AGAIN_SECONDS", 0.1)
    world.edit("stops/1-alash/en.md", "People are", "Poets are")
    given = files.open_file

    def broken(path: Path) -> io.BufferedReader:
        if path == world.media / "stops/1-alash/en.md":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return given(path)

    with monkeypatch.context() as patch:
        patch.setattr(files, "open_file", broken)
        made = watch(world)
        named = capsys.readouterr().err.splitlines()[0]
        assert named.endswith("The file cannot be read: the disk does not give it back.")
    look_until(made, lambda: "Poets are" in text_of(world))


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
    look_until(made, lambda: "<i>" in capsys.readouterr().err)


def test_a_museum_toml_that_becomes_a_pipe_is_named_once_and_texts_go_through(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.watch._TRIED_AGAIN_SECONDS", 0.1)
    made = watch(world)
    (world.media / "museum.toml").rename(world.folder / "away")
    os.mkfifo(world.media / "museum.toml")
    world.edit("stops/1-alash/en.md", "People are", "Poets are")
    look_until(made, lambda: "Poets are" in text_of(world))
    for _ in range(2):
        time.sleep(0.5)
        made.look()
    assert capsys.readouterr().err.count("museum.toml:1: The file cannot be read") == 1
    (world.media / "museum.toml").unlink()
    (world.folder / "away").rename(world.media / "museum.toml")
    look_until(made, lambda: "Corrected: media/museum.toml" in capsys.readouterr().out)


def test_a_start_without_the_pack_keeps_the_old_words(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.media.rename(world.folder / "away")
    watch(world)
    assert "The old text stays" in capsys.readouterr().err


def test_a_text_that_becomes_a_pipe_and_a_text_again_is_read_again(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = watch(world)
    path = world.media / "stops/1-alash/en.md"
    words = path.read_text("utf-8")
    path.unlink()
    os.mkfifo(path)
    look_until(made, lambda: "it is a pipe" in capsys.readouterr().err)
    path.unlink()
    path.write_text(words.replace("People are", "Poets are"), "utf-8")
    look_until(made, lambda: "Poets are" in text_of(world))


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
    assert said.count("The old text stays until this is corrected.") == 1
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
    look_until(made, lambda: "received: 1 alash kk" in capsys.readouterr().out)


def test_a_recording_waits_uncopied_while_another_program_holds_the_database(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.watch._ARRIVED_SECONDS", 0.0)
    made = watch(world)
    (world.media / "stops/1-alash/kk.take.mp3").write_bytes(b"sound" * 1000)
    with held(world):
        look_until(made, lambda: "Another program holds" in capsys.readouterr().err)
        assert not list((world.settings.data / "takes").iterdir())
    look_until(made, lambda: "Recordings received: 1 alash kk" in capsys.readouterr().out)


def test_a_recording_that_finds_no_room_is_named_once_and_the_others_are_received(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.watch._ARRIVED_SECONDS", 0.0)
    made = watch(world)
    usage, size_bytes = shutil.disk_usage(world.folder), 500_000
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=size_bytes))
    (world.media / "stops/1-alash/kk.take.wav").write_bytes(b"sound" * 100_000)
    (world.media / "stops/1-alash/ru.take.mp3").write_bytes(b"sound" * 1000)
    look_until(made, lambda: "Recordings received: 1 alash ru" in capsys.readouterr().out)
    time.sleep(0.5)
    made.look()
    said = capsys.readouterr()
    assert "received" not in said.out + said.err
    (taken,) = (world.settings.data / "takes").iterdir()
    assert taken.suffix == ".mp3"
    monkeypatch.undo()
    look_until(made, lambda: "Recordings received: 1 alash kk" in capsys.readouterr().out)


def test_a_look_whether_another_program_writes_leaves_the_database_as_it_is(world: World) -> None:
    file = world.settings.data / "guide.sqlite3"
    before = file.stat().st_mtime_ns
    free_to_write(world.opened())
    assert file.stat().st_mtime_ns == before
    world.database.close()
    file.unlink()
    with pytest.raises(AskedWrongly):
        free_to_write(world.opened())
    assert not file.exists()


def test_a_running_guide_goes_on_where_its_lines_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Watch(world.opened(), Terminal(Language("en"), goes_on=True))
    made.begin()
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        monkeypatch.setattr("sys.stderr", full)
        world.edit("stops/1-alash/en.md", "People are", "People <b>are")
        world.edit("stops/1-alash/ru.md", "# Лидеры", "# Наши лидеры")
        phone = world.phone("ru")
        look_until(made, lambda: "Наши лидеры" in phone.get("/ru/stops/alash").text)
        with pytest.raises(OSError, match="No space"):
            TERMINAL.line("Edit.")
        with suppress(OSError):
            full.close()


def test_a_database_that_vanished_is_made_again_from_the_texts(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    made = watch(world)
    for path in world.settings.data.glob("guide.sqlite3*"):
        path.unlink()
    phone = world.app().test_client()
    assert phone.get("/readyz").status_code == 503
    assert not list(world.settings.data.glob("guide.sqlite3"))  # no reader makes an empty one
    look_until(made, lambda: phone.get("/readyz").status_code == 200)
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
    made = Watch(replace(world.opened(), store=store), TERMINAL)
    made.begin()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("The disk is full.")
    assert "People are" in text_of(world)
    store.is_full = False
    look_until(made, lambda: "/picture/" in text_of(world) or ".webp" in text_of(world))


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

    look_until(made, lambda: states("en") == {"wanted"})
    assert states("kk") == {"failed"}
    assert "There is room again" in capsys.readouterr().out


def test_nothing_that_goes_wrong_ends_the_watch(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watch(world)

    def too_deep(_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("audioguide.services.pack_watch.pack_stamp", too_deep)
    look_until(made, lambda: "RecursionError: too deep" in capsys.readouterr().err)


def test_what_fails_again_though_there_is_room_is_said_once_and_rests_longer(
    spoken_world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.room._LOOK_SECONDS", 0.0)
    moment = [1000.0]
    monkeypatch.setattr("audioguide.cli.room.time", SimpleNamespace(monotonic=lambda: moment[0]))
    room = Room(spoken_world.opened(), TERMINAL)
    tried = []
    for _ in range(6):
        with spoken_world.database.writing() as session:
            failed = update(Narration).where(Narration.language == "en")
            session.execute(failed.values(state=State.FAILED, reason=kept_reason(DISK_IS_FULL)))
        room.look()
        with spoken_world.database.reading() as session:
            tried.append(session.scalar(select(Narration.state).where(Narration.language == "en")))
        moment[0] += 61
    assert tried == ["wanted", "wanted", "failed", "wanted", "failed", "failed"]
    assert capsys.readouterr().out.count("There is room again") == 1


def test_a_running_guide_draws_a_new_mark_from_day_to_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mark() -> int:
        with closing(sqlite3.connect(world.settings.data / "guide.sqlite3")) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])

    made = watch(world)
    before = mark()
    time.sleep(0.5)
    made.look()
    assert mark() == before
    monkeypatch.setattr("audioguide.cli.watch._MARKED_SECONDS", 0.0)
    look_until(made, lambda: mark() != before)


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
    look_until(made, lambda: "Poets are" in text_of(world))
