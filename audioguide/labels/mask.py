"""Choose the mask of a QR symbol by the standard's penalties (ISO/IEC 18004, 7.8)."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Modules = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.int64]

_FINDER = 0b1011101
_WITH_WHITE = (0b10111010000, 0b00001011101)

_LIKENESS = 80
"""What a row of modules like a finder's costs without white beside it, which the standard does
not ask about: decoders look for that row first, white or not. Of 160 symbols in five simulated
views OpenCV missed 2.0 % with the standard's choice and 0.6 % with this weight, which was chosen
there; what is left of that with other seeds is in docs/capture.md."""


def best_mask(matrix: Modules, mask: int, *, likeness: int = _LIKENESS) -> int:
    """Return the mask with the least penalty for a symbol made with any one of them.

    The penalties are those of ISO/IEC 18004, 7.8.3, and one more for ``likeness`` to a finder;
    without it the choice is the standard's. ``matrix`` has True for black and no quiet zone, and is
    of version 2 to 6. The fifteen modules that name the mask are left as they are: every mask is
    valid, and they hardly weigh.
    """
    version = (len(matrix) - 17) // 4
    patterns = _patterns(version)
    candidates = matrix ^ patterns[mask] ^ patterns
    return int(np.argmin(_penalties(candidates) + likeness * likenesses(candidates)))


@cache
def _patterns(version: int) -> Modules:
    """Lay out the masks (ISO/IEC 18004, table 10) on the modules that carry data."""
    side = 17 + 4 * version
    i, j = np.indices((side, side))
    conditions = (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        i * j % 2 + i * j % 3,
        (i * j % 2 + i * j % 3) % 2,
        ((i + j) % 2 + i * j % 3) % 2,
    )
    return np.stack([condition == 0 for condition in conditions]) & _carries_data(side)


def _carries_data(side: int) -> Modules:
    """Leave out the function patterns of versions 2 to 6 (ISO/IEC 18004, 6.3 and annex E)."""
    data = np.ones((side, side), dtype=bool)
    data[:9, :9] = data[:9, -8:] = data[-8:, :9] = False
    data[6, :] = data[:, 6] = False
    data[-9:-4, -9:-4] = False
    return data


def _penalties(candidates: Modules) -> Scores:
    """Add up the four features (ISO/IEC 18004, table 11) of each candidate, both ways."""
    total = _blocks(candidates) + _imbalance(candidates)
    for turned in (candidates, candidates.swapaxes(1, 2)):
        total += _runs(turned) + _finders(turned)
    return total


def _count(found: Modules) -> Scores:
    counted: Scores = np.count_nonzero(found, axis=(1, 2))
    return counted


def _runs(rows: Modules) -> Scores:
    """Score 3 for each five of one colour in a row, and 1 for each module more."""
    same = rows[:, :, 1:] == rows[:, :, :-1]
    windows = same[:, :, :-3] & same[:, :, 1:-2] & same[:, :, 2:-1] & same[:, :, 3:]
    begins = windows.copy()
    begins[:, :, 1:] &= ~windows[:, :, :-1]
    return _count(windows) + (3 - 1) * _count(begins)


def _blocks(rows: Modules) -> Scores:
    same = rows[:, :, 1:] == rows[:, :, :-1]
    blocks = same[:, 1:] & same[:, :-1] & (rows[:, 1:, 1:] == rows[:, :-1, 1:])
    return 3 * _count(blocks)


def _finders(rows: Modules) -> Scores:
    windows = _windows(rows, 11)
    one, other = _WITH_WHITE
    return 40 * _count((windows == one) | (windows == other))


def likenesses(candidates: Modules) -> Scores:
    """Count the rows and columns of seven modules that look like the middle of a finder."""
    across, down = (_windows(each, 7) for each in (candidates, candidates.swapaxes(1, 2)))
    return _count(across == _FINDER) + _count(down == _FINDER)


def _windows(rows: Modules, width: int) -> npt.NDArray[np.int16]:
    """Read each ``width`` modules in a row as a binary number."""
    places = rows.shape[2] - width + 1
    windows = np.zeros((*rows.shape[:2], places), dtype=np.int16)
    bits = rows.astype(np.int16)
    for offset in range(width):
        windows = windows * 2 + bits[:, :, offset : offset + places]
    return windows


def _imbalance(rows: Modules) -> Scores:
    modules = rows.shape[1] * rows.shape[2]
    score: Scores = 10 * (np.abs(20 * _count(rows) - 10 * modules) // modules)
    return score
