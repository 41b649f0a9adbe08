from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from audioguide.services import resolving
from audioguide.services.resolving import PrintedPayload
from museum import ALASH

CERTIFICATE = Path(__file__).parent / "tls" / "localhost.pem"


class Page(BaseHTTPRequestHandler):
    """A guide that has one page in each language, with sound but in English."""

    def do_GET(self) -> None:
        language = self.headers["Accept-Language"]
        if self.path.startswith("/Q/"):
            self.send_response(302)
            self.send_header("Location", f"/{language}/stops/alash")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<p>silent</p>" if language == "en" else b"<audio controls></audio>")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def guide(*, encrypted: bool = False) -> Iterator[str]:
    """Serve that guide and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    if encrypted:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"{'https' if encrypted else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def printed(address: str) -> PrintedPayload:
    payload = f"https://GUIDE.MUSEUM.KZ/Q/{ALASH}"
    return PrintedPayload(1, ALASH, payload, f"{address}/Q/{ALASH}", is_retired=False)


def quietly(_: int) -> None:
    pass


def test_a_page_without_sound_is_found_in_its_language() -> None:
    with guide() as address:
        report = resolving.resolve([printed(address)], quietly)
    assert [answer.is_good for answer in report.resolved[0].answers] == [True, True, False]
    assert [str(each) for each in report.findings] == [
        f"1 ({ALASH}) en: The page {address}/en/stops/alash has no sound."
    ]


@pytest.mark.parametrize(("days", "found"), [(29, 1), (31, 0)])
def test_a_certificate_is_found_thirty_days_before_its_end(
    monkeypatch: pytest.MonkeyPatch, days: int, found: int
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    moment = end_of_certificate() - timedelta(days=days)
    with guide(encrypted=True) as address:
        report = resolving.resolve([printed(address)], quietly, moment=moment)
    warnings = [each for each in report.findings if each.grade == "warning"]
    assert len(warnings) == found
    assert all(each.where == "127.0.0.1" for each in warnings)
    assert report.resolved[0].answers[0].is_good


def end_of_certificate() -> datetime:
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    certificate = context.get_ca_certs()[0]
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)


def test_a_certificate_that_nobody_vouches_for_is_an_error() -> None:
    with guide(encrypted=True) as address:
        report = resolving.resolve([printed(address)], quietly)
    (finding,) = report.findings
    assert finding.grade == "error"
    assert "certificate" in str(finding).lower()


def test_a_host_that_is_away_is_one_finding() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        report = resolving.resolve([printed(address)] * 3, quietly)
    assert len(report.findings) == 1
    assert report.resolved[0].answers == ()
