"""Speak with Google Translate's voice by the package gTTS, through a session of our own.

gTTS' own sending verifies no certificate, has no time-out and takes a consent page for silence;
so only its requests are used.
"""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import numpy as np
import requests
import urllib3
from gtts import gTTS

from audioguide.errors import VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import Language
from audioguide.speech import online
from audioguide.speech.mastering import trim
from audioguide.speech.online import Patience, VoiceBusy
from audioguide.speech.voice import Samples, pieces, shortened, speakable

MOST_LETTERS_A_REQUEST = 100  # GOOGLE_TTS_MAX_CHARS of gTTS
_PACE_SECONDS = 1.0
_MOST_BYTES = 4_000_000
_PIECE_BYTES = 65_536
_BETWEEN_PIECES = np.zeros(online.SAMPLE_RATE_HZ * 150 // 1000, np.float32)
_SERVICE = "translate.google.com"
_ANSWER = re.compile(r'jQ1olc","\[\\"(?P<sound>[^"\\]*)\\"]')


class GttsVoice:
    """Google Translate's voice in Russian or English."""

    name = "gtts"
    sample_rate_hz = online.SAMPLE_RATE_HZ

    def __init__(
        self,
        language: Language,
        session: requests.Session | None = None,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._language = language
        self._session = requests.Session() if session is None else session
        self._patience = Patience(_PACE_SECONDS, wait)

    @property
    def settings(self) -> str:
        """Name the voice and the language."""
        return f"{self.name} {self._language}"

    def speak(self, sentence: str) -> Samples:
        """Say one sentence, in pieces cut by us; raise as ``Voice.speak`` does."""
        text = speakable(sentence)
        said: list[Samples] = []
        for piece in pieces(text, MOST_LETTERS_A_REQUEST):
            answer = self._patience.ask(lambda piece=piece: self._ask(piece))  # type: ignore[misc]
            samples = online.heard(answer, piece)
            said += [trim(samples, self.sample_rate_hz), _BETWEEN_PIECES]
        return np.concatenate(said[:-1])

    def _ask(self, piece: str) -> bytes:
        """Ask for one piece; raise ``VoiceBusy`` where another try may help."""
        try:
            status, headers, body = self._send(self._request(piece))
        except requests.exceptions.SSLError as error:
            raise VoiceUnavailable(
                "The connection to {service} is not secure (certificate): {reason}.",
                service=_SERVICE,
                reason="TLS",
            ) from error
        except requests.exceptions.RequestException as error:
            raise VoiceBusy("{service} does not answer.", service=_SERVICE) from error
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            wait_s = online.seconds_to_wait(headers.get("Retry-After"))
            raise VoiceBusy(
                "{service} is busy (status {status}).",
                wait_s=wait_s,
                service=_SERVICE,
                status=status,
            )
        if status != HTTPStatus.OK:
            raise VoiceUnavailable(
                "{service} refused the request (status {status}).", service=_SERVICE, status=status
            )
        return _sound(body, piece)

    def _request(self, piece: str) -> requests.PreparedRequest:
        speech = gTTS(
            piece,
            lang=str(self._language),
            lang_check=False,  # the chain knows which languages there are
            pre_processor_funcs=[],
            tokenizer_func=lambda text: [text],
        )
        prepared: requests.PreparedRequest = speech._prepare_requests()[0]
        return prepared

    def _send(self, request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        """Send a request over verified TLS, and read the answer, with limits to size and time."""
        around = self._session.merge_environment_settings(request.url, {}, True, None, None)
        answer = self._session.send(
            request,
            timeout=(online.CONNECT_SECONDS, online.ANSWER_SECONDS),
            allow_redirects=False,  # one leads to a page that asks for consent
            **around,
        )
        with answer:
            try:
                body = _read(answer)
            except urllib3.exceptions.HTTPError as error:
                raise requests.exceptions.ConnectionError(error) from error
        return answer.status_code, dict(answer.headers), body.decode("utf-8", "replace")


def make(_speaker: str, language: Language, _folder: Path) -> GttsVoice:
    """Make Google's voice of a language; it has no other."""
    return GttsVoice(language)


def _read(answer: requests.Response) -> bytes:
    """Read what comes as it comes: to wait for a full piece would let a drip last for days."""
    deadline = time.monotonic() + online.ANSWER_SECONDS
    body = b""
    while part := answer.raw.read1(_PIECE_BYTES, decode_content=True):
        body += part
        if len(body) > _MOST_BYTES or time.monotonic() > deadline:
            raise requests.exceptions.ReadTimeout("the answer does not end")
    return body


def _sound(body: str, piece: str) -> bytes:
    if "jQ1olc" not in body:
        raise VoiceUnavailable("{service} answers with a page instead of sound.", service=_SERVICE)
    found = _ANSWER.search(body)
    try:
        sound = base64.b64decode(found["sound"]) if found else b""
    except binascii.Error as error:
        raise VoiceUnavailable("The service returned no audio.") from error
    if not sound:
        raise VoiceWithoutSound(
            "{service} gives no sound for “{words}”.", service=_SERVICE, words=shortened(piece)
        )
    return sound
