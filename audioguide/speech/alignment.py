"""Forced alignment: find when each sentence of a text is said in a recording, and how surely.

The text is spoken by the computer, and the recording is warped onto that: where the computer
begins a sentence, the reader does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.characters import has_words
from audioguide.errors import TakeRefused, VoiceFailed
from audioguide.speech.features import HOP_MS, Bands, band_energies
from audioguide.speech.likeness import compare, weights
from audioguide.speech.mastering import Span, trim
from audioguide.speech.narration import Line
from audioguide.speech.pauses import HOP_MS as LEVEL_MS
from audioguide.speech.pauses import levels_db, speech_mask
from audioguide.speech.voice import Samples, Voice
from audioguide.speech.warping import Way, warp

SHORTEST, LONGEST = 0.5, 3.0  # of what the text should last
MOST_UNLIKE = 0.75  # calibrated: docs/decisions/0019-recordings.md
DOUBTFUL_UNLIKE = 1.25  # times the recording's own median
SHORTEST_CUE, LONGEST_CUE = 0.6, 1.6  # against the others, as the computer speaks them
UNSCRIPTED_MS = 1_200

_PAUSE_FRAMES = 350 // HOP_MS
_LEAST_WEIGHT = 1e-9  # of a sentence that neither says
_SILENT_FRAMES = 100 // HOP_MS
_SNAP_MS = 100
_STEADY_MS = 120  # a pause before a start or after an end; less is within a word


@dataclass(frozen=True)
class Reference:
    """A text as the computer speaks it: its frames, and where its sentences begin and end.

    ``silent`` holds the numbers, from 0, of those that it cannot say.
    """

    bands: Bands
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    silent: frozenset[int] = frozenset()

    @property
    def seconds(self) -> float:
        """How long the text should last."""
        return len(self.bands) * HOP_MS / 1000


@dataclass(frozen=True)
class Aligned:
    """When each sentence is said; ``doubtful`` holds the numbers, from 0, of unsure ones."""

    spans: tuple[Span, ...]
    doubtful: tuple[int, ...]
    unlike: float


def speak_reference(lines: Sequence[Line], voice: Voice) -> Reference:
    """Speak a text to compare a recording with; raise VoiceFailed where the voice cannot.

    A sentence on which it is silent stands as a short pause, as long as it says another one.
    """
    spoken = [_speak(line, voice) for line in lines]
    silent = frozenset(number for number, bands in enumerate(spoken) if not bands.any())
    if len(silent) == len(lines):
        raise VoiceFailed("The voice returned silence for: {words}", words=lines[0].spoken)
    pieces: list[Bands] = []
    starts, ends, position = [], [], 0
    for bands in spoken:
        pause = np.zeros((_PAUSE_FRAMES, bands.shape[1]), np.float32)
        pieces += [pause, bands]
        starts.append(position + len(pause))
        position += len(pause) + len(bands)
        ends.append(position)
    pieces.append(pieces[0])
    return Reference(np.concatenate(pieces), tuple(starts), tuple(ends), silent)


def _speak(line: Line, voice: Voice) -> Bands:
    said = voice.speak(line.spoken) if has_words(line.spoken) else np.zeros(0, np.float32)
    samples = trim(said, voice.sample_rate_hz)
    bands = band_energies(samples, voice.sample_rate_hz)
    return bands if len(bands) else np.zeros((_SILENT_FRAMES, bands.shape[1]), np.float32)


def check_duration(seconds: float, reference: Reference) -> None:
    """Raise TakeRefused where a recording is far too short or too long for its text."""
    if SHORTEST * reference.seconds <= seconds <= LONGEST * reference.seconds:
        return
    raise TakeRefused(
        "The recording lasts {seconds} s, and the text should last about {expected} s. Is it the "
        "recording of this text, in this language?",
        seconds=round(seconds),
        expected=round(reference.seconds),
    )


def align(
    samples: Samples,
    sample_rate_hz: int,
    reference: Reference,
    after_step: Callable[[], None] = lambda: None,
    *,
    accept_unlike: bool = False,
) -> Aligned:
    """Align a trimmed recording; raise TakeRefused where it says something else.

    ``after_step`` is called now and then; what it raises ends the work. One that is accepted
    although it is unlike is doubtful in every sentence.
    """
    both = compare(samples, sample_rate_hz, reference.bands, after_step)
    is_other = both.unlike > MOST_UNLIKE
    if is_other and not accept_unlike:
        raise TakeRefused(
            "The recording does not say this text (unlike: {unlike}, at most {most}). Is it the "
            "recording of this stop, in this language? If it is, take it with --accept-unlike.",
            unlike=round(both.unlike, 2),
            most=MOST_UNLIKE,
        )
    way = warp(both.spoken, both.heard)
    mask = speech_mask(levels_db(samples, sample_rate_hz))
    spans = _spans(way, reference, mask)
    local = _unlike_by_sentence(way, weights(way, both.spoken, both.heard), reference)
    doubtful = range(len(spans)) if is_other else _doubtful(spans, reference, local, mask)
    return Aligned(spans, tuple(doubtful), both.unlike)


def _spans(way: Way, reference: Reference, mask: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Read off the way when each sentence begins and ends, and snap that to its pauses."""
    starts = [_snapped(_met(way, frame) * HOP_MS, mask, begins=True) for frame in reference.starts]
    ends = [
        _snapped((_met(way, frame - 1) + 1) * HOP_MS, mask, begins=False)
        for frame in reference.ends
    ]
    last = mask.size * LEVEL_MS
    spans = []
    for number, start in enumerate(starts):
        following = starts[number + 1] if number + 1 < len(starts) else last
        end = min(max(ends[number], start + LEVEL_MS), max(following, start + LEVEL_MS))
        spans.append(Span(start, end))
    return tuple(spans)


