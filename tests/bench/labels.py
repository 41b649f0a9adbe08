"""Measure what is promised of the labels: CPU beside the peers, and capture by simulated phones.

The peers are installed from requirements/peers.txt into an environment that goes afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp

from audioguide import codes
from audioguide.content.reading import read_pack
from audioguide.labels.address import payload, typed_address
from audioguide.languages import LANGUAGES
from bench import label_capture
from bench.apart import program, python_with

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
BASE = "https://guide.museum.kz"
MANY = 1000
FACES = {"light": "Light", "regular": "Regular", "semibold": "Semibold"}
LEFT_OUT = {
    "ours": "register and pictures, which are weighed above",
    "pylabels": "these, wrapping, choice of level, second encoder, reading back, tags",
    "qrcode + reportlab": "the same, and sheets as data; its symbols are pixels",
}


@dataclass(frozen=True)
class Contender:
    """One way to print the job: its name, its command, and where its PDF will lie."""

    name: str
    command: Sequence[str | Path]
    pdf: Path


def main() -> None:
    """Measure both parts, or the one that is asked for."""
    parser = argparse.ArgumentParser(prog="bench.py --labels", description=__doc__)
    parser.add_argument("--only", choices=("figures", "capture"), help="leave the other part out")
    parser.add_argument("--seeds", type=int, default=300, help="views of each symbol (300)")
    parser.add_argument(
        "--masks",
        choices=tuple(label_capture.Masks),
        default=label_capture.Masks.OWN,
        help="who chooses the masks of the symbols that are captured (own: each its program)",
    )
    parser.add_argument(
        "--rival",
        choices=tuple(label_capture.Rival),
        default=label_capture.Rival.SMALL,
        help="what ours is captured beside: M, small letters at level M, or Q, ours in one segment",
    )
    parser.add_argument("--runs", type=int, default=3, help="alternating runs, for the median (3)")
    parser.add_argument("--labels", type=int, default=MANY, help=f"in the long job ({MANY})")
    asked = parser.parse_args()
    if min(asked.seeds, asked.runs, asked.labels) < 1:
        parser.error("--seeds, --runs and --labels are at least 1")
    if asked.only != "capture":
        figures(asked.runs, asked.labels)
    if asked.only != "figures":
        capture(asked.seeds, label_capture.Masks(asked.masks), label_capture.Rival(asked.rival))


def figures(runs: int, many: int) -> None:
    """Weigh our two jobs and the peers' one, in turns, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        guide = prepared_guide(folder)
        contenders = prepared_contenders(folder, many)
        short: list[float] = []
        long: dict[str, list[float]] = {each.name: [] for each in contenders}
        for _ in range(runs):
            short.append(cpu_seconds(print_command(folder), guide))
            for each in contenders:
                long[each.name].append(cpu_seconds(each.command))
        tell_short(short, registered(folder, guide))
        tell_long(contenders, long, many)


def tell_short(seconds: Sequence[float], labels: int) -> None:
    """Print how much a full sheet costs."""
    spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
    print(
        f"{labels} labels typeset, verified and registered by the command, with pictures: "
        f"{statistics.median(seconds):.2f} s of CPU ({spread}); promised 1.5 s\n"
    )


def tell_long(contenders: Sequence[Contender], long: dict[str, list[float]], many: int) -> None:
    """Print how much the long job costs each, beside what its PDF reads as."""
    print(f"{many} labels on L7163, CPU seconds of the whole process, median of alternating runs")
    print(f"{'':<20} {'median':>7} {'from-to':>13} {'times ours':>10} {'readable':>8}  leaves out")
    ours = statistics.median(long["ours"])
    for each in contenders:
        seconds = long[each.name]
        median, spread = statistics.median(seconds), f"{min(seconds):.2f}-{max(seconds):.2f}"
        print(
            f"{each.name:<20} {median:>7.2f} {spread:>13} {median / ours:>10.1f} "
            f"{readable(each.pdf):>8}  {LEFT_OUT[each.name]}"
        )
    print("promised: pylabels at least 3.0 times ours\n")


