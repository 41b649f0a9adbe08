"""What is measured: the guide's web server over a generated pack, and nginx; both on loopback."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioguide import codes
from audioguide.languages import LANGUAGES
from museum import REAL_PACK, ROOT, World

START_SECONDS = 60
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
LONG_SOUND = 4_000_000  # bytes: more than the kernel takes for a connection
SPOKEN = """
UPDATE narration SET state = 'ready', text_digest = wanted_digest, sound = ?, cues = ?,
size_bytes = ?, duration_ms = 61000, loudness_lufs = -16, made_at = '2026-01-01 00:00:00'
"""

LONGEST_WARMING_S = 900
RESTS_BELOW = 0.05  # of a core


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and the process whose tree does the work."""

    address: str
    pid: int

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


def make_world(folder: Path, stops: int) -> World:
    """Make a guide with so many stops, every one spoken; its texts are real ones."""
    pack = folder / "pack"
    for name in ("halls", "museum"):
        shutil.copytree(REAL_PACK / name, pack / name)
    texts = {
        each: (next(REAL_PACK.glob(f"stops/9-*/{each}.md"))).read_bytes() for each in LANGUAGES
    }
    head, _, rest = (REAL_PACK / "museum.toml").read_text(encoding="utf-8").partition("[[stop]]")
    hall = rest.partition('hall = "')[2].partition('"')[0]
    taken: set[str] = set()
    written = [head]
    for number in range(stops):
        taken.add(code := codes.make(taken))
        written.append(
            f'[[stop]]\nnumber = {number}\ncode = "{code}"\nslug = "stop-{number}"\n'
            f'kind = "portrait"\nhall = "{hall}"\n\n'
        )
        place = pack / "stops" / f"{number}-stop-{number}"
        place.mkdir(parents=True)
        for language, text in texts.items():
            (place / f"{language}.md").write_bytes(text)
    (pack / "museum.toml").write_text("".join(written), encoding="utf-8")
    world = World(folder, pack)
    world.bring()
    sound = world.store.keep(os.urandom(LONG_SOUND), "mp3")
    cues = world.store.keep(b"WEBVTT\n", "vtt")
    with world.database.alone() as connection:
        connection.exec_driver_sql(SPOKEN, (sound, cues, LONG_SOUND))
    world.close()
    return world


@contextlib.contextmanager
def guide(world: World, **settings: str) -> Iterator[Server]:
    """Serve a world with the web server that `audioguide serve` starts, without its speakers."""
    port = free_port()
    more = {f"AUDIOGUIDE_{name}": value for name, value in settings.items()}
    process = subprocess.Popen(
        web_command(sys.executable, port), env=os.environ | world.environment() | more, cwd=ROOT
    )
    with running(process, Server(f"http://127.0.0.1:{port}", process.pid), "/healthz") as server:
        yield server


def web_command(python: str, port: int) -> list[str]:
    """Return the command that starts the guide's web server alone, below this process."""
    command = [python, "-m", "audioguide.web.serving", "127.0.0.1", str(port)]
    return [*command, "--parent", str(os.getpid())]


def wait_until_warm(server: Server) -> None:
    """Wait until a server has made its pages ready and rests: it is weighed at work alone."""
    for _ in range(LONGEST_WARMING_S):
        before = cpu_seconds(server.pid)
        time.sleep(1)
        if cpu_seconds(server.pid) - before < RESTS_BELOW:
            return


@contextlib.contextmanager
def nginx_with(folder: Path, files: Mapping[str, bytes]) -> Iterator[Server]:
    """Serve files from disk with one worker of nginx, as they are: brotli made beforehand."""
    root = folder / "root"
    root.mkdir(parents=True)
    for name, content in files.items():
        (root / name).write_bytes(content)
    port = free_port()
    inside = f"""
    sendfile on; tcp_nopush on; access_log off; keepalive_requests 100000000; etag on;
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        root {root};
        default_type "text/html; charset=utf-8";
        add_header Content-Encoding br; add_header Vary Accept-Encoding;
        add_header Cache-Control no-cache;
    }}"""
    with _nginx(folder, f"events {{ worker_connections 8192; }} http {{ {inside} }}", 1) as process:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        with running(process, server, f"/{next(iter(files))}"):
            yield server


@contextlib.contextmanager
def nginx_before(folder: Path, behind: Server, store: Path) -> Iterator[Server]:
    """Start nginx with the configuration of `docs/nginx.conf`, but for the certificate."""
    folder.mkdir()
    port = free_port()
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} backlog=2048;",
        "127.0.0.1:8000": behind.address.removeprefix("http://"),
        "/srv/audioguide/media/generated/": f"{store}/",
        "        ssl_certificate": "        # ssl_certificate",
        "worker_processes auto;": "",
    }.items():
        text = text.replace(old, new)
    with _nginx(folder, text, 1) as process:
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        with running(process, server, "/healthz"):
            yield server


@contextlib.contextmanager
def _nginx(folder: Path, text: str, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    temporary = "".join(
        f"{name}_temp_path {folder / name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(text.replace("http {", f"http {{\n{temporary}"), encoding="utf-8")
    user = "user root; " if os.geteuid() == 0 else ""
    limits = "" if "worker_rlimit_nofile" in text else "worker_rlimit_nofile 16384; "
    more = f"{user}{limits}worker_processes {workers}; daemon off; pid {folder}/pid;"
    yield subprocess.Popen(
        ["nginx", "-p", folder, "-c", file, "-g", f"{more} error_log {folder}/errors;"],
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def running(process: subprocess.Popen[bytes], server: Server, path: str) -> Iterator[Server]:
    """Wait until a server answers; end it at the end."""
    deadline = time.monotonic() + START_SECONDS
    try:
        while not _answers(server.address + path):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{server.address} does not answer.")
            time.sleep(0.1)
        yield server
    finally:
        end(process, 30)


def end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Ask a process to end; where it does not, end it and all below it."""
    below = [] if process.poll() is not None else tree(process.pid)
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        for each in below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        fetch(address)
    except OSError:
        return False
    return True


def fetch(address: str, **headers: str) -> bytes:
    """Fetch the bytes of an address as they come."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(address, headers=named), timeout=30) as got:
        return bytes(got.read())


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and all below it, user and system (Linux)."""
    return sum(_ticks(each) for each in tree(pid)) / TICKS_PER_SECOND


def threads(pid: int) -> int:
    """Return how many threads a process and all below it have (Linux)."""
    return sum(len(list(Path(f"/proc/{each}/task").iterdir())) for each in tree(pid))


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process and all below it (Linux)."""
    pages = sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in tree(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def tree(pid: int) -> list[int]:
    """Return a process and all below it (Linux)."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += tree(int(child))
    return found


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