def _met(way: Way, frame: int) -> int:
    """Return the first frame of the recording that meets a frame of the computer's."""
    return int(way.second[np.searchsorted(way.first, frame)])


def _snapped(moment_ms: int, mask: NDArray[np.bool_], *, begins: bool) -> int:
    """Move a moment to the nearest edge of a pause within 100 ms, if there is one."""
    steady = _STEADY_MS // LEVEL_MS
    reach = _SNAP_MS // LEVEL_MS
    middle = moment_ms // LEVEL_MS
    best = None
    for edge in range(max(middle - reach, 1), min(middle + reach + 1, mask.size)):
        if begins:
            is_edge = mask[edge] and not mask[max(edge - steady, 0) : edge].any()
        else:
            is_edge = mask[edge - 1] and not mask[edge : edge + steady].any()
        if is_edge and (best is None or abs(edge - middle) < abs(best - middle)):
            best = edge
    return moment_ms if best is None else best * LEVEL_MS


def _unlike_by_sentence(
    way: Way, weighed: NDArray[np.float32], reference: Reference
) -> list[float]:
    local = []
    for start, end in zip(reference.starts, reference.ends, strict=True):
        first, last = np.searchsorted(way.first, (start, end))
        weight = weighed[first:last]
        sum_ = float((way.distances[first:last] * weight).sum())
        local.append(sum_ / max(float(weight.sum()), _LEAST_WEIGHT))
    return local


def _doubtful(
    spans: Sequence[Span],
    reference: Reference,
    local: Sequence[float],
    mask: NDArray[np.bool_],
) -> tuple[int, ...]:
    """Name the sentences that last too long or too short, sound unlike, or follow other words."""
    frames = np.subtract(reference.ends, reference.starts)
    ratios = np.array([span.end_ms - span.start_ms for span in spans]) / frames
    ratios /= np.median(ratios)
    usual = float(np.median(local))
    doubtful = []
    before_ms = 0
    for number, span in enumerate(spans):
        between = mask[before_ms // LEVEL_MS : span.start_ms // LEVEL_MS]
        if (
            number in reference.silent
            or not SHORTEST_CUE <= ratios[number] <= LONGEST_CUE
            or local[number] > DOUBTFUL_UNLIKE * usual
            or np.count_nonzero(between) * LEVEL_MS > UNSCRIPTED_MS
        ):
            doubtful.append(number)
        before_ms = span.end_ms
    return tuple(doubtful)
