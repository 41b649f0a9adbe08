"""A worker among recordings: when it makes them, and what a person's voice saves it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import responses
from sqlalchemy import select

from audioguide.languages import Language
from audioguide.models import Narration, State, Stop
from audioguide.operations import recordings
from audioguide.operations.narrations import want
from audioguide.operations.opened import Opened
from audioguide.services.narration import queue, take_processing
from audioguide.services.narration.scope import EVERYTHING
from audioguide.storage import FolderStore
from audioguide.worker import Heartbeat, Stopped, Worker
from google_stand_in import URL, in_proportion
from museum import ALASH, World
from readers import DANA, RATE_HZ, Room, read_aloud, record
from sound_files import Kind, write_sound

pytestmark = pytest.mark.thorough

EN = Language("en")
ROOM = Kind("wav", "pcm_s16le", RATE_HZ)
SENTENCES = (
    "This is The Leaders of Alash.",
    "People are remembered here.",
    "Take your time.",
    "Read one name.",
)


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Dana recorded on her phone: the English text of stop 1."""
    heard = record(read_aloud(EN, DANA, SENTENCES), Room())
    return write_sound(tmp_path_factory.mktemp("phone") / "dana.wav", heard.samples, ROOM)


def bring(world: World, content: bytes, **variables: str) -> Opened:
    """Put a recording beside the English text of stop 1, as a curator does."""
    (world.media / "stops/1-alash/en.take.wav").write_bytes(content)
    opened = world.opened(**variables)
    want(opened)
    recordings.bring(opened)
    return opened


def work(opened: Opened, store: FolderStore | None = None) -> None:
    made = Worker(opened.settings, store=store)
    made.run(until_done=True)
    made.close()


def rows(world: World) -> list[Narration]:
    """Give all that was spoken, the earliest first."""
    with world.database.reading() as session:
        made = select(Narration).where(Narration.state == State.READY)
        return list(session.scalars(made.order_by(Narration.made_at)))


def test_recordings_come_after_the_drafts_and_before_better_voices(
    world: World, voice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.speech.gtts._PACE_SECONDS", 0.0)
    with responses.RequestsMock() as google:
        google.add_callback("POST", URL, in_proportion)
        work(bring(world, voice.read_bytes(), VOICES="en=gtts"))
    assert [row.voice for row in rows(world)] == ["espeak-ng"] * 12 + ["recording"] + ["gtts"] * 3
    with world.database.reading() as session:
        query = select(Narration.voice).join(Stop).where(Stop.code == ALASH)
        heard = set(session.scalars(query.where(Narration.language == EN)))
    assert heard == {"espeak-ng", "recording"}  # nobody waits for a better computer


def test_a_recording_does_not_give_way_to_a_draft(world: World, voice: Path) -> None:
    bring(world, voice.read_bytes())
    with world.database.writing() as session:
        taken = take_processing.claim(session, "me")
        assert taken is not None
        assert queue.draft_is_waiting(session, EVERYTHING)
    stop = threading.Event()
    with Heartbeat(world.database, taken.claim, stop) as heartbeat:
        heartbeat()
        stop.set()
        with pytest.raises(Stopped):
            heartbeat()


def test_a_recording_that_cannot_be_used_is_named_and_the_draft_is_heard(
    world: World, voice: Path
) -> None:
    work(bring(world, voice.read_bytes()[:44]))
    assert [row.voice for row in rows(world)] == ["espeak-ng"] * 12
    with world.database.reading() as session:
        failed = session.scalars(select(Narration).where(Narration.state == State.FAILED)).one()
    assert failed.voice == "recording"
    assert "is no recording that can be played" in (failed.reason or "")


class Noting(FolderStore):
    """A store that notes what it let go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.gone: set[str] = set()

    def let_go(self, name: str) -> None:
        super().let_go(name)
        self.gone.add(name)


def test_the_sound_that_a_new_recording_replaces_is_let_go(world: World, voice: Path) -> None:
    store = Noting(world.settings.store)
    work(bring(world, voice.read_bytes()), store)
    first = rows(world)[-1]
    assert store.gone == set()
    again = record(read_aloud(EN, DANA, SENTENCES), Room(), seed=2)
    path = write_sound(world.folder / "again.wav", again.samples, ROOM)
    work(bring(world, path.read_bytes()), store)
    assert {first.sound, first.webm} <= store.gone
    assert store.has(first.sound or "")
