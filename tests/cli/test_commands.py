from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide.cli.terminal import Bar, Terminal
from audioguide.languages import Language
from audioguide.models import Narration, State
from museum import ALASH, World, write_facts
from started import (
    COMMAND,
    PATIENCE_SECONDS,
    command,
    started,
    until,
    without_settings,
)

pytestmark = pytest.mark.thorough


def test_an_unknown_option_is_status_2(world: World) -> None:
    assert command("import", "--fast", environment=world.environment()).returncode == 2


def test_importing_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = command("import", environment=world.environment())
    assert first.returncode == 0
    assert first.stdout.startswith("New: 0 welcome kk, ")
    second = command("import", environment=world.environment())
    assert second.stdout == "Nothing has changed.\n"


def test_importing_names_every_mistake_and_brings_in_what_is_whole(world: World) -> None:
    world.edit("stops/1-alash/en.md", "# The Leaders", "The Leaders")
    world.edit("museum.toml", 'hall = "memorial"', 'hall = "cellar"')
    world.edit("stops/2-famine/ru.md", "# Голод", "# Великий голод")
    ended = command("import", environment=world.environment())
    assert ended.returncode == 1
    assert ended.stdout == "Changed: 2 famine ru\n"
    *lines, last = ended.stderr.splitlines()
    assert last == "The old text stays until this is corrected."
    assert len(lines) == 2
    assert any(line.startswith("media/stops/1-alash/en.md:1: ") for line in lines)
    structure = (world.media / "museum.toml").read_text(encoding="utf-8").splitlines()
    wrong = structure.index('hall = "cellar"') + 1
    assert any(line.startswith(f"media/museum.toml:{wrong}: ") for line in lines)
    assert "Великий голод" in world.phone("ru").get("/ru/stops/famine").text


def test_importing_says_what_holds_nothing_back(world: World) -> None:
    world.edit("stops/2-famine/kk.md", "Асықпаңыз", "Aсық\u00adпаңыз")
    ended = command("import", environment=world.environment())
    assert ended.returncode == 0
    assert "kk.md:7: a soft hyphen (U+00AD) was passed over here: Aсық[U+00AD]" in ended.stdout
    assert "kk.md:7: In “Aсықпаңыз” the letter A is Latin." in ended.stdout


def test_a_letter_of_another_alphabet_is_an_error_of_a_check(world: World) -> None:
    world.edit("stops/2-famine/kk.md", "Асықпаңыз", "Aсықпаңыз")
    ended = command("check", environment=world.environment())
    assert ended.returncode == 1
    assert "✗ media/stops/2-famine/kk.md:7: In “Aсықпаңыз” the letter A is Latin." in ended.stdout


def test_changed_talking_points_are_named(world: World) -> None:
    (world.media / "stops/2-famine/guide.ru.md").write_text("Помолчите.\n", encoding="utf-8")
    ended = command("import", environment=world.environment())
    assert ended.stdout == "Changed talking points: 2 famine ru\n"


def test_import_reports_as_json(tmp_path: Path) -> None:
    world = World(tmp_path)
    ended = command("import", "--json", environment=world.environment())
    assert len(json.loads(ended.stdout)["added"]) == 12


