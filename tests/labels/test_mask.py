from __future__ import annotations

import numpy as np
import pytest
import qrcode
import qrcode.util
import segno

from audioguide.labels.mask import _patterns, _penalties, best_mask
from audioguide.labels.symbol import choose_symbol, segments

PAYLOAD = "https://GUIDE.MUSEUM.KZ/Q/7K2MX"


def matrix(version: int, mask: int) -> np.ndarray:
    made = segno.make(
        list(segments(PAYLOAD)), version=version, error="M", mask=mask, boost_error=False
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
    whole = [qrcode.util.lost_point(matrix(3, each).tolist()) for each in range(8)]
    assert whole[best_mask(matrix(3, mask), mask)] <= min(whole) + 30


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
