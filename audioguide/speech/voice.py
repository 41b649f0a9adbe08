"""What every voice is to the rest of this room: a sentence goes in, samples come out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeAlias

from audioguide.errors import VoiceFailed

if TYPE_CHECKING:  # a command that only counts needs no numpy
    import numpy as np
    from numpy.typing import NDArray

MOST_LETTERS_IN_A_WORD = 60
_QUOTED_LETTERS = 120

# espeak-ng obeys control characters inside a text (docs/markup), and ends at a zero.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_CLAUSES = re.compile(r"(?<=[,:;.?!])\s+")

Samples: TypeAlias = "NDArray[np.float32]"
"""Mono sound, one number per sample, full scale at -1 and +1."""


class Voice(Protocol):
    """An engine and a speaker that can say one sentence of one language."""

    @property
    def name(self) -> str:
        """Name the engine and the speaker as staff and the API see them."""

    @property
    def sample_rate_hz(self) -> int:
        """Give the rate of the samples that ``speak`` returns."""

    @property
    def settings(self) -> str:
        """Name all that decides the sound besides the sentence: model, speaker, rate."""

    def speak(self, sentence: str) -> Samples:
        """Say one prepared sentence; raise ``VoiceFailed`` with a plain reason if it cannot.

        Raise ``VoiceUnavailable`` where the voice can say nothing at all for now.
        """


def shortened(words: str) -> str:
    """Return words as a message quotes them: their beginning, where they are long."""
    return words if len(words) <= _QUOTED_LETTERS else f"{words[:_QUOTED_LETTERS]}…"


def speakable(sentence: str) -> str:
    """Return a sentence without control characters.

    Raise ``VoiceFailed`` where there is nothing, or no word, to say.
    """
    text = _CONTROL.sub(" ", sentence)
    if not any(character.isalnum() for character in text):
        raise VoiceFailed("There is nothing to speak in “{words}”.", words=shortened(sentence))
    for word in text.split():
        if len(word) > MOST_LETTERS_IN_A_WORD:
            raise VoiceFailed(
                "A word has more than {count} letters: “{word}…”.",
                count=MOST_LETTERS_IN_A_WORD,
                word=word[:20],
            )
    return text


def pieces(sentence: str, most: int) -> list[str]:
    """Cut a sentence into pieces of at most ``most`` letters: by clause, else between words."""
    cut: list[str] = []
    for clause in _CLAUSES.split(sentence.strip()):
        for unit in [clause] if len(clause) <= most else clause.split():
            if cut and len(cut[-1]) + 1 + len(unit) <= most:
                cut[-1] += f" {unit}"
            else:
                cut.append(unit)
    return cut
