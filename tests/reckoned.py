"""What phones reckon, reckoned in Python: vectors that Node holds the scripts against.

Where the desk reckons the same, it is asked; the rest is said here once more, in other words.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from audioguide.content.reading import read_pack
from audioguide.content.sentences import split_text
from audioguide.languages import LANGUAGES, Language
from audioguide.services.groups.joining import GroupState
from audioguide.services.groups.pacing import Pace, pace
from audioguide.speech.cues import Cue, read_webvtt, write_webvtt
from audioguide.web.live.state import state_json
from audioguide.web.pages import kept_together
from museum import REAL_PACK

PAUSE_MS, LATEST_MS, EARLY_MS = 350, 30_000, 50
FRESH_MS, MOST_SAMPLES = 120_000, 24
Cues = dict[Language, tuple[Cue, ...]]


# Pace: which sentence is due, as the desk says it


def paces(chance: random.Random, count: int, moments: int) -> list[dict[str, Any]]:
    """Reckon what is due at some moments of some stops, of which one has no sound."""
    stops = [_pace(chance, _spoken(chance), moments) for _ in range(count - 1)]
    return [*stops, _pace(chance, dict.fromkeys(LANGUAGES, ()), moments)]


def _spoken(chance: random.Random) -> Cues:
    """Let each language say a stop, in sentences of its own length; one may lack the last ones."""
    count = chance.randint(1, 12)
    return {language: _one_voice(chance, count - chance.randint(0, 1)) for language in LANGUAGES}


def _one_voice(chance: random.Random, count: int) -> tuple[Cue, ...]:
    at_ms, made = 200, []
    for _ in range(count):
        length_ms = chance.randint(1, 9000)
        made.append(Cue(at_ms, at_ms + length_ms, "A sentence."))
        at_ms += length_ms + PAUSE_MS
    return tuple(made)


def _pace(chance: random.Random, cues: Cues, moments: int) -> dict[str, Any]:
    steps = pace(cues)
    words = {
        language: {"sound": None, "cues": [[cue.start_ms, cue.end_ms] for cue in each]}
        for language, each in cues.items()
    }
    visit = {"begins_ms": steps.begins_ms, "ends_ms": steps.ends_ms, "words": words}
    return {"visit": visit, "moments": [_moment(chance, steps, cues) for _ in range(moments)]}


def _moment(chance: random.Random, steps: Pace, cues: Cues) -> dict[str, Any]:
    """Say what is due at some moment after, or shortly before, a guide's command."""
    sentence, is_playing = chance.randint(-1, 14), chance.random() < 0.8
    at_ms, passed_ms = chance.randint(0, 10**12), chance.randint(-2000, LATEST_MS)
    gone_ms = max(passed_ms, 0) if is_playing else 0
    there = steps.within(sentence)
    left_ms = steps.ends_ms - steps.begins_ms[there] - gone_ms if steps.begins_ms else None
    is_over = is_playing and passed_ms >= 0 and left_ms is not None and left_ms <= 0
    due = steps.sentence_at(sentence, gone_ms)
    since_ms = steps.begins_ms[there] + gone_ms - steps.begins_ms[due] if steps.begins_ms else 0
    runs = is_playing and passed_ms >= 0 and not is_over
    return {
        "state": {"sentence": sentence, "at_ms": at_ms, "playing": is_playing},
        "now": at_ms + passed_ms,
        "sentence": due,
        "sound": {key: _sound(each, due, since_ms if runs else None) for key, each in cues.items()},
        "left_ms": None if left_ms is None else max(left_ms, 0),
        "over": is_over,
    }


def _sound(voice: Sequence[Cue], due: int, since_ms: int | None) -> dict[str, Any]:
    """Say where a language's own sound is, so long after a sentence became due; none: it waits.

    It runs through the sentence and the pause behind it, and waits there for a slower language.
    """
    if not voice:
        return {"second_ms": 0, "moves": False}
    if since_ms is None or due >= len(voice):
        return {"second_ms": voice[: due + 1][-1].start_ms, "moves": False}
    ends_ms = [*(cue.start_ms for cue in voice[1:]), voice[-1].end_ms]
    at_ms = min(voice[due].start_ms + since_ms, ends_ms[due])
    return {"second_ms": at_ms, "moves": at_ms < ends_ms[due]}


# Clock: the server's time by a phone's own


def clocks(chance: random.Random, count: int, exchanges: int) -> list[dict[str, Any]]:
    """Reckon what phones know of the server's time after each exchange, some of them lost."""
    return [_clock(chance, exchanges) for _ in range(count)]


def _clock(chance: random.Random, exchanges: int) -> dict[str, Any]:
    begins_ms, ahead_ms = chance.randint(0, 10**6), chance.randint(0, 2 * 10**12)
    at_ms, known, made = begins_ms, [], []
    best: tuple[int, int] | None = None
    for _ in range(exchanges):
        pause, out, back = chance.choice((0, 200, 30_000)), chance.randint(0, 900), 0
        back = chance.choice((out, chance.randint(0, 900)))
        is_lost = chance.random() < 0.1
        at_ms += pause + out + back
        if not is_lost:
            known.append((at_ms, out + back, out - back))
            fresh = [each for each in known if at_ms - each[0] < FRESH_MS][-MOST_SAMPLES:]
            _, *best_two = min(fresh, key=lambda each: each[1])
            best = (best_two[0], best_two[1])
        made.append(
            {
                **{"pause": pause, "out": out, "back": back, "lost": is_lost},
                "error": None if best is None else best[0] / 2,
                "wrong_by": None if best is None else best[1] / 2,
            }
        )
    return {"begins": begins_ms, "ahead": ahead_ms, "exchanges": made}


