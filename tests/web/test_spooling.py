"""Large bodies: who sends one is asked first, then it is written to the disk as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from audioguide.web import spooling
from audioguide.web.bodies import Announced, Bound, Refused
from audioguide.web.spooling import Spool

LARGE = Bound(1_000_000, seconds=5, spooled=True)


class Body:
    """A body in pieces, with a pause before each."""

    def __init__(self, *parts: bytes, pause_s: float = 0.0) -> None:
        self._parts = parts
        self._pause_s = pause_s

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in (*self._parts, b""):
            await asyncio.sleep(self._pause_s)
            yield part


def receive(folder: Path, body: Body, size_bytes: int | None, bound: Bound = LARGE) -> bytes:
    async def received() -> bytes:
        async with Spool(folder).arriving(body, Announced(size_bytes), bound) as (file, size):
            assert size == size_bytes
            return file.read()

    return asyncio.run(asyncio.wait_for(received(), 30))


def status_of(folder: Path, body: Body, size_bytes: int | None, bound: Bound = LARGE) -> int:
    with pytest.raises(Refused) as raised:
        receive(folder, body, size_bytes, bound)
    return raised.value.status


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "arriving"
    yield place
    assert not place.exists() or list(place.iterdir()) == []  # nothing is ever left there


def test_a_large_body_comes_from_the_disk_byte_for_byte(folder: Path) -> None:
    parts = [bytes([number]) * 70_000 for number in range(10)]
    assert receive(folder, Body(*parts), 700_000) == b"".join(parts)


def test_one_that_is_larger_than_the_route_takes_is_refused(folder: Path) -> None:
    assert status_of(folder, Body(b"a"), 1_000_001) == 413
    assert status_of(folder, Body(*[b"a" * 400_000] * 4), 900_000) == 413


def test_one_that_does_not_say_its_length_is_refused(folder: Path) -> None:
    assert status_of(folder, Body(b"a"), None) == 411


@pytest.mark.parametrize("size_bytes", [2, 4])
def test_one_of_another_length_than_announced_is_refused(folder: Path, size_bytes: int) -> None:
    assert status_of(folder, Body(b"abc"), size_bytes) == 400


def test_one_that_comes_too_slowly_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooling, "GRACE_SECONDS", 0.1)
    slow = Body(*[b"a"] * 1000, pause_s=0.02)
    assert status_of(folder, slow, 1000, Bound(10_000, seconds=60, spooled=True)) == 408


def test_one_that_comes_at_the_least_rate_may_take_its_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooling, "GRACE_SECONDS", 0.1)
    steady = Body(*[b"a" * 4000] * 20, pause_s=0.02)
    assert len(receive(folder, steady, 80_000)) == 80_000


def test_one_that_takes_longer_than_the_route_allows_is_given_up(folder: Path) -> None:
    steady = Body(*[b"a" * 4000] * 100, pause_s=0.02)
    assert status_of(folder, steady, 400_000, Bound(500_000, seconds=0.3, spooled=True)) == 408


def test_where_the_disk_has_no_room_it_is_refused_before_it_comes(folder: Path) -> None:
    huge = 10**15
    assert status_of(folder, Body(b"a"), huge, Bound(huge, spooled=True)) == 503


def test_only_so_many_arrive_at_once_and_the_place_is_given_back(folder: Path) -> None:
    async def two() -> int:
        spool = Spool(folder, most_at_once=1)
        async with spool.arriving(Body(b"a"), Announced(1), LARGE):
            with pytest.raises(Refused) as raised:
                async with spool.arriving(Body(b"b"), Announced(1), LARGE):
                    pass
        async with spool.arriving(Body(b"c"), Announced(1), LARGE) as (file, _):
            assert file.read() == b"c"
        return raised.value.status

    assert asyncio.run(asyncio.wait_for(two(), 30)) == 503
