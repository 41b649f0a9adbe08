"""Measure how well recordings are aligned: `python3 scripts/bench.py --alignment`.

The recordings are synthetic, since no human one is at hand: other voices of espeak-ng read the
texts of the pack. A: another variant, up to 12 % faster or slower, pauses of 0.12 to 1.6 s, noise
at 25 dB. B: the Klatt synthesiser, up to 20 % faster or slower, an echo, a narrow band, noise at
15 dB. A human reader differs more; these figures are the best that can be hoped for.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audioguide.content.pack import Pack
from audioguide.content.reading import read_pack
from audioguide.languages import LANGUAGES, Language
from audioguide.services.narration.lexicons import lexicon
from audioguide.services.narration.scripts import script
from audioguide.services.narration.take_processing import Folders, Reading, make
from audioguide.speech.alignment import Reference, align, speak_reference
from audioguide.speech.cues import read_webvtt
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.likeness import compare
from audioguide.speech.narration import Line
from audioguide.storage import FolderStore
from readers import RATE_HZ, Reader, Recording, Room, read_aloud, record
from sound_files import Kind, write_sound

ROOT = Path(__file__).parent.parent.parent
MEDIA = ROOT / "media"
MINUTES = 30
MOST_MB, MOST_MEDIAN_MS, LEAST_WITHIN = 400, 60, 88  # of such a take; per cent within 200 ms
ECHO = Room(noise_db=15, has_echo=True)
CONDITIONS = {
    "A": (Room(), [Reader("f2", 1.12), Reader("m3", 0.88), Reader("m7", 1.05), Reader("f4", 0.94)]),
    "B": (
        ECHO,
        [Reader("klatt", 1.2), Reader("klatt2", 0.8), Reader("klatt4", 1.1), Reader("klatt3", 0.9)],
    ),
}
OTHER = {
    Language("kk"): Language("ru"),
    Language("ru"): Language("kk"),
    Language("en"): Language("ru"),
}


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure, and what is promised of it."""

    what: str
    measured: str
    promised: str = ""
    is_kept: bool = True


@dataclass(frozen=True)
class Case:
    """A text spoken by the computer, and its lines."""

    lines: tuple[Line, ...]
    reference: Reference


