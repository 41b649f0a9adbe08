from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide.languages import Language
from audioguide.models import Stop, Transcript
from audioguide.services.narration import take_intake
from museum import SPARE, World
from readers import DANA, RATE_HZ, Room, read_aloud, record
from sound_files import KINDS, Kind, write_sound
from started import Started, command, started, until

pytestmark = pytest.mark.thorough

SENTENCES = (
    "This is The Leaders of Alash.",
    "People are remembered here.",
    "Take your time.",
    "Read one name.",
)


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Dana's phone made when she read the English text of stop 1."""
    recording = record(read_aloud(Language("en"), DANA, SENTENCES), Room())
    path = tmp_path_factory.mktemp("phone") / "voice note.m4a"
    return write_sound(path, recording.samples, Kind("m4a", "aac", RATE_HZ))


def narrate(
    world: World, take: Path, *options: str, stop: str = "1", language: str = "en"
) -> subprocess.CompletedProcess[str]:
    return command(
        *("narrate", "--take", str(take), "--stop", stop, "--language", language, *options),
        environment=world.environment(),
    )


def test_a_recording_given_by_hand_is_heard_and_said_what_became_of_it(
    world: World, phone: Path
) -> None:
    ended = narrate(world, phone)
    assert ended.returncode == 0, ended.stderr
    heard, loudness = ended.stdout.splitlines()
    assert heard.startswith("The recording is heard now: ")
    assert heard.endswith(" s, 4 sentences.")
    assert loudness.startswith("Loudness: -")
    assert loudness.endswith("LUFS before, -16.0 LUFS now.")
    page = world.phone("en").get("/en/stops/alash").text
    assert "Recorded by a human reader" in page
    checked = command("check", environment=world.environment())
    assert "! " not in checked.stdout


def test_the_result_is_told_to_machines(world: World, phone: Path) -> None:
    told = json.loads(narrate(world, phone, "--json").stdout)
    assert told["sentences"] == 4
    assert told["needs_review"] == []
    assert told["loudness_lufs"] == pytest.approx(-16, abs=0.5)
    assert world.store.has(told["sound"])


def test_an_older_page_says_so_and_promises_nothing(world: World, phone: Path) -> None:
    narrate(world, phone)
    world.edit("stops/1-alash/en.md", "Take your time.", "Do not hurry.")
    checked = command("check", environment=world.environment())
    assert "! 1 alash en: The recording is older than its text. Not read yet: “Do not hurry.”" in (
        checked.stdout
    )
    page = world.phone("en").get("/en/stops/alash").text
    assert "The text has changed since this was recorded." in page
    assert "is being prepared" not in page


def test_a_recording_of_another_stop_is_refused_and_changes_nothing(
    world: World, phone: Path
) -> None:
    ended = narrate(world, phone, language="ru")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "Is it the recording of this" in ended.stderr
    assert not any((world.settings.data / "takes").glob("*"))
    assert "--accept-unlike" in ended.stderr
    assert "Recorded by a human reader" not in world.phone("ru").get("/ru/stops/alash").text


def test_a_cut_recording_needs_a_word_of_consent(world: World, tmp_path: Path) -> None:
    spoken = record(read_aloud(Language("en"), DANA, SENTENCES), Room())
    path = write_sound(tmp_path / "a.wav", spoken.samples, Kind("wav", "pcm_s16le", RATE_HZ))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * 0.93)])
    refused = narrate(world, path)
    assert refused.returncode == 1
    assert "seems to break off at " in refused.stderr
    accepted = narrate(world, path, "--accept-cut")
    assert accepted.returncode == 0, accepted.stderr


@pytest.mark.parametrize("given", [("--stop", "1"), ("--language", "en"), ()])
def test_whose_recording_it_is_must_be_said(
    world: World, phone: Path, given: tuple[str, ...]
) -> None:
    ended = command("narrate", "--take", str(phone), *given, environment=world.environment())
    assert ended.returncode == 2
    assert ended.stderr.startswith("Say which stop and language it is for: ")


