"""A route that takes a large body, behind the guard: session, role and form key before a byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import pytest
from flask import Blueprint, Flask, request

from audioguide import web
from audioguide.db import AT_THE_DOOR, Database
from audioguide.roles import Role
from audioguide.services import editions
from audioguide.services.staff import signing_in
from audioguide.web import guard
from audioguide.web.bodies import takes
from audioguide.web.front import Front
from audioguide.web.guard import FORM_KEY_HEADER
from museum import World

MB = 1024 * 1024
PASSWORD = "three quiet words"


class Head:
    """The headers of a request."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def get(self, key: str, default: str | None = None) -> str | None:
        return self._headers.get(key, default)

    def get_all(self, key: str) -> list[str]:
        return [self._headers[key]] if key in self._headers else []

    def items(self) -> list[tuple[str, str]]:
        return list(self._headers.items())


class Scope:
    """A request as granian gives it."""

    proto, http_version, scheme, query_string = "http", "1.1", "http", ""
    server, client, method = "127.0.0.1:80", "127.0.0.1:999", "POST"

    def __init__(self, path: str, **headers: str) -> None:
        self.authority: str | None = None
        self.path = path
        self.headers = Head(
            {"host": "guide.test"} | {name.replace("_", "-"): v for name, v in headers.items()}
        )


class Exchange:
    """A body to be sent, and what was answered."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.given_bytes = 0
        self.status = 0
        self.answered = b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self._body), 60_000):
            piece = self._body[at : at + 60_000]
            self.given_bytes += len(piece)
            yield piece
        yield b""

    def response_empty(self, status: int, _headers: object) -> None:
        self.status = status

    def response_bytes(self, status: int, _headers: object, body: bytes) -> None:
        self.status, self.answered = status, body

    def response_file_range(
        self, status: int, _headers: object, file: str, start: int, end: int
    ) -> None:
        raise AssertionError("no file is asked for")


class House:
    """The guide with one more room, which takes recordings of editors."""

    def __init__(self, world: World) -> None:
        self.database = Database(world.settings.database_url, AT_THE_DOOR)
        app = web.build(world.settings, self.database, world.store)
        app.register_blueprint(self._room(app))
        self.front: Front = web.as_front(app, world.settings, editions.Editions(self.database, 0.1))
        self.handled = 0
        with world.database.writing() as session:
            key = signing_in.add(session, "Aigul", Role.EDITOR)
            self.cookie = signing_in.accept(session, key, PASSWORD) or ""

    def _room(self, _app: Flask) -> Blueprint:
        room = Blueprint("recordings", __name__, url_prefix="/staff/recordings")

        @room.post("/")
        @takes(2 * MB, seconds=30, spooled=True)
        def keep() -> str:
            self.handled += 1
            return str(len(request.stream.read()))

        guard.close(room, roles=[Role.EDITOR])
        return room

    def send(self, size_bytes: int, announced: int | None = None, **headers: str) -> Exchange:
        exchange = Exchange(b"a" * size_bytes)
        length = size_bytes if announced is None else announced
        scope = Scope("/staff/recordings/", content_length=str(length), **headers)
        asyncio.run(asyncio.wait_for(self.front.__rsgi__(scope, exchange), 30))
        return exchange

    @property
    def key(self) -> dict[str, Any]:
        return {FORM_KEY_HEADER.lower(): signing_in.form_key(self.cookie)}


@pytest.fixture
def house(world: World) -> Iterator[House]:
    made = House(world)
    yield made
    made.database.close()


def test_a_recording_of_an_editor_is_received_whole(house: House) -> None:
    sent = house.send(1_500_000, cookie=f"session={house.cookie}", **house.key)
    assert (sent.status, sent.answered) == (200, b"1500000")


def test_a_stranger_is_sent_to_sign_in_before_a_byte_is_read(house: House) -> None:
    sent = house.send(1_500_000)
    assert (sent.status, sent.given_bytes, house.handled) == (303, 0, 0)


def test_without_the_form_key_nothing_is_read(house: House) -> None:
    sent = house.send(1_500_000, cookie=f"session={house.cookie}")
    assert (sent.status, sent.given_bytes, house.handled) == (403, 0, 0)


def test_another_role_is_refused_before_a_byte_is_read(world: World, house: House) -> None:
    with world.database.writing() as session:
        key = signing_in.add(session, "Marat", Role.GUIDE)
        cookie = signing_in.accept(session, key, PASSWORD) or ""
    form_key: dict[str, Any] = {FORM_KEY_HEADER.lower(): signing_in.form_key(cookie)}
    sent = house.send(1_500_000, cookie=f"session={cookie}", **form_key)
    assert (sent.status, sent.given_bytes, house.handled) == (403, 0, 0)


def test_one_that_is_too_large_or_cut_short_reaches_no_handler(house: House) -> None:
    session = {"cookie": f"session={house.cookie}"} | house.key
    assert house.send(100, 3 * MB, **session).status == 413
    assert house.send(100, 200, **session).status == 400
    assert house.handled == 0
