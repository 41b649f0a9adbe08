"""The configuration that `docs/nginx.conf` gives, under a real nginx before a real guide."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import pytest

from audioguide.storage import FolderStore
from audioguide.web.headers import ALWAYS
from museum import ROOT, World
from started import Started, started, until

pytestmark = pytest.mark.needs_nginx

FRONT = {
    "AUDIOGUIDE_BASE_URL": "https://guide.museum.kz",
    "AUDIOGUIDE_TRUSTED_PROXIES": "1",
    "AUDIOGUIDE_SEND_SOUND": "x-accel",
}
LONG = bytes(range(256)) * 8000  # two megabytes, more than the guide itself would send at once


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Front:
    """An nginx that holds a certificate of its own before a guide."""

    folder: Path
    guide: Started
    store: Path
    http_port: int = field(default_factory=free_port)
    https_port: int = field(default_factory=free_port)

    def start(self) -> subprocess.Popen[bytes]:
        self._certify()
        file = self.folder / "nginx.conf"
        file.write_text(self._configuration(), encoding="utf-8")
        said = (self.folder / "nginx.txt").open("wb")
        user = "user root; " if os.geteuid() == 0 else ""
        more = f"{user}daemon off; pid {self.folder}/pid; error_log stderr;"
        with said:
            return subprocess.Popen(
                ["nginx", "-p", self.folder, "-c", file, "-g", more], stderr=said, stdout=said
            )

    def _configuration(self) -> str:
        temporary = "".join(
            f"{name}_temp_path {self.folder / name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
        for old, new in {
            "http {\n": f"http {{\n{temporary}",
            "listen 80;": f"listen 127.0.0.1:{self.http_port};",
            "listen 443 ": f"listen 127.0.0.1:{self.https_port} ",
            "127.0.0.1:8000": self.guide.address.removeprefix("http://"),
            "/etc/letsencrypt/live/guide.museum.kz/": f"{self.folder}/",
            "/srv/audioguide/media/generated/": f"{self.store}/",
        }.items():
            assert old in text
            text = text.replace(old, new)
        return text

    def _certify(self) -> None:
        key, certificate = self.folder / "privkey.pem", self.folder / "fullchain.pem"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        files = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=guide.museum.kz"]
        command = ["openssl", "req", "-x509", *curve, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def ask(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        trust = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        trust.check_hostname = False  # it is called by its number here
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.https_port, context=trust, timeout=20
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers={"Host": "guide.museum.kz"} | named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    world = World(tmp_path_factory.mktemp("behind-nginx"))
    world.bring()
    world.speak_all()
    world.close()
    folder = tmp_path_factory.mktemp("nginx")
    with started(world.folder, world.environment() | FRONT) as guide:
        made = Front(folder, guide, world.settings.store)
        nginx = made.start()
        try:
            until(lambda: made.answers() or nginx.poll() is not None, seconds=30)
            assert nginx.poll() is None, (folder / "nginx.txt").read_text(encoding="utf-8")
            yield made
        finally:
            nginx.terminate()
            nginx.wait(20)


@pytest.fixture
def sound(front: Front) -> str:
    return f"/audio/{FolderStore(front.store).keep(LONG, 'mp3')}"


def test_a_page_comes_compressed_by_the_guide_and_is_asked_for_again_cheaply(front: Front) -> None:
    status, headers, body = front.ask("/ru/stops/alash", Accept_Encoding="gzip, br")
    assert status == 200
    assert headers["Content-Encoding"] == "br"
    page = brotli.decompress(body).decode()
    assert '<link rel="canonical" href="https://guide.museum.kz/ru/stops/alash">' in page
    status, again, body = front.ask("/ru/stops/alash", If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")
    assert again["ETag"] == headers["ETag"]
    assert "Audioguide-Edition" not in headers


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=0-", 0, len(LONG)),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=-500", len(LONG) - 500, len(LONG)),
    ],
)
def test_nginx_sends_the_range_of_a_sound(
    front: Front, sound: str, asked: str, start: int, end: int
) -> None:
    status, headers, body = front.ask(sound, Range=asked)
    assert (status, body) == (206, LONG[start:end])
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(LONG)}"
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers.get_all("Cache-Control") == ["public, max-age=31536000, immutable"]


def test_nginx_sends_a_whole_sound_as_it_is_and_knows_what_the_phone_has(
    front: Front, sound: str
) -> None:
    status, headers, body = front.ask(sound, Accept_Encoding="gzip, br")
    assert (status, body) == (200, LONG)
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Permissions-Policy"] == ALWAYS["Permissions-Policy"]
    assert "Content-Encoding" not in headers
    assert "X-Accel-Redirect" not in headers
    assert front.ask(sound, If_None_Match=headers["ETag"])[0] == 304
    status, asked, body = front.ask(sound, "HEAD")
    assert (status, asked["Content-Length"], body) == (200, str(len(LONG)), b"")


def test_a_range_behind_the_end_is_refused_with_the_length(front: Front, sound: str) -> None:
    status, headers, _ = front.ask(sound, Range=f"bytes={len(LONG)}-")
    assert status == 416
    assert headers["Content-Range"] == f"bytes */{len(LONG)}"


def test_cues_come_from_the_guide_compressed_and_for_ever(front: Front) -> None:
    cues = next(path.name for path in front.store.glob("*.vtt"))
    status, headers, body = front.ask(f"/audio/{cues}")
    assert status == 200
    assert body.startswith(b"WEBVTT")
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"] == "text/vtt; charset=utf-8"


def test_the_store_is_open_to_nobody_but_the_guide(front: Front, sound: str) -> None:
    inside = sound.replace("/audio/", "/inside/sound/")
    assert front.ask(inside)[0] == 404
    assert front.ask("/audio/" + "0" * 32 + ".mp3")[0] == 404
    assert front.ask("/audio/..%2f..%2fmuseum.toml")[0] in (400, 404)


def test_http_leads_to_https(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.http_port, timeout=20)
    connection.request("GET", "/Q/11RR1", headers={"Host": "guide.museum.kz"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://guide.museum.kz/Q/11RR1")
    connection.close()


def test_the_configuration_marks_what_is_to_be_filled_in() -> None:
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    assert len(re.findall(r"# yours", text)) == 5
