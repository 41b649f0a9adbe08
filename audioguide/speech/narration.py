"""Speak the sentences of a stop as one sound with its cues; it keeps nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audioguide.errors import VoiceFailed
from audioguide.speech.cues import Cue, write_webvtt
from audioguide.speech.decoding import decode
from audioguide.speech.loudness import loudness_lufs, true_peak_dbtp
from audioguide.speech.mastering import SAMPLE_RATE_HZ, is_silent, join, level, trim
from audioguide.speech.mp3 import MP3_CEILING_DBTP, Tags, encode_mp3
from audioguide.speech.voice import Samples, Voice

HIGHEST_TRUE_PEAK_DBTP = -1.0
_LOWER_CEILINGS_DB = (0.0, 1.0, 2.0)


@dataclass(frozen=True)
class Line:
    """One sentence: as it is shown to be read, and as it is prepared for the voice."""

    shown: str
    spoken: str


@dataclass(frozen=True)
class Sound:
    """A narration ready to be kept; its duration, loudness and peak are those after decoding."""

    mp3: bytes
    webvtt: str
    cues: tuple[Cue, ...]
    duration_ms: int
    loudness_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True)
class _Coded:
    mp3: bytes
    duration_ms: int
    loudness_lufs: float
    true_peak_dbtp: float


def narrate(paragraphs: Sequence[Sequence[Line]], voice: Voice, tags: Tags) -> Sound:
    """Speak paragraphs of lines as one MP3 and its cues, one for each line in its shown words.

    Raise ``VoiceFailed`` with the sentence that the voice could not speak.
    """
    lines = [line for paragraph in paragraphs for line in paragraph]
    if not lines:
        raise VoiceFailed("There is nothing to speak: the text has no sentence.")
    spoken = [[_speak(line, voice) for line in paragraph] for paragraph in paragraphs]
    joined, spans = join(spoken, voice.sample_rate_hz)
    coded = _code(joined, tags)
    cues = tuple(
        Cue(span.start_ms, span.end_ms, line.shown) for span, line in zip(spans, lines, strict=True)
    )
    return Sound(
        mp3=coded.mp3,
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
        raise VoiceFailed(
            "{voice} could not speak “{words}”: {reason}",
            voice=voice.name,
            words=line.spoken,
            reason=error.message,
        ) from error
    if not np.isfinite(samples).all():
        raise VoiceFailed("The voice returned broken sound for: {words}", words=line.spoken)
    if is_silent(samples):
        raise VoiceFailed("The voice returned silence for: {words}", words=line.spoken)
    return trim(samples, voice.sample_rate_hz)


def _code(joined: Samples, tags: Tags) -> _Coded:
    """Encode under a ceiling low enough for the peaks that the coding itself adds."""
    for lower_db in _LOWER_CEILINGS_DB:
        mp3 = encode_mp3(level(joined, MP3_CEILING_DBTP - lower_db), SAMPLE_RATE_HZ, tags)
        heard, sample_rate_hz = decode(mp3)
        peak_dbtp = true_peak_dbtp(heard)
        if peak_dbtp <= HIGHEST_TRUE_PEAK_DBTP:
            return _Coded(
                mp3=mp3,
                duration_ms=round(1000 * heard.size / sample_rate_hz),
                loudness_lufs=loudness_lufs(heard, sample_rate_hz),
                true_peak_dbtp=peak_dbtp,
            )
    raise VoiceFailed(
        "The coded sound peaks at {peak_dbtp} dBTP however low it is set.",
        peak_dbtp=round(peak_dbtp, 1),
    )
