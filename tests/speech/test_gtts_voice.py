from __future__ import annotations

import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
import requests
import responses
from requests.adapters import HTTPAdapter

from audioguide.errors import VoiceFailed, VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import Language
from audioguide.speech import online
from audioguide.speech.gtts import MOST_LETTERS_A_REQUEST, GttsVoice
from audioguide.speech.voice import pieces
from google_stand_in import URL, answer, in_proportion, piece_of
from museum import ROOT
from whistling import whistle

SENTENCE = "На этом месте стоит музей, и на стене высечены имена."
LONG = (
    "Сегодня на этом месте стоит музей, на стене его высечены имена людей, которых увезли ночью, "
    "судили без свидетелей, и не вернули домой, а дети их узнали об этом только через полвека."
)
CERTIFICATE = ROOT / "tests" / "tls" / "localhost.pem"


class Clock:
    """Counts the seconds that a voice waits, and does not wait."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def google() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def voice(clock: Clock | None = None) -> GttsVoice:
    return GttsVoice(Language("ru"), wait=clock or Clock())


def test_a_sentence_is_spoken_at_24_khz(google: responses.RequestsMock) -> None:
    google.add_callback("POST", URL, in_proportion)
    samples = voice().speak(SENTENCE)
    assert samples.dtype == np.float32
    assert samples.size / 24_000 == pytest.approx(0.07 * len(SENTENCE), abs=0.2)


def test_the_request_names_the_language_and_verifies_who_answers(
    google: responses.RequestsMock,
) -> None:
    google.add_callback("POST", URL, in_proportion)
    voice().speak(SENTENCE)
    call = google.calls[0].request
    assert '"ru"' in urllib.parse.unquote(str(call.body)).replace("\\", "")
    kept = call.req_kwargs  # type: ignore[attr-defined]
    assert kept["verify"] not in (False, None)  # or the house's own bundle of certificates
    assert kept["timeout"] == (online.CONNECT_SECONDS, online.ANSWER_SECONDS)


def test_a_long_sentence_goes_in_pieces_cut_at_its_clauses(google: responses.RequestsMock) -> None:
    google.add_callback("POST", URL, in_proportion)
    voice().speak(LONG)
    asked = [piece_of(call.request) for call in google.calls]
    assert " ".join(asked) == LONG
    assert len(asked) == 2
    assert max(len(piece) for piece in asked) <= MOST_LETTERS_A_REQUEST
    assert asked[0].endswith(",")


def test_initials_are_never_torn_apart() -> None:
    assert pieces("А. С. Пушкин и т. е. поэт.", 100) == ["А. С. Пушкин и т. е. поэт."]


def test_a_clause_without_end_is_cut_between_words() -> None:
    cut = pieces("слово " * 40, 100)
    assert " ".join(cut) == " ".join(["слово"] * 40)
    assert max(len(piece) for piece in cut) <= 100


def test_requests_keep_their_distance(google: responses.RequestsMock) -> None:
    google.add_callback("POST", URL, in_proportion)
    clock = Clock()
    voice(clock).speak(LONG)
    assert len(clock.waits) == 1
    assert 0.5 < clock.waits[0] <= 1.0


REFUSALS: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("403", {"status": 403}, VoiceUnavailable, "refused the request .status 403"),
    ("404", {"status": 404}, VoiceUnavailable, "refused the request"),
    (
        "a redirect to a consent page",
        {"status": 302, "headers": {"Location": "https://consent.google.com/"}},
        VoiceUnavailable,
        "refused the request .status 302",
    ),
    (
        "a consent page",
        {"status": 200, "body": "<!doctype html><title>Before you continue</title>"},
        VoiceUnavailable,
        "a page instead of sound",
    ),
    ("an empty body", {"status": 200, "body": ""}, VoiceUnavailable, "a page instead of sound"),
    ("no sound", {"status": 200, "body": answer(None)}, VoiceWithoutSound, "gives no sound"),
    (
        "sound of no bytes",
        {"status": 200, "body": answer(b"")},
        VoiceWithoutSound,
        "gives no sound",
    ),
    ("noise", {"status": 200, "body": answer(b"x" * 900)}, VoiceUnavailable, "returned no audio"),
    ("too short", {"status": 200, "body": answer(whistle(0.2))}, VoiceWithoutSound, "cannot be"),
    ("too long", {"status": 200, "body": answer(whistle(40.0))}, VoiceWithoutSound, "cannot be"),
    ("silence", {"status": 200, "body": answer(whistle(3.0, 0.0))}, VoiceWithoutSound, "is silent"),
]


@pytest.mark.parametrize(
    ("given", "error", "said"), [each[1:] for each in REFUSALS], ids=[each[0] for each in REFUSALS]
)
def test_an_answer_that_is_no_speech_is_no_narration(
    google: responses.RequestsMock, given: dict[str, Any], error: type[Exception], said: str
) -> None:
    google.add("POST", URL, **given)
    with pytest.raises(error, match=said):
        voice().speak(SENTENCE)
    assert len(google.calls) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_has_spoken_is_tried_three_times_with_growing_waits(
    google: responses.RequestsMock, status: int
) -> None:
    google.add_callback("POST", URL, in_proportion)
    clock = Clock()
    speaker = voice(clock)
    speaker.speak(SENTENCE)
    google.replace("POST", URL, status=status)
    with pytest.raises(VoiceUnavailable, match=f"is busy .status {status}"):
        speaker.speak(SENTENCE)
    assert len(google.calls) == 1 + online.MOST_TRIES
    assert [wait for wait in clock.waits if wait in (1.0, 2.0)] == [1.0, 2.0]


def test_a_service_that_has_never_spoken_costs_one_attempt(google: responses.RequestsMock) -> None:
    google.add("POST", URL, body=requests.ConnectionError("no network"))
    with pytest.raises(VoiceUnavailable, match="does not answer"):
        voice().speak(SENTENCE)
    assert len(google.calls) == 1


def test_a_short_trouble_is_passed_over(google: responses.RequestsMock) -> None:
    google.add_callback("POST", URL, in_proportion)
    speaker = voice()
    speaker.speak(SENTENCE)
    google.replace("POST", URL, status=503)
    google.add_callback("POST", URL, in_proportion)
    assert speaker.speak(SENTENCE).size > 0


IN_TWO_HOURS = "in two hours"  # by the clock of the test, not of its collection


@pytest.mark.parametrize(
    ("header", "least"),
    [
        ("3", 3.0),
        (IN_TWO_HOURS, 7000.0),
        ("soon", 0.0),
        (None, 0.0),
    ],
)
def test_the_wish_to_be_left_alone_is_heard(
    google: responses.RequestsMock, header: str | None, least: float
) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=2))
    headers = {} if header is None else {"Retry-After": date if header == IN_TWO_HOURS else header}
    google.add("POST", URL, status=429, headers=headers)
    with pytest.raises(VoiceUnavailable) as caught:
        voice().speak(SENTENCE)
    assert least <= caught.value.wait_s <= 7200.0


@pytest.mark.parametrize("sentence", ["", "…!", "🙂", "Это " + "а" * 5000])
def test_what_cannot_be_said_is_not_asked_for(
    google: responses.RequestsMock, sentence: str
) -> None:
    with pytest.raises(VoiceFailed):
        voice().speak(sentence)
    assert len(google.calls) == 0


class Elsewhere(HTTPAdapter):
    """Leads what is meant for the service to a server of the test."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
        request.url = self.address
        return super().send(request, *args, **options)


