from __future__ import annotations

import numpy as np
import pytest

from audioguide.errors import TakeRefused
from audioguide.speech.features import Described
from audioguide.speech.warping import warp


def described(count: int, seed: int = 1) -> Described:
    features = np.random.default_rng(seed).normal(size=(count, 26)).astype(np.float32)
    return Described(features, np.ones(count, np.float32))


def stretched(frames: Described, repeats: list[int]) -> Described:
    return Described(
        np.repeat(frames.features, repeats, axis=0), np.repeat(frames.weights, repeats)
    )


def test_frames_follow_themselves_at_no_cost() -> None:
    frames = described(50)
    way = warp(frames, frames)

    assert way.first.tolist() == way.second.tolist() == list(range(50))
    assert way.distances.max() == pytest.approx(0, abs=1e-6)


def test_a_slower_reader_is_followed_frame_by_frame() -> None:
    repeats = np.random.default_rng(2).integers(1, 5, 60).tolist()
    frames = described(60)
    way = warp(frames, stretched(frames, repeats))

    met = [int(way.second[np.searchsorted(way.first, frame)]) for frame in range(60)]
    assert met == np.cumsum([0, *repeats[:-1]]).tolist()


def test_a_way_goes_from_end_to_end_and_never_back() -> None:
    way = warp(described(40, 1), described(70, 2))

    assert (way.first[0], way.second[0]) == (0, 0)
    assert (way.first[-1], way.second[-1]) == (39, 69)
    for steps in (np.diff(way.first), np.diff(way.second)):
        assert set(steps.tolist()) <= {0, 1}


def test_a_long_pause_is_taken_up_by_a_short_one() -> None:
    words, short, long = described(30, 1), described(2, 2), described(40, 3)
    way = warp(with_pause(words, short), with_pause(words, long))

    met = [int(way.second[np.searchsorted(way.first, frame)]) for frame in (14, 17, 31)]
    assert met == [14, 55, 69]


def with_pause(words: Described, pause: Described) -> Described:
    features = [words.features[:15], pause.features, words.features[15:]]
    silence = np.full(len(pause), 0.02, np.float32)
    return Described(
        np.concatenate(features),
        np.concatenate([words.weights[:15], silence, words.weights[15:]]),
    )


def test_within_a_window_the_way_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    smooth = np.cumsum(described(400).features, axis=0) / np.float32(10)
    frames = Described(smooth, np.ones(400, np.float32))
    slower = stretched(frames, ([1, 2, 3, 1] * 100))
    whole = warp(frames, slower)
    monkeypatch.setattr("audioguide.speech.warping.MOST_CELLS", 20_000)
    monkeypatch.setattr("audioguide.speech.warping._REACH_FRAMES", 60)
    windowed = warp(frames, slower)

    assert windowed.first.tolist() == whole.first.tolist()
    assert windowed.second.tolist() == whole.second.tolist()


def paused(monkeypatch: pytest.MonkeyPatch, most_cells: int) -> tuple[Described, Described]:
    """Make a text and its recording with a pause of many windows, too long to compare whole."""
    monkeypatch.setattr("audioguide.speech.warping.MOST_CELLS", most_cells)
    monkeypatch.setattr("audioguide.speech.warping._REACH_FRAMES", 30)
    smooth = np.cumsum(described(400).features, axis=0) / np.float32(10)
    features = [smooth[:200], np.repeat(smooth[200:201], 300, axis=0), smooth[200:]]
    weights = np.ones(700, np.float32)
    weights[200:500] = 0.02
    return (
        Described(smooth, np.ones(400, np.float32)),
        Described(np.concatenate(features), weights),
    )


def test_a_pause_longer_than_the_window_is_crossed(monkeypatch: pytest.MonkeyPatch) -> None:
    way = warp(*paused(monkeypatch, 40_000))

    met = [int(way.second[np.searchsorted(way.first, frame)]) for frame in (0, 150, 250, 399)]
    assert met == [0, 150, 550, 699]


def test_a_pause_that_would_take_too_much_memory_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(TakeRefused, match=r"has a pause of 6 s\. Cut it out"):
        warp(*paused(monkeypatch, 20_000))
