"""A museum that is begun by a command: its page, its scan, its sound, its label, its mistakes."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from museum import ROOT, write_pack
from started import COMMAND, PATIENCE_SECONDS, command, command_as_process, without_settings

pytestmark = pytest.mark.thorough

NEW = ("--name", "Harbour Museum", "--languages", "de,en", "--timezone", "Europe/Berlin")
POSIX = pytest.mark.skipif(os.name == "nt", reason="a terminal of Windows is another thing")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "AUDIOGUIDE_DATA": str(tmp_path / "instance"),
        "AUDIOGUIDE_MEDIA": str(tmp_path / "harbour"),
        "AUDIOGUIDE_LANGUAGE": "en",
        "AUDIOGUIDE_VOICES": "offline",
    }


def test_a_new_museum_has_a_page_a_scan_a_sound_and_a_label(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    def done(*arguments: str) -> str:
        ended = command(*arguments, environment=environment)
        assert ended.returncode == 0, (arguments, ended.stderr)
        return ended.stdout

    said = done("new", str(tmp_path / "harbour"), *NEW)
    assert said.startswith(f"Made: {tmp_path / 'harbour'}. Stops: 0, 1, 2. Languages: de, en.\n")
    assert "words missing" not in said  # visitors meet German words
    assert "Errors: 0. Warnings: 0." in done("check")
    done("stop", "new", "3", "--kind", "section", "--title", "The Lamp")
    assert "stops/3-the-lamp/de.md:3: This text is still to be written." in done("check")
    for text in (tmp_path / "harbour/stops/3-the-lamp").iterdir():
        text.write_text("# The Lamp\n\nSie leuchtet 1 km weit.\n", encoding="utf-8")
    structure = tmp_path / "harbour/museum.toml"
    written = structure.read_text(encoding="utf-8").replace("published = false\n", "")
    structure.write_text(written, encoding="utf-8")
    assert "3 the-lamp de" in done("import")
    assert done("narrate").endswith("Narrations: 8 ready, 0 failed.\n")
    assert "labels-L7163-draft.pdf" in done("labels", "print", "--draft", "--out", str(tmp_path))
    assert (tmp_path / "labels-L7163-draft.pdf").read_bytes().startswith(b"%PDF")
    code = tomllib.loads(written)["stop"][3]["code"]
    assert len(list(tmp_path.glob("3-the-lamp*.svg"))) == 1
    _look(environment, code)


def _look(environment: Mapping[str, str], code: str) -> None:
    """See the pages of the museum as a phone does, and hear it."""
    from audioguide.app import create_app  # noqa: PLC0415  as the program does
    from audioguide.settings import Settings  # noqa: PLC0415

    phone = create_app(Settings.from_environment(dict(environment))).test_client()
    scanned = phone.get(f"/Q/{code}", headers={"Accept-Language": "fr, en;q=0.5"})
    assert (scanned.status_code, scanned.location) == (302, "/en/stops/the-lamp")
    assert phone.get(f"/Q/{code}", headers={"Accept-Language": "fr"}).location.startswith("/de/")
    for path in ("/", "/de/", "/en/", "/de/museum", "/de/tours/first", "/de/stops/the-lamp"):
        page = phone.get(path)
        assert page.status_code == 200, path
    assert "Sie leuchtet 1 km weit." in page.text
    sound = re.search(r"/audio/\w+\.mp3", page.text)
    assert sound is not None
    assert len(phone.get(sound.group()).data) > 5_000
    assert phone.get("/kk/").status_code == 404


def test_beside_another_museum_the_command_to_start_has_a_database_of_its_own(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    write_pack(tmp_path / "harbour")
    assert command("import", environment=environment).returncode == 0
    folder = tmp_path / "the other"
    last = command("new", str(folder), *NEW, environment=environment).stdout.splitlines()[-1]
    media, data, *program = shlex.split(last)
    assert media == f"AUDIOGUIDE_MEDIA={folder}"
    assert data == f"AUDIOGUIDE_DATA={folder}-data"
    assert program == ["python3", "scripts/serve.py"]


def test_in_a_pipe_it_never_asks_and_says_what_is_missing(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = str(tmp_path / "harbour")
    ended = command_as_process("new", folder, "--name", "x", environment=environment)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("This is missing: --languages, --timezone. For example: --name")
    assert not (tmp_path / "harbour").exists()


@POSIX
def test_on_a_terminal_it_asks_until_it_understands(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    answers = "\n".join(("", "Lamp Museum", "german!", "de, en", "Berlin", "Europe/Berlin", ""))
    status, said = on_a_terminal(["new", str(tmp_path / "harbour")], answers, environment)
    assert status == 0, said
    asked = ["What is the museum called?", "Its languages", "Its time zone"]
    assert [said.count(question) for question in asked] == [2, 2, 2]
    assert "“german!” is no language." in said
    assert "Berlin is no time zone." in said
    text = (tmp_path / "harbour/museum.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["museum"]["languages"] == ["de", "en"]


@POSIX
def test_whoever_gives_no_answer_has_no_museum(tmp_path: Path, environment: dict[str, str]) -> None:
    status, said = on_a_terminal(["new", str(tmp_path / "harbour")], "Lamp\n\x04", environment)
    assert status == 2
    assert "Nothing was made: a question has no answer." in said
    assert list(tmp_path.iterdir()) == []


def on_a_terminal(
    arguments: list[str], typed: str, environment: Mapping[str, str]
) -> tuple[int, str]:
    """Run a command on a terminal of its own, where somebody types; return status and screen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=without_settings() | dict(environment),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # Linux says so that the other end was closed
        pass
    os.close(ours)
    return process.wait(PATIENCE_SECONDS), shown.decode()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--name", "**x**"), "--name: **x** would appear with these symbols."),
        (("--languages", "de,deutsch"), "“deutsch” is no language."),
        (("--languages", "kz,ru"), "kz is the code of a country and of no language."),
        (("--languages", "de,DE"), "The language de stands twice."),
        (("--timezone", "Berlin"), "Berlin is no time zone."),
        (("--stops", "-1"), "--stops must be a whole number from 0 to 200, and it is -1."),
        (("--stops", "201"), "--stops must be a whole number from 0 to 200, and it is 201."),
        (("--halls", " , "), "Name from 1 to 40 halls"),
        (("--from", "nowhere.csv"), "nowhere.csv: "),
        (("--from", "x.csv", "--stops", "3"), "The stops are in the csv file"),
    ],
)
def test_what_is_asked_wrongly_makes_nothing(
    tmp_path: Path, environment: dict[str, str], options: tuple[str, ...], said: str
) -> None:
    folder = str(tmp_path / "harbour")
    ended = command("new", folder, *NEW, *options, environment=environment)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_a_spreadsheet_with_mistakes_is_status_1_and_names_the_cells(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    sheet = tmp_path / "stops.csv"
    sheet.write_text("number;title;text\n1;;b\nx;A;b\n", encoding="utf-8")
    folder = str(tmp_path / "harbour")
    ended = command("new", folder, *NEW, "--from", str(sheet), environment=environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert [line.split(": ")[0] for line in ended.stderr.splitlines()] == [
        "stops.csv:B2",
        "stops.csv:A3",
    ]
    assert list(tmp_path.iterdir()) == [sheet]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_it_speaks_the_language_of_the_staff(
    tmp_path: Path, environment: dict[str, str], language: str
) -> None:
    spoken = environment | {"AUDIOGUIDE_LANGUAGE": language}
    ended = command("new", str(tmp_path / "harbour"), *NEW, environment=spoken)
    assert ended.returncode == 0
    text = (tmp_path / "harbour/museum.toml").read_text(encoding="utf-8")
    for line in (text.splitlines()[0], ended.stdout.splitlines()[0]):
        assert re.search("[а-я]{3}", line)


def test_halls_stops_and_tours_are_added_by_commands_that_say_the_next_step(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    command("new", str(tmp_path / "harbour"), *NEW, environment=environment)

    def last_line(*arguments: str) -> str:
        ended = command(*arguments, environment=environment)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.splitlines()[-1]

    assert 'hall = "yard"' in last_line("hall", "new", "yard", "--title", "The Yard")
    assert 'kind = "door"' in last_line("kind", "new", "door", "--title", "Door", "--route")
    stop = ("stop", "new", "7", "--title", "Gate", "--hall", "yard")
    assert "published = false" in last_line(*stop)
    tour = ("tour", "new", "children", "--title", "For Children", "--minutes", "20")
    assert "for whom the tour is" in last_line(*tour, "--stops", "0, 2,1")
    again = command(*stop, environment=environment)
    assert again.returncode == 2
    assert again.stderr == "The number 7 is that of gate. The next free one is 8.\n"
    wrong = command(*tour, "--stops", "0;x", environment=environment)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("--stops must be numbers of stops")


def test_a_language_that_no_voice_speaks_is_spoken_by_the_one_that_the_museum_names(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    options = ("--name", "Lamps", "--languages", "qaz", "--timezone", "UTC", "--stops", "0")
    made = command("new", str(tmp_path / "harbour"), *options, environment=environment)
    assert "No voice of espeak-ng speaks qaz." in made.stdout
    assert "python3 scripts/audioguide.py words missing qaz\n" in made.stdout
    silent = command("narrate", environment=environment)
    assert (silent.returncode, silent.stdout) == (1, "Narrations: 0 ready, 1 failed.\n")
    structure = tmp_path / "harbour/museum.toml"
    written = structure.read_text(encoding="utf-8")
    named = written.replace('name = "qaz"', 'name = "qaz"\nespeak = "tr"')
    structure.write_text(named, encoding="utf-8")
    spoken = command("narrate", environment=environment)
    assert (spoken.returncode, spoken.stdout) == (0, "Narrations: 1 ready, 0 failed.\n")


def test_the_program_without_a_museum_says_how_to_begin_one(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = tmp_path / "harbour"
    advice = f"A museum of your own begins with: python3 scripts/audioguide.py new {folder}\n"
    for _ in ("missing", "empty"):
        ended = command("serve", "--port", "0", environment=environment)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert ended.stderr.endswith(advice)
        folder.mkdir(exist_ok=True)
    assert (ROOT / "scripts/audioguide.py").is_file()
