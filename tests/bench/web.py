"""Measure the pages as a phone with one bar of signal meets them: `bench.py --web`.

The guide is started from this working tree with the museum's own pack, every stop spoken by the
voice that is always there. Ends with status 1 where a figure breaks its promise.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from accessibility import AXE
from audioguide.languages import LANGUAGES, Language
from bench.apart import end_tidily
from bench.loading import Load, barriers_on, chromium, load
from museum import REAL_PACK, ROOT
from started import fetch_json, started

NARRATED_SECONDS = 900
RUNS = 5
LIGHTHOUSE = ROOT / "tests" / "browser" / "lighthouse.js"
LIGHTHOUSE_SECONDS = 60  # for one run on one page, at the very most


@dataclass(frozen=True)
class Promise:
    """A column of the table: what is measured, and what the design promises."""

    title: str
    limit: float
    digits: int = 0
    is_least: bool = False

    def is_kept(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit

    def shown(self, value: float | None) -> str:
        if value is None:
            return "-"
        return f"{value:.{self.digits}f}" + ("" if self.is_kept(value) else " !")

    @property
    def promised(self) -> str:
        return ("≥ " if self.is_least else "≤ ") + f"{self.limit:.{self.digits}f}"


PROMISES = {
    "document_kb": Promise("HTML+CSS, KB", 13, 1),
    "script_kb": Promise("scripts, KB", 8, 1),
    "requests": Promise("requests", 5),
    "all_kb": Promise("all, KB", 30, 1),
    "lcp_s": Promise("LCP, s", 1.5, 2),
    "cls": Promise("CLS", 0, 3),
    "tap_s": Promise("tap to sound, s", 1.0, 2),
    "early_sound": Promise("sound before", 0),
    "other_hosts": Promise("other hosts", 0),
    "axe": Promise("axe", 0),
    "performance": Promise("perf.", 96, is_least=True),
    "accessibility": Promise("access.", 100, is_least=True),
    "best-practices": Promise("practices", 100, is_least=True),
    "seo": Promise("SEO", 100, is_least=True),
}


@dataclass(frozen=True)
class Place:
    """A page to be measured."""

    kind: str
    language: Language
    address: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.language}"


def main() -> int:
    """Measure, print a table, and return 1 where a promise is broken."""
    asked = _options()
    end_tidily()
    with _guide(asked.data) as address, chromium() as browser:
        places = list(_places(address, LANGUAGES[:1] if asked.quick else LANGUAGES))
        runs = 1 if asked.quick else asked.runs
        _say(f"Chromium {browser.version}, {runs} runs, slow 4G, processor 4 times slowed")
        figures, faults = {}, []
        for place in places:
            figures[place], found = _measured(browser, place, runs)
            faults += found
            _say(f"{place.name}: opened; load average {os.getloadavg()[0]:.1f}")
        for place in places:
            scores, found = _lighthouse(place, runs)
            figures[place] |= scores
            faults += found
            _say(f"{place.name}: looked at by Lighthouse; load average {os.getloadavg()[0]:.1f}")
    return _tell(figures, faults)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py --web", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once, in one language")
    parser.add_argument("--runs", type=int, default=RUNS, help="of which the median is taken")
    parser.add_argument(
        "--data", type=Path, help="folder for the database and the sound, kept for the next time"
    )
    asked = parser.parse_args()
    if not AXE.is_file():
        parser.error("the packages that look at pages are missing: npm ci --prefix tests/browser")
    return asked


def _say(line: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {line}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _guide(data: Path | None) -> Iterator[str]:
    """Start the guide, wait until every stop can be heard, and give its address."""
    with contextlib.ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        environment = {
            "AUDIOGUIDE_DATA": str(folder / "instance"),
            "AUDIOGUIDE_STORE": str(folder / "generated"),
            "AUDIOGUIDE_MEDIA": str(REAL_PACK),
            "AUDIOGUIDE_VOICES": "offline",
        }
        guide = stack.enter_context(started(folder, environment))
        _say(f"guide at {guide.address}; waiting until every stop can be heard")
        guide.wait_for_sound(NARRATED_SECONDS)
        yield guide.address


def _places(address: str, languages: tuple[Language, ...]) -> Iterator[Place]:
    """Find the pages to be measured; of the stops the one with the heaviest page."""
    stops = fetch_json(f"{address}/api/v1/stops")["stops"]
    tour = fetch_json(f"{address}/api/v1/tours")["tours"][0]["slug"]
    for language in languages:
        pages = [stop["page_url"][language] for stop in stops]
        yield Place("welcome", language, f"{address}/")
        yield Place("stop", language, max(pages, key=_weight))
        yield Place("keypad", language, f"{address}/{language}/number")
        yield Place("tour", language, f"{address}/{language}/tours/{tour}")


def _weight(address: str) -> int:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return len(gzip.compress(answer.read()))


def _measured(browser: Browser, place: Place, runs: int) -> tuple[dict[str, float], list[str]]:
    """Open a page several times; return the figures of one opening, and what axe-core found."""
    listen = place.kind == "stop"
    loads = [load(browser, place.address, place.language, listen=listen) for _ in range(runs)]
    found = barriers_on(browser, place.address, place.language)
    figures = _figures(loads) | {"axe": len(found)}
    if listen:
        taps = [each.tap_ms if each.tap_ms is not None else float("inf") for each in loads]
        figures["tap_s"] = statistics.median(taps) / 1000
    return figures, [f"{place.name}: axe: {line}" for line in found]


def _figures(loads: list[Load]) -> dict[str, float]:
    return {
        "document_kb": max(each.document_bytes for each in loads) / 1000,
        "script_kb": max(each.script_bytes for each in loads) / 1000,
        "requests": max(each.requests for each in loads),
        "all_kb": max(each.all_bytes for each in loads) / 1000,
        "lcp_s": statistics.median(each.lcp_ms for each in loads) / 1000,
        "cls": max(each.cls for each in loads),
        "early_sound": sum(each.sound_before_tap for each in loads),
        "other_hosts": len(frozenset().union(*(each.other_hosts for each in loads))),
    }


def _lighthouse(place: Place, runs: int) -> tuple[dict[str, float], list[str]]:
    """Let Lighthouse look at a page; of its runs the median for performance."""
    page = json.dumps({"address": place.address, "language": place.language})
    told = subprocess.run(
        ["node", LIGHTHOUSE, shutil.which("chromium") or "", str(runs), page],
        capture_output=True,
        text=True,
        timeout=LIGHTHOUSE_SECONDS * (runs + 1),
        check=False,
    )
    if told.returncode:
        raise SystemExit(told.stderr)
    report: dict[str, Any] = json.loads(told.stdout)
    performance = statistics.median(report.pop("performance"))
    faults = [f"{place.name}: Lighthouse: {fault}" for fault in report.pop("faults")]
    return {**report, "performance": performance}, faults


def _tell(figures: dict[Place, dict[str, float]], faults: list[str]) -> int:
    """Print the table and what was found; return 1 where a promise is broken."""
    rows = [["", *(each.title for each in PROMISES.values())]]
    rows.append(["promised", *(each.promised for each in PROMISES.values())])
    for place, measured in figures.items():
        cells = (each.shown(measured.get(name)) for name, each in PROMISES.items())
        rows.append([place.name, *cells])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    broken = [
        f"{place.name}: {PROMISES[name].title}"
        for place, measured in figures.items()
        for name, value in measured.items()
        if not PROMISES[name].is_kept(value)
    ]
    print("\n".join(["", *faults, "broken: " + ("; ".join(broken) or "none")]))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