@pytest.fixture
def served() -> Iterator[Callable[..., GttsVoice]]:
    """Start a server that answers as told, and give a voice that asks it."""
    servers: list[ThreadingHTTPServer] = []

    def start(behave: Callable[[BaseHTTPRequestHandler], None], *, tls: bool = False) -> GttsVoice:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                behave(self)

            def log_message(self, *_: Any) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)  # one that never served would be waited for without end
        session = requests.Session()
        scheme = "https" if tls else "http"
        session.mount("https://", Elsewhere(f"{scheme}://127.0.0.1:{server.server_port}/"))
        return GttsVoice(Language("ru"), session, wait=Clock())

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_server_at_the_other_end_of_a_socket_speaks(served: Callable[..., GttsVoice]) -> None:
    said = answer(whistle(4.0)).encode()
    assert served(lambda handler: send(handler, said)).speak(SENTENCE).size > 24_000


def test_a_server_that_does_not_prove_who_it_is_is_not_believed(
    served: Callable[..., GttsVoice],
) -> None:
    said = answer(whistle(4.0)).encode()
    with pytest.raises(VoiceUnavailable, match="is not secure"):
        served(lambda handler: send(handler, said), tls=True).speak(SENTENCE)


def test_a_silent_server_is_given_up(
    served: Callable[..., GttsVoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "ANSWER_SECONDS", 0.3)
    over = threading.Event()
    speaker = served(lambda _: over.wait(20) or None)
    with pytest.raises(VoiceUnavailable, match="does not answer"):
        speaker.speak(SENTENCE)
    over.set()


def test_a_server_that_drips_without_end_is_given_up(
    served: Callable[..., GttsVoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "ANSWER_SECONDS", 0.5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        for _ in range(100):
            try:
                handler.wfile.write(b"x" * 65_536)
            except OSError:
                return
            time.sleep(0.1)

    with pytest.raises(VoiceUnavailable, match="does not answer"):
        served(drip).speak(SENTENCE)


def test_a_server_that_hangs_up_is_given_up(served: Callable[..., GttsVoice]) -> None:
    with pytest.raises(VoiceUnavailable, match="does not answer"):
        served(lambda handler: handler.connection.close()).speak(SENTENCE)


def test_a_drip_does_not_hold_a_worker(
    served: Callable[..., GttsVoice], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(online, "ANSWER_SECONDS", 0.5)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        for _ in range(200):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return
            sent.append(b"x")
            time.sleep(0.1)

    with pytest.raises(VoiceUnavailable, match="does not answer"):
        served(drip).speak(SENTENCE)
    assert len(sent) < 100


@pytest.mark.parametrize(("said", "seconds"), [("9" * 400, float("inf")), ("²", 0), ("7", 7)])
def test_any_wish_to_wait_is_read(said: str, seconds: float) -> None:
    assert online.seconds_to_wait(said) == seconds
