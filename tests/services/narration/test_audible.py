from __future__ import annotations

from datetime import UTC, datetime, timedelta

from audioguide.models import Narration, Source, State
from audioguide.services.narration import audible, work_report
from museum import World

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def spoken(text_digest: str, minutes: int, **others: object) -> Narration:
    values: dict[str, object] = {
        "voice": "espeak-ng",
        "source": Source.GENERATED,
        "state": State.READY,
        "text_digest": text_digest,
        "sound": f"{text_digest}{minutes}.mp3",
        "webm": f"{text_digest}{minutes}.webm",
        "cues": f"{text_digest}{minutes}.vtt",
        "size_bytes": 4000,
        "webm_size_bytes": 2500,
        "duration_ms": 61_000,
        "loudness_lufs": -16.0,
        "made_at": NOON + timedelta(minutes=minutes),
    }
    return Narration(**(values | others))


def test_nothing_is_heard_where_nothing_was_made() -> None:
    assert audible.best([], "new") is None


def test_the_sound_of_the_present_text_beats_a_newer_one_of_an_older_text() -> None:
    found = audible.best([spoken("old", 5), spoken("new", 1)], "new")
    assert found is not None
    assert (found.sound, found.is_current) == ("new1.mp3", True)


def test_the_newest_sound_of_an_older_text_is_better_than_none() -> None:
    found = audible.best([spoken("older", 5), spoken("oldest", 1)], "new")
    assert found is not None
    assert (found.sound, found.is_current) == ("older5.mp3", False)


def test_what_is_heard_tells_everything_about_the_sound() -> None:
    found = audible.best([spoken("new", 0)], "new")
    assert found == audible.Heard(
        sound="new0.mp3",
        webm="new0.webm",
        cues="new0.vtt",
        size_bytes=4000,
        webm_size_bytes=2500,
        duration_ms=61_000,
        loudness_lufs=-16.0,
        voice="espeak-ng",
        source=Source.GENERATED,
        made_at=NOON,
        text_digest="new",
        is_current=True,
    )


def test_the_cues_are_read_from_the_store(world: World) -> None:
    vtt = b"WEBVTT\n\n1\n00:00:00.200 --> 00:00:01.000\nHello &amp; welcome.\n"
    found = audible.best([spoken("new", 0, cues=world.store.keep(vtt, "vtt"))], "new")
    assert found is not None
    (cue,) = audible.cues(world.store, found)
    assert (cue.start_ms, cue.end_ms, cue.text) == (200, 1000, "Hello & welcome.")


def test_lost_cues_are_no_cues(world: World) -> None:
    for lost in ("0" * 32 + ".vtt", None):
        found = audible.best([spoken("new", 0, cues=lost)], "new")
        assert found is not None
        assert audible.cues(world.store, found) == ()


def test_everything_that_is_made_is_counted(world: World) -> None:
    world.speak_all()
    with world.database.reading() as session:
        assert work_report.progress(session) == work_report.Progress(ready=12, to_do=0, failed=0)
        assert work_report.failures(session) == ()