def test_narrate_speaks_what_is_wanted_and_then_has_nothing_to_do(world: World) -> None:
    ended = command("narrate", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "Narrations: 12 ready, 0 failed.\n"
    again = command("narrate", "--json", environment=world.environment())
    assert json.loads(again.stdout) == {"ready": 12, "to_do": 0, "failed": [], "waiting": 0}


def test_narrate_says_why_a_voice_failed_and_the_next_ones_go_on(world: World) -> None:
    world.edit("stops/1-alash/en.md", "People", "P" + "eo" * 40 + "ple")
    ended = command("narrate", environment=world.environment())
    assert ended.returncode == 1
    assert "1 alash en: " in ended.stderr
    assert "more than 60 letters" in ended.stderr
    assert ended.stdout == "Narrations: 11 ready, 1 failed.\n"
    page = world.phone("en").get("/en/stops/alash")
    assert page.status_code == 200
    assert "There is no audio for this stop yet" in page.text


def test_narrate_refuses_a_stop_that_is_not_there(world: World) -> None:
    ended = command("narrate", "--stop", "77", environment=world.environment())
    assert ended.returncode == 2
    assert ended.stderr == "There is no stop 77. The stops are 0, 1, 2, 14.\n"


def test_labels_are_drafts_without_a_public_address(world: World) -> None:
    out = world.folder / "labels"
    ended = command("labels", "print", "--out", str(out), environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    assert "This is a DRAFT" in ended.stdout.splitlines()[-1]
    assert "AUDIOGUIDE_BASE_URL=https://" in ended.stdout.splitlines()[-1]
    names = sorted(path.name for path in out.iterdir())
    assert "labels-L7163-draft.pdf" in names
    assert "1-alash-draft.svg" in names
    assert "14-memorial-hall-draft.png" in names
    assert len(names) == 10


def test_labels_for_the_wall_carry_the_public_address(world: World) -> None:
    out = world.folder / "labels"
    environment = world.environment() | {"AUDIOGUIDE_BASE_URL": "https://guide.museum.kz"}
    ended = command("labels", "print", "--json", "--out", str(out), environment=environment)
    assert ended.returncode == 0, ended.stderr
    record = json.loads(ended.stdout)
    assert (record["draft"], record["labels"], record["verified"]) == (False, 4, 4)
    assert (record["version"], record["level"]) == (3, "H")
    assert record["symbol_side_mm"] == pytest.approx(27.5, abs=0.05)
    assert "DRAFT" not in ended.stdout


def test_labels_into_a_folder_that_cannot_be_are_refused(world: World) -> None:
    file = world.folder / "file"
    file.write_text("", encoding="utf-8")
    ended = command("labels", "print", "--out", str(file), environment=world.environment())
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_check_is_content_with_a_whole_guide(world: World) -> None:
    command("narrate", environment=world.environment())
    ended = command("check", "--strict", "--json", environment=world.environment())
    record = json.loads(ended.stdout)
    assert (ended.returncode, record["ok"]) == (0, True)
    assert {each["grade"] for each in record["findings"]} == {"note"}
    assert any(
        each["what"] == "Stops that await the museum's approval: 4." for each in record["findings"]
    )


def test_check_finds_a_broken_pack(world: World) -> None:
    world.edit("museum.toml", 'kind = "hall"', 'kind = "attic"')
    ended = command("check", environment=world.environment())
    assert ended.returncode == 1
    assert "media/museum.toml:" in ended.stdout
    assert "The kind attic is not known." in ended.stdout


def test_check_finds_sound_that_was_deleted(world: World) -> None:
    command("narrate", environment=world.environment())
    for path in world.settings.store.glob("*.mp3"):
        path.unlink()
    ended = command("check", environment=world.environment())
    assert ended.returncode == 1
    assert "is gone or damaged." in ended.stdout


def test_explain_shows_what_is_read_what_is_said_and_when(world: World) -> None:
    world.edit("stops/1-alash/ru.md", "Здесь помнят людей.", "Партию основали в 1917 году.")
    command("narrate", "--stop", "1", environment=world.environment())
    ended = command("explain", "1", "ru", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    assert "Партию основали в 1917 году." in ended.stdout
    assert "тысяча девятьсот семнадцатом году" in ended.stdout
    assert "0.2 s  Это Лидеры Алаша." in ended.stdout


def test_commands_speak_the_language_of_the_person(world: World) -> None:
    environment = world.environment() | {"AUDIOGUIDE_LANGUAGE": "ru"}
    ended = command("narrate", "--stop", "77", environment=environment)
    assert ended.stderr == "Рассказа 77 нет. Есть рассказы: 0, 1, 2, 14.\n"


def test_narrate_speaks_only_the_stop_and_language_that_were_asked_for(world: World) -> None:
    ended = command(
        "narrate", "--stop", "alash", "--language", "kk", environment=world.environment()
    )
    assert (ended.returncode, ended.stdout) == (0, "Narrations: 1 ready, 0 failed.\n")
    stops = world.phone().get("/api/v1/stops").get_json()["stops"]
    heard = [(stop["number"], each) for stop in stops for each, a in stop["audio"].items() if a]
    assert heard == [(1, "kk")]


def test_narrate_beside_a_running_guide_waits_for_its_workers(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        guide.wait_for_sound()
        ended = command("narrate", "--again", environment=world.environment())
    assert (ended.returncode, ended.stdout) == (0, "Narrations: 12 ready, 0 failed.\n")


def test_a_damaged_sound_is_found_and_made_again(world: World) -> None:
    command("narrate", environment=world.environment())
    for damaged in (*world.settings.store.glob("*.mp3"), *world.settings.store.glob("*.vtt")):
        damaged.write_bytes(b"\xff")
    ended = command("check", environment=world.environment())
    assert ended.returncode == 1
    assert "is gone or damaged." in ended.stdout
    assert world.phone().get(f"/api/v1/stops/{ALASH}").get_json()["cues"]["kk"] == []
    assert command("narrate", environment=world.environment()).returncode == 0
    assert command("check", environment=world.environment()).returncode == 0


def test_a_damaged_database_is_one_line(world: World) -> None:
    world.close()
    file = world.settings.data / "guide.sqlite3"
    content = bytearray(file.read_bytes())
    content[4096:] = b"x" * (len(content) - 4096)
    file.write_bytes(bytes(content))
    for name in ("check", "serve"):
        ended = command(name, environment=world.environment())
        assert ended.returncode in (1, 2), name
        assert ended.stderr.count("\n") == 1
        assert "malformed" in ended.stderr


def test_an_import_that_changes_no_text_says_what_changed(world: World) -> None:
    world.edit("museum.toml", 'slug = "alash"', 'slug = "alash"\napproved_on = 2026-11-22')
    ended = command("import", environment=world.environment())
    assert ended.stdout == "Changed: halls, stops, tours or the museum's facts.\n"


def test_check_names_a_file_that_nobody_reads(world: World) -> None:
    (world.media / "stops" / "1-alash" / "eng.md").write_text("# Alash\n", encoding="utf-8")
    ended = command("check", environment=world.environment())
    assert ended.returncode == 0
    assert (
        "media/stops/1-alash/eng.md: The guide does not use this file. en.md is read."
        in ended.stdout
    )


def test_voices_says_how_it_stands_with_each(world: World) -> None:
    ended = command("voices", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    assert "✓ kk espeak-ng" in ended.stdout
    assert "off: AUDIOGUIDE_VOICES is offline." in ended.stdout
    listed = command("voices", "list", "--json", environment=world.environment())
    voices = json.loads(listed.stdout)["voices"]
    assert {each["language"] for each in voices} == {"kk", "ru", "en"}
    assert {each["state"] for each in voices} == {"ready", "off", "unavailable"}
    assert {each["voice"] for each in voices if each["online"]} >= {"gtts"}


def test_voices_cannot_be_installed_without_a_network_in_one_line(world: World) -> None:
    nowhere = dict.fromkeys(("https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
    ended = command("voices", "install", "kk", environment=world.environment() | nowhere)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "kk_KZ-issai-high could not be fetched" in ended.stderr
    assert list((world.settings.data / "voices").iterdir()) == []


def test_a_wrong_chain_of_voices_is_one_line_and_status_2(world: World) -> None:
    environment = world.environment() | {"AUDIOGUIDE_VOICES": "kk=gtts"}
    ended = command("serve", environment=environment)
    assert ended.returncode == 2
    assert ended.stderr == (
        "AUDIOGUIDE_VOICES names gtts, and the voices for kk are piper, edge-tts, espeak-ng.\n"
    )


def test_prune_says_what_it_freed(world: World) -> None:
    name = world.store.keep(b"x" * 2_000_000, "mp3")
    os.utime(world.store.folder / name, (0, 0))
    ended = command("narrate", "--prune", environment=world.environment())
    assert ended.stdout == (
        "Removed: 1 files of old sound, 2.0 MB, and 0.0 MB of spoken sentences.\n"
    )
    again = command("narrate", "--prune", "--json", environment=world.environment())
    assert json.loads(again.stdout) == {"files": 0, "freed_bytes": 0, "sentences_bytes": 0}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_narrate_that_is_interrupted_leaves_a_clean_state(
    world: World, number: signal.Signals, status: int
) -> None:
    narrating = subprocess.Popen(
        [*COMMAND, "narrate"],
        env=without_settings() | world.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: list(world.store.folder.glob("*.mp3")))
    narrating.send_signal(number)
    _, errors = narrating.communicate(timeout=60)
    assert (narrating.returncode, "Traceback" in errors) == (status, False)
    with world.database.reading() as session:
        states = {row.state for row in session.scalars(select(Narration))}
    assert State.SPEAKING not in states
    assert not list(world.store.folder.glob("*.part"))


def test_narrate_tells_how_far_it_is_as_records(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter([0.0, 20.0, 40.0])
    monkeypatch.setattr("audioguide.cli.terminal.time.monotonic", lambda: next(moments))
    bar = Bar(Terminal(Language("en")), 10, as_records=True)
    bar.show(0)
    bar.show(4)
    shown = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert shown == [
        {"done": 0, "total": 10, "left_s": None},
        {"done": 4, "total": 10, "left_s": 60},
    ]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "ascii", "cp866", "latin-1"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_pipe_that_lacks_our_letters_gets_what_it_can_take(
    world: World, encoding: str, language: str
) -> None:
    spoken = {"AUDIOGUIDE_LANGUAGE": language, "PYTHONIOENCODING": encoding}
    for arguments, status in ((["voices"], 0), (["explain", "999", "kk"], 2), (["nothing"], 2)):
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=without_settings() | world.environment() | spoken,
            capture_output=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == status, done.stderr
        assert b"Traceback" not in done.stderr


def test_an_import_names_what_of_the_museum_has_changed(world: World) -> None:
    write_facts(world.media)
    environment = world.environment()
    ended = command("import", environment=environment)
    assert ended.stdout == (
        "Changed at the museum: closed days, prices, the notice, telephone, addresses, accounts\n"
    )
    world.edit("museum.toml", "amount = 500", "amount = 600")
    in_kazakh = environment | {"AUDIOGUIDE_LANGUAGE": "kk"}
    assert command("import", environment=in_kazakh).stdout == "Музей бетінде өзгерді: бағалар\n"
    world.edit("museum.toml", "amount = 600", "amount = 700")
    told = json.loads(command("import", "--json", environment=environment).stdout)
    assert told["museum"] == ["price"]


def test_a_reader_who_has_read_enough_is_told_nothing(world: World) -> None:
    environment = without_settings() | world.environment()
    with subprocess.Popen(
        [*COMMAND, "check"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == b""
        assert asked.wait(PATIENCE_SECONDS) == 1