def test_a_recording_of_a_text_that_is_not_there_is_refused_in_plain_words(
    world: World, phone: Path
) -> None:
    with world.database.writing() as session:
        stop_id = select(Stop.id).where(Stop.code == SPARE).scalar_subquery()
        gone = session.scalars(select(Transcript.id).where(Transcript.stop_id == stop_id)).all()
    assert gone == []
    ended = narrate(world, phone, stop="101")
    assert (ended.returncode, ended.stderr) == (1, "The stop has no text in en yet.\n")
    assert not any((world.settings.data / "takes").glob("*"))


def test_a_recording_given_again_and_refused_keeps_the_original_of_before(
    world: World, phone: Path
) -> None:
    takes = take_intake.takes_store(world.settings.data)
    name = take_intake.keep_original(takes, phone)
    assert narrate(world, phone, language="ru").returncode == 1
    assert takes.has(name)


def test_a_file_that_is_not_there_is_said_at_once(world: World) -> None:
    ended = narrate(world, world.folder / "no.m4a")
    assert ended.returncode == 1
    assert ended.stderr == f"There is no file {world.folder / 'no.m4a'}.\n"


def test_a_recording_beside_its_text_is_imported_once_and_made_by_a_worker(
    world: World, phone: Path
) -> None:
    shutil.copy(phone, world.media / "stops/1-alash/en.take.m4a")
    first = command("import", environment=world.environment())
    assert first.stdout == "Recordings received: 1 alash en\n"
    second = command("import", environment=world.environment())
    assert second.stdout == "Nothing has changed.\n"
    ended = command("narrate", "--stop", "1", "--language", "en", environment=world.environment())
    assert ended.stdout == "Narrations: 2 ready, 0 failed.\n", ended.stderr
    assert "Recorded by a human reader" in world.phone("en").get("/en/stops/alash").text


def test_a_recording_that_cannot_be_used_is_named_and_the_rest_go_on(
    world: World, phone: Path
) -> None:
    kind = KINDS["mp3"]
    silence = 0 * record(read_aloud(Language("en"), DANA, SENTENCES[:1]), Room()).samples
    write_sound(world.media / "stops/1-alash/en.take.mp3", silence, kind)
    ended = command("narrate", "--stop", "1", "--language", "en", environment=world.environment())
    assert ended.returncode == 1
    assert "1 alash en: en.take.mp3 is silent. Was the microphone on?" in ended.stderr
    assert ended.stdout == "Narrations: 1 ready, 1 failed.\n"
    checked = command("check", environment=world.environment())
    assert checked.stdout.count("! 1 alash en: ") == 1
    assert "! 1 alash en: The recording cannot be used: " in checked.stdout


def run(world: World, *arguments: str) -> tuple[int, str, str]:
    ended = command("narrate", *arguments, environment=world.environment())
    return ended.returncode, ended.stdout, ended.stderr


def test_a_recording_is_taken_back_and_the_computer_is_heard_again(
    world: World, phone: Path
) -> None:
    shutil.copy(phone, world.media / "stops/1-alash/en.take.m4a")
    run(world, "--stop", "1", "--language", "en")
    assert "Recorded by a human reader" in world.phone("en").get("/en/stops/alash").text
    status, said, _ = run(world, "--drop-take", "1", "en")
    assert status == 0
    (original,) = (world.settings.data / "takes").iterdir()
    assert said.splitlines() == [
        "The recording is taken back. The computer's voice is heard again.",
        "The file beside the text is called en.take.m4a.dropped now.",
        f"The original is kept: {original}",
    ]
    assert original.read_bytes() == phone.read_bytes()
    page = world.phone("en").get("/en/stops/alash").text
    assert "Recorded by a human reader" not in page
    assert "<audio" in page
    ended = command("import", environment=world.environment())
    assert ended.stdout == "Nothing has changed.\n"
    checked = command("check", environment=world.environment())
    assert "take" not in checked.stdout


