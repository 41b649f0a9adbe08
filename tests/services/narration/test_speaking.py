from __future__ import annotations

import hashlib
import io
from pathlib import Path

import av
import pytest

from audioguide.errors import PackBroken
from audioguide.languages import Language
from audioguide.services.narration import audible, lexicons, queue, scripts, speaking
from audioguide.services.narration.queue import Claim, Spoken
from audioguide.services.staff import spoken_sentences, stop_lookup
from audioguide.services.staff.spoken_sentences import Told
from audioguide.speech.cues import read_webvtt
from audioguide.speech.espeak import EspeakVoice
from museum import World

TEXT = "One name. Two names.\n\nNobody is forgotten."
ENGLISH = EspeakVoice(Language("en"))
SENTENCES = ["One name.", "Two names.", "Nobody is forgotten."]


class Ended(Exception):
    """The worker was asked to end."""


def nothing() -> None:
    """Go on."""


def claim_of(text: str, language: Language = Language("en")) -> Claim:
    return Claim(1, "worker", "1 alash", language, "espeak-ng", "Alash", text, "digest")


def explain(world: World, named: str, language: Language) -> Told:
    with world.database.reading() as session:
        stop = stop_lookup.stop_id(session, named)
        return spoken_sentences.explain(session, stop, language, world.media, world.store)


def speak_first(world: World) -> tuple[Claim, Spoken]:
    claimed = world.claim()
    assert claimed is not None
    return claimed, speaking.speak(
        claimed, EspeakVoice(claimed.language), world.media, world.store, "The Museum", nothing
    )


def test_a_claim_becomes_a_sound_with_a_cue_for_each_sentence(world: World) -> None:
    spoken = speaking.speak(
        claim_of(TEXT), ENGLISH, world.media, world.store, "The Museum", nothing
    )
    sound, cues = world.store.read(spoken.sound), world.store.read(spoken.cues)
    assert sound is not None
    assert cues is not None
    assert len(sound) == spoken.size_bytes
    webm = world.store.read(spoken.webm)
    assert webm is not None
    assert len(webm) == spoken.webm_size_bytes < spoken.size_bytes
    assert spoken.webm == f"{hashlib.sha256(webm).hexdigest()[:32]}.webm"
    assert spoken.sound == f"{hashlib.sha256(sound).hexdigest()[:32]}.mp3"
    heard = read_webvtt(cues.decode())
    assert [cue.text for cue in heard] == SENTENCES
    assert heard[-1].end_ms <= spoken.duration_ms
    assert -16.5 <= spoken.loudness_lufs <= -15.5
    for coded in (sound, webm):
        with av.open(io.BytesIO(coded)) as file:
            told = {name.lower(): value for name, value in file.metadata.items()}
            assert (told["title"], told["artist"]) == ("Alash", "The Museum")


def test_each_sentence_is_reported_as_it_is_spoken(world: World) -> None:
    beats: list[None] = []
    speaking.speak(
        claim_of(TEXT), ENGLISH, world.media, world.store, "The Museum", lambda: beats.append(None)
    )
    assert len(beats) == len(SENTENCES)


def test_a_wish_to_end_ends_the_work_and_leaves_no_file(world: World) -> None:
    def end() -> None:
        raise Ended

    with pytest.raises(Ended):
        speaking.speak(claim_of(TEXT), ENGLISH, world.media, world.store, "The Museum", end)
    assert list(world.store.folder.iterdir()) == []


def test_a_script_keeps_the_shown_words_and_prepares_the_spoken(world: World) -> None:
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/en.tsv").write_text("ALZHIR\tal-zheer\n", encoding="utf-8")
    lexicon = lexicons.lexicon(world.media, Language("en"))
    ((line,),) = scripts.script("ALZHIR in 1938.", Language("en"), lexicon)
    assert line.shown == "ALZHIR in 1938."
    assert line.spoken == "al-zheer in nineteen thirty-eight."


@pytest.mark.parametrize("saved", [b"\xef\xbb\xbfAlash\tah-lash\r\n", b"Alash\tah-lash\n"])
def test_a_lexicon_of_any_editor_is_read(world: World, saved: bytes) -> None:
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/en.tsv").write_bytes(saved)
    assert lexicons.lexicon(world.media, Language("en")).entries == (("Alash", "ah-lash"),)


def test_a_lexicon_that_is_not_utf_8_is_named_by_file_and_line(world: World) -> None:
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/ru.tsv").write_bytes(b"#\n" + "КАССР\tкасср\n".encode("cp1251"))
    with pytest.raises(PackBroken, match=r"media/lexicon/ru\.tsv:2: The file is not UTF-8"):
        lexicons.lexicon(world.media, Language("ru"))


def test_a_stop_spoken_for_real_is_explained_with_its_times(world: World) -> None:
    claimed, spoken = speak_first(world)
    with world.database.writing() as session:
        assert queue.keep(session, claimed, spoken)
    told = explain(world, "0", Language("kk"))
    assert told.stop == "0 welcome"
    assert str(told.state).startswith("Spoken by espeak-ng, ")
    starts = [sentence.start_ms for sentence in told.sentences]
    assert len(starts) == 4
    assert starts == sorted(start for start in starts if start is not None)
    with world.database.reading() as session:
        found = audible.heard(
            session, stop_lookup.stop_id(session, "0"), claimed.language, claimed.digest
        )
    assert found is not None
    assert [cue.text for cue in audible.cues(world.store, found)] == [
        sentence.shown for sentence in told.sentences
    ]


def test_a_stop_that_is_not_spoken_yet_is_explained_without_times(world: World) -> None:
    told = explain(world, "alash", Language("en"))
    assert str(told.state) == "The sound is still being made."
    assert {sentence.start_ms for sentence in told.sentences} == {None}
    assert told.sentences[0].shown == "This is The Leaders of Alash."


def test_the_folder_of_the_pack_may_have_no_lexicon(tmp_path: Path) -> None:
    assert lexicons.lexicon(tmp_path, Language("kk")).entries == ()
