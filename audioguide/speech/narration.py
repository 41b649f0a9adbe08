"""Speak the sentences of a stop as one sound with its cues; it keeps nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.errors import VoiceFailed, VoiceWithoutSound, message
from audioguide.speech.coding import code
from audioguide.speech.cues import Cue, write_webvtt
from audioguide.speech.mastering import is_silent, join, trim
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples, Voice, shortened


@dataclass(frozen=True)
class Line:
    """One sentence: as it is shown to be read, and as it is prepared for the voice."""

    shown: str
    spoken: str


@dataclass(frozen=True)
class Sound:
    """A narration ready to be kept; its measures are those of ``Coded``."""

    mp3: bytes
    webm: bytes
    webvtt: str
    cues: tuple[Cue, ...]
    duration_ms: int
    loudness_lufs: float
    true_peak_dbtp: float


def narrate(paragraphs: Sequence[Sequence[Line]], voice: Voice, tags: Tags) -> Sound:
    """Speak paragraphs of lines as one sound in both formats, with a cue for each line.

    Raise ``VoiceFailed`` with the sentence that the voice could not speak.
    """
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines:
        raise VoiceFailed("There is nothing to speak: the text has no sentence.")
    spoken = [[_speak(line, voice) for line in paragraph] for paragraph in paragraphs]
    joined, spans = join(spoken, voice.sample_rate_hz)
    coded = code(joined, tags)
    cues = tuple(
        Cue(span.start_ms, span.end_ms, line.shown) for span, line in zip(spans, lines, strict=True)
    )
    return Sound(
        mp3=coded.mp3,
        webm=coded.webm,
        webvtt=write_webvtt(cues, tags.language),
        cues=cues,
        duration_ms=coded.duration_ms,
        loudness_lufs=coded.loudness_lufs,
        true_peak_dbtp=coded.true_peak_dbtp,
    )


def _speak(line: Line, voice: Voice) -> Samples:
    try:
        samples = voice.speak(line.spoken)
    except VoiceFailed as error:
        said = message(
            "{voice} could not speak “{words}”: {reason}",
            voice=voice.name,
            words=shortened(line.spoken),
            reason=error.message,
        )
        raise type(error)(said.sentence, **said.values) from error
    if not np.isfinite(samples).all():
        raise VoiceWithoutSound(
            "The voice returned broken sound for: {words}", words=shortened(line.spoken)
        )
    if is_silent(samples):
        raise VoiceWithoutSound(
            "The voice returned silence for: {words}", words=shortened(line.spoken)
        )
    return trim(samples, voice.sample_rate_hz)
