"""Measure the foundation: from the command to the first page, to the last narration, page weight.

Clones this repository's last commit into an empty folder and starts it there as an operator does.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LONGEST_SECONDS = 300
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class Start:
    """One start: seconds from the command to the first page and to the last narration."""

    page_seconds: float
    narrated_seconds: float


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    parser.add_argument("--starts", type=int, default=5, help="second starts, for the median")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "guide"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        with running(clone) as (began, address):
            first = look(began, address)
            weights = [weight(address, language) for language in LANGUAGES]
        later = []
        for _ in range(asked.starts):
            with running(clone) as (began, address):
                later.append(look(began, address).page_seconds)
    cores = os.cpu_count()
    print(f"{'figure':<58} {'measured':>9} {'promised':>9}")
    row("command to first page, fresh clone", first.page_seconds, "60 s")
    again = f"command to first page, later starts (median of {asked.starts})"
    row(again, statistics.median(later), "3 s")
    narrated = first.narrated_seconds - first.page_seconds
    row(f"first page to every narration ready, {cores} cores", narrated, "90 s")
    for language, size_bytes in zip(LANGUAGES, weights, strict=True):
        row(f"HTML + CSS of the heaviest stop page, {language}, gzip", size_bytes / 1000, "13 KB")


def row(what: str, value: float, promised: str) -> None:
    """Print one line of the table."""
    unit = promised.split()[1]
    print(f"{what:<58} {value:>6.2f} {unit:<2} {promised:>9}", flush=True)


@contextlib.contextmanager
def running(clone: Path) -> Iterator[tuple[float, str]]:
    """Start the guide from its script; give the moment of the command and the address."""
    began = time.monotonic()
    guide = subprocess.Popen(
        ["python3", "scripts/serve.py", "--port", "0"],
        cwd=clone,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert guide.stdout is not None
        first = guide.stdout.readline()
        yield began, first.split()[1].rstrip("/")
    finally:
        guide.terminate()
        guide.wait(30)


def look(began: float, address: str) -> Start:
    """Open the first page, then wait until every narration can be heard."""
    fetch(f"{address}/kk/stops/welcome")
    page = time.monotonic() - began
    while time.monotonic() - began < LONGEST_SECONDS:
        stops = json.loads(fetch(f"{address}/api/v1/stops"))["stops"]
        if stops and all(sound for stop in stops for sound in stop["audio"].values()):
            return Start(page, time.monotonic() - began)
        time.sleep(0.2)
    raise SystemExit("The narrations were not ready in time.")


def weight(address: str, language: str) -> int:
    """Return the bytes of the heaviest stop page of a language, as a front server sends it."""
    stops = json.loads(fetch(f"{address}/api/v1/stops"))["stops"]
    return max(len(gzip.compress(fetch(stop["page_url"][language]), 6)) for stop in stops)


def fetch(address: str) -> bytes:
    """Fetch an address."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return bytes(answer.read())


if __name__ == "__main__":
    main()
