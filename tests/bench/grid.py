"""Find the manner in which espeak-ng is understood best, by listening and not by taste.

One thing is tried after the other and the best value kept, letters wrong first and words then:
every manner with every other would take days.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from audioguide.languages import Language, Manner, facts
from audioguide.speech.espeak import EspeakVoice
from bench.heard import Score

MOST_SHOWN = 12
TRIED: Mapping[str, Sequence[str]] = {
    "rate": ("95", "112", "125", "140", "160"),
    "word_gap": ("0", "1", "3", "6"),
    "variant": ("", "f2", "m3", "klatt4"),
    "pitch": ("30", "45", "60"),
    "pitch_range": ("20", "45", "70"),
}


@dataclass(frozen=True)
class Trial:
    """A manner, and what was understood of it."""

    manner: Manner
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
        if name != "variant" and not all(value.isdigit() for value in read[name]):
            raise ValueError(f"--try {name} takes whole numbers, not {values}")
    return read


def search(
    language: Language,
    tried: Mapping[str, Sequence[str]],
    measure: Callable[[EspeakVoice], Score],
) -> Sequence[Trial]:
    """Try the values one name after the other, from the present manner on; print the best."""
    trials: list[Trial] = []

    def trial(manner: Manner) -> Trial:
        known = next((each for each in trials if each.manner == manner), None)
        if known is None:
            known = Trial(manner, measure(EspeakVoice(language, manner=manner)))
            trials.append(known)
            print(_row(known), file=sys.stderr, flush=True)
        return known

    best = trial(facts(language).manner)
    for name, values in tried.items():
        best = min(
            [best, *(trial(changed(best.manner, name, value)) for value in values)],
            key=lambda each: each.wrong,
        )
    found = sorted(trials, key=lambda each: each.wrong)
    print(f"{'letters':>7} {'words':>6}  manner of espeak-ng, of {len(found)} that were tried")
    for each in found[:MOST_SHOWN]:
        print(_row(each), flush=True)
    return found


def changed(manner: Manner, name: str, value: str) -> Manner:
    """Change one thing of a manner; a variant stands behind the voice, as "ru+f2"."""
    if name == "variant":
        voice = manner.voice.partition("+")[0]
        return replace(manner, voice=f"{voice}+{value}" if value else voice)
    changes: dict[str, int] = {name: int(value)}
    return replace(manner, **changes)  # type: ignore[arg-type]


def _row(trial: Trial) -> str:
    got = trial.score
    return f"{got.letters_wrong_percent:>5.1f} % {got.words_wrong_percent:>4.0f} %  {trial.manner}"
