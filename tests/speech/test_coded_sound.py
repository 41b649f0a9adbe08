from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from audioguide.errors import VoiceFailed
from audioguide.languages import Language
from audioguide.speech import coding
from audioguide.speech.decoding import Measured, Peak
from audioguide.speech.loudness import true_peak_dbtp
from audioguide.speech.pieces import Sliceable
from audioguide.speech.tags import Tags

TAGS = Tags("Title", "Album", "Artist", Language("en"))


class Coder:
    """A coder whose sound peaks as a test says, try by try; it notes how high each try may be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, peaks_dbtp: list[float]) -> None:
        self.ceilings_dbtp: list[float] = []
        self._peaks_dbtp: Iterator[float] = iter(peaks_dbtp)
        monkeypatch.setattr(coding, "encode_webm", self._encode)
        monkeypatch.setattr(coding, "measure_peak", lambda _: Peak(next(self._peaks_dbtp)))
        monkeypatch.setattr(coding, "encode_mp3", lambda *_: b"mp3")
        monkeypatch.setattr(coding, "measure", lambda _: Measured(-2.0, 1000, -16.0))

    def _encode(self, samples: Sliceable, *_: object) -> bytes:
        self.ceilings_dbtp.append(round(true_peak_dbtp(samples), 1))
        return b"webm"


def voice() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return ten seconds of noise with the crest of a voice: quiet, and a click each second."""
    sound = np.random.default_rng(3).normal(0, 0.02, 10 * 24_000).astype(np.float32)
    sound[12_000::24_000] = 0.9
    return sound


def test_a_peak_that_is_too_high_lowers_the_ceiling_a_little_more_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coder = Coder(monkeypatch, [-0.6, -0.9, -0.9, -1.0])

    coded = coding.code(voice(), TAGS)

    assert coder.ceilings_dbtp == [-3.5, -4.1, -4.6, -5.5]  # and 0.2, 0.4, 0.8 to spare
    assert coded.true_peak_dbtp == -1.0


def test_a_sound_whose_peaks_stay_too_high_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    coder = Coder(monkeypatch, [-0.9, -0.9, -0.9, -0.9, 0.5, -9.0])

    with pytest.raises(VoiceFailed, match=r"peaks at 0\.5 dBTP however low"):
        coding.code(voice(), TAGS)

    assert len(coder.ceilings_dbtp) == 5
