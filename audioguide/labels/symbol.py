"""Choose version and error level of the QR symbol for a payload."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import segno

from audioguide.errors import AskedWrongly
from audioguide.labels.mask import best_mask

QUIET_ZONE_MODULES = 4
"""The white border that a reader needs on every side (ISO/IEC 18004, 6.3.8)."""

ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
"""The characters of the alphanumeric mode (ISO/IEC 18004, table 5)."""


class Level(StrEnum):
    """How much of a symbol may be lost: about 15, 25 and 30 hundredths of its codewords."""

    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True)
class Symbol:
    """A QR symbol; ``matrix`` has a row of modules per line, True for black, no quiet zone."""

    payload: str
    version: int
    level: Level
    mask: int
    matrix: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules along a side, without the quiet zone."""
        return len(self.matrix)


_LADDER = (
    (3, Level.H),
    (3, Level.Q),
    (4, Level.H),
    (4, Level.Q),
    (5, Level.Q),
    (4, Level.M),
    (5, Level.M),
)
"""Best first. Few modules win distance and dim light, a high level wins against dirt; 5-H holds
less than 4-Q and is never reached, 5-Q holds less than 4-M."""

_DATA_CODEWORDS = {
    (3, Level.M): 44,
    (3, Level.Q): 34,
    (3, Level.H): 26,
    (4, Level.M): 64,
    (4, Level.Q): 48,
    (4, Level.H): 36,
    (5, Level.M): 86,
    (5, Level.Q): 62,
    (5, Level.H): 46,
}
"""ISO/IEC 18004, table 7."""


def segments(payload: str) -> tuple[str, str]:
    """Split a payload into its byte segment, the scheme, and its alphanumeric one, the rest.

    Split before the colon: a scheme with ``://`` costs a version at level H. Raise AskedWrongly
    when a character fits neither.
    """
    scheme, colon, rest = payload.partition(":")
    if scheme not in {"http", "https"}:
        raise AskedWrongly(
            "“{payload}” must begin with https:// in small letters.", payload=payload
        )
    strangers = sorted(set(rest) - ALPHANUMERIC)
    if strangers:
        raise AskedWrongly(
            "“{payload}” cannot become a QR code: {characters} cannot stand in it; capital Latin "
            "letters, digits and $%*+-./: can.",
            payload=payload,
            characters=" ".join(strangers),
        )
    return scheme, colon + rest


def characters_over(payload: str, version: int, level: Level) -> int:
    """Return by how many characters a payload is too long for a version and level, or 0."""
    scheme, rest = segments(payload)
    # Mode and count take 4 + 8 bits for bytes, 4 + 9 for alphanumerics (ISO/IEC 18004, table 3).
    bits = 8 * _DATA_CODEWORDS[version, level] - (12 + 8 * len(scheme)) - 13
    pairs, left_over = divmod(bits, 11)
    return max(0, len(rest) - 2 * pairs - (1 if left_over >= 6 else 0))


def characters_too_many_for_h(payload: str) -> int:
    """Return how many characters fewer would give level H, or version 3 to one that has H.

    Raise AskedWrongly when version 5 cannot hold it. 0 for version 3 at level H.
    """
    symbol = choose_symbol(payload)
    better = _LADDER[: _LADDER.index((symbol.version, symbol.level))]
    over = (characters_over(payload, *each) for each in better if each[1] is Level.H)
    return min(over, default=0)


@lru_cache(maxsize=4096)
def choose_symbol(payload: str) -> Symbol:
    """Make the best symbol for a payload: version 3 at H, then at Q, then 4-H, at most 5-M.

    Raise AskedWrongly when version 5 cannot hold it.
    """
    for version, level in _LADDER:
        if not characters_over(payload, version, level):
            return _encode(payload, version, level)
    over = characters_over(payload, *_LADDER[-1])
    raise AskedWrongly(
        "“{payload}” is too long for a QR code that reads well from a label (characters too "
        "many: {over}); give the guide a shorter host name.",
        payload=payload,
        over=over,
    )


def _encode(payload: str, version: int, level: Level) -> Symbol:
    """Encode with one mask, weigh all eight, and encode anew with the best.

    segno's own choice of the mask takes four times as long as encoding twice.
    """
    matrix = _matrix(payload, version, level, mask=0)
    mask = best_mask(np.array(matrix), 0)
    if mask:
        matrix = _matrix(payload, version, level, mask)
    return Symbol(payload, version, level, mask, matrix)


def _matrix(payload: str, version: int, level: Level, mask: int) -> tuple[tuple[bool, ...], ...]:
    # segno takes a list as the segments, though its documentation does not say so.
    code = segno.make(
        list(segments(payload)),  # type: ignore[arg-type]
        version=version,
        error=level.value,
        mask=mask,
        boost_error=False,
        micro=False,
    )
    return tuple(tuple(map(bool, row)) for row in code.matrix)
