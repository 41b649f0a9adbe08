"""What a curator decides about a recording after listening to it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from audioguide.content.text import sha256
from audioguide.errors import AskedWrongly, AudioguideError
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript
from audioguide.services import editions
from audioguide.services.narration import audible, review, take_decisions, take_intake
from audioguide.services.narration.audible import Heard
from museum import ALASH, THREE, World, a_sound

EN = Language("en")


def stop_id(world: World) -> int:
    with world.database.reading() as session:
        return session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()


def heard(world: World, *doubtful: int) -> str:
    """Put a recording beside the English text of stop 1, and lay it in as one that was made."""
    beside = world.media / "stops/1-alash/en.take.m4a"
    beside.write_bytes(a_sound("dana"))
    receive(world)
    with world.database.writing() as session:
        query = select(Transcript).where(Transcript.stop_id == stop_id(world))
        text = session.scalars(query.where(Transcript.language == EN)).one()
        row = take_intake.row_of(session, text.stop_id, EN)
        row.take, row.wanted_take, row.state = row.wanted_take, None, State.READY
        row.read_text, row.text_digest = text.text, sha256(text.text)
        row.doubtful = list(doubtful)
        row.sound = world.store.keep(a_sound("made"), "mp3")
        row.cues = world.store.keep(b"WEBVTT\n", "vtt")
        return row.take or ""


def receive(world: World) -> list[str]:
    takes = take_intake.takes_store(world.settings.data)
    with world.database.reading() as session:
        places = take_intake.places(session)
    found = take_intake.look(places, world.media, takes, THREE).received
    with world.database.writing() as session:
        return take_intake.want(session, found)


def drop(world: World) -> take_decisions.Dropped | None:
    with world.database.reading() as session:
        take_decisions.put_aside(session, stop_id(world), EN, world.media)
    with world.database.writing() as session:
        return take_decisions.drop(session, stop_id(world), EN)


def now_heard(world: World) -> Heard | None:
    with world.database.reading() as session:
        query = select(Transcript.digest).where(Transcript.stop_id == stop_id(world))
        digest = session.scalars(query.where(Transcript.language == EN)).one()
        return audible.heard(session, stop_id(world), EN, digest)


def edition(world: World) -> int:
    with world.database.reading() as session:
        return editions.edition_number(session)


def test_a_recording_that_is_taken_back_gives_way_to_the_computer(spoken_world: World) -> None:
    heard(spoken_world)
    before = edition(spoken_world)
    drop(spoken_world)
    found = now_heard(spoken_world)
    assert found is not None
    assert found.source == Source.GENERATED
    assert edition(spoken_world) > before


def test_its_original_is_kept_and_its_file_does_not_come_back(world: World) -> None:
    take = heard(world)
    dropped = drop(world)
    assert dropped is not None
    assert dropped.originals == (take,)
    assert take_intake.takes_store(world.settings.data).is_whole(take)
    assert receive(world) == []
    names = sorted(path.name for path in (world.media / "stops/1-alash").glob("*take*"))
    assert names == ["en.take.m4a.dropped"]


def test_put_back_under_its_name_it_is_received_again(world: World) -> None:
    heard(world)
    drop(world)
    folder = world.media / "stops/1-alash"
    (folder / "en.take.m4a.dropped").rename(folder / "en.take.m4a")
    assert receive(world) == ["1 alash en"]


def test_what_was_put_aside_before_is_not_overwritten(world: World) -> None:
    for _ in range(2):
        heard(world)
        drop(world)
    names = sorted(path.name for path in (world.media / "stops/1-alash").glob("*take*"))
    assert names == ["en.take.m4a.1.dropped", "en.take.m4a.dropped"]


def test_a_recording_that_waits_is_taken_back_too(world: World) -> None:
    heard(world)
    with world.database.writing() as session:
        row = take_intake.row_of(session, stop_id(world), EN)
        row.wanted_take, row.take, row.sound, row.state = row.take, None, None, State.WANTED
    drop(world)
    with world.database.reading() as session:
        assert (
            session.scalars(select(Narration.id).where(Narration.voice == "recording")).all() == []
        )


def test_where_there_is_no_recording_nothing_is_taken_back(world: World) -> None:
    assert drop(world) is None


def find_right(world: World, *numbers: int) -> tuple[int, ...]:
    with world.database.writing() as session:
        return take_decisions.find_right(session, stop_id(world), EN, numbers)


def warnings(world: World) -> list[str]:
    takes = take_intake.takes_store(world.settings.data)
    with world.database.reading() as session:
        return [str(each.what) for each in review.check(session, takes)]


def test_a_sentence_that_is_found_right_is_no_warning_any_more(world: World) -> None:
    heard(world, 1, 3)
    assert find_right(world, 2) == (4,)
    (left,) = warnings(world)
    assert "sentence 4" in left
    assert find_right(world, 4) == ()
    assert warnings(world) == []


def test_several_sentences_are_found_right_at_once(world: World) -> None:
    heard(world, 0, 1, 3)
    assert find_right(world, 1, 2, 4) == ()


@pytest.mark.parametrize("number", [0, 1, 99])
def test_a_sentence_that_is_not_in_doubt_is_refused_with_those_that_are(
    world: World, number: int
) -> None:
    heard(world, 1, 3)
    with pytest.raises(AskedWrongly, match=r"needs no review\. These do: 2, 4\."):
        find_right(world, number)


def test_where_nothing_is_in_doubt_that_is_said(world: World) -> None:
    heard(world)
    with pytest.raises(AskedWrongly, match="No sentence of this recording needs review"):
        find_right(world, 1)


def test_without_a_recording_nothing_can_be_found_right(world: World) -> None:
    with pytest.raises(AudioguideError, match="There is no recording of this text"):
        find_right(world, 1)
