from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audioguide.services.labels import link_check
from audioguide.services.labels.link_check import PrintedPayload
from museum import ALASH, ROOT, THREE

CERTIFICATE = ROOT / "tests" / "tls" / "localhost.pem"


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

    def do_HEAD(self) -> None:
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class LostSound(Page):
    """A guide whose pages name a sound that its front server does not find."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'<audio controls><source src="/audio/%b.mp3"></audio>' % (b"0" * 32))


class Broken(Page):
    """A guide that fails."""

    def do_GET(self) -> None:
        self.send_error(500)


class Elsewhere(Page):
    """A guide that leads to no address at all."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://[nowhere/")
        self.end_headers()


class Circle(Page):
    """A guide that leads back to itself."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path)
        self.end_headers()


class Drops(Page):
    """A guide that answers letter by letter, each well within any time-out, and never ends."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b".")
                time.sleep(0.02)


class Silent(Page):
    """A guide that takes a call and says nothing."""

    def do_GET(self) -> None:
        time.sleep(1)


@contextmanager
def guide(page: type[Page] = Page, *, encrypted: bool = False) -> Iterator[str]:
    """Serve that guide and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), page)
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
        report = link_check.resolve([printed(address)], quietly, THREE)
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
        report = link_check.resolve([printed(address)], quietly, THREE, moment=moment)
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
        report = link_check.resolve([printed(address)], quietly, THREE)
    (finding,) = report.findings
    assert finding.grade == "error"
    assert "certificate" in str(finding).lower()


def test_a_host_that_is_away_is_one_finding() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        report = link_check.resolve([printed(address)] * 3, quietly, THREE)
    assert len(report.findings) == 1
    assert report.resolved[0].answers == ()


def test_a_page_whose_sound_is_gone_is_found() -> None:
    with guide(LostSound) as address:
        poster = PrintedPayload(None, None, "https://GUIDE.MUSEUM.KZ/", address, is_retired=False)
        label = PrintedPayload(1, ALASH, "", f"{address}/kk/stops/alash", is_retired=False)
        report = link_check.resolve([poster, label], quietly, THREE)
    said = [str(each) for each in report.findings if each.where == f"1 ({ALASH}) kk"]
    assert said == [f"1 ({ALASH}) kk: The sound {address}/audio/{'0' * 32}.mp3 answers 404."]
    assert report.resolved[0].is_good  # the poster leads to a page without sound
    assert not report.resolved[1].answers[0].has_sound


@pytest.mark.parametrize(
    ("page", "said"),
    [(Broken, "answers 500."), (Circle, "answers 302."), (Elsewhere, "does not answer: ")],
)
def test_a_guide_that_fails_is_found_in_every_language(page: type[Page], said: str) -> None:
    with guide(page) as address:
        report = link_check.resolve([printed(address)], quietly, THREE)
    assert not report.resolved[0].is_good
    assert report.findings
    assert all(said in str(each) for each in report.findings)


@pytest.mark.parametrize("page", [Drops, Silent])
def test_a_guide_that_never_comes_to_an_end_is_not_waited_for(
    page: type[Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_check, "ANSWER_SECONDS", 0.2)
    with guide(page) as address:
        report = link_check.resolve([printed(address)], quietly, THREE)
    (finding,) = report.findings
    assert "does not answer: nothing came within the time." in str(finding)


@pytest.mark.parametrize("host", [f"{'a' * 70}.kz", "no-such-host.invalid"])
def test_a_name_that_leads_nowhere_is_one_finding(host: str) -> None:
    report = link_check.resolve([printed(f"https://{host}")], quietly, THREE)
    (finding,) = report.findings
    assert finding.where == f"https://{host}"
    assert "does not answer: " in str(finding)
    assert "Errno" not in str(finding)


def test_no_label_is_no_finding() -> None:
    assert link_check.resolve([], quietly, THREE) == link_check.Report((), ())
