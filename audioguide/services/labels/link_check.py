"""Follow printed addresses over HTTP as a phone does, and say which lead to no page with sound."""

from __future__ import annotations

import functools
import http.client
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.errors import AudioguideError, Finding, Grade, Message, message
from audioguide.labels.address import payload, start_payload
from audioguide.languages import Language, Languages
from audioguide.models import LabelPrinted, LabelState, Stop, now

ANSWER_SECONDS = 10.0
ASKED_AT_ONCE = 8
CERTIFICATE_LASTS = timedelta(days=30)
_MOST_BYTES = 2_000_000
_PART_BYTES = 65_536
_SOUND = b"<audio"
_SOUND_FILE = re.compile(rb'src="(/audio/[0-9a-f]{32}\.mp3)"')
# URLError is an OSError; a host or a redirect that is no address at all is a ValueError.
_CAUSES: dict[type[Exception], Message] = {
    socket.gaierror: message("the network does not know this name"),
    ConnectionRefusedError: message("no program answers there"),
    TimeoutError: message("nothing came within the time"),
}
_NO_ANSWER = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True)
class PrintedPayload:
    """An address that is on paper, and where to ask for it; ``code`` is None on the poster."""

    number: int | None
    code: str | None
    payload: str
    address: str
    is_retired: bool

    @property
    def host(self) -> str:
        """Scheme and host of the address that is asked."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.lower()}"

    @property
    def name(self) -> str:
        """The label as lines name it."""
        return f"{self.number} ({self.code})" if self.code else "poster"


@dataclass(frozen=True)
class Answer:
    """What a phone of one language gets; ``status`` is None when nothing answered."""

    language: Language
    status: int | None
    page: str | None
    has_sound: bool
    problem: Message | None

    @property
    def is_good(self) -> bool:
        """Whether a visitor is served."""
        return self.problem is None

    @property
    def sign(self) -> str:
        """The answer as it stands in a table."""
        return "✓" if self.is_good else f"✗ {self.status or ''}".strip()


@dataclass(frozen=True)
class Resolved:
    """A printed address with what phones of each language got; no answers if its host is away."""

    printed: PrintedPayload
    answers: tuple[Answer, ...]

    @property
    def is_good(self) -> bool:
        """Whether every visitor is served."""
        return bool(self.answers) and all(answer.is_good for answer in self.answers)


@dataclass(frozen=True)
class Report:
    """Every printed address, and what is wrong."""

    resolved: tuple[Resolved, ...]
    findings: tuple[Finding, ...]


def printed_payloads(session: Session, base_url: str | None) -> tuple[PrintedPayload, ...]:
    """List each distinct printed address that may hang somewhere, the poster's first.

    ``base_url`` is asked in place of the printed host; raise AskedWrongly when it is none.
    """
    if base_url is not None:
        start_payload(base_url)
    retired = set(session.scalars(select(Stop.code).where(Stop.retired_at.is_not(None))))
    rows = session.scalars(
        select(LabelPrinted)
        .where(LabelPrinted.state != LabelState.TAKEN_DOWN)
        .order_by(LabelPrinted.id)
    )
    latest = {row.payload: row for row in rows}
    found = [
        PrintedPayload(
            number=row.number,
            code=row.stop_code,
            payload=row.payload,
            address=_address(row, base_url),
            is_retired=row.stop_code in retired,
        )
        for row in latest.values()
    ]
    return tuple(sorted(found, key=lambda each: (each.number is not None, each.number or 0)))


def _address(row: LabelPrinted, base_url: str | None) -> str:
    if base_url is None:
        return row.payload
    return payload(base_url, row.stop_code) if row.stop_code else start_payload(base_url)


def resolve(
    printed: Sequence[PrintedPayload],
    show: Callable[[int], None],
    languages: Languages,
    *,
    moment: datetime | None = None,
) -> Report:
    """Follow every address in every language; ``show`` hears how many are done.

    A host that does not answer is asked once. Whoever says nothing, or goes on speaking, for ten
    seconds is not waited for. Certificates
    that end within 30 days of ``moment``, which is now if not given, are found.
    """
    phone = _Phone(languages)
    away = {host: problem for host in _hosts(printed) if (problem := phone.knock(host))}
    present = [each for each in printed if each.host not in away]
    resolved = {each.payload: Resolved(each, ()) for each in printed}
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        for done, found in enumerate(pool.map(phone.resolve, present), start=1):
            resolved[found.printed.payload] = found
            show(done)
    findings = (
        *(_away(host, problem) for host, problem in away.items()),
        *(finding for each in resolved.values() for finding in _wrong(each)),
        *_certificates(phone.certificates, moment or now()),
    )
    return Report(tuple(resolved.values()), findings)


def _hosts(printed: Iterable[PrintedPayload]) -> Iterable[str]:
    return dict.fromkeys(each.host for each in printed)


def _away(host: str, problem: Message) -> Finding:
    return Finding(
        Grade.ERROR, host, problem, message("Start the guide, and look at the name, the network.")
    )


def _wrong(resolved: Resolved) -> Iterator[Finding]:
    for answer in resolved.answers:
        if answer.problem is not None:
            where = f"{resolved.printed.name} {answer.language}"
            yield Finding(Grade.ERROR, where, answer.problem)


def _certificates(ends: dict[str, datetime], moment: datetime) -> Iterator[Finding]:
    for host, end in sorted(ends.items()):
        if end - moment < CERTIFICATE_LASTS:
            yield Finding(
                Grade.WARNING,
                host,
                message("The certificate ends on {day}.", day=f"{end:%Y-%m-%d}"),
                message("Renew it: after that day phones refuse to open the guide."),
            )


class _Phone:
    """Ask as a phone does, and remember until when each host's certificate holds."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages
        self.certificates: dict[str, datetime] = {}
        context = ssl.create_default_context()
        self._opener = urllib.request.build_opener(_Watching(context, self.certificates))

    def knock(self, host: str) -> Message | None:
        """Ask a host for anything; return why nothing answers, or None."""
        try:
            self._ask(f"{host}/", self._languages.default)
        except AudioguideError as error:
            return error.message
        return None

    def resolve(self, printed: PrintedPayload) -> Resolved:
        """Follow an address in every language."""
        return Resolved(printed, tuple(self._answer(printed, each) for each in self._languages))

    def _answer(self, printed: PrintedPayload, language: Language) -> Answer:
        try:
            status, page, body = self._ask(printed.address, language)
        except AudioguideError as error:
            return Answer(language, None, None, has_sound=False, problem=error.message)
        has_sound = _SOUND in body
        problem = _problem(printed, status, page, language, has_sound=has_sound)
        file = _SOUND_FILE.search(body) if printed.code else None
        if problem is None and file is not None:
            problem = self._silence(urljoin(page, file[1].decode()), language)
            has_sound = problem is None
        return Answer(language, status, page, has_sound, problem)

    def _silence(self, sound: str, language: Language) -> Message | None:
        """Ask whether the sound of a page is there; return what a visitor misses, or None."""
        try:
            status, _, _ = self._ask(sound, language, method="HEAD")
        except AudioguideError as error:
            return error.message
        if status == 200:
            return None
        return message("The sound {address} answers {status}.", address=sound, status=status)

    def _ask(
        self, address: str, language: Language, *, method: str = "GET"
    ) -> tuple[int, str, bytes]:
        """Return status, address and body at the end of all redirects."""
        headers = {"Accept-Language": language, "User-Agent": "audioguide labels check"}
        try:
            request = urllib.request.Request(  # noqa: S310  the register and payload() know http
                address, headers=headers, method=method
            )
            with self._opener.open(request, timeout=ANSWER_SECONDS) as answer:
                return answer.status, answer.url, _body(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.url, b""
        except _NO_ANSWER as error:
            raise AudioguideError(
                "{address} does not answer: {reason}.", address=address, reason=_reason(error)
            ) from error


def _reason(error: Exception) -> Message | str:
    """Say why nothing answers, without the system's numbers: the end of a sentence."""
    cause = getattr(error, "reason", error)
    for kind, said in _CAUSES.items():
        if isinstance(cause, kind):
            return said
    words = getattr(cause, "verify_message", None) or getattr(cause, "strerror", None) or str(cause)
    return " ".join(str(words or type(cause).__name__).split()).rstrip(".")


def _body(answer: http.client.HTTPResponse) -> bytes:
    """Read a page; give up when it comes drop by drop, which no wait for one drop would notice."""
    ends = time.monotonic() + ANSWER_SECONDS
    body = b""
    while len(body) < _MOST_BYTES and (part := answer.read1(_PART_BYTES)):
        body += part
        if time.monotonic() > ends:
            raise TimeoutError("timed out")
    return body


def _problem(
    printed: PrintedPayload, status: int, page: str, language: Language, *, has_sound: bool
) -> Message | None:
    if printed.is_retired and status == 410:
        return None  # the page says that the stop is gone; the register says what to do
    if status != 200:
        return message("{address} answers {status}.", address=printed.address, status=status)
    if printed.code is None:
        return None
    if not urlsplit(page).path.startswith(f"/{language}/"):
        return message("{address} leads to a page in another language.", address=printed.address)
    if not has_sound:
        return message("The page {address} has no sound.", address=page)
    return None


class _Watching(urllib.request.HTTPSHandler):
    """Speak TLS, and write down when the certificate of each host ends."""

    def __init__(self, context: ssl.SSLContext, ends: dict[str, datetime]) -> None:
        super().__init__(context=context)
        self._connection = functools.partial(_WatchingConnection, ends=ends, context=context)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open with a connection that looks at the certificate."""
        return self.do_open(self._connection, req)


class _WatchingConnection(http.client.HTTPSConnection):
    def __init__(self, host: str, *, ends: dict[str, datetime], **options: Any) -> None:
        super().__init__(host, **options)
        self._ends = ends

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, ssl.SSLSocket):
            certificate = self.sock.getpeercert() or {}
            moment = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
            self._ends[str(self.sock.server_hostname)] = datetime.fromtimestamp(moment, UTC)