# Group: the states that a phone hears of, and which of them holds


def groups(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Reckon which state holds for phones that hear of some twice, late, or not at all."""
    return [_group(chance) for _ in range(count)]


def _group(chance: random.Random) -> dict[str, Any]:
    history = _history(chance)
    arrivals = history[1:] + chance.choices(history, k=6)
    arrivals.sort(key=lambda each: each.version + chance.uniform(0, 3))
    state, before, steps = history[0], history[0], []
    for arrived in arrivals:
        heard = replace(arrived, seen_ms=arrived.seen_ms + chance.randint(0, 5000))
        if heard.version > state.version:
            state, before = heard, state
        elif heard.version == state.version:
            state = replace(state, seen_ms=heard.seen_ms, stop=heard.stop)
        now = state.at_ms + chance.choice((-1300, -1, 0, 1, 5000))
        is_early = before is not state and now < state.at_ms and before.visit == state.visit
        steps.append(
            {
                "heard": state_json(heard),
                "state": state_json(state),
                "now": now,
                "holds": (before if is_early else state).version,
            }
        )
    return {"begin": state_json(history[0]), "steps": steps}


def _history(chance: random.Random) -> list[GroupState]:
    state = GroupState("key", "12345", "group:12345", 1, 1, "24VRB", 0, False, 10**6, 10**6)
    history = [state]
    for _ in range(8):
        to_next_stop = chance.random() < 0.3
        state = replace(
            state,
            version=state.version + 1,
            visit=state.visit + to_next_stop,
            stop=None if chance.random() < 0.1 else "24VRB",
            sentence=chance.randint(0, 9),
            playing=chance.random() < 0.7,
            at_ms=state.at_ms + chance.randint(1, 20_000),
            seen_ms=state.seen_ms + 1000,
        )
        history.append(state)
    return [*history, replace(state, version=state.version + 1, join_code=None)]


# Cues and places: the museum's own texts


def cues(chance: random.Random, moments: int) -> list[dict[str, Any]]:
    """Reckon which sentence is heard when, where the sound is of this text, and of an older one."""
    made = []
    for text in _texts():
        for language, paragraphs in text.items():
            said = [each for paragraph in paragraphs for each in paragraph]
            made += [
                _cue(chance, said, said, language, moments),
                _cue(chance, _older(chance, said), said, language, moments),
            ]
    return made


def _older(chance: random.Random, said: Sequence[str]) -> list[str]:
    """Say a text as it was before some of its sentences were changed, or had been added."""
    changed = [f"{each} Once." if chance.random() < 0.3 else each for each in said]
    return [each for each in changed if chance.random() < 0.8] or changed


def _cue(
    chance: random.Random,
    spoken: Sequence[str],
    said: Sequence[str],
    language: Language,
    moments: int,
) -> dict[str, Any]:
    voice = _one_voice(chance, len(spoken))
    written = [replace(cue, text=text) for cue, text in zip(voice, spoken, strict=True)]
    heard = read_webvtt(write_webvtt(written, language))
    is_current = spoken is said
    numbers = {text: number for number, text in enumerate(said)}
    parts = [number if is_current else numbers.get(cue.text) for number, cue in enumerate(heard)]
    starts = [cue.start_ms for cue in heard]
    times = [chance.randint(0, starts[-1] + 5000) for _ in range(moments)]
    return {
        "spoken": [{"second": cue.start_ms / 1000, "words": cue.text} for cue in heard],
        "sentences": [kept_together(each) for each in said],
        "is_current": is_current,
        "parts": parts,
        "moments": [
            {"second": ms / 1000, "part": bisect_right(starts, ms + EARLY_MS) - 1}
            for ms in times
            if all(abs(start - EARLY_MS - ms) > 1 for start in starts)
        ],
    }


def places() -> list[dict[str, Any]]:
    """Reckon for each sentence of the museum's texts where another language goes on."""
    made = []
    for text in _texts():
        shapes = [[len(part) for part in paragraphs] for paragraphs in text.values()]
        for mine in shapes:
            others = [*shapes, [sum(mine) + 1], [1]]
            at = [(part, within) for part, count in enumerate(mine) for within in range(count)]
            sentences = [
                {
                    "place": _place(number, *where, mine),
                    "there": [_counterpart(number, *where, mine, other) for other in others],
                }
                for number, where in enumerate(at)
            ]
            made.append({"paragraphs": mine, "others": others, "sentences": sentences})
    return made


def _place(number: int, paragraph: int, within: int, mine: Sequence[int]) -> dict[str, int]:
    among = mine[paragraph]
    return {
        **{"number": number, "of": sum(mine), "paragraph": paragraph},
        **{"within": within, "among": among},
    }


def _counterpart(
    number: int, paragraph: int, within: int, mine: Sequence[int], other: Sequence[int]
) -> int:
    if sum(mine) == sum(other):
        return number
    if paragraph < len(other):
        return sum(other[:paragraph]) + within * other[paragraph] // mine[paragraph]
    return number * sum(other) // sum(mine)


def _texts() -> list[dict[Language, tuple[tuple[str, ...], ...]]]:
    """Return every stop's words by language, as paragraphs of sentences."""
    return [
        {language: split_text(words.text, language) for language, words in stop.words.items()}
        for stop in read_pack(REAL_PACK).stops
        if stop.published
    ]
