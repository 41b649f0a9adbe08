from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.languages import Language
from audioguide.services.narration import queue
from audioguide.services.staff import spoken_sentences, stop_lookup
from audioguide.services.staff.spoken_sentences import Told
from museum import World


def explain(world: World, named: str, language: Language = Language("kk")) -> Told:
    with world.database.reading() as session:
        stop = stop_lookup.stop_id(session, named)
        return spoken_sentences.explain(session, stop, language, world.media, world.store)


def test_a_failure_is_explained_with_its_reason(world: World) -> None:
    claimed = world.claim()
    assert claimed is not None
    with world.database.writing() as session:
        queue.fail(session, claimed, "The voice is hoarse.")
    assert str(explain(world, "0").state) == "The sound could not be made: The voice is hoarse."


def test_a_sound_of_an_older_text_gives_no_times(world: World) -> None:
    world.speak_all()
    world.edit("stops/0-welcome/kk.md", "Асықпаңыз.", "Асықпай оқыңыз.")
    world.bring()
    told = explain(world, "0")
    assert {sentence.start_ms for sentence in told.sentences} == {None}


def test_cues_that_do_not_fit_the_sentences_give_no_times(world: World) -> None:
    world.speak_all()  # the tones have one cue for four sentences
    assert {sentence.start_ms for sentence in explain(world, "0").sentences} == {None}


def test_a_stop_without_words_cannot_be_explained(world: World) -> None:
    with pytest.raises(AskedWrongly, match="Stop 101 has no words in kk yet"):
        explain(world, "101")
