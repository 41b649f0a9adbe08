from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select, update

from audioguide.errors import AudioguideError, Grade, TakeRefused
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript, now
from audioguide.services import editions, importing
from audioguide.services.narration import (
    audible,
    plan,
    queue,
    review,
    take_decisions,
    take_intake,
    take_processing,
)
from audioguide.services.narration.audible import Heard
from audioguide.services.narration.scope import reason_of
from audioguide.services.narration.take_intake import Arriving
from audioguide.services.narration.take_processing import Folders, Reading, Recorded, TakeClaim
from audioguide.speech.cues import read_webvtt
from audioguide.speech.resampling import resample
from audioguide.speech.voice import Samples
from audioguide.storage import FolderStore
from audioguide.words import say
from museum import ALASH, THREE, World
from readers import DANA, RATE_HZ, Room, read_aloud, record
from sound_files import WAV, Kind, write_sound, write_tracks

pytestmark = pytest.mark.thorough

EN = Language("en")
SENTENCES = (
    "This is The Leaders of Alash.",
    "People are remembered here.",
    "Take your time.",
    "Read one name.",
)
OTHER_WORDS = (
    "Whoever comes in winter finds snow before every door. Bread was baked for eleven hundred "
    "travellers. Horses stood outside until nightfall."
)
ROOM = Kind("wav", "pcm_s16le", RATE_HZ)


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Dana recorded on her phone: the English text of stop 1."""
    recording = record(read_aloud(EN, DANA, SENTENCES), Room())
    return write_sound(tmp_path_factory.mktemp("phone") / "dana.wav", recording.samples, ROOM)


def beside(world: World, path: Path, name: str = "stops/1-alash/en.take.wav") -> None:
    (world.media / name).write_bytes(path.read_bytes())


def receive(world: World) -> list[str]:
    with world.database.reading() as session:
        places = take_intake.places(session)
    found = take_intake.look(places, world.media, takes(world), THREE).received
    with world.database.writing() as session:
        return take_intake.want(session, found)


def takes(world: World) -> FolderStore:
    return take_intake.takes_store(world.settings.data)


def folders(world: World) -> Folders:
    return Folders(takes(world), world.media, world.store)


def claim(world: World, worker: str = "worker") -> TakeClaim | None:
    with world.database.writing() as session:
        return take_processing.claim(session, worker, takes=takes(world))


def make_heard(world: World, voice: Path) -> None:
    """Put a take beside its text, and make it the one that is heard."""
    beside(world, voice)
    receive(world)
    work(world)


def work(world: World) -> Recorded | str | None:
    """Work as a worker does; return what was made, or why it was not."""
    claimed = claim(world)
    if claimed is None:
        return None
    try:
        made = take_processing.make(
            claimed.reading,
            folders(world),
            "The Museum",
            lambda _: None,
            accept_cut=claimed.was_heard,
            accept_unlike=claimed.was_heard,
        )
    except AudioguideError as error:
        with world.database.writing() as session:
            queue.fail(session, claimed.claim, error.message)
        return str(error)
    with world.database.writing() as session:
        assert take_processing.keep(session, claimed, made)
    return made


def row(world: World) -> Narration:
    with world.database.reading() as session:
        return session.scalars(select(Narration).where(Narration.voice == "recording")).one()


def heard(world: World, language: Language = EN) -> Heard | None:
    with world.database.reading() as session:
        query = select(Transcript).join(Stop).where(Stop.code == ALASH)
        words = session.scalars(query.where(Transcript.language == language)).one()
        return audible.heard(session, words.stop_id, language, words.digest)


def test_a_recording_beside_the_text_is_heard_with_a_cue_for_each_sentence(
    world: World, voice: Path
) -> None:
    world.speak_all()
    beside(world, voice)
    assert receive(world) == ["1 alash en"]
    made = work(world)
    assert isinstance(made, Recorded)

    found = heard(world)
    assert found is not None
    assert (found.source, found.voice, found.is_current) == (Source.RECORDED, "recording", True)
    assert -16.5 <= found.loudness_lufs <= -15.5
    assert world.store.is_whole(found.webm or "")
    assert found.webm_size_bytes == made.webm_size_bytes < made.size_bytes
    cues = audible.cues(world.store, found)
    assert tuple(cue.text for cue in cues) == SENTENCES
    assert made.doubts == ()


def test_the_original_is_kept_byte_for_byte(world: World, voice: Path) -> None:
    make_heard(world, voice)
    name = row(world).take
    assert name is not None
    assert takes(world).read(name) == voice.read_bytes()
    assert takes(world).is_whole(name)


def test_the_same_file_is_received_once(world: World, voice: Path) -> None:
    beside(world, voice)
    assert receive(world) == ["1 alash en"]
    assert receive(world) == []
    work(world)
    path = world.media / "stops/1-alash/en.take.wav"
    path.touch()
    assert receive(world) == []
    assert claim(world) is None


def test_of_two_recordings_of_one_text_none_is_received(world: World, voice: Path) -> None:
    beside(world, voice)
    beside(world, voice, "stops/1-alash/en.take.copy.wav")
    assert receive(world) == []


@pytest.mark.parametrize("ending", ["part", "wav.crdownload", "TMP"])
def test_a_file_that_is_still_being_copied_is_no_recording(
    world: World, voice: Path, ending: str
) -> None:
    beside(world, voice, f"stops/1-alash/en.take.{ending}")
    assert receive(world) == []


def test_an_original_is_never_taken_for_half_a_file(world: World, voice: Path) -> None:
    path = world.folder / "dana.part"
    path.write_bytes(voice.read_bytes())
    name = take_intake.keep_original(takes(world), path)
    os.utime(takes(world).path(name), (0, 0))
    takes(world).prepare()
    assert takes(world).has(name)


@pytest.mark.skipif(sys.platform != "linux", reason="a file that cannot be read, of /proc")
def test_a_recording_that_cannot_be_read_is_named_and_the_others_are_received(
    world: World, voice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_intake, "check_file", lambda _: None)  # its size is none, too
    (world.media / "stops/1-alash/kk.take.wav").symlink_to("/proc/self/mem")
    beside(world, voice)
    assert receive(world) == ["1 alash en"]
    pack = importing.read(world.media)
    with world.database.reading() as session:
        places = take_intake.places(session)
    (wrong,) = take_intake.wrong_takes(world.media, take_intake.stops_of(pack), places, THREE)
    assert wrong.where == "media/stops/1-alash/kk.take.wav"
    assert str(wrong.what) == "The file cannot be read: the disk does not give it back."


def test_a_file_that_may_still_be_on_its_way_is_left_alone(world: World, voice: Path) -> None:
    beside(world, voice)
    with world.database.reading() as session:
        places = take_intake.places(session)
    moment = [0.0]
    arriving = Arriving(2, clock=lambda: moment[0])

    def look() -> int:
        return len(take_intake.look(places, world.media, takes(world), THREE, arriving).received)

    assert look() == 0
    moment[0] = 1.9
    with (world.media / "stops/1-alash/en.take.wav").open("ab") as file:
        file.write(b"\0\0")
    assert look() == 0
    moment[0] = 3.8
    assert look() == 0
    moment[0] = 3.9
    assert look() == 1


@pytest.mark.parametrize("ahead", [timedelta(hours=5), timedelta(days=-9000), timedelta(days=400)])
def test_a_recording_of_any_date_is_received(world: World, voice: Path, ahead: timedelta) -> None:
    beside(world, voice)
    written = time.time() + ahead.total_seconds()
    os.utime(world.media / "stops/1-alash/en.take.wav", (written, written))
    with world.database.reading() as session:
        places = take_intake.places(session)
    arriving = Arriving(0.0)
    assert len(take_intake.look(places, world.media, takes(world), THREE, arriving).received) == 1
    assert receive(world) == ["1 alash en"]


def test_a_recording_that_was_not_received_is_never_passed_over(world: World, voice: Path) -> None:
    beside(world, voice)
    (world.media / "stops/101-baitursynuly").mkdir()
    beside(world, voice, "stops/101-baitursynuly/en.take.wav")  # a stop that is not shown
    pack = importing.read(world.media)

    def found() -> list[tuple[str, str]]:
        with world.database.reading() as session:
            places = take_intake.places(session)
        wrong = take_intake.wrong_takes(world.media, take_intake.stops_of(pack), places, THREE)
        return [(each.where, str(each.what)) for each in wrong]

    said = "The recording en.take.wav has not been received."
    assert found() == [("1 alash en", said), ("101 baitursynuly en", said)]
    receive(world)
    assert found() == [("101 baitursynuly en", said)]


def test_a_better_voice_never_takes_the_place_of_a_recording(world: World, voice: Path) -> None:
    make_heard(world, voice)
    before = heard(world)
    world.speak_all()
    with world.database.writing() as session:
        plan.want_all(session)
    world.speak_all()
    assert heard(world) == before


def test_a_take_that_is_refused_leaves_the_sound_of_before(world: World, voice: Path) -> None:
    make_heard(world, voice)
    before = heard(world)
    beside(world, write_sound(world.folder / "hum.wav", 0 * voice_samples(), WAV))
    assert receive(world) == ["1 alash en"]
    reason = work(world)
    assert isinstance(reason, str)
    assert reason.startswith("en.take.wav is silent")
    assert heard(world) == before
    assert (row(world).state, str(reason_of(row(world).reason))) == (State.FAILED, reason)


def test_a_take_that_was_accepted_is_made_again_although_a_newer_one_was_refused(
    world: World, voice: Path
) -> None:
    make_heard(world, voice)
    before = row(world)
    beside(world, write_sound(world.folder / "hum.wav", 0 * voice_samples(), WAV))
    receive(world)
    refused = work(world)
    (world.store.folder / (before.sound or "")).unlink()
    with world.database.writing() as session:
        plan.repair(session, world.store)
    assert isinstance(work(world), Recorded)
    during = row(world)
    assert (during.sound, during.take, during.state) == (before.sound, before.take, State.WANTED)
    assert work(world) == refused
    after = row(world)
    assert (after.sound, after.state) == (before.sound, State.FAILED)


def test_a_new_take_is_made_where_the_older_one_is_lost_with_its_sound(
    world: World, voice: Path
) -> None:
    make_heard(world, voice)
    before = row(world)
    (world.store.folder / (before.sound or "")).unlink()
    takes(world).remove(before.take or "")
    with world.database.writing() as session:
        plan.repair(session, world.store)
    louder = record(read_aloud(EN, DANA, SENTENCES), Room(), seed=2)
    beside(world, write_sound(world.folder / "new.wav", louder.samples, ROOM))
    receive(world)
    assert isinstance(work(world), Recorded)
    assert (row(world).state, row(world).wanted_take) == (State.READY, None)


def test_a_new_take_replaces_the_older_one_whole(world: World, voice: Path) -> None:
    make_heard(world, voice)
    first = row(world)
    louder = record(read_aloud(EN, DANA, SENTENCES), Room(), seed=2)
    beside(world, write_sound(world.folder / "new.wav", louder.samples, ROOM))
    receive(world)
    during = row(world)
    assert (during.sound, during.take) == (first.sound, first.take)
    work(world)
    second = row(world)
    assert second.take not in (None, first.take)
    assert second.sound != first.sound
    assert takes(world).has(first.take or "")


def test_a_changed_text_leaves_the_recording_heard_and_says_that_it_is_older(
    world: World, voice: Path
) -> None:
    make_heard(world, voice)
    world.edit("stops/1-alash/en.md", "Take your time.", "Do not hurry.")
    world.bring()
    world.speak_all()
    found = heard(world)
    assert found is not None
    assert (found.source, found.is_current) == (Source.RECORDED, False)
    assert claim(world) is None


def test_a_recording_that_lost_its_files_is_made_again_of_the_words_it_was_read_from(
    world: World, voice: Path
) -> None:
    make_heard(world, voice)
    before = row(world)
    world.edit("stops/1-alash/en.md", "Take your time.", "Do not hurry.")
    world.bring()
    (world.store.folder / (before.sound or "")).unlink()
    with world.database.writing() as session:
        plan.repair(session, world.store)
    assert isinstance(work(world), Recorded)
    after = row(world)
    assert (after.sound, after.cues, after.text_digest) == (
        before.sound,
        before.cues,
        before.text_digest,
    )


def test_a_recording_of_before_there_was_a_second_format_is_coded_again_from_its_take(
    world: World, voice: Path
) -> None:
    make_heard(world, voice)
    before = row(world)
    with world.database.writing() as session:
        session.execute(update(Narration).values(webm=None, webm_size_bytes=None))
    with world.database.writing() as session:
        plan.repair(session, world.store)
    during = heard(world)
    assert during is not None
    assert (during.sound, during.webm) == (before.sound, None)
    assert isinstance(work(world), Recorded)
    after = row(world)
    assert (after.sound, after.webm, after.take) == (before.sound, before.webm, before.take)
    assert after.source == Source.RECORDED


def test_what_was_accepted_although_unlike_is_accepted_when_it_is_made_again(
    world: World, voice: Path
) -> None:
    name = take_intake.keep_original(takes(world), voice)
    with world.database.reading() as session:
        stop_id = session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()
    reading = Reading(name, "dana.wav", EN, "Alash", OTHER_WORDS)
    with pytest.raises(TakeRefused, match="does not say this text"):
        take_processing.make(reading, folders(world), "m", lambda _: None)
    made = take_processing.make(reading, folders(world), "m", lambda _: None, accept_unlike=True)
    with world.database.writing() as session:
        take_processing.put(session, stop_id, reading, made)
    (world.store.folder / made.sound).unlink()
    with world.database.writing() as session:
        plan.repair(session, world.store)
    again = work(world)
    assert isinstance(again, Recorded)
    assert again.doubts == made.doubts


def test_what_was_found_right_stays_so_when_the_same_reading_is_made_again(
    world: World, voice: Path
) -> None:
    name = take_intake.keep_original(takes(world), voice)
    with world.database.reading() as session:
        stop_id = session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()
    reading = Reading(name, "dana.wav", EN, "Alash", OTHER_WORDS)
    made = take_processing.make(reading, folders(world), "m", lambda _: None, accept_unlike=True)
    with world.database.writing() as session:
        take_processing.put(session, stop_id, reading, made)
    with world.database.writing() as session:
        assert take_decisions.find_right(session, stop_id, EN, [1, 3]) == (2,)
    (world.store.folder / made.sound).unlink()
    with world.database.writing() as session:
        plan.repair(session, world.store)
    assert isinstance(work(world), Recorded)
    assert row(world).doubtful == [1]


def test_what_is_to_be_known_of_a_recording_is_kept_and_told_in_any_language(
    world: World, voice: Path
) -> None:
    began = now()
    heard = read_aloud(EN, DANA, SENTENCES)
    sound = resample(record(heard, Room()).samples, RATE_HZ, 8_000)
    path = world.folder / "low.wav"
    write_tracks(path, [np.stack([sound, -sound])], Kind("wav", "pcm_s16le", 8_000, "stereo"))
    beside(world, path)
    receive(world)
    assert isinstance(work(world), Recorded)
    with world.database.reading() as session:
        told = [str(each.what) for each in review.news(session, began)]
        checked = [each.grade for each in review.check(session, takes(world))]
    assert told[0] == "The recording is heard now."
    assert "Low quality: the recording has 8,000 Hz" in told[1]
    assert "Channel 1 of 2 was taken alone" in told[1]
    assert Grade.NOTE in checked
    with world.database.reading() as session:
        (kept,) = [each for each in review.check(session, takes(world)) if each.grade == "note"]
    assert "Сапасы төмен" in say(Language("kk"), kept.what.sentence, **kept.what.values)


def test_a_recording_that_was_heard_before_is_no_news(world: World, voice: Path) -> None:
    make_heard(world, voice)
    with world.database.reading() as session:
        assert list(review.news(session, now())) == []


def test_a_recording_of_another_language_is_refused(world: World, voice: Path) -> None:
    beside(world, voice, "stops/1-alash/kk.take.wav")
    receive(world)
    reason = work(world)
    assert isinstance(reason, str)
    assert "Is it the recording of this" in reason


def test_a_take_far_too_short_is_refused_with_both_figures(world: World) -> None:
    spoken = read_aloud(EN, DANA, SENTENCES[:1])
    beside(world, write_sound(world.folder / "a.wav", record(spoken, Room()).samples, ROOM))
    receive(world)
    reason = work(world)
    assert isinstance(reason, str)
    assert reason.startswith("The recording lasts 2 s, and the text should last about 8 s.")


def test_two_workers_never_make_the_same_take(world: World, voice: Path) -> None:
    beside(world, voice)
    receive(world)
    assert claim(world, "one") is not None
    assert claim(world, "two") is None


def test_what_lost_its_claim_changes_nothing(world: World, voice: Path) -> None:
    beside(world, voice)
    receive(world)
    claimed = claim(world)
    assert claimed is not None
    made = take_processing.make(claimed.reading, folders(world), "The Museum", lambda _: None)
    with world.database.writing() as session:
        queue.give_back(session, claimed.claim)
        assert not take_processing.keep(session, claimed, made)
    assert heard(world) is None


def test_a_take_given_by_hand_is_heard_at_once_and_raises_the_edition(
    world: World, voice: Path
) -> None:
    name = take_intake.keep_original(takes(world), voice)
    with world.database.reading() as session:
        stop_id = session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()
        reading = take_processing.reading_of(session, stop_id, EN, name, "dana.wav")
        before = editions.edition_number(session)
    told: list[float] = []
    made = take_processing.make(reading, folders(world), "The Museum", told.append)
    with world.database.writing() as session:
        take_processing.put(session, stop_id, reading, made)
        assert editions.edition_number(session) == before + 1
    found = heard(world)
    assert found is not None
    assert found.source == Source.RECORDED
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_cues_lie_within_the_sound(world: World, voice: Path) -> None:
    name = take_intake.keep_original(takes(world), voice)
    text = " ".join(SENTENCES)
    made = take_processing.make(
        Reading(name, "dana.wav", EN, "Alash", text), folders(world), "m", lambda _: None
    )
    kept = world.store.read(made.cues)
    assert kept is not None
    cues = read_webvtt(kept.decode())
    assert all(cue.start_ms < cue.end_ms for cue in cues)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(cues))
    assert cues[-1].end_ms <= made.duration_ms


def test_a_text_without_a_sentence_has_nothing_to_align(world: World, voice: Path) -> None:
    name = take_intake.keep_original(takes(world), voice)
    with pytest.raises(TakeRefused, match="nothing to align"):
        take_processing.make(
            Reading(name, "dana.wav", EN, "Alash", ""), folders(world), "m", lambda _: None
        )


def voice_samples() -> Samples:
    return record(read_aloud(EN, DANA, SENTENCES[:1]), Room()).samples
