"""Plausibility of a sound: believe that it is a sentence only where it can be, by its length."""

from __future__ import annotations

import numpy as np

from audioguide.errors import VoiceWithoutSound
from audioguide.speech.mastering import is_silent
from audioguide.speech.voice import Samples, shortened

# People read 10 to 16 letters a second aloud; far outside of it the answer is of another text.
_FEWEST_SECONDS_A_LETTER = 0.02
_MOST_SECONDS_A_LETTER = 0.4
_MOST_SECONDS_MORE = 4.0


def believed(samples: Samples, sample_rate_hz: int, sentence: str) -> Samples:
    """Return a sound as it is; raise ``VoiceWithoutSound`` where it cannot be the sentence."""
    letters = sum(character.isalnum() for character in sentence)
    seconds = samples.size / sample_rate_hz
    longest = letters * _MOST_SECONDS_A_LETTER + _MOST_SECONDS_MORE
    if not letters * _FEWEST_SECONDS_A_LETTER <= seconds <= longest:
        raise VoiceWithoutSound(
            "The answer lasts {seconds} s, which cannot be “{words}”.",
            seconds=round(seconds, 1),
            words=shortened(sentence),
        )
    if not np.isfinite(samples).all() or is_silent(samples):
        raise VoiceWithoutSound("The answer is silent for “{words}”.", words=shortened(sentence))
    return samples
