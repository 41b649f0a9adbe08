"""Find the way in which one row of frames follows another (dynamic time warping, Sakoe 1978).

The memory is bounded: each frame of one is compared with a window of the other, and of each
comparison one byte is kept. A long pair is first warped coarsely, whole; the window then lies
around the coarse way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.errors import TakeRefused
from audioguide.speech.features import HOP_MS, Described

MOST_CELLS = 24_000_000  # of one whole comparison, a byte each
_REACH_FRAMES = 6_000 // HOP_MS  # the window's half, around a coarse way
_MOST_TIMES = 4  # as many cells in the windows of a long pair
_ROWS_AT_ONCE = 64
_BOTH, _FIRST, _SECOND = 0, 1, 2

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Way:
    """Pairs of frames from the first to the last, and how unlike each pair is."""

    first: Indices
    second: Indices
    distances: NDArray[np.float32]


def warp(first: Described, second: Described) -> Way:
    """Find the cheapest way from the first frames to the last."""
    shrink = 1
    while (len(first) // shrink) * (len(second) // shrink) > MOST_CELLS:
        shrink += 1
    if shrink == 1:
        return _warp_within(first, second, np.zeros(len(first), np.int64), len(second))
    coarse = warp(first.shrunk(shrink), second.shrunk(shrink))
    width = _width(first, second, _longest_jump(coarse) * shrink)
    middle = np.interp(np.arange(len(first)), coarse.first * shrink, coarse.second * shrink)
    starts = np.clip(np.rint(middle).astype(np.int64) - width // 2, 0, len(second) - width)
    starts[0], starts[-1] = 0, len(second) - width
    return _warp_within(first, second, np.maximum.accumulate(starts), width)


def _longest_jump(way: Way) -> int:
    """Measure the longest way of the second within a single frame of the first: a pause."""
    met = np.arange(way.first[-1] + 1)
    begins = np.searchsorted(way.first, met, side="left")
    ends = np.searchsorted(way.first, met, side="right") - 1
    return int((way.second[ends] - way.second[begins]).max())


def _width(first: Described, second: Described, longest: int) -> int:
    """Choose the window so that two of them overlap across the longest pause."""
    width = min(_REACH_FRAMES + max(longest, _REACH_FRAMES), len(second))
    if longest > _REACH_FRAMES and width * len(first) > _MOST_TIMES * MOST_CELLS:
        raise TakeRefused(
            "The recording has a pause of {seconds} s. Cut it out.",
            seconds=round(longest * HOP_MS / 1000),
        )
    return width


def _warp_within(first: Described, second: Described, starts: Indices, width: int) -> Way:
    """Warp where frame n of ``first`` meets ``width`` frames of ``second`` from ``starts[n]``."""
    steps = np.empty((len(first), width), np.uint8)
    before = np.full(width, np.inf)
    costs, low = np.empty((0, 0)), 0
    for number, start in enumerate(starts):
        if number % _ROWS_AT_ONCE == 0:
            block = slice(number, number + _ROWS_AT_ONCE)
            low = int(start)
            costs = _costs(first, second, block, slice(low, int(starts[block][-1]) + width))
        cost = costs[number % _ROWS_AT_ONCE, start - low : start - low + width]
        moved = int(start - starts[number - 1]) if number else 0
        above, aslant = _shifted(before, moved), _shifted(before, moved - 1)
        if number == 0:
            aslant[0] = 0.0
        before = _next_row(cost, above, aslant, steps[number])
    return _trace(first, second, steps, starts)


def _next_row(
    cost: NDArray[np.float64],
    above: NDArray[np.float64],
    aslant: NDArray[np.float64],
    steps: NDArray[np.uint8],
) -> NDArray[np.float64]:
    """Reckon one row at once.

    Along a row a step costs what it steps onto, so that the cheapest entry into the row is a
    running minimum against the sum of its costs.
    """
    entering = np.minimum(above, aslant)
    steps[:] = np.where(aslant <= above, _BOTH, _FIRST)
    entering += cost
    total = np.cumsum(cost)
    best: NDArray[np.float64] = np.minimum.accumulate(entering - total) + total
    steps[best < entering - 1e-9] = _SECOND
    return best


def _shifted(row: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    shifted = np.full(row.size, np.inf)
    if by >= 0:
        shifted[: max(row.size - by, 0)] = row[by:]
    else:
        shifted[-by:] = row[:by]
    return shifted


def _costs(first: Described, second: Described, rows: slice, columns: slice) -> NDArray[np.float64]:
    """Measure how unlike each pair is; it counts as much as either of the two is speech."""
    one, other = first.features[rows], second.features[columns]
    squares = (one**2).sum(axis=1)[:, np.newaxis] + (other**2).sum(axis=1)
    squares -= 2 * (one @ other.T)
    unlike = np.sqrt(np.maximum(squares, 0) / one.shape[1])
    weights = np.maximum(first.weights[rows][:, np.newaxis], second.weights[columns])
    return np.asarray(unlike * weights, np.float64)


def _trace(first: Described, second: Described, steps: NDArray[np.uint8], starts: Indices) -> Way:
    """Follow the steps back from the end."""
    one, other = len(first) - 1, len(second) - 1
    pairs = [(one, other)]
    while one or other:
        step = steps[one, other - starts[one]]
        one -= int(step != _SECOND and one > 0)
        other -= int(step != _FIRST and other > 0)
        pairs.append((one, other))
    firsts, seconds = np.array(pairs[::-1], np.int64).T
    apart = ((first.features[firsts] - second.features[seconds]) ** 2).mean(axis=1)
    return Way(firsts, seconds, np.sqrt(apart).astype(np.float32))