def test_where_there_is_no_recording_that_is_said(world: World) -> None:
    assert run(world, "--drop-take", "1", "en")[::2] == (
        1,
        "There is no recording of this text.\n",
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--drop-take", "77", "en"), "There is no stop 77. The stops are "),
        (("--drop-take", "1", "de"), "de is no language of the guide."),
        (("--reviewed", "1", "de", "1"), "de is no language of the guide."),
        (("--reviewed", "1", "en"), "Say which sentence is right, by its number"),
        (("--reviewed", "1"), "Say which sentence is right, by its number"),
        (("--reviewed", "1", "en", "two"), "Say which sentence is right, by its number"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_one_line(
    world: World, asked: tuple[str, ...], said: str
) -> None:
    status, _, wrong = run(world, *asked)
    assert status == 2
    assert wrong.startswith(said)
    assert wrong.count("\n") == 1


def test_doubtful_sentences_are_found_right_by_their_numbers(world: World, phone: Path) -> None:
    given = narrate(world, phone, "--accept-unlike", "--json", language="ru")
    doubtful = [each["sentence"] for each in json.loads(given.stdout)["needs_review"]]
    first, *others = map(str, doubtful)
    assert others
    status, said, _ = run(world, "--reviewed", "1", "ru", first)
    assert (status, said) == (
        0,
        f"Noted. Sentences that need review still: {', '.join(others)}.\n",
    )
    said = run(world, "--reviewed", "1", "ru", *others)[1]
    assert said == "Noted. No sentence of this recording needs review any more.\n"
    checked = command("check", environment=world.environment())
    assert "Needs review" not in checked.stdout


def test_recordings_that_are_not_used_are_named_when_the_pack_is_imported(world: World) -> None:
    folder = world.media / "stops/1-alash"
    for name in ("en.take.m4a", "en.take (1).m4a", "запись.ogg", "kk.take.m4a~"):
        (folder / name).write_bytes(b"sound")
    (folder / "ru.take.m4a").touch()
    said = command("import", environment=world.environment()).stdout
    assert "media/stops/1-alash: There are several recordings of one text: " in said
    assert "1 alash ru: ru.take.m4a is empty." in said
    assert "media/stops/1-alash/запись.ogg: Its name does not say that it is a recording" in said
    assert "Call it kk.take.ogg / ru.take.ogg / en.take.ogg." in said
    assert "kk.take.m4a~" not in said


def test_what_became_of_recordings_is_said_once_while_the_guide_runs(
    world: World, phone: Path
) -> None:
    folder = world.media / "stops/1-alash"

    def said(guide: Started) -> str:
        return guide.said.read_text(encoding="utf-8")

    one_worker = world.environment() | {"AUDIOGUIDE_WORKERS": "1"}
    with started(world.folder, one_worker) as guide:
        shutil.copy(phone, folder / "RU-ru.take.m4a")  # it says another text
        shutil.copy(phone, folder / "запись.m4a")
        shutil.copy(phone, folder / "en.take.m4a")
        until(lambda: "1 alash ru: The recording cannot be used: " in said(guide))
        until(lambda: "запись.m4a: Its name does not say" in said(guide))
        until(lambda: "1 alash en: The recording is heard now." in said(guide))
        shutil.copy(phone, folder / "en.take (1).m4a")
        until(lambda: "There are several recordings of one text: " in said(guide))
        until(lambda: said(guide).count("The recording cannot be used") == 1)


def test_a_recording_that_is_put_beside_its_text_is_heard_while_the_guide_runs(
    world: World, phone: Path
) -> None:
    def recorded(guide: Started) -> bool:
        (stop,) = [each for each in guide.stops() if each["number"] == 1]
        return bool(stop["audio"]["en"]) and stop["audio"]["en"]["source"] == "recorded"

    one_worker = world.environment() | {"AUDIOGUIDE_WORKERS": "1"}
    with started(world.folder, one_worker) as guide:
        shutil.copy(phone, world.media / "stops/1-alash/en.take.m4a")
        until(lambda: recorded(guide))
        assert "Recordings received: 1 alash en" in guide.said.read_text(encoding="utf-8")
