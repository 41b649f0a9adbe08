"""Other readers than the guide's own voice: espeak-ng's variants, in a process of their own.

The guide's own use of the library must not notice that it is set to another voice.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audioguide.languages import Language
from audioguide.speech.resampling import resample
from audioguide.speech.voice import Samples

RATE_HZ = 24_000
_ESPEAK_HZ = 22_050
_NAMES = {Language("kk"): "kk", Language("ru"): "ru", Language("en"): "en-us"}
_USUAL_RATE = {Language("kk"): 140, Language("ru"): 112, Language("en"): 116}


@dataclass(frozen=True)
class Reader:
    """A variant of espeak-ng's voices, and how fast it speaks against the guide's own voice."""

    variant: str
    speed: float = 1.0


DANA = Reader("f2", 1.1)
IVAN = Reader("m3", 0.9)


def read_aloud(language: Language, reader: Reader, sentences: Sequence[str]) -> list[Samples]:
    """Speak sentences as a reader does; each comes without the silence around it."""
    asked = {
        "voice": f"{_NAMES[language]}+{reader.variant}",
        "rate": round(_USUAL_RATE[language] * reader.speed),
        "sentences": list(sentences),
    }
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    made = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
        env=environment,
    ).stdout
    spoken = []
    while made:
        count = int.from_bytes(made[:4], "little")
        piece = np.frombuffer(made[4 : 4 + 2 * count], np.int16).astype(np.float32)
        spoken.append(_bare(resample(piece / np.float32(32_768), _ESPEAK_HZ, RATE_HZ)))
        made = made[4 + 2 * count :]
    return spoken


def _bare(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max(initial=0.0))
    return samples[loud[0] : loud[-1] + 1] if loud.size else samples[:0]


@dataclass(frozen=True)
class Room:
    """What a recording has besides words: pauses in seconds, noise, an echo."""

    shortest_pause_s: float = 0.12
    longest_pause_s: float = 1.6
    noise_db: float = 25.0
    has_echo: bool = False


@dataclass(frozen=True)
class Recording:
    """A synthetic recording at 24 kHz, and when each sentence truly begins and ends in it."""

    samples: Samples
    starts_ms: tuple[float, ...]
    ends_ms: tuple[float, ...]


def record(spoken: Sequence[Samples], room: Room, seed: int = 1) -> Recording:
    """Lay sentences one after the other with pauses of any length, and add the room."""
    random = np.random.default_rng(seed)
    pieces: list[Samples] = []
    starts, ends, position = [], [], 0
    for sentence in spoken:
        pause_s = random.uniform(room.shortest_pause_s, room.longest_pause_s)
        pieces.append(np.zeros(int(pause_s * RATE_HZ), np.float32))
        position += pieces[-1].size
        starts.append(1000 * position / RATE_HZ)
        pieces.append(sentence)
        position += sentence.size
        ends.append(1000 * position / RATE_HZ)
    pieces.append(np.zeros(RATE_HZ // 2, np.float32))
    dry = np.concatenate(pieces)
    heard = _with_echo(dry, random) if room.has_echo else dry
    level = np.sqrt(np.mean(np.concatenate(list(spoken)) ** 2))
    noise = _room_noise(heard.size, random) * level * 10 ** (-room.noise_db / 20)
    return Recording((heard + noise).astype(np.float32), tuple(starts), tuple(ends))


def _with_echo(dry: Samples, random: np.random.Generator) -> Samples:
    """Add a hall that dies away by 60 dB in 0.4 s, and a small microphone's band."""
    seconds = np.arange(int(0.4 * RATE_HZ)) / RATE_HZ
    tail = random.normal(size=seconds.size) * 10 ** (-3 * seconds / 0.4)
    answer = 0.5 * tail / np.sqrt(np.sum(tail**2))
    answer[0] = 1.0
    size = 1 << (dry.size + answer.size).bit_length()
    spectrum = np.fft.rfft(dry, size) * np.fft.rfft(answer, size)
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    spectrum *= (1 / (1 + (150 / np.maximum(hertz, 1)) ** 4)) / (1 + (hertz / 4500) ** 6)
    wet: Samples = np.fft.irfft(spectrum, size)[: dry.size].astype(np.float32)
    return wet * np.float32(np.sqrt(np.mean(dry**2) / np.mean(wet**2)))


def _room_noise(count: int, random: np.random.Generator) -> Samples:
    """Make pink noise of power 1, as of a room with a ventilator."""
    white = np.fft.rfft(random.normal(size=count))
    hertz = np.maximum(np.fft.rfftfreq(count, 1 / RATE_HZ), 20)
    pink = np.fft.irfft(white / np.sqrt(hertz), count)
    made: Samples = (pink / np.sqrt(np.mean(pink**2))).astype(np.float32)
    return made


def _speak_for_parent() -> None:
    from audioguide.speech import espeak  # noqa: PLC0415

    library = espeak._load()
    pieces: list[bytes] = []

    def take(values: Any, count: int, _events: object) -> int:
        if values and count > 0:
            pieces.append(ctypes.string_at(values, 2 * count))
        return 0

    callback = espeak._CALLBACK(take)
    library.espeak_SetSynthCallback(callback)
    asked = json.load(sys.stdin)
    if library.espeak_SetVoiceByName(asked["voice"].encode()) != 0:
        raise SystemExit(f"no voice {asked['voice']}")
    library.espeak_SetParameter(1, asked["rate"], 0)
    for sentence in asked["sentences"]:
        pieces.clear()
        spoken = sentence.encode()
        library.espeak_Synth(spoken, len(spoken) + 1, 0, 1, 0, 1, None, None)
        heard = b"".join(pieces)
        sys.stdout.buffer.write((len(heard) // 2).to_bytes(4, "little") + heard)


if __name__ == "__main__":
    _speak_for_parent()
