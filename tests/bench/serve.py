"""Measure the fast lane: `python3 scripts/bench.py --serve`, or with --quick for a small try.

Everything is on loopback and takes fifteen minutes. nginx sends the same bytes from disk in the
same run. What counts is processor time per request of each server's process tree, the median of
alternating runs: it hardly moves when the machine is busy. Latencies do: the last column is how
late a thread woke that only slept (p99), and a latency beside a large one says nothing.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.crowd import Load, Slow, slow_phones, wrk
from bench.servers import (
    Server,
    fetch,
    guide,
    make_world,
    memory_mb,
    nginx_before,
    nginx_with,
    threads,
    wait_until_warm,
)
from museum import World

BROTLI = "gzip, deflate, br"
PAGES = 40  # asked for in turn
FRONT = {"BASE_URL": "https://guide.museum.kz"}
BEHIND = FRONT | {"TRUSTED_PROXIES": "1", "SEND_SOUND": "x-accel"}


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    runs: int
    seconds: int
    stops: int
    readers: int
    reading_seconds: int


WHOLE = Size(runs=5, seconds=3, stops=4000, readers=500, reading_seconds=20)
QUICK = Size(runs=2, seconds=1, stops=400, readers=100, reading_seconds=5)


class Table:
    """The rows, printed as they come; kept or not against what was promised."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        print(f"{'figure':<62} {'measured':>12} {'promised':>10} {'noise ms':>9}", flush=True)

    def row(self, what: str, value: float, unit: str, most: float | None, late_ms: float) -> None:
        """Print one line; ``most`` is the promise."""
        promised = "" if most is None else f"<= {most:g}"
        print(f"{what:<62} {value:>9.1f} {unit:<2} {promised:>10} {late_ms:>9.1f}", flush=True)
        if most is not None and value > most:
            self.broken.append(what)


@dataclass(frozen=True)
class Median:
    """The median of several runs; the noise is the worst of them."""

    cpu_us: float
    p99_ms: float
    per_second: float
    late_ms: float


def median(loads: list[Load]) -> Median:
    """Take the middle of each figure."""
    return Median(
        statistics.median(each.cpu_us for each in loads),
        statistics.median(each.p99_ms for each in loads),
        statistics.median(each.per_second for each in loads),
        max(each.late_ms for each in loads),
    )


def main() -> None:
    """Measure, print a table, and end with status 1 where a promise is broken."""
    parser = argparse.ArgumentParser(
        prog="bench.py --serve", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a small try of half a minute")
    size = QUICK if parser.parse_args().quick else WHOLE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"Making guides of 40 and {size.stops} stops ...", flush=True)
        small, large = make_world(folder / "small", 40), make_world(folder / "large", size.stops)
        print("Load: wrk, 1 thread, 64 and 200 connections; slow phones: a client of our own.")
        table = Table()
        measure_pages(table, folder, small, large, size)
        measure_slow_phones(table, folder, small, size)
    if table.broken:
        raise SystemExit("Not as promised: " + "; ".join(table.broken))


def measure_pages(table: Table, folder: Path, small: World, large: World, size: Size) -> None:
    """Measure the kept page beside nginx, the rendered page, 304, and a hundred times the stops."""
    few = [f"/kk/stops/stop-{number}" for number in range(PAGES)]
    many = [f"/kk/stops/stop-{number * size.stops // PAGES}" for number in range(PAGES)]
    with guide(small, **FRONT) as ours, guide(large, **FRONT) as larger:
        files = {
            path.rpartition("/")[2]: fetch(ours.address + path, Accept_Encoding=BROTLI)
            for path in few
        }
        for path in many:
            fetch(larger.address + path, Accept_Encoding=BROTLI)
        for server in (ours, larger):
            wait_until_warm(server)
        with nginx_with(folder / "nginx", files) as nginx:
            print(
                f"A page: {len(files['stop-0'])} bytes of brotli. Threads: " + _threads(ours, nginx)
            )
            asks = Asks(folder, size, ours, larger, nginx, few, many)
            _page_rows(table, asks)


