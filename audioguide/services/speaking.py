"""Speak a claimed narration and put the sound into the store; slow, so no session is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from audioguide.content import sentences
from audioguide.languages import Language
from audioguide.services.narrating import Claim, Spoken
from audioguide.services.pronouncing import lexicon
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.narration import Line, narrate
from audioguide.speech.script import Lexicon, prepare
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples, Voice
from audioguide.storage import Store


def speak(
    claimed: Claim, media: Path, store: Store, museum: str, after_sentence: Callable[[], None]
) -> Spoken:
    """Speak a narration; ``after_sentence`` is called as often as the voice has spoken one.

    Raise VoiceFailed, with the sentence named, if the voice cannot; what ``after_sentence``
    raises ends the work too.
    """
    lines = script(claimed.text, claimed.language, lexicon(media, claimed.language))
    voice = _Heartbeat(EspeakVoice(claimed.language), after_sentence)
    tags = Tags(claimed.title, album=museum, artist=museum, language=claimed.language)
    sound = narrate(lines, voice, tags)
    return Spoken(
        sound=store.keep(sound.mp3, "mp3"),
        webm=store.keep(sound.webm, "webm"),
        cues=store.keep(sound.webvtt.encode(), "vtt"),
        size_bytes=len(sound.mp3),
        webm_size_bytes=len(sound.webm),
        duration_ms=sound.duration_ms,
        loudness_lufs=sound.loudness_lufs,
    )


def script(text: str, language: Language, words: Lexicon) -> tuple[tuple[Line, ...], ...]:
    """Prepare a text for the voice: by paragraph and sentence, as shown and as spoken."""
    return tuple(
        tuple(Line(shown=each, spoken=prepare(each, language, words)) for each in paragraph)
        for paragraph in sentences.split_text(text, language)
    )


class _Heartbeat:
    """A voice that reports after each sentence, so that a long narration keeps its claim."""

    def __init__(self, voice: Voice, after_sentence: Callable[[], None]) -> None:
        self._voice = voice
        self._after_sentence = after_sentence
        self.name = voice.name
        self.sample_rate_hz = voice.sample_rate_hz

    def speak(self, sentence: str) -> Samples:
        """Speak as the voice does, then report."""
        samples = self._voice.speak(sentence)
        self._after_sentence()
        return samples