def rows(stops: int = 4) -> Iterator[Row]:
    """Measure with so many stops of the pack, two or more, spread over the walk."""
    pack = read_pack(MEDIA)
    stops = max(stops, 2)  # each is compared with another one, too
    step = max(len(pack.stops) // stops, 1)
    chosen = range(1, len(pack.stops), step)[:stops]
    cases = {
        (language, number): _case(pack, language, number)
        for language in LANGUAGES
        for number in chosen
    }
    for language in LANGUAGES:
        for condition in CONDITIONS:
            yield from _condition(language, condition, chosen, cases)
    yield from _memory()


def _case(pack: Pack, language: Language, number: int) -> Case:
    lines = _lines(pack.stops[number].words[language].text, language)
    return Case(lines, speak_reference(lines, EspeakVoice(language)))


def _lines(text: str, language: Language) -> tuple[Line, ...]:
    words = lexicon(MEDIA, language)
    return tuple(line for part in script(text, language, words) for line in part)


def _condition(
    language: Language,
    condition: str,
    chosen: Sequence[int],
    cases: dict[tuple[Language, int], Case],
) -> Iterator[Row]:
    room, readers = CONDITIONS[condition]
    errors: list[float] = []
    right: list[float] = []
    stop: list[float] = []
    other: list[float] = []
    doubts, seconds, spent = 0, 0.0, 0.0
    for place, number in enumerate(chosen):
        case = cases[language, number]
        spoken = [line.spoken for line in case.lines]
        reader = readers[place % len(readers)]
        recording = record(read_aloud(language, reader, spoken), room, seed=number)
        began = time.process_time()
        aligned = align(recording.samples, RATE_HZ, case.reference)
        spent += time.process_time() - began
        seconds += recording.samples.size / RATE_HZ
        errors += _errors(recording, [span.start_ms for span in aligned.spans])
        doubts += len(aligned.doubtful)
        right.append(aligned.unlike)
        elsewhere = cases[language, chosen[(place + 1) % len(chosen)]]
        abroad = cases[OTHER[language], number]
        for wrong, into in ((elsewhere, stop), (abroad, other)):
            into.append(compare(recording.samples, RATE_HZ, wrong.reference.bands).unlike)
    name = f"{language} {condition}"
    yield Row(f"{name}: start error, median", f"{np.median(errors):.0f} ms", "60 ms")
    yield Row(f"{name}: start error, 95 %", f"{np.percentile(errors, 95):.0f} ms")
    within = 100 * np.mean(np.array(errors) <= 200)
    yield Row(f"{name}: starts within 200 ms", f"{within:.0f} %", "88 %")
    yield Row(f"{name}: of {len(errors)} right sentences flagged", f"{doubts}")
    for what, figures in (("right", right), ("other stop", stop), ("other language", other)):
        yield Row(f"{name}: unlike, {what}", f"{min(figures):.2f} to {max(figures):.2f}")
    yield Row(f"{name}: alignment, times real time of a core", f"{seconds / spent:.0f}")


def _errors(recording: Recording, starts_ms: Sequence[float]) -> list[float]:
    return [abs(a - b) for a, b in zip(recording.starts_ms, starts_ms, strict=True)]


def _memory() -> Iterator[Row]:
    """Make a narration of half an hour in a process of its own, as a worker does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, recording = _half_an_hour(read_pack(MEDIA))
        write_sound(folder / "long.m4a", recording.samples, Kind("m4a", "aac", RATE_HZ))
        (folder / "long.txt").write_text(text, encoding="utf-8")
        starts = recording.starts_ms
        del recording
        made = subprocess.run(
            [sys.executable, __file__, "--child", name],
            capture_output=True,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # as a worker is started
        )
        if made.returncode:
            yield Row("a take of 30 minutes", made.stderr.strip().splitlines()[-1], "400 MB", False)
            return
        told = json.loads(made.stdout)
    later = np.array(told["starts_ms"]) - starts
    errors = np.abs(later - np.median(later))  # what was trimmed off is no error
    peak_mb, median_ms = told["peak_mb"], float(np.median(errors))
    kept = peak_mb < MOST_MB
    yield Row("a take of 30 minutes: peak memory", f"{peak_mb:.0f} MB", f"{MOST_MB} MB", kept)
    yield Row("a take of 30 minutes: CPU time", f"{told['cpu_s']:.0f} s", "")
    kept = median_ms < MOST_MEDIAN_MS
    promised = f"{MOST_MEDIAN_MS} ms"
    yield Row("a take of 30 minutes: start error, median", f"{median_ms:.0f} ms", promised, kept)
    within = 100 * float(np.mean(errors <= 200))
    kept = within >= LEAST_WITHIN
    promised = f"{LEAST_WITHIN} %"
    yield Row("a take of 30 minutes: starts within 200 ms", f"{within:.0f} %", promised, kept)


def _half_an_hour(pack: Pack) -> tuple[str, Recording]:
    """Let one reader read stop after stop, for almost as long as is allowed."""
    language = Language("en")
    texts: list[str] = []
    pieces = []
    seconds = 0.0
    room = Room()
    pause_s = (room.shortest_pause_s + room.longest_pause_s) / 2
    for stop in pack.stops:
        text = stop.words[language].text
        spoken = [line.spoken for line in _lines(text, language)]
        heard = read_aloud(language, Reader("f2", 0.9), spoken)
        longer = sum(piece.size / RATE_HZ + pause_s for piece in heard)
        if seconds + longer > 60 * MINUTES - 20:
            break
        texts.append(text)
        pieces += heard
        seconds += longer
    return "\n\n".join(texts), record(pieces, room)


def _child(folder: Path) -> None:
    """Do what a worker does with one take, and say what it took."""
    store = FolderStore(folder / "store")
    store.prepare()
    text = (folder / "long.txt").read_text(encoding="utf-8")
    reading = Reading("long.m4a", "long.m4a", Language("en"), "Half an hour", text)
    folders = Folders(FolderStore(folder), MEDIA, store)
    made = make(reading, folders, "The Museum", lambda _: None)
    kept = store.read(made.cues) or b""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "peak_mb": _peak_mb(),
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "starts_ms": [cue.start_ms for cue in read_webvtt(kept.decode())],
    }
    print(json.dumps(told))


def _peak_mb() -> float:
    """Return the peak of this program; ``ru_maxrss`` would count the parent's, too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    (line,) = [each for each in status.read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / 1000


def main() -> None:
    """Measure and print a table; end with status 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=4, help="stops of the pack per language")
    parser.add_argument("--memory", action="store_true", help="measure the long take alone")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        _child(asked.child)
        return
    print(f"{'figure':<58} {'measured':>14} {'promised':>9}")
    broken = False
    for each in _memory() if asked.memory else rows(asked.stops):
        broken |= not each.is_kept
        print(f"{each.what:<58} {each.measured:>14} {each.promised:>9}", flush=True)
    sys.exit(broken)


if __name__ == "__main__":
    main()
