"""Walk several languages through one text in step: which sentence is due when, for all of them.

The languages say the same thought in times of different length. A sentence begins for everybody
when the slowest language has ended the one before; the others wait in the pause between two
sentences. Every phone reckons the same from the same cues, so nobody has to be told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from audioguide.languages import Language
from audioguide.speech.cues import Cue


@dataclass(frozen=True)
class Pace:
    """When each sentence begins for everybody, and when the last one ends; from the first, in ms.

    ``begins_ms`` rises and begins with 0; its length is the number of sentences.
    """

    begins_ms: tuple[int, ...]
    ends_ms: int

    def sentence_at(self, sentence: int, passed_ms: int) -> int:
        """Return the sentence that is due ``passed_ms`` after ``sentence`` began."""
        if not self.begins_ms:
            return 0
        due_ms = self.begins_ms[self.within(sentence)] + max(passed_ms, 0)
        return bisect_right(self.begins_ms, due_ms) - 1

    def within(self, sentence: int) -> int:
        """Return the sentence itself, or the nearest one that there is."""
        return min(max(sentence, 0), max(len(self.begins_ms) - 1, 0))


NOTHING_TO_PACE = Pace((), 0)


def pace(cues: Mapping[Language, Sequence[Cue]]) -> Pace:
    """Reckon the pace of a stop from the cues of every language that can be heard there.

    Where languages have different numbers of sentences, each shorter one stands still at its last
    sentence while the others go on.
    """
    steps = [_steps(each) for each in cues.values() if each]
    count = max((len(each) for each in steps), default=0)
    if not count:
        return NOTHING_TO_PACE
    longest = [max(each[at] for each in steps if at < len(each)) for at in range(count)]
    begins = list(accumulate(longest, initial=0))
    return Pace(tuple(begins[:-1]), begins[-1])


def _steps(cues: Sequence[Cue]) -> list[int]:
    """Return how long each sentence lasts with the pause behind it."""
    ends = [*(cue.start_ms for cue in cues[1:]), cues[-1].end_ms]
    return [max(end - cue.start_ms, 0) for cue, end in zip(cues, ends, strict=True)]
