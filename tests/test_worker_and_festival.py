"""A worker whose Russian voice is a program in Festival's place: it speaks, hangs, and ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from audioguide.languages import Language
from audioguide.models import Narration, State
from audioguide.operations.narrations import want
from audioguide.services.narration import backoff
from audioguide.services.narration.scope import Scope
from audioguide.speech import festival
from audioguide.speech.festival import FestivalVoice
from audioguide.worker import Worker
from festival_stand_in import SPEAKS, StandIn
from museum import World

pytestmark = pytest.mark.thorough

FESTIVAL = f"festival:{festival.USUAL_SPEAKER}"
TEXTS = 4


def work(world: World) -> None:
    """Want what is wanted without a network, and let a worker do it to the end."""
    opened = world.opened(VOICES="offline")
    want(opened)
    made = Worker(opened.settings, Scope(language=Language("ru")))
    made.run(until_done=True)
    made.close()


def ready(world: World) -> list[str]:
    with world.database.reading() as session:
        query = select(Narration.voice).where(
            Narration.language == Language("ru"), Narration.state == State.READY
        )
        return sorted(session.scalars(query))


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(festival, "make", lambda speaker, *_: FestivalVoice(speaker, patience_s=1))


def test_all_texts_are_spoken_after_their_drafts_and_no_sentence_has_a_process_of_its_own(
    world: World, stand_in: StandIn
) -> None:
    work(world)
    assert ready(world) == ["espeak-ng"] * TEXTS + [FESTIVAL] * TEXTS
    assert stand_in.starts() <= TEXTS < len(stand_in.asked())
    with world.database.reading() as session:
        query = select(Narration.voice).where(Narration.language == Language("ru"))
        made = session.scalars(query.order_by(Narration.made_at)).all()
    assert made[:TEXTS] == ["espeak-ng"] * TEXTS


@pytest.mark.usefixtures("stand_in")
def test_two_workers_do_not_both_fill_the_memory(world: World) -> None:
    want(world.opened(VOICES="offline"))

    while (claimed := world.claim("one")) is not None and claimed.voice != FESTIVAL:
        world.keep(claimed)
    assert claimed is not None
    claims = [world.claim("two"), world.claim("one")]
    assert claims == [None, None]
    world.keep(claimed)
    again = world.claim("two")
    assert again is not None
    assert again.voice == FESTIVAL


def test_a_voice_that_hangs_at_every_text_rests_and_the_drafts_are_heard(
    world: World, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    stand_in.does("    time.sleep(600)")
    work(world)
    assert ready(world) == ["espeak-ng"] * TEXTS
    with world.database.reading() as session:
        (rest,) = backoff.voices(session).values()
    assert "Festival has not said" in str(rest.reason)


def test_a_sentence_at_which_it_always_ends_costs_its_own_narration_alone(
    world: World, stand_in: StandIn
) -> None:
    world.edit("stops/1-alash/ru.md", "Не торопитесь.", "Это непроизносимо.")
    world.bring()
    stand_in.does("    if 'непроизносимо' in text: sys.exit(11)\n" + SPEAKS)
    work(world)
    assert ready(world) == ["espeak-ng"] * TEXTS + [FESTIVAL] * (TEXTS - 1)
