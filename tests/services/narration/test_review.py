from __future__ import annotations

import pytest
from sqlalchemy import select

from audioguide.content.text import sha256
from audioguide.errors import Finding, Grade
from audioguide.languages import Language
from audioguide.models import Narration, State, Stop, Transcript
from audioguide.services import importing
from audioguide.services.narration import review, take_intake
from museum import ALASH, THREE, World, a_sound

EN = Language("en")


def heard(world: World, **values: object) -> None:
    """Lay a recording of the English text of stop 1 into the database, as one that was made."""
    takes = take_intake.takes_store(world.settings.data)
    original = world.folder / "dana.m4a"
    original.write_bytes(a_sound("dana"))
    take = take_intake.keep_original(takes, original)
    with world.database.writing() as session:
        query = select(Transcript).join(Stop).where(Stop.code == ALASH)
        text = session.scalars(query.where(Transcript.language == EN)).one()
        row = take_intake.row_of(session, text.stop_id, EN)
        row.state, row.take, row.read_text = State.READY, take, text.text
        row.text_digest, row.doubtful = sha256(text.text), []
        row.sound = world.store.keep(a_sound("made"), "mp3")
        row.cues = world.store.keep(b"WEBVTT\n", "vtt")
        for name, value in values.items():
            setattr(row, name, value)


def found(world: World) -> list[Finding]:
    takes = take_intake.takes_store(world.settings.data)
    with world.database.reading() as session:
        return list(review.check(session, takes))


def test_a_good_recording_is_nothing_to_look_at(world: World) -> None:
    heard(world)
    assert found(world) == []


def test_a_recording_older_than_its_text_names_the_sentences_not_read(world: World) -> None:
    heard(world)
    world.edit("stops/1-alash/en.md", "Take your time.", "Do not hurry. Look up.")
    world.bring()
    (finding,) = found(world)
    assert (finding.grade, finding.where) == (Grade.WARNING, "1 alash en")
    assert str(finding.what) == (
        "The recording is older than its text. Not read yet: “Do not hurry.” “Look up.”"
    )


def test_a_sentence_that_was_taken_out_is_named_too(world: World) -> None:
    heard(world)
    world.edit("stops/1-alash/en.md", "Take your time. ", "")
    world.bring()
    (finding,) = found(world)
    assert str(finding.what).endswith("Read, and no longer there: “Take your time.”")


def test_a_text_whose_paragraphs_alone_have_changed_says_so(world: World) -> None:
    heard(world)
    world.edit("stops/1-alash/en.md", "time. Read", "time.\n\nRead")
    world.bring()
    (finding,) = found(world)
    assert str(finding.what).endswith("only paragraph breaks have changed, no sentence.")


def test_of_many_new_sentences_three_are_named(world: World) -> None:
    heard(world)
    world.edit("stops/1-alash/en.md", "Take your time.", "One. Two. Three. Four. Five.")
    world.bring()
    (finding,) = found(world)
    assert str(finding.what).endswith("“One.” “Two.” “Three.” … (+2)")


def test_each_doubtful_sentence_is_a_warning(world: World) -> None:
    heard(world, doubtful=[1, 3])
    assert [str(each.what).split(", may")[0] for each in found(world)] == [
        "Needs review: sentence 2 of the recording, “People are remembered here.”",
        "Needs review: sentence 4 of the recording, “Read one name.”",
    ]
    assert {each.grade for each in found(world)} == {Grade.WARNING}


def test_a_recording_that_failed_is_a_warning_with_its_reason(world: World) -> None:
    heard(world, state=State.FAILED, reason="kk.take.wav is silent.")
    (finding,) = found(world)
    assert finding.grade == Grade.WARNING
    assert str(finding.what) == "The recording cannot be used: kk.take.wav is silent."


def test_a_lost_original_is_an_error(world: World) -> None:
    heard(world)
    for path in take_intake.takes_store(world.settings.data).folder.iterdir():
        path.unlink()
    (finding,) = found(world)
    assert finding.grade == Grade.ERROR
    assert str(finding.what).startswith("The original of the recording, ")


@pytest.mark.parametrize("old", ["", "One. Two."])
def test_a_text_that_did_not_change_differs_in_nothing(old: str) -> None:
    assert review.differing(old, old, EN) == ((), ())


def wrong(world: World) -> list[tuple[str, str]]:
    pack, takes = importing.read(world.media), take_intake.takes_store(world.settings.data)
    with world.database.writing() as session:
        take_intake.want(
            session,
            take_intake.look(take_intake.places(session), world.media, takes, THREE).received,
        )
        places = take_intake.places(session)
    found = take_intake.wrong_takes(world.media, take_intake.stops_of(pack), places, THREE)
    return [(each.where, str(each.what)) for each in found]


def test_two_recordings_of_one_text_are_a_warning(world: World) -> None:
    for name in ("en.take.m4a", "en.take.wav", "ru.take.m4a"):
        (world.media / "stops/1-alash" / name).write_bytes(b"sound")
    assert wrong(world) == [
        (
            "media/stops/1-alash",
            (
                "There are several recordings of one text: en.take.m4a, en.take.wav. "
                "None of them is used."
            ),
        )
    ]


def test_an_empty_or_too_large_recording_is_a_warning(world: World) -> None:
    (world.media / "stops/1-alash/en.take.m4a").touch()
    with (world.media / "stops/2-famine/kk.take.wav").open("wb") as file:
        file.truncate(250_000_000)
    assert wrong(world) == [
        ("1 alash en", "en.take.m4a is empty."),
        ("2 famine kk", "kk.take.wav has 250 MB; a recording may have 200 MB."),
    ]


def test_a_recording_is_read_and_another_name_is_not(world: World) -> None:
    for name in ("en.take.m4a", "de.take.m4a", "en.take"):
        (world.media / "stops/1-alash" / name).write_bytes(b"sound")
    (world.media / "museum" / "en.take.m4a").write_bytes(b"sound")
    pack = importing.read(world.media)
    unread = importing.unread_files(world.media, pack)
    misnamed = take_intake.misnamed_takes(world.media, take_intake.stops_of(pack), THREE)
    assert [each.where for each in (*unread, *misnamed)] == [
        "media/museum/en.take.m4a",
        "media/stops/1-alash/de.take.m4a",
        "media/stops/1-alash/en.take",
    ]


def test_the_page_of_a_recording_older_than_its_text_waits_for_nothing(world: World) -> None:
    heard(world, text_digest="0" * 64)
    page = world.phone("en").get("/en/stops/alash")
    assert "The text has changed since this was recorded." in page.text
    assert "is being prepared" not in page.text
    with world.database.reading() as session:
        asked = session.scalars(select(Narration.asked_at).where(Narration.language == EN)).all()
    assert set(asked) == {None}