def capture(seeds: int, masks: label_capture.Masks, rival: label_capture.Rival) -> None:
    """Print a table of docs/capture.md, and whether what is promised was measured."""
    print(f"Simulated capture, {seeds} seeds, masks: {masks}, beside {rival}", flush=True)
    rows = list(
        label_capture.measure(seeds, lambda scene: print(scene, file=sys.stderr), masks, rival)
    )
    print(label_capture.table(rows, rival))
    for line in label_capture.verdict(rows, rival):
        print(line)


def cpu_seconds(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> float:
    """Run a command and return the CPU that it and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def prepared_guide(folder: Path) -> dict[str, str]:
    """Bring the pack with one stop more, forty in all, into a guide of its own."""
    media = folder / "media"
    shutil.copytree(ROOT / "media", media, ignore=shutil.ignore_patterns("generated"))
    shutil.copytree(media / "stops" / "121-shanin", media / "stops" / "122-fortieth")
    with (media / "museum.toml").open("a", encoding="utf-8") as structure:
        structure.write(
            f'\n[[stop]]\nnumber = 122\ncode = "{code_of(122)}"\nslug = "fortieth"\n'
            'kind = "portrait"\nhall = "gallery"\n'
        )
    environment = {
        **{name: value for name, value in os.environ.items() if "AUDIOGUIDE" not in name},
        "AUDIOGUIDE_MEDIA": str(media),
        "AUDIOGUIDE_DATA": str(folder / "data"),
        "AUDIOGUIDE_STORE": str(folder / "store"),
        "AUDIOGUIDE_BASE_URL": BASE,
    }
    subprocess.run(
        [program("audioguide"), "import"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return environment


def print_command(folder: Path) -> list[str | Path]:
    """Return the command that a person gives."""
    return [program("audioguide"), "labels", "print", "--out", folder / "printed"]


def registered(folder: Path, environment: dict[str, str]) -> int:
    """Return how many labels hang on the wall by the register."""
    listed = subprocess.run(
        [program("audioguide"), "labels", "list", "--json"],
        env=environment,
        capture_output=True,
        check=True,
    )
    return len(json.loads(listed.stdout)["labels"])


def prepared_contenders(folder: Path, many: int) -> list[Contender]:
    """Write the job and install the peers."""
    job = folder / "job.json"
    job.write_text(json.dumps(long_job(many), ensure_ascii=False), encoding="utf-8")
    peers = python_with("peers.txt", folder / "peers")
    ours = folder / "ours"
    found = [
        Contender(
            "ours", [sys.executable, HERE / "label_job.py", job, ours], ours / "labels-L7163.pdf"
        )
    ]
    for name, way in (("pylabels", "with_pylabels"), ("qrcode + reportlab", "with_qrcode")):
        pdf = folder / f"{way}.pdf"
        found.append(Contender(name, [peers, HERE / "peers" / f"{way}.py", job, pdf], pdf))
    return found


def long_job(many: int) -> dict[str, Any]:
    """Describe many labels with the museum's real titles, over and over."""
    stops = read_pack(ROOT / "media").stops
    return {
        "fonts": {name: str(font(face)) for name, face in FACES.items()},
        "labels": [
            {
                "number": number,
                "code": code_of(number),
                "payload": payload(BASE, code_of(number)),
                "address": typed_address(BASE, code_of(number)),
                "titles": [
                    stops[number % len(stops)].words[language].title for language in LANGUAGES
                ],
            }
            for number in range(1, many + 1)
        ],
    }


def code_of(number: int) -> str:
    """Make a valid code out of a number, the same each time."""
    digits = [codes.ALPHABET[(number * 7919 >> shift) % 32] for shift in (15, 10, 5, 0)]
    body = "".join(digits)
    return body + codes.check_character(body)


def font(face: str) -> Path:
    """Find a face of the labels' typeface, which the peers are given too."""
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / f"SourceSansPro-{face}.ttf"


def readable(pdf: Path) -> int:
    """Count the different symbols that a decoder reads in a PDF; nobody's time runs."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found: set[str] = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = page.render(scale=150 / 72, grayscale=True).to_numpy().squeeze()
            found |= {symbol.text for symbol in zxingcpp.read_barcodes(picture, formats=formats)}
    return len(found)


if __name__ == "__main__":
    main()
