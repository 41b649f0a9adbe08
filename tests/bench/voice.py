"""Measure the making of sound against the naive way: `python3 scripts/bench.py --voice`.

Both make the same product from the same texts in the same run, turn by turn: MP3 at 56 kbit/s and
WebM Opus at 32, both at -16 LUFS. The naive way runs the espeak-ng command into a WAV, ffmpeg's
loudnorm in two passes, and codes both formats, one text after the other; it makes no cues and
reads no figures, years or names in words. Ours is `audioguide narrate` with all that it does.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide.content.reading import read_pack
from bench import alignment
from bench.alignment import Row

ROOT = Path(__file__).parent.parent.parent
MEDIA = ROOT / "media"
STOPS = 6
LONGEST_SECONDS = 1200
COMMAND = (sys.executable, "-c", "from audioguide.app import main; main()")

# The same voices at the same speed as ours (audioguide/speech/espeak.py).
NAIVE_VOICES = {"kk": ("kk", 140), "ru": ("ru", 112), "en": ("en-gb-x-rp", 116)}
LOUDNORM = "loudnorm=I=-16:TP=-1.5:LRA=11"
MEASURED = ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")
NAMED = ("measured_I", "measured_TP", "measured_LRA", "measured_thresh", "offset")


@dataclass(frozen=True)
class Took:
    """What a piece of work took: seconds by the clock, and of processors, children included."""

    wall_s: float
    cpu_s: float


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="bench.py --voice", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each way, for the medians")
    parser.add_argument(
        "--stops", default=str(STOPS), help=f"how many stops in three languages ({STOPS}), or all"
    )
    asked = parser.parse_args()
    for row in rows(asked.runs, None if asked.stops == "all" else int(asked.stops)):
        print(f"{row.what:<66} {row.measured:>12} {row.promised:>10}", flush=True)


def rows(runs: int, stops: int | None) -> Iterator[Row]:
    """Measure, and give the lines of the table as they are known."""
    yield Row("figure", "measured", "promised")
    with tempfile.TemporaryDirectory() as folder:
        media = sample(Path(folder), stops)
        texts = texts_of(media)
        yield Row(f"narrations in the sample, {os.cpu_count()} cores", str(len(texts)))
        turns = [turn(Path(folder) / f"run{number}", media, texts) for number in range(runs)]
        yield from compared(turns, runs)
        yield from renewed(Path(folder) / "run0", media, runs)
    yield from alignment.rows()


def compared(turns: Sequence[tuple[Took, Took]], runs: int) -> Iterator[Row]:
    """Give the medians of both ways, and how many times ours is as fast."""
    naive, ours = zip(*turns, strict=True)
    for name, each, times in (("time", "wall_s", "3 x"), ("processor time", "cpu_s", "2 x")):
        slow = statistics.median(getattr(took, each) for took in naive)
        fast = statistics.median(getattr(took, each) for took in ours)
        yield Row(f"{name}, the naive way (median of {runs})", f"{slow:.1f} s")
        yield Row(f"{name}, ours (median of {runs})", f"{fast:.1f} s")
        yield Row(f"{name}, times as fast", f"{slow / fast:.1f} x", times)


def renewed(folder: Path, media: Path, runs: int) -> Iterator[Row]:
    """Measure what a curator waits for: a run that changes nothing, and one sentence changed."""
    nothing = [took(lambda: narrate(folder, media)).wall_s for _ in range(runs)]
    yield Row(
        f"a run that changes nothing (median of {runs})",
        f"{statistics.median(nothing):.2f} s",
        "1 s",
    )
    yield Row(
        f"one changed sentence, from saved to heard (median of {runs})",
        f"{statistics.median(corrected(folder, media, runs)):.2f} s",
        "2 s",
    )


def corrected(folder: Path, media: Path, runs: int) -> list[float]:
    """Correct a sentence beside a running guide; return how long until it is heard, each time."""
    text = min(media.glob("stops/*/en.md"))
    number = int(text.parent.name.partition("-")[0])
    waited = []
    command = [*COMMAND, "serve", "--port", "0"]
    with subprocess.Popen(command, env=given(folder, media), stdout=subprocess.PIPE) as guide:
        try:
            assert guide.stdout is not None
            address = guide.stdout.readline().decode().split()[1].rstrip("/")
            heard = is_heard(address, number)
            for run_number in range(runs):
                words = one_sentence_more(text.read_text(encoding="utf-8"), run_number)
                saved = text.with_suffix(".saved")
                saved.write_text(words, encoding="utf-8")
                began = time.monotonic()
                saved.replace(text)
                while (now := is_heard(address, number)) in (heard, None):
                    time.sleep(0.02)
                    assert time.monotonic() - began < LONGEST_SECONDS
                waited.append(time.monotonic() - began)
                heard = now
        finally:
            guide.terminate()
            guide.wait(30)  # before its output is closed: it says how it ends
    return waited


def is_heard(address: str, number: int) -> str | None:
    """Return the digest of the text that is heard, once it is the present one."""
    with urllib.request.urlopen(f"{address}/api/v1/stops", timeout=20) as answer:
        stops = json.load(answer)["stops"]
    sound = next(stop for stop in stops if stop["number"] == number)["audio"]["en"]
    return str(sound["text_digest"]) if sound and sound["is_current"] else None


def one_sentence_more(words: str, number: int) -> str:
    """Change the first sentence of the first paragraph, each time to another one."""
    title, rest = words.split("\n\n", 1)
    return f"{title}\n\nThis is correction {number}. {rest}"


def sample(folder: Path, stops: int | None) -> Path:
    """Copy the pack with only every n-th stop published, so that the sample is of all kinds."""
    media = folder / "media"
    shutil.copytree(MEDIA, media, ignore=shutil.ignore_patterns("generated"))
    if stops is None:
        return media
    structure = (media / "museum.toml").read_text(encoding="utf-8").split("[[tour]]")[0]
    head, *tables = structure.split("[[stop]]")
    chosen = {len(tables) * each // stops for each in range(stops)}
    kept = [
        f"[[stop]]{'' if place in chosen else chr(10) + 'published = false'}{table}"
        for place, table in enumerate(tables)
    ]
    (media / "museum.toml").write_text("".join([head, *kept]), encoding="utf-8")
    shutil.rmtree(media / "tours")
    return media


def texts_of(media: Path) -> tuple[tuple[str, str], ...]:
    """Give language and words of each text that is to be spoken, as the pack has them."""
    pack = read_pack(media)
    return tuple(
        (str(language), words.text)
        for stop in pack.stops
        if stop.published
        for language, words in stop.words.items()
    )


def turn(folder: Path, media: Path, texts: Sequence[tuple[str, str]]) -> tuple[Took, Took]:
    """Make the sample once in the naive way and once in ours, into folders of their own."""
    folder.mkdir()
    naive = took(lambda: speak_naively(folder, texts))
    ours = took(lambda: narrate(folder, media))
    made = {kind: len(list((folder / "store").glob(f"*.{kind}"))) for kind in ("mp3", "webm")}
    assert made == dict.fromkeys(made, len(texts)), made
    return naive, ours


def took(work: Callable[[], None]) -> Took:
    """Time a piece of work with the processes that it starts."""
    began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return Took(time.monotonic() - began, cpu_s)


def narrate(folder: Path, media: Path) -> None:
    """Run our command over a pack, with data and sound in a folder, and demand that all is made."""
    said = run([*COMMAND, "narrate", "--json"], env=given(folder, media))
    told = json.loads(said.stdout)
    assert not told["to_do"], told
    assert not told["failed"], told


def given(folder: Path, media: Path) -> dict[str, str]:
    """Return the environment of a guide with data and sound in a folder."""
    outside = {name: each for name, each in os.environ.items() if name[:11] != "AUDIOGUIDE_"}
    return outside | {
        "AUDIOGUIDE_DATA": str(folder / "instance"),
        "AUDIOGUIDE_MEDIA": str(media),
        "AUDIOGUIDE_STORE": str(folder / "store"),
        "AUDIOGUIDE_VOICES": "kk=espeak-ng;ru=espeak-ng;en=espeak-ng",  # whatever else is installed
    }


def speak_naively(folder: Path, texts: Sequence[tuple[str, str]]) -> None:
    """Make the same product, text by text, with the commands that everybody has."""
    for number, (language, text) in enumerate(texts):
        voice, rate = NAIVE_VOICES[language]
        wav = folder / f"{number}.wav"
        run(["espeak-ng", "-v", voice, "-s", str(rate), "-w", str(wav), text])
        start = ["ffmpeg", "-hide_banner", "-nostdin", "-y", "-i", str(wav), "-af"]
        first = run([*start, f"{LOUDNORM}:print_format=json", "-f", "null", "-"])
        told = json.loads(re.findall(r"\{[^{}]*\}", first.stderr)[-1])
        values = [f"{name}={told[key]}" for name, key in zip(NAMED, MEASURED, strict=True)]
        leveled = folder / f"{number}-16.wav"
        run([*start, ":".join([LOUDNORM, *values]), "-ar", "24000", str(leveled)])
        start = ["ffmpeg", "-hide_banner", "-nostdin", "-y", "-i", str(leveled), "-ac", "1"]
        run([*start, "-b:a", "56k", str(folder / f"{number}.mp3")])
        webm = ["-c:a", "libopus", "-b:a", "32k", "-application", "lowdelay"]
        run([*start, *webm, str(folder / f"{number}.webm")])
        leveled.unlink()
        wav.unlink()


def run(command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; whatever fails ends the bench with its words."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
        cwd=ROOT,
        **options,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done


if __name__ == "__main__":
    main()
