"""Let a recogniser listen, in a process and an environment that go afterwards."""

from __future__ import annotations

import json
import subprocess
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audioguide.languages import Language
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.resampling import resample
from audioguide.speech.voice import Samples
from bench.apart import python_with

LISTENS_AT_HZ = 16_000
LONGEST_SECONDS = 600  # for half a minute of sound, on a busy machine
PINS = "ear.txt"
LISTEN = Path(__file__).parent / "peers" / "listen.py"


@dataclass(frozen=True)
class Understood:
    """What the recogniser wrote, and which language it took the sound for, where it was asked."""

    text: str
    sounds_like: str


class Ear:
    """The recogniser's process; one sound at a time."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._wav = process, folder / "said.wav"

    def listen(self, sound: Samples, language: Language, *, asks: bool) -> Understood:
        """Give what is understood of a 24 kHz sound when its language is known."""
        write_wav(self._wav, sound)
        asked = {"wav": str(self._wav), "language": str(language), "asks": asks}
        assert self._process.stdin is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        told = self.answer()
        return Understood(told["text"], told.get("sounds_like", ""))

    def answer(self) -> dict[str, Any]:
        """Wait for a line of the recogniser; end the bench where none comes."""
        assert self._process.stdout is not None
        watch = threading.Timer(LONGEST_SECONDS, self._process.kill)
        watch.start()
        try:
            line = self._process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            raise SystemExit("The recogniser has ended or hangs; the lines above may say why.")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def an_ear(folder: Path, threads: int) -> Iterator[Ear]:
    """Install the recogniser into a folder and have it listen, until the block is left."""
    python, model = python_with(PINS, folder / "ear"), folder / "model"
    model.mkdir()
    command = [str(python), str(LISTEN), str(model), str(threads)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            ear = Ear(process, folder)
            ear.answer()
            yield ear
        finally:
            process.kill()


def write_wav(path: Path, sound: Samples) -> None:
    """Write a 24 kHz sound as the recogniser wants it: 16 kHz, 16 bits, never clipped."""
    heard = resample(sound, SAMPLE_RATE_HZ, LISTENS_AT_HZ)
    heard = heard / max(float(np.abs(heard).max(initial=0.0)), 1e-4) * 0.9
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(LISTENS_AT_HZ)
        file.writeframes((heard * 32_767).astype("<i2").tobytes())
