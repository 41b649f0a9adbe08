"""Speak the sentences of a stop as one sound with its cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.characters import has_words
from audioguide.errors import VoiceFailed, VoiceWithoutSound, message
from audioguide.speech.coding import code
from audioguide.speech.cues import Cue, write_webvtt
from audioguide.speech.mastering import is_silent, join, trim
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples, Voice, shortened

_PASSED_OVER_MS = 100  # a cue lasts, and marks its sentence as the sound goes by


@dataclass(frozen=True)
class Line:
    """One sentence: as it is shown to be read, and as it is prepared for the voice."""

    shown: str
    spoken: str


@dataclass(frozen=True)
class Sound:
    """A narration ready to be kept; its measures are those of ``Coded``.

    ``passed_over`` holds the sentences on which the voice was silent.
    """

    mp3: bytes
    webm: bytes
    webvtt: str
    cues: tuple[Cue, ...]
    duration_ms: int
    loudness_lufs: float
    true_peak_dbtp: float
    passed_over: tuple[str, ...] = ()


def narrate(
    paragraphs: Sequence[Sequence[Line]], voice: Voice, tags: Tags, *, passes_over: bool = False
) -> Sound:
    """Speak paragraphs of lines as one sound in both formats, with a cue for each line.

    Raise ``VoiceFailed`` with the sentence that the voice could not speak. The last voice of all
    ``passes_over`` a sentence on which it is silent, as long as it says another one.
    """
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines:
        raise VoiceFailed("There is nothing to speak: the text has no sentence.")
    spoken = [
        [_speak(line, voice, passes_over=passes_over) for line in paragraph]
        for paragraph in paragraphs
    ]
    said = [samples for paragraph in spoken for samples in paragraph]
    passed = tuple(
        line.shown for line, samples in zip(lines, said, strict=True) if is_silent(samples)
    )
    if len(passed) == len(lines):
        raise _silence(lines[0])
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
        passed_over=passed,
    )


def _speak(line: Line, voice: Voice, *, passes_over: bool) -> Samples:
    pause = np.zeros(voice.sample_rate_hz * _PASSED_OVER_MS // 1000, np.float32)
    if passes_over and not has_words(line.spoken):
        return pause
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
    if not is_silent(samples):
        return trim(samples, voice.sample_rate_hz)
    if not passes_over:
        raise _silence(line)
    return pause


def _silence(line: Line) -> VoiceWithoutSound:
    return VoiceWithoutSound(
        "The voice returned silence for: {words}", words=shortened(line.spoken)
    )
