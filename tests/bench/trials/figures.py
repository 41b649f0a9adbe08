"""Figures of kept pages, by turns with another checkout: processor time, and beside renderers."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audioguide.web.warming import BEGIN_SECONDS
from bench.crowd import Load, wrk
from bench.servers import Server, free_port, running, wait_until_warm, web_command
from museum import ROOT
from started import without_settings

from .asking import page_times, percentile

MAKE = """
import sys
sys.path[:0] = ["tests", "tests/bench"]
from pathlib import Path
from servers import make_world
made = make_world(Path(sys.argv[1]), 40)
print(*(f"{name}={value}" for name, value in made.environment().items()), sep="\\n")
"""
BROTLI = "gzip, deflate, br"
PAGES = [f"/kk/stops/stop-{number}" for number in range(40)]
RENDERED = [f"{page}?x=1" for page in PAGES[:4]]  # a query is never kept
RENDERERS = 4
PROMISED = {64: 1.4, 500: 1.2}


@dataclass(frozen=True)
class Checkout:
    """A folder with a guide and its environment."""

    name: str
    folder: Path

    @property
    def python(self) -> str:
        return str(self.folder / ".venv" / "bin" / "python")

    def world(self, folder: Path) -> dict[str, str]:
        """Make a world with this checkout's own code; return the variables that name it."""
        ended = subprocess.run(
            [self.python, "-c", MAKE, str(folder)],
            cwd=self.folder,
            env=without_settings(),
            capture_output=True,
            text=True,
            timeout=600,
        )
        if ended.returncode:
            raise SystemExit(f"{self.folder}: {ended.stderr.strip()[-400:]}")
        return dict(line.split("=", 1) for line in ended.stdout.splitlines() if "=" in line)

    @contextlib.contextmanager
    def serving(self, variables: dict[str, str]) -> Iterator[Server]:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        environment |= variables | {"AUDIOGUIDE_BASE_URL": "https://guide.museum.kz"}
        process = subprocess.Popen(
            web_command(self.python, port),
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        with running(process, server, "/healthz"):
            yield server


def measure(folder: Path, against: Path | None, *, quick: bool) -> None:
    """Print the tables; end with status 1 where a promise against the other is broken."""
    checkouts = [Checkout("this", ROOT)]
    if against is not None:
        checkouts.append(Checkout("other", against.resolve()))
    turns, seconds = (1, 2) if quick else (5, 3)
    broken: list[str] = []
    with contextlib.ExitStack() as servers:
        started = {}
        for each in checkouts:
            made = each.world(folder / each.name)
            started[each.name] = servers.enter_context(each.serving(made))
        for server in started.values():
            for page in PAGES:  # each is rendered once; only what is kept is weighed
                page_times(server.port, 1, page=page, timeout_s=30)
            time.sleep(BEGIN_SECONDS)
            wait_until_warm(server)
        for connections, most in PROMISED.items():
            loads = _loads(started, folder, connections, turns, seconds)
            _cpu_rows(connections, loads, most, broken)
        _beside_renderers(started, folder, turns, seconds, broken)
    if broken:
        print("Not as promised: " + "; ".join(broken))
        sys.exit(1)


def _loads(
    started: dict[str, Server], folder: Path, connections: int, turns: int, seconds: int
) -> dict[str, list[Load]]:
    loads: dict[str, list[Load]] = {name: [] for name in started}
    for turn in range(turns):
        names = list(started) if turn % 2 == 0 else list(reversed(started))
        for name in names:
            load = wrk(
                started[name],
                PAGES,
                folder,
                seconds=seconds,
                connections=connections,
                Accept_Encoding=BROTLI,
            )
            loads[name].append(load)
    return loads


def _cpu_rows(
    connections: int, loads: dict[str, list[Load]], most: float, broken: list[str]
) -> None:
    print(f"CPU us a kept page, {connections} connections", flush=True)
    for name, several in loads.items():
        each = " ".join(f"{load.cpu_us:6.1f}" for load in several)
        p99 = statistics.median(load.p99_ms for load in several)
        middle = statistics.median(load.cpu_us for load in several)
        print(f"  {name:<6} {each}  median {middle:.1f} us, p99 {p99:.1f} ms", flush=True)
    if len(loads) > 1:
        ours, others = loads.values()
        pairs = [mine.cpu_us / its.cpu_us for mine, its in zip(ours, others, strict=True)]
        middle = statistics.median(pairs)
        shown = " ".join(f"{pair:6.2f}" for pair in pairs)
        print(f"  ratio  {shown}  median {middle:.2f} (promised <= {most})", flush=True)
        if middle > most:
            broken.append(f"CPU at {connections} connections, {middle:.2f} times the other's")


def _beside_renderers(
    started: dict[str, Server], folder: Path, turns: int, seconds: int, broken: list[str]
) -> None:
    print(f"A kept page while {RENDERERS} clients make Flask render, ms", flush=True)
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in started}
    for turn in range(turns):
        for name in list(started) if turn % 2 == 0 else list(reversed(started)):
            server = started[name]
            times, late_s = _beside(server, folder, seconds + 1)
            p50, p99 = (1000 * percentile(times, each) for each in (50, 99))
            seen[name].append((p50, p99))
            print(
                f"  {name:<6} p50 {p50:6.1f}  p99 {p99:6.1f}  of {len(times)}"
                f" (noise p99 {1000 * late_s:.1f})",
                flush=True,
            )
    middle = {name: statistics.median(p99 for _, p99 in several) for name, several in seen.items()}
    print("  median p99: " + ", ".join(f"{name} {ms:.1f}" for name, ms in middle.items()))
    if len(middle) > 1 and middle["this"] > middle["other"]:
        broken.append("p99 beside renderers is not better than the other's")


def _beside(server: Server, folder: Path, seconds: int) -> tuple[list[float], float]:
    """Open a kept page again and again while renderers are busy."""
    render = threading.Thread(
        target=wrk,
        args=(server, RENDERED, folder),
        kwargs={"seconds": seconds, "connections": RENDERERS, "Accept_Encoding": "identity"},
    )
    render.start()
    try:
        return page_times(server.port, int(seconds / 0.03), page=PAGES[1], timeout_s=10)
    finally:
        render.join()
