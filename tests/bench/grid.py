"""Find the manner in which espeak-ng is understood best, by listening and not by taste.

One thing is tried after the other and the best value kept, letters wrong first and words then:
every manner with every other would take days.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audioguide.languages import Language, Manner, facts
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.mastering import SENTENCE_PAUSE_MS
from audioguide.speech.voice import Samples
from bench.heard import Score

MOST_SHOWN = 12
TRIED: Mapping[str, Sequence[str]] = {
    "rate": ("95", "112", "125", "140", "160"),
    "word_gap": ("0", "1", "3", "6"),
    "variant": ("", "f2", "m3", "klatt4"),
    "pitch": ("30", "45", "60"),
    "pitch_range": ("20", "45", "70"),
    "sentence_pause": ("200", "350", "600"),
    "marks": ("as they are", "no commas", "no hyphens", "no colons"),
}
_MARKS = {
    "as they are": str.maketrans({}),
    "no commas": str.maketrans(",", " "),
    "no hyphens": str.maketrans("-", " "),
    "no colons": str.maketrans(":", "."),
}


@dataclass(frozen=True)
class Way:
    """A manner of espeak-ng, the pause between sentences, and which marks it is given."""

    manner: Manner
    sentence_pause_ms: int = SENTENCE_PAUSE_MS
    marks: str = "as they are"


@dataclass(frozen=True)
class Marked:
    """espeak-ng in one way, given a sentence with the marks of that way."""

    language: Language
    way: Way
    name: str = "espeak-ng"
    _espeak: EspeakVoice = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_espeak", EspeakVoice(self.language, manner=self.way.manner))

    @property
    def sample_rate_hz(self) -> int:
        """Give the samples a second."""
        return self._espeak.sample_rate_hz

    @property
    def settings(self) -> str:
        """Name the way."""
        return f"{self.way}"

    def speak(self, sentence: str) -> Samples:
        """Say a sentence with no mark that the way leaves out."""
        return self._espeak.speak(sentence.translate(_MARKS[self.way.marks]))


@dataclass(frozen=True)
class Trial:
    """A way, and what was understood of it."""

    way: Way
    score: Score

    @property
    def wrong(self) -> tuple[int, int]:
        """Give what makes it worse than another."""
        return self.score.letters_wrong, self.score.words_wrong


def read_tried(given: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Read "rate=100,112" and the like, in the order in which they are to be tried."""
    if not given:
        return TRIED
    read = {}
    for each in given:
        name, _, values = each.partition("=")
        if name not in TRIED or not values:
            raise ValueError(f"--try is one of {', '.join(TRIED)} with its values, not {each}")
        read[name] = values.split(",")
        if name == "marks" and not set(read[name]) <= set(_MARKS):
            raise ValueError(f"--try marks takes {', '.join(_MARKS)}, not {values}")
        if name not in ("variant", "marks") and not all(value.isdigit() for value in read[name]):
            raise ValueError(f"--try {name} takes whole numbers, not {values}")
    return read


def search(
    language: Language,
    tried: Mapping[str, Sequence[str]],
    measure: Callable[[Way], Score],
) -> Sequence[Trial]:
    """Try the values one name after the other, from the present manner on; print the best."""
    trials: list[Trial] = []

    def trial(way: Way) -> Trial:
        known = next((each for each in trials if each.way == way), None)
        if known is None:
            known = Trial(way, measure(way))
            trials.append(known)
            print(_row(known), file=sys.stderr, flush=True)
        return known

    best = trial(Way(facts(language).manner))
    for name, values in tried.items():
        best = min(
            [best, *(trial(changed(best.way, name, value)) for value in values)],
            key=lambda each: each.wrong,
        )
    found = sorted(trials, key=lambda each: each.wrong)
    print(f"{'letters':>7} {'words':>6}  manner of espeak-ng, of {len(found)} that were tried")
    for each in found[:MOST_SHOWN]:
        print(_row(each), flush=True)
    return found


def changed(way: Way, name: str, value: str) -> Way:
    """Change one thing of a way; a variant stands behind the voice, as "ru+f2"."""
    if name == "marks":
        return replace(way, marks=value)
    if name == "sentence_pause":
        return replace(way, sentence_pause_ms=int(value))
    if name == "variant":
        voice = way.manner.voice.partition("+")[0]
        named = f"{voice}+{value}" if value else voice
        return replace(way, manner=replace(way.manner, voice=named))
    changes: dict[str, int] = {name: int(value)}
    return replace(way, manner=replace(way.manner, **changes))  # type: ignore[arg-type]


def _row(trial: Trial) -> str:
    got = trial.score
    said = f"{got.letters_wrong_percent:>5.1f} % {got.words_wrong_percent:>4.0f} %  "
    way = trial.way
    return f"{said}{way.manner}, pause {way.sentence_pause_ms} ms, marks {way.marks}"
