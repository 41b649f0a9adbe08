from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from audioguide.models import Transcript
from audioguide.services import editions
from museum import ALASH, World
from started import Started, command, lives, started, until

pytestmark = pytest.mark.thorough

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


@pytest.fixture
def guide(world: World) -> Iterator[Started]:
    with started(world.folder, world.environment()) as made:
        yield made


def test_a_start_answers_a_scan_a_page_and_a_range(guide: Started) -> None:
    status, headers, _ = guide.get(f"/Q/{ALASH}", Accept_Language="ru")
    assert (status, headers["Location"]) == (302, "/ru/stops/alash")
    status, _, body = guide.get("/ru/stops/alash")
    assert status == 200
    assert "Лидеры Алаша" in body.decode()
    sound = guide.wait_for_sound()[1]["audio"]["ru"]
    path = sound["url"].removeprefix(guide.address)
    status, headers, body = guide.get(path, Range="bytes=0-1")
    assert (status, len(body)) == (206, 2)
    assert headers["Content-Range"] == f"bytes 0-1/{sound['size_bytes']}"


def test_a_start_says_where_and_what_leaves_the_machine(guide: Started) -> None:
    said = until(lambda: (text := guide.said.read_text(encoding="utf-8")).count("\n") > 3 and text)
    assert said.startswith(
        f"Open {guide.address}/\n"
        "The guide is running. Open this address in a browser on this computer.\n"
    )
    assert "Nothing leaves this machine" in said
    assert "█" not in said  # no picture of a code in a pipe


@pytest.mark.parametrize(
    ("language", "second"),
    [("kk", "Аудиогид жұмыс істеп тұр. "), ("ru", "Аудиогид работает. ")],
)
def test_the_first_line_is_the_same_in_every_language_and_the_second_says_it(
    world: World, language: str, second: str
) -> None:
    environment = world.environment() | {"AUDIOGUIDE_LANGUAGE": language}
    with started(world.folder, environment) as guide:
        first, next_one, *_ = until(
            lambda: (lines := guide.said.read_text(encoding="utf-8").splitlines())[2:] and lines
        )
        assert first == f"Open {guide.address}/"
        assert next_one.startswith(second)


def test_a_port_of_another_program_is_refused_in_one_line(world: World) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = command("serve", "--port", str(port), environment=world.environment())
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert f"Port {port}" in ended.stderr


