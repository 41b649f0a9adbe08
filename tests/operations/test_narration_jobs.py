from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from audioguide.errors import VoiceWithoutSound, message
from audioguide.languages import Language
from audioguide.models import Narration, State
from audioguide.operations import narration_jobs, recordings
from audioguide.operations.narrations import want
from audioguide.operations.opened import Opened
from audioguide.services.narration import queue
from audioguide.services.narration.available_voices import MadeVoices
from audioguide.services.narration.queue import Claim
from audioguide.services.narration.scope import EVERYTHING, Scope
from museum import World

EN, RU = Language("en"), Language("ru")


def claim(opened: Opened, scope: Scope = EVERYTHING) -> Claim:
    claimed = narration_jobs.next_narration(opened, "me", scope)
    assert claimed is not None
    return claimed


def state(world: World, claimed: Claim) -> State:
    with world.database.reading() as session:
        return session.get_one(Narration, claimed.narration_id).state


def voices(world: World, language: Language) -> set[str]:
    with world.database.reading() as session:
        query = select(Narration.voice).where(Narration.language == language)
        return set(session.scalars(query))


def do(opened: Opened, claimed: Claim, after_sentence: Callable[[], None]) -> None:
    made = MadeVoices(opened.settings.voices, opened.settings.data)
    keep = narration_jobs.speak(opened, claimed, made, after_sentence)
    narration_jobs.finish(opened, claimed, keep)


def test_what_was_claimed_is_spoken_and_kept(world: World) -> None:
    opened = world.opened()
    claimed = claim(opened, Scope(language=EN))
    spoken: list[None] = []
    do(opened, claimed, lambda: spoken.append(None))
    assert state(world, claimed) == State.READY
    assert len(spoken) >= 4


def test_no_transaction_is_open_while_a_voice_speaks(world: World) -> None:
    opened = world.opened()
    others: list[int] = []

    def write() -> None:
        with world.database.writing() as session:
            others.append(queue.give_up_hopeless(session) or 0)

    do(opened, claim(opened, Scope(language=EN)), write)
    assert others


def test_what_a_lost_claim_has_made_is_not_kept(world: World) -> None:
    opened = world.opened()
    claimed = claim(opened, Scope(language=EN))

    def lose() -> None:
        with world.database.writing() as session:
            session.get_one(Narration, claimed.narration_id).claimed_by = "another"

    do(opened, claimed, lose)
    assert state(world, claimed) == State.SPEAKING


def test_a_better_voice_that_fails_has_the_next_of_its_chain_wanted(world: World) -> None:
    opened = world.opened(VOICES="ru=gtts,edge-tts")
    want(opened)
    while (claimed := claim(opened, Scope(language=RU))).voice != "gtts":
        world.keep(claimed)
    assert not any(voice.startswith("edge-tts") for voice in voices(world, RU))
    narration_jobs.fail(opened, claimed, message("Not enough memory."))
    assert any(voice.startswith("edge-tts") for voice in voices(world, RU))


def test_a_draft_without_sound_fails_and_wants_nothing_else(world: World) -> None:
    opened = world.opened()
    claimed = claim(opened, Scope(language=EN))
    before = voices(world, EN)
    narration_jobs.not_spoken(opened, claimed, VoiceWithoutSound("Not enough memory."))
    assert state(world, claimed) == State.FAILED
    assert voices(world, EN) == before


def test_recordings_wait_for_the_drafts(world: World) -> None:
    (world.media / "stops/1-alash/en.take.wav").write_bytes(b"RIFF" + bytes(4000))
    opened = world.opened()
    recordings.bring(opened)
    assert narration_jobs.next_take(opened, "me", EVERYTHING) is None
    world.speak_all()
    taken = narration_jobs.next_take(opened, "me", EVERYTHING)
    assert taken is not None
    assert taken.claim.stop == "1 alash"


def test_a_worker_makes_a_voice_once(world: World) -> None:
    made = MadeVoices(world.settings.voices, world.settings.data)
    assert made.get("espeak-ng", EN) is made.get("espeak-ng", EN)
    assert made.get("espeak-ng", EN) is not made.get("espeak-ng", RU)
