"""Bring a sound into both formats at one loudness, and measure what a player will play."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from av.codec.codec import UnknownCodecError

from audioguide.errors import VoiceFailed
from audioguide.speech.decoding import Peak, measure, measure_peak
from audioguide.speech.mastering import SAMPLE_RATE_HZ, Leveler
from audioguide.speech.mp3 import MP3_CEILING_DBTP, encode_mp3
from audioguide.speech.opus import OPUS_CEILING_DBTP, encode_webm
from audioguide.speech.pieces import Sliceable
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples

HIGHEST_TRUE_PEAK_DBTP = -1.0
# What is coded anew under a lower ceiling peaks elsewhere, so that each try is given more to spare.
_TO_SPARE_DB = (0.2, 0.4, 0.8, 1.6, 0.0)

_Encode = Callable[[Sliceable, int, Tags], bytes]
_Heard = TypeVar("_Heard", bound=Peak)


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

    Raise ``VoiceFailed`` where there is no loudness, no coder, or no way to keep the peaks down.
    """
    leveler = Leveler(samples)
    # Side by side: the coders need no lock, and somebody who corrected a sentence waits for both.
    with ThreadPoolExecutor(max_workers=1) as beside:
        other = beside.submit(_encode, leveler, OPUS_CEILING_DBTP, tags, encode_webm, measure_peak)
        mp3, heard = _encode(leveler, MP3_CEILING_DBTP, tags, encode_mp3, measure)
        webm, peak = other.result()
    return Coded(
        mp3=mp3,
        webm=webm,
        duration_ms=heard.duration_ms,
        loudness_lufs=heard.loudness_lufs,
        true_peak_dbtp=max(heard.true_peak_dbtp, peak.true_peak_dbtp),
    )


def _encode(
    leveler: Leveler,
    ceiling_dbtp: float,
    tags: Tags,
    encode: _Encode,
    hear: Callable[[bytes], _Heard],
) -> tuple[bytes, _Heard]:
    """Encode under a ceiling low enough for the peaks that the coding itself adds.

    It is lowered by no more than it must be: far down there is no way to stay as loud.
    """
    for to_spare_db in _TO_SPARE_DB:
        try:
            sound = encode(leveler.level(ceiling_dbtp), SAMPLE_RATE_HZ, tags)
        except UnknownCodecError as error:
            raise VoiceFailed("The coder {name} is missing: av has none.", name=error) from error
        heard = hear(sound)
        if heard.true_peak_dbtp <= HIGHEST_TRUE_PEAK_DBTP:
            return sound, heard
        ceiling_dbtp -= heard.true_peak_dbtp - HIGHEST_TRUE_PEAK_DBTP + to_spare_db
    raise VoiceFailed(
        "The coded sound peaks at {peak_dbtp} dBTP however low it is set.",
        peak_dbtp=round(heard.true_peak_dbtp, 1),
    )
