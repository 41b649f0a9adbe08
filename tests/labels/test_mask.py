from __future__ import annotations

import numpy as np
import pytest
import qrcode
import qrcode.util
import segno

from audioguide.labels.mask import _patterns, _penalties, best_mask, likenesses
from audioguide.labels.symbol import choose_symbol, segments

PAYLOAD = "https://GUIDE.MUSEUM.KZ/Q/7K2MX"


def matrix(version: int, mask: int, payload: str = PAYLOAD) -> np.ndarray:
    made = segno.make(
        list(segments(payload)),  # type: ignore[arg-type]  # as symbol.py says
        version=version,
        error="M",
        mask=mask,
        boost_error=False,
    )
    return np.array([[bool(module) for module in row] for row in made.matrix])


@pytest.mark.parametrize("version", [2, 3, 4, 5])
@pytest.mark.parametrize("mask", range(8))
def test_the_patterns_are_those_of_the_encoder(version: int, mask: int) -> None:
    patterns = _patterns(version)
    turned = matrix(version, 0) ^ patterns[0] ^ patterns[mask]
    differs = turned != matrix(version, mask)
    # What is left are the modules that name the mask, beside the finder patterns.
    assert differs.sum() <= 30
    differs[8, :] = differs[:, 8] = False
    assert not differs.any()


@pytest.mark.parametrize("mask", range(8))
def test_the_choice_is_nearly_the_same_whatever_mask_it_begins_with(mask: int) -> None:
    candidates = np.stack([matrix(3, each) for each in range(8)])
    lost = [qrcode.util.lost_point(each.tolist()) for each in candidates]
    whole = np.array(lost) + 80 * likenesses(candidates)
    assert whole[best_mask(matrix(3, mask), mask)] <= min(whole) + 120


def test_every_row_like_a_finder_is_counted_and_no_other() -> None:
    white = np.zeros((1, 29, 29), dtype=bool)
    assert likenesses(white)[0] == 0
    white[0, 4, 3:10] = [True, False, True, True, True, False, True]
    white[0, 10:17, 20] = [True, False, True, True, True, False, True]
    assert likenesses(white)[0] == 2


def test_the_choice_has_fewer_rows_like_a_finder_than_the_standard_asks_for() -> None:
    """Summed over many symbols: one decoder loses a symbol among too many of them."""
    chosen = by_the_standard = 0
    for number in range(40):
        payload = f"https://GUIDE.MUSEUM.KZ/Q/{1000 + 37 * number}X"
        candidates = np.stack([matrix(3, mask, payload) for mask in range(8)])
        found = likenesses(candidates)
        chosen += found[best_mask(candidates[0], 0)]
        by_the_standard += found[int(np.argmin(_penalties(candidates)))]
    assert chosen < by_the_standard - 40


def test_the_penalty_is_that_of_another_encoder() -> None:
    """qrcode adds up the same four features over the same modules."""
    candidates = np.stack([matrix(3, mask) for mask in range(8)])
    expected = [qrcode.util.lost_point(each.tolist()) for each in candidates]
    ours = _penalties(candidates)
    assert [abs(one - other) <= 40 for one, other in zip(ours, expected, strict=True)] == [True] * 8


def test_a_symbol_of_one_colour_is_the_worst() -> None:
    candidates = np.stack([matrix(3, mask) for mask in range(8)])
    candidates[5] = True
    assert int(np.argmax(_penalties(candidates))) == 5


def test_the_same_payload_always_gets_the_same_symbol() -> None:
    choose_symbol.cache_clear()
    first = choose_symbol(PAYLOAD)
    choose_symbol.cache_clear()
    assert choose_symbol(PAYLOAD) == first
