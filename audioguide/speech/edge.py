"""Speak with the voices of Microsoft Edge's "read aloud" by the package edge-tts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import aiohttp
from edge_tts import Communicate
from edge_tts.exceptions import EdgeTTSException, NoAudioReceived

from audioguide.engines import voice_name
from audioguide.errors import VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import Language
from audioguide.speech import online
from audioguide.speech.online import Patience, VoiceBusy
from audioguide.speech.voice import Samples, shortened, speakable

_PACE_SECONDS = 0.5
_MOST_SECONDS = 60  # for a whole sentence; its sound comes in parts
_MOST_BYTES = 4_000_000
_SERVICE = "speech.platform.bing.com"


class EdgeVoice:
    """One of Microsoft's voices."""

    sample_rate_hz = online.SAMPLE_RATE_HZ

    def __init__(
        self,
        speaker: str,
        wait: Callable[[float], object] = time.sleep,
        connector: Callable[[], aiohttp.BaseConnector | None] = lambda: None,
    ) -> None:
        self.name = voice_name("edge-tts", speaker)
        self._speaker = speaker
        self._connector = connector
        self._patience = Patience(_PACE_SECONDS, wait)

    @property
    def settings(self) -> str:
        """Name the voice."""
        return self.name

    def speak(self, sentence: str) -> Samples:
        """Say one sentence; raise as ``Voice.speak`` does."""
        text = speakable(sentence)
        return online.heard(self._patience.ask(lambda: self._ask(text)), text)

    def _ask(self, text: str) -> bytes:
        """Ask for a sentence; raise ``VoiceBusy`` where another try may help.

        edge-tts lets the errors of aiohttp through, and its ``stream_sync`` waits for ever
        when one is raised: so its coroutine is run here, under one limit for all of it.
        """
        try:
            return asyncio.run(asyncio.wait_for(self._receive(text), _MOST_SECONDS))
        except NoAudioReceived as error:
            raise VoiceWithoutSound(
                "{service} gives no sound for “{words}”.", service=_SERVICE, words=shortened(text)
            ) from error
        except (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError) as error:
            raise VoiceUnavailable(
                "The connection to {service} is not secure (certificate): {reason}.",
                service=_SERVICE,
                reason="TLS",
            ) from error
        except aiohttp.WSServerHandshakeError as error:
            said = None if error.headers is None else error.headers.get("Retry-After")
            raise _refused(error.status, online.seconds_to_wait(said)) from error
        except (EdgeTTSException, ValueError) as error:  # an answer of another kind than agreed
            raise VoiceUnavailable(
                "{service} answers with a page instead of sound.", service=_SERVICE
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise VoiceBusy("{service} does not answer.", service=_SERVICE) from error

    async def _receive(self, text: str) -> bytes:
        asked = Communicate(
            text,
            self._speaker,
            connector=self._connector(),
            connect_timeout=online.CONNECT_SECONDS,
            receive_timeout=online.ANSWER_SECONDS,
        )
        sound = b""
        parts = asked.stream()
        while len(sound) <= _MOST_BYTES:
            try:
                # Its own receive_timeout does not reach what comes through a websocket: measured.
                part = await asyncio.wait_for(anext(parts), online.ANSWER_SECONDS)
            except StopAsyncIteration:
                if asked.state["cumulative_audio_bytes"] != len(sound):  # counted at turn.end
                    break
                return sound
            if part["type"] == "audio":
                sound += part["data"]
        raise TimeoutError("hung up in the middle, or does not end")


def make(speaker: str, _language: Language, _folder: Path) -> EdgeVoice:
    """Make the voice of a speaker, whose language is in the name."""
    return EdgeVoice(speaker)


def _refused(status: int, wait_s: float) -> VoiceBusy | VoiceUnavailable:
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return VoiceBusy(
            "{service} is busy (status {status}).", wait_s=wait_s, service=_SERVICE, status=status
        )
    return VoiceUnavailable(
        "{service} refused the request (status {status}).", service=_SERVICE, status=status
    )
