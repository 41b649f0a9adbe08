from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from audioguide.errors import AskedWrongly, AudioguideError, TakeRefused
from audioguide.languages import Language
from audioguide.models import Narration, State
from audioguide.operations import recordings
from audioguide.operations.recordings import Consent
from locks import held
from museum import World
from readers import DANA, RATE_HZ, Room, read_aloud, record
from sound_files import Kind, write_sound

EN = Language("en")
SENTENCES = (
    "This is The Leaders of Alash.",
    "People are remembered here.",
    "Take your time.",
    "Read one name.",
)
BESIDE = "stops/1-alash/en.take.wav"


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Dana recorded on her phone: the English text of stop 1."""
    heard = record(read_aloud(EN, DANA, SENTENCES), Room())
    kind = Kind("wav", "pcm_s16le", RATE_HZ)
    return write_sound(tmp_path_factory.mktemp("phone") / "dana.wav", heard.samples, kind)


def heard(world: World, voice: Path, done: list[float] | None = None) -> str:
    """Let Dana's recording of stop 1 be heard at once; return what its sound is called."""
    show = (done if done is not None else []).append
    return recordings.record(world.opened(), "1", EN, voice, show, Consent()).sound


def page(world: World) -> str:
    return world.phone("en").get("/en/stops/alash").text


def originals(world: World) -> list[Path]:
    return list(world.opened().takes.folder.iterdir())


def test_a_recording_is_heard_at_once_and_its_progress_told(
    spoken_world: World, voice: Path
) -> None:
    done: list[float] = []
    sound = heard(spoken_world, voice, done)
    assert sound in page(spoken_world)
    assert "Recorded by a human reader" in page(spoken_world)
    assert done == sorted(done)
    assert len(originals(spoken_world)) == 1


def test_a_recording_that_is_refused_leaves_neither_row_nor_original(
    spoken_world: World, tmp_path: Path
) -> None:
    noise = tmp_path / "noise.wav"
    noise.write_bytes(b"RIFF" + bytes(400))
    before = page(spoken_world)
    with pytest.raises(TakeRefused):
        heard(spoken_world, noise)
    assert page(spoken_world) == before
    assert originals(spoken_world) == []


def test_a_recording_of_a_stop_that_is_not_there_is_not_even_kept(
    world: World, voice: Path
) -> None:
    with pytest.raises(AskedWrongly, match="There is no stop 77"):
        recordings.record(world.opened(), "77", EN, voice, lambda _: None, Consent())
    assert originals(world) == []


def test_what_is_taken_back_gives_way_to_the_computer_and_stays_among_the_takes(
    spoken_world: World, voice: Path
) -> None:
    (spoken_world.media / BESIDE).write_bytes(b"an earlier one")
    sound = heard(spoken_world, voice)
    taken_back = recordings.take_back(spoken_world.opened(), "alash", EN)
    assert taken_back.put_aside == ("en.take.wav.dropped",)
    assert [spoken_world.opened().takes.has(each) for each in taken_back.originals] == [True]
    assert sound not in page(spoken_world)
    with pytest.raises(AudioguideError, match="There is no recording of this text"):
        recordings.take_back(spoken_world.opened(), "alash", EN)


def test_what_lies_beside_a_text_is_wanted_once(world: World) -> None:
    (world.media / BESIDE).write_bytes(b"RIFF" + bytes(4000))
    assert recordings.bring(world.opened()).names == ["1 alash en"]
    assert recordings.bring(world.opened()).names == []
    with world.database.reading() as session:
        query = select(Narration.state).where(Narration.voice == "recording")
        assert session.scalars(query).all() == [State.WANTED]


def test_no_original_is_kept_that_cannot_be_written_down(world: World) -> None:
    (world.media / BESIDE).write_bytes(b"RIFF" + bytes(4000))
    with held(world), pytest.raises(OperationalError, match="locked"):
        recordings.bring(world.opened())
    assert originals(world) == []


def test_files_that_nobody_uses_are_named(world: World) -> None:
    (world.media / "stops/1-alash/de.take.wav").write_bytes(b"RIFF")
    (found,) = recordings.unused(world.opened())
    assert found.where.endswith("stops/1-alash/de.take.wav")
