from __future__ import annotations

import asyncio
import json
import re
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import edge_tts.communicate
import numpy as np
import pytest
from aiohttp import web

from audioguide.engines import engine_of
from audioguide.errors import VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import LANGUAGES
from audioguide.speech import edge, online
from audioguide.speech.edge import EdgeVoice
from museum import ROOT
from whistling import whistle

AIGUL = "kk-KZ-AigulNeural"
SENTENCE = "Бұл жерде мұражай тұр, қабырғасында есімдер жазылған."
CERTIFICATE = ROOT / "tests" / "tls" / "localhost.pem"

ASKED = web.AppKey("asked", list[str])

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]


def sound(data: bytes) -> bytes:
    head = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
    return len(head).to_bytes(2, "big") + head + data


def words(path: str, body: str = "{}") -> str:
    return f"X-RequestId:1\r\nPath:{path}\r\n\r\n{body}"


@asynccontextmanager
async def conversation(request: web.Request) -> AsyncIterator[tuple[web.WebSocketResponse, str]]:
    """Take what is asked as the service does: its settings, then the words to be said."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    settings = await socket.receive_str()
    assert "audio-24khz-48kbitrate-mono-mp3" in settings
    ssml = await socket.receive_str()
    await socket.send_str(words("turn.start"))
    yield socket, ssml


async def speak(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, ssml):
        request.app[ASKED].append(ssml)
        spoken = re.findall(r"<prosody[^>]*>([^<]*)<", ssml)[0]
        said = whistle(0.07 * len(spoken))
        for start in range(0, len(said), 1000):
            await socket.send_bytes(sound(said[start : start + 1000]))
        boundary = {"Offset": 0, "Duration": 1, "text": {"Text": "x"}}
        metadata = {"Metadata": [{"Type": "SentenceBoundary", "Data": boundary}]}
        await socket.send_str(words("audio.metadata", json.dumps(metadata)))
        await socket.send_str(words("turn.end"))
    return socket


async def say_nothing(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, _):
        await socket.send_str(words("turn.end"))
    return socket


async def send_noise(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, _):
        await socket.send_bytes(sound(b"noise" * 300))
        await socket.send_str(words("turn.end"))
    return socket


async def send_a_short_sound(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, _):
        await socket.send_bytes(sound(whistle(0.2)))
        await socket.send_str(words("turn.end"))
    return socket


async def send_another_protocol(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, _):
        await socket.send_str(words("something.new"))
    return socket


async def send_a_page(_: web.Request) -> web.StreamResponse:
    return web.Response(text="<!doctype html>Before you continue", content_type="text/html")


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def close_in_the_middle(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, _):
        await socket.send_bytes(sound(whistle(0.05 * len(SENTENCE))))
        await socket.close()
    return socket


async def stay_silent(request: web.Request) -> web.StreamResponse:
    async with conversation(request) as (socket, _):
        await asyncio.sleep(20)
    return socket


def refuse(status: int, **headers: str) -> Behaviour:
    async def refused(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, headers=named)

    return refused


class Service:
    """A stand-in for the service, at the other end of a real socket."""

    def __init__(self, behave: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.app = web.Application()
        self.app[ASKED] = []
        self.behave = behave
        self.app.router.add_get("/edge", self._answer)
        self._loop = asyncio.new_event_loop()
        self._tls = tls
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()
        self.port = 0
        self.calls = 0
        self._thread.start()
        assert self._ready.wait(20)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        answer: web.StreamResponse = await self.behave(request)
        return answer

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = web.AppRunner(self.app, handle_signals=False, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=self._tls)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Service]]:
    services: list[Service] = []

    def start(behave: Behaviour) -> Service:
        service = Service(behave)
        services.append(service)
        address = f"ws://127.0.0.1:{service.port}/edge?TrustedClientToken=x"
        monkeypatch.setattr(edge_tts.communicate, "WSS_URL", address)
        return service

    yield start
    for service in services:
        service.end()


def voice(waits: list[float] | None = None) -> EdgeVoice:
    heard = [] if waits is None else waits
    return EdgeVoice(AIGUL, wait=heard.append)


def test_a_sentence_is_spoken_over_a_socket(serve: Callable[..., Service]) -> None:
    service = serve(speak)
    samples = voice().speak(SENTENCE)
    assert samples.dtype == np.float32
    assert samples.size / 24_000 == pytest.approx(0.07 * len(SENTENCE), abs=0.2)
    assert "Aigul" in service.app[ASKED][0]
    assert SENTENCE in service.app[ASKED][0]


def test_the_voices_of_all_three_languages_are_named() -> None:
    edge = engine_of("edge-tts")
    assert edge is not None
    assert all(edge.speaker(each) for each in LANGUAGES)
    assert voice().name == "edge-tts:kk-KZ-AigulNeural"


ANSWERS: list[tuple[str, Behaviour, type[Exception], str]] = [
    ("no sound", say_nothing, VoiceWithoutSound, "gives no sound"),
    ("noise", send_noise, VoiceUnavailable, "returned no audio"),
    ("too short", send_a_short_sound, VoiceWithoutSound, "cannot be"),
    ("another protocol", send_another_protocol, VoiceUnavailable, "a page instead of sound"),
    ("a page", send_a_page, VoiceUnavailable, "refused the request .status 200"),
    ("403", refuse(403), VoiceUnavailable, "refused the request .status 403"),
    ("429", refuse(429), VoiceUnavailable, "is busy .status 429"),
    ("503", refuse(503), VoiceUnavailable, "is busy .status 503"),
    ("half a sentence", close_in_the_middle, VoiceUnavailable, "does not answer"),
    ("a hung up line", hang_up, VoiceUnavailable, "does not answer"),
]


@pytest.mark.parametrize(
    ("behave", "error", "said"), [each[1:] for each in ANSWERS], ids=[each[0] for each in ANSWERS]
)
def test_an_answer_that_is_no_speech_is_no_narration(
    serve: Callable[..., Service], behave: Behaviour, error: type[Exception], said: str
) -> None:
    serve(behave)
    with pytest.raises(error, match=said):
        voice().speak(SENTENCE)


def test_a_silent_service_is_given_up_after_one_attempt(
    serve: Callable[..., Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "ANSWER_SECONDS", 1)
    service = serve(stay_silent)
    with pytest.raises(VoiceUnavailable, match="does not answer"):
        voice().speak(SENTENCE)
    assert service.calls == 1


def test_a_sentence_that_never_ends_is_given_up(
    serve: Callable[..., Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge, "_MOST_SECONDS", 0.5)
    serve(stay_silent)
    with pytest.raises(VoiceUnavailable, match="does not answer"):
        voice().speak(SENTENCE)


def test_a_service_that_has_spoken_is_tried_again(serve: Callable[..., Service]) -> None:
    service = serve(speak)
    waits: list[float] = []
    speaker = voice(waits)
    speaker.speak(SENTENCE)
    service.behave = refuse(503)
    with pytest.raises(VoiceUnavailable, match="is busy"):
        speaker.speak(SENTENCE)
    assert service.calls == 1 + online.MOST_TRIES
    assert [wait for wait in waits if wait in (1.0, 2.0)] == [1.0, 2.0]


def test_a_service_that_says_when_to_come_back_is_heeded(serve: Callable[..., Service]) -> None:
    serve(refuse(429, Retry_After="700"))
    with pytest.raises(VoiceUnavailable) as refused:
        voice().speak(SENTENCE)
    assert refused.value.wait_s == 700


def test_no_network_costs_one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_tts.communicate, "WSS_URL", "ws://127.0.0.1:9/edge?x=y")
    with pytest.raises(VoiceUnavailable, match="does not answer"):
        voice().speak(SENTENCE)


class _Here(aiohttp.abc.AbstractResolver):
    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": 2,
                "proto": 0,
                "flags": 0,
            }
        ]

    async def close(self) -> None:
        return


def test_a_service_that_does_not_prove_who_it_is_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    service = Service(speak, context)
    address = f"wss://speech.platform.bing.com:{service.port}/edge?TrustedClientToken=x"
    monkeypatch.setattr(edge_tts.communicate, "WSS_URL", address)
    speaker = EdgeVoice(AIGUL, connector=lambda: aiohttp.TCPConnector(resolver=_Here()))
    with pytest.raises(VoiceUnavailable, match="is not secure"):
        speaker.speak(SENTENCE)
    assert service.calls == 0
    service.end()