@dataclass(frozen=True)
class Asks:
    """The loads that are compared, each run in its turn."""

    folder: Path
    size: Size
    ours: Server
    larger: Server
    nginx: Server
    few: list[str]
    many: list[str]

    def alternate(self) -> dict[str, Median]:
        """Run each load once, then each once more, and so on."""
        seen: dict[str, list[Load]] = {}
        tag = _tag(self.ours.address + self.few[0])
        static = ["/" + path.rpartition("/")[2] for path in self.few]
        rendered = [f"{path}?x=1" for path in self.few]
        for _ in range(self.size.runs):
            for name, server, paths, connections, more in (
                ("nginx", self.nginx, static, 64, {}),
                ("kept", self.ours, self.few, 64, {}),
                ("one", self.ours, self.few[:1], 64, {}),
                ("had", self.ours, self.few[:1], 64, {"If_None_Match": tag}),
                ("crowd", self.ours, self.few, 200, {}),
                ("large", self.larger, self.many, 64, {}),
                ("rendered", self.ours, rendered, 2, {}),
            ):
                load = wrk(
                    server,
                    paths,
                    self.folder,
                    seconds=self.size.seconds,
                    connections=connections,
                    Accept_Encoding="identity" if name == "rendered" else BROTLI,
                    **more,
                )
                seen.setdefault(name, []).append(load)
        return {name: median(loads) for name, loads in seen.items()}


def _page_rows(table: Table, asks: Asks) -> None:
    seen = asks.alternate()
    kept, had, one = seen["kept"], seen["had"], seen["one"]
    for name, what in (
        ("nginx", "the same bytes from disk, nginx"),
        ("kept", "a kept page, brotli"),
        ("had", "a kept page that the phone has, 304"),
        ("large", f"a kept page of {asks.size.stops} stops"),
        ("rendered", "the same page rendered, plain (2 connections)"),
    ):
        each = seen[name]
        said = f"CPU per request, {what}: {each.per_second:.0f}/s"
        table.row(said, each.cpu_us, "us", None, each.late_ms)
    table.row("a kept page, times nginx", kept.cpu_us / seen["nginx"].cpu_us, "x", 4, kept.late_ms)
    cheaper = kept.cpu_us / seen["rendered"].cpu_us * 100
    table.row("a kept page, of a rendered one (40 times cheaper)", cheaper, "%", 2.5, kept.late_ms)
    table.row("a 304, of the same page", had.cpu_us / one.cpu_us * 100, "%", 100, had.late_ms)
    more = abs(seen["large"].cpu_us / kept.cpu_us - 1) * 100
    table.row(f"{asks.size.stops} stops, away from 40", more, "%", 25, seen["large"].late_ms)
    crowd = seen["crowd"]
    table.row("p99 at 200 connections", crowd.p99_ms, "ms", 50, crowd.late_ms)


def measure_slow_phones(table: Table, folder: Path, world: World, size: Size) -> None:
    """Measure the page's latency while many phones read a long sound slowly."""
    sound = next(path.name for path in world.settings.store.glob("*.mp3"))
    page = "/kk/stops/stop-1"
    with guide(world, **FRONT) as ours:
        fetch(ours.address + page)
        seen = slow_phones(
            ours, f"/audio/{sound}", page, readers=size.readers, seconds=size.reading_seconds
        )
        _slow_rows(table, "Python alone", seen, 200)
        table.row("memory of the web server after them", memory_mb(ours.pid), "MB", None, 0)
    with (
        guide(world, **BEHIND) as ours,
        nginx_before(folder / "front", ours, world.settings.store) as front,
    ):
        fetch(front.address + page, Host="guide.museum.kz")
        seen = slow_phones(
            front, f"/audio/{sound}", page, readers=size.readers, seconds=size.reading_seconds
        )
        _slow_rows(table, "behind nginx, X-Accel", seen, 100)


def _slow_rows(table: Table, where: str, seen: Slow, most_ms: float) -> None:
    left = seen.readers - seen.answered
    table.row(f"{seen.readers} slow phones not answered, {where}", left, "", 0, seen.late_ms)
    what = f"page p99 meanwhile, {where} ({seen.pages} pages)"
    table.row(what, seen.page_p99_ms, "ms", most_ms, seen.late_ms)


def _threads(ours: Server, nginx: Server) -> str:
    return f"the guide's web server {threads(ours.pid)}, nginx {threads(nginx.pid)}."


def _tag(address: str) -> str:
    asked = urllib.request.Request(address, headers={"Accept-Encoding": BROTLI})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return str(answer.headers["ETag"])


if __name__ == "__main__":
    main()
