from __future__ import annotations

import asyncio
import threading

import pytest

from audioguide.web.bodies import Refused
from audioguide.web.turns import Threads, Turns

Order = list[str]


def in_turn(asked: list[str], turns: Turns) -> tuple[Order, list[str]]:
    """Let places ask while all turns are taken; tell who had one, in order, and who had none."""
    order: Order = []
    refused: list[str] = []

    async def ask(name: str) -> None:
        try:
            async with turns.turn(name[0]):
                order.append(name)
                await asyncio.sleep(0)
        except Refused:
            refused.append(name)

    async def all_ask() -> None:
        async with turns.turn("first"):
            waiting = [asyncio.create_task(ask(name)) for name in asked]
            await asyncio.sleep(0)
        await asyncio.gather(*waiting)

    asyncio.run(all_ask())
    return order, refused


def test_those_who_wait_go_on_in_the_order_of_places() -> None:
    asked = ["a1", "a2", "a3", "b1", "c1", "c2"]
    assert in_turn(asked, Turns(1))[0] == ["a1", "b1", "c1", "a2", "c2", "a3"]


def test_a_place_that_asks_for_much_keeps_nobody_else_waiting() -> None:
    asked = [*(f"a{number}" for number in range(500)), "b1"]
    order, _ = in_turn(asked, Turns(1, most_of_a_place=1000))
    assert order.index("b1") == 1


def test_at_its_cap_a_place_loses_its_oldest_and_never_who_comes_new() -> None:
    order, refused = in_turn(["a1", "a2", "a3", "a4", "b1"], Turns(1, most_of_a_place=2))
    assert refused == ["a1", "a2"]
    assert sorted(order) == ["a3", "a4", "b1"]


def test_every_turn_is_given_back_whatever_happens_in_it() -> None:
    turns = Turns(1)

    async def fail() -> None:
        async with turns.turn("a"):
            raise ZeroDivisionError

    async def all_ask() -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await fail()
        async with turns.turn("b"):
            pass

    asyncio.run(asyncio.wait_for(all_ask(), 10))


def test_who_leaves_while_waiting_leaves_the_turn_to_the_next() -> None:
    turns = Turns(1)

    async def ask(place: str) -> str:
        async with turns.turn(place):
            return place

    async def all_ask() -> str:
        async with turns.turn("first"):
            leaving = asyncio.create_task(ask("a"))
            staying = asyncio.create_task(ask("b"))
            await asyncio.sleep(0)
            leaving.cancel()
        return await staying

    assert asyncio.run(asyncio.wait_for(all_ask(), 10)) == "b"


def test_as_many_have_a_turn_at_once_as_there_are() -> None:
    turns = Turns(2)
    having: set[int] = set()
    most = 0

    async def ask(number: int) -> None:
        nonlocal most
        async with turns.turn(str(number % 3)):
            having.add(number)
            most = max(most, len(having))
            await asyncio.sleep(0)
            having.remove(number)

    async def all_ask() -> None:
        await asyncio.gather(*(ask(number) for number in range(30)))

    asyncio.run(all_ask())
    assert most == 2


def test_work_is_done_in_a_thread_and_its_result_given() -> None:
    threads = Threads("test", 1)
    asked = threads.run("a", lambda word: (word, threading.current_thread().name), "word")
    word, name = asyncio.run(asked)
    assert word == "word"
    assert name.startswith("test")


def test_two_places_that_overflow_share_the_turns() -> None:
    turns = Turns(1, most_of_a_place=3)
    asked = [f"{place}{number}" for number in range(20) for place in "ab"]
    order, refused = in_turn(asked, turns)
    assert [name[0] for name in order] == ["a", "b"] * 3
    assert len(refused) == 34
