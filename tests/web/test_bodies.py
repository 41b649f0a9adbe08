from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from flask import Flask

from audioguide.web.bodies import (
    NOTHING,
    Announced,
    Bodies,
    Bound,
    Bounds,
    Refused,
    announced,
    takes,
)
from museum import World

SMALL = Bound(10, seconds=5)


class Body:
    """A body that comes in pieces, and may hang at its end."""

    def __init__(self, *parts: bytes, hangs: bool = False) -> None:
        self._parts = parts
        self._hangs = hangs
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            self.given += 1
            yield part
        if self._hangs:
            await asyncio.sleep(3600)
        yield b""


def read(body: Body, size_bytes: int | None, bound: Bound = SMALL) -> bytes:
    return asyncio.run(Bodies().read(body, Announced(size_bytes), "place", bound))


def status_of(body: Body, size_bytes: int | None, bound: Bound = SMALL) -> int:
    with pytest.raises(Refused) as raised:
        read(body, size_bytes, bound)
    return raised.value.status


def test_a_whole_body_is_given_in_one() -> None:
    assert read(Body(b"name", b"=", b"Marat"), 10) == b"name=Marat"
    assert read(Body(b"name", b"=Marat"), None) == b"name=Marat"


def test_no_body_is_not_waited_for() -> None:
    body = Body(hangs=True)
    assert read(body, 0) == b""
    assert body.given == 0


def test_a_body_that_announces_too_much_is_refused_before_a_byte_is_read() -> None:
    body = Body(b"a" * 11)
    assert status_of(body, 11) == 413
    assert body.given == 0


def test_a_body_that_is_more_than_its_limit_is_not_read_to_its_end() -> None:
    body = Body(*[b"aaaa"] * 100)
    assert status_of(body, None) == 413
    assert body.given == 3


@pytest.mark.parametrize("body", [Body(b"name"), Body(), Body(b"more than was said"[:10])])
def test_a_body_of_another_length_than_announced_is_refused(body: Body) -> None:
    assert status_of(body, 9) == 400


def test_a_body_in_pieces_that_broke_off_is_refused() -> None:
    assert status_of(Body(b"abc", b""), None) == 400


@pytest.mark.parametrize("size_bytes", [9, None])
def test_a_body_that_does_not_come_is_given_up(size_bytes: int | None) -> None:
    assert status_of(Body(b"ab", hangs=True), size_bytes, Bound(10, seconds=0.05)) == 408


def test_a_byte_now_and_then_does_not_keep_a_body_alive() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.01)
            yield b"a"

    class Dripping:
        def __aiter__(self) -> AsyncIterator[bytes]:
            return drip()

    async def wait() -> None:
        await Bodies().read(Dripping(), Announced(1000), "place", Bound(1000, seconds=0.2))

    with pytest.raises(Refused) as raised:
        asyncio.run(asyncio.wait_for(wait(), 10))
    assert raised.value.status == 408


def hung(bodies: Bodies, place: str) -> asyncio.Task[bytes]:
    body = Body(b"a", hangs=True)
    return asyncio.create_task(bodies.read(body, Announced(9), place, Bound(10, seconds=3600)))


def test_at_its_cap_a_place_loses_its_oldest_body_and_no_other_place_does() -> None:
    async def crowd() -> tuple[list[bool], bytes]:
        bodies = Bodies(most_of_a_place=2)
        waiting = [hung(bodies, place) for place in ("a", "b", "a", "a", "a")]
        await asyncio.sleep(0)
        new = await bodies.read(Body(b"new"), Announced(3), "a", SMALL)
        await asyncio.sleep(0.05)
        ended = [task.done() for task in waiting]
        bodies.end_all()
        await asyncio.gather(*waiting, return_exceptions=True)
        return ended, new

    ended, new = asyncio.run(crowd())
    assert new == b"new"
    assert ended == [True, False, True, True, False]


def test_where_all_places_are_full_the_largest_loses_its_oldest() -> None:
    async def crowd() -> list[bool]:
        bodies = Bodies(most_of_a_place=10, in_all=4)
        waiting = [hung(bodies, place) for place in ("b", "a", "a", "a", "c")]
        await asyncio.sleep(0.05)
        ended = [task.done() for task in waiting]
        bodies.end_all()
        await asyncio.gather(*waiting, return_exceptions=True)
        return ended

    assert asyncio.run(crowd()) == [False, True, False, False, False]


def test_when_the_process_ends_no_body_is_waited_for() -> None:
    async def end() -> list[object]:
        bodies = Bodies()
        waiting = [hung(bodies, str(number)) for number in range(100)]
        await asyncio.sleep(0)
        bodies.end_all()
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    assert all(isinstance(each, Refused) for each in asyncio.run(asyncio.wait_for(end(), 10)))


@pytest.mark.parametrize("length", ["+3", "-1", "3 ", "", "x", "٣", "9" * 16])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    with pytest.raises(Refused) as raised:
        announced(length, None)
    assert raised.value.status == 400


def test_a_length_may_be_left_out_by_who_sends_pieces_or_nothing() -> None:
    assert announced(None, "chunked") == Announced(None)
    assert announced(None, None) == Announced(0)


def test_a_route_takes_what_its_handler_says_and_nothing_where_it_says_nothing() -> None:
    app = Flask(__name__)

    @app.post("/form")
    @takes(100, slow=True)
    def form() -> str:
        return ""

    @app.post("/none")
    def none() -> str:
        return ""

    bounds = Bounds(app)
    assert bounds.of("POST", "/form") == Bound(100, slow=True)
    for method, path in (("POST", "/none"), ("GET", "/form"), ("PUT", "/form"), ("POST", "/else")):
        assert bounds.of(method, path) == NOTHING


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/invited/any"])
def test_behind_another_server_too_nothing_over_the_limit_is_read(world: World, path: str) -> None:
    assert world.phone("en").post(path, data={"name": "a" * 5000}).status_code == 413


def test_behind_another_server_a_body_says_its_length(world: World) -> None:
    pieces = {"Transfer-Encoding": "chunked"}
    environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = world.phone("en").post("/staff/sign-in", headers=pieces, environ_overrides=environ)
    assert answer.status_code == 411


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/invited/any"])
def test_a_nul_in_a_form_reaches_no_database(world: World, path: str) -> None:
    form = {"name": "a\0b", "password": "three quiet words"}
    assert world.phone("en").post(path, data=form).status_code == 404
