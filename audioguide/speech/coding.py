"""Bring a sound into both formats at one loudness, and measure what a player will play."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from audioguide.errors import VoiceFailed
from audioguide.speech.decoding import Measured, measure
from audioguide.speech.mastering import SAMPLE_RATE_HZ, Leveler
from audioguide.speech.mp3 import MP3_CEILING_DBTP, encode_mp3
from audioguide.speech.opus import OPUS_CEILING_DBTP, encode_webm
from audioguide.speech.pieces import Sliceable
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples

HIGHEST_TRUE_PEAK_DBTP = -1.0
_LOWER_CEILINGS_DB = (0.0, 1.0, 2.0)

_Encode = Callable[[Sliceable, int, Tags], bytes]


@dataclass(frozen=True)
class Coded:
    """A sound in both formats, as it is when decoded again.

    Duration and loudness are those of the MP3; the peak is the higher of the two.
    """

    mp3: bytes
    webm: bytes
    duration_ms: int
    loudness_lufs: float
    true_peak_dbtp: float


def code(samples: Samples, tags: Tags) -> Coded:
    """Level a 24 kHz mono sound to -16 LUFS and encode it as MP3 and as WebM Opus.

    Raise ``VoiceFailed`` where there is no loudness, or no way to keep the peaks down.
    """
    leveler = Leveler(samples)
    # Side by side: the coders need no lock, and somebody who corrected a sentence waits for both.
    with ThreadPoolExecutor(max_workers=1) as beside:
        other = beside.submit(_encode, leveler, tags, encode_webm, OPUS_CEILING_DBTP)
        mp3, heard = _encode(leveler, tags, encode_mp3, MP3_CEILING_DBTP)
        webm, also_heard = other.result()
    return Coded(
        mp3=mp3,
        webm=webm,
        duration_ms=heard.duration_ms,
        loudness_lufs=heard.loudness_lufs,
        true_peak_dbtp=max(heard.true_peak_dbtp, also_heard.true_peak_dbtp),
    )


def _encode(
    leveler: Leveler, tags: Tags, encode: _Encode, ceiling_dbtp: float
) -> tuple[bytes, Measured]:
    """Encode under a ceiling low enough for the peaks that the coding itself adds."""
    for lower_db in _LOWER_CEILINGS_DB:
        sound = encode(leveler.level(ceiling_dbtp - lower_db), SAMPLE_RATE_HZ, tags)
        heard = measure(sound)
        if heard.true_peak_dbtp <= HIGHEST_TRUE_PEAK_DBTP:
            return sound, heard
    raise VoiceFailed(
        "The coded sound peaks at {peak_dbtp} dBTP however low it is set.",
        peak_dbtp=round(heard.true_peak_dbtp, 1),
    )