def test_a_second_start_on_the_same_port_is_refused(world: World, guide: Started) -> None:
    port = guide.address.rpartition(":")[2]
    ended = command("serve", "--port", port, environment=world.environment())
    assert ended.returncode == 2
    assert f"Port {port}" in ended.stderr
    assert guide.get("/healthz")[0] == 200


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_refused(world: World, port: str) -> None:
    ended = command("serve", f"--port={port}", environment=world.environment())
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_refused_in_one_line(world: World) -> None:
    in_a_file = world.folder / "file"
    in_a_file.write_text("not a folder", encoding="utf-8")
    ended = command(
        "serve",
        "--port=0",
        environment=world.environment() | {"AUDIOGUIDE_STORE": str(in_a_file / "store")},
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert str(in_a_file) in ended.stderr


def test_an_unknown_setting_is_refused_in_one_line(world: World) -> None:
    ended = command("serve", environment=world.environment() | {"AUDIOGUIDE_PORT": "80"})
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "AUDIOGUIDE_PORT is not a setting" in ended.stderr


def test_a_broken_pack_stops_the_first_start_with_file_and_line(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.edit("stops/1-alash/en.md", "# The Leaders", "The Leaders")
    ended = command("serve", "--port=0", environment=world.environment())
    assert ended.returncode == 1
    assert "media/stops/1-alash/en.md:1: The title is missing." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_corrected_sentence_is_shown_and_spoken_anew(world: World, guide: Started) -> None:
    before = guide.wait_for_sound()[1]["audio"]["en"]
    world.edit("stops/1-alash/en.md", "People are remembered", "Poets are remembered")
    until(lambda: "Poets are remembered" in guide.get("/en/stops/alash")[2].decode())
    after = until(
        lambda: (
            (sound := guide.stops()[1]["audio"]["en"])
            and sound["is_current"]
            and sound["url"] != before["url"]
            and sound
        )
    )
    assert after["text_digest"] != before["text_digest"]
    words = json.loads(guide.get(f"/api/v1/stops/{ALASH}")[2])
    assert "Poets are remembered here." in [cue["text"] for cue in words["cues"]["en"]]


def test_a_change_is_seen_in_every_process_and_kept_pages_answer_again(
    world: World, guide: Started
) -> None:
    world.speak_all()
    (world.folder / "second").mkdir()
    with started(world.folder / "second", world.environment()) as second:

        def is_new(page: Started) -> bool:
            return b"These words are new." in page.get("/en/stops/alash")[2]

        pages = [guide, second]
        tags = {each.get("/en/stops/alash")[1]["ETag"] for each in pages}
        with world.database.writing() as session:  # as a console, in a third process
            words = update(Transcript).where(Transcript.language == "en")
            session.execute(words.values(text="These words are new."))
            editions.raise_edition(session)
        for each in pages:
            until(partial(is_new, each))
            tag = each.get("/en/stops/alash")[1]["ETag"]
            assert tag not in tags
            assert each.get("/en/stops/alash", If_None_Match=tag)[0] == 304


def test_a_restored_database_is_seen_by_a_running_guide(world: World, guide: Started) -> None:
    guide.wait_for_sound()
    file, copied = world.settings.data / "guide.sqlite3", world.folder / "copy"
    with sqlite3.connect(file) as one, sqlite3.connect(copied) as two:
        one.backup(two)
    one.close()
    two.close()
    world.edit("stops/1-alash/en.md", "People are remembered", "Poets are remembered")
    until(lambda: "Poets are remembered" in guide.get("/en/stops/alash")[2].decode())
    guide.wait_for_sound()
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    copied.replace(file)
    until(lambda: "People are remembered" in guide.get("/en/stops/alash")[2].decode())


def test_a_mistake_leaves_the_old_words_and_names_file_and_line(
    world: World, guide: Started
) -> None:
    world.edit("stops/1-alash/en.md", "## Sources", "## Sauces")
    until(lambda: "media/stops/1-alash/en.md:7:" in guide.said.read_text(encoding="utf-8"))
    status, _, body = guide.get("/en/stops/alash")
    assert status == 200
    assert "People are remembered" in body.decode()
    world.edit("stops/2-famine/ru.md", "# Голод", "# Великий голод")  # a colleague, meanwhile
    until(lambda: "Великий голод" in guide.get("/ru/stops/famine")[2].decode())
    world.edit("stops/1-alash/en.md", "## Sauces", "## Sources")
    world.edit("stops/1-alash/en.md", "Take your time", "Take all your time")
    until(lambda: "Take all your time" in guide.get("/en/stops/alash")[2].decode())


def test_a_mended_mistake_is_said_with_the_time(world: World, guide: Started) -> None:
    world.edit("stops/1-alash/en.md", "## Sources", "## Sauces")
    world.edit("museum.toml", 'timezone = "Asia/Almaty"', 'timezone = "Asia/Almaty')
    until(lambda: "museum.toml:3:" in guide.said.read_text(encoding="utf-8"))
    world.edit("museum.toml", 'timezone = "Asia/Almaty', 'timezone = "Asia/Almaty"')
    until(lambda: "Corrected: media/museum.toml" in guide.said.read_text(encoding="utf-8"))
    world.edit("stops/1-alash/en.md", "## Sauces", "## Sources")  # as it was before
    until(
        lambda: re.search(r"\d\d:\d\d:\d\d Corrected: 1 alash en\n", guide.said.read_text("utf-8"))
    )


def test_a_file_that_nobody_reads_is_named_while_the_guide_runs(
    world: World, guide: Started
) -> None:
    folder = world.media / "stops/1-alash"
    (folder / "запись.m4a").write_bytes(b"a recording")
    until(lambda: "1-alash/запись.m4a: Its name does not say" in guide.said.read_text("utf-8"))
    (folder / "kk.md").rename(folder / "kk.md.txt")
    until(lambda: "and here lies kk.md.txt. Rename kk.md.txt to" in guide.said.read_text("utf-8"))
    (folder / "kk.md.txt").rename(folder / "kk.md")
    until(lambda: "Corrected: 1 alash kk" in guide.said.read_text("utf-8"))


def test_it_ends_in_order_when_told_to(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        assert guide.end(signal.SIGTERM) == 0


def test_ctrl_c_ends_it_with_130(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        assert guide.end(signal.SIGINT) == 130
        assert "Traceback" not in guide.said.read_text(encoding="utf-8")


@linux
def test_no_child_outlives_a_main_process_that_was_killed(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        # The server, its worker, a speaker.
        children = until(lambda: len(found := guide.children()) >= 3 and found)
        guide.end(signal.SIGKILL)
        until(lambda: not any(lives(pid) for pid in children), seconds=20)


def test_the_start_after_a_kill_repairs_and_goes_on(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        until(lambda: any(stop["audio"]["kk"] for stop in guide.stops()))
        guide.end(signal.SIGKILL)
    with started(world.folder, world.environment()) as guide:
        for stop in guide.wait_for_sound():
            for sound in stop["audio"].values():
                path = sound["url"].removeprefix(guide.address)
                assert len(guide.get(path)[2]) == sound["size_bytes"]


@linux
def test_a_speaker_that_dies_is_started_again(world: World) -> None:
    with started(world.folder, world.environment() | {"AUDIOGUIDE_WORKERS": "1"}) as guide:
        guide.wait_for_sound()
        speaker = next(pid for pid in guide.children() if "audioguide.worker" in _line(pid))
        os.kill(speaker, signal.SIGKILL)
        world.edit("stops/1-alash/en.md", "People are remembered", "Poets are remembered")
        until(lambda: (s := guide.stops()[1]["audio"]["en"]) and not s["is_current"])
        until(lambda: guide.stops()[1]["audio"]["en"]["is_current"])


def _line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")


def test_a_house_with_a_proxy_can_start_the_guide(world: World) -> None:
    proxy = {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    with started(world.folder, world.environment() | proxy) as guide:
        assert guide.process.poll() is None


def test_a_database_that_is_locked_for_long_does_not_end_the_guide(
    world: World, guide: Started
) -> None:
    guide.wait_for_sound()
    with sqlite3.connect(world.settings.data / "guide.sqlite3", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        world.edit("stops/1-alash/en.md", "People are remembered", "Poets are remembered")
        until(lambda: "database is locked" in guide.said.read_text(encoding="utf-8"))
        assert guide.get("/en/stops/alash")[0] == 200
        other.execute("ROLLBACK")
    other.close()
    until(lambda: "Poets are remembered" in guide.get("/en/stops/alash")[2].decode())
    assert "Traceback" not in guide.said.read_text(encoding="utf-8")


def test_a_first_start_that_cannot_be_says_so_at_its_end(world: World) -> None:
    folder = world.folder / "begun"
    (folder / "media").mkdir(parents=True)
    (folder / "media/museum.toml").write_bytes((world.media / "museum.toml").read_bytes())
    environment = world.environment() | {
        "AUDIOGUIDE_MEDIA": str(folder / "media"),
        "AUDIOGUIDE_DATA": str(folder / "instance"),
        "AUDIOGUIDE_LANGUAGE": "ru",
    }
    ended = command("serve", "--port", "0", environment=environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-1] == (
        "Аудиогид не запущен. Исправьте это и запустите его снова."
    )
