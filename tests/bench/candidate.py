"""A voice that is only tried: a command that reads a sentence and writes a WAV."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audioguide.errors import VoiceFailed
from audioguide.languages.known.russian.stress import ACUTE
from audioguide.speech.decoding import decode
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.resampling import resample
from audioguide.speech.voice import Samples, speakable

LONGEST_SECONDS = 60


@dataclass(frozen=True)
class Candidate:
    """A command with ``{wav}`` in it, which is given one sentence at a time, in UTF-8.

    The signs of stress are taken out: hardly a program knows them, and some say nothing then.
    """

    name: str
    command: str
    sample_rate_hz: int = SAMPLE_RATE_HZ

    @property
    def settings(self) -> str:
        """Name the command."""
        return self.command

    def speak(self, sentence: str) -> Samples:
        """Say one sentence; raise VoiceFailed where the command writes no sound."""
        with tempfile.TemporaryDirectory() as folder:
            wav = Path(folder) / "said.wav"
            command = [part.replace("{wav}", str(wav)) for part in shlex.split(self.command)]
            try:
                ended = subprocess.run(
                    command,
                    input=speakable(sentence.replace(ACUTE, "")).encode(),
                    capture_output=True,
                    timeout=LONGEST_SECONDS,
                    check=True,
                )
                samples, rate = decode(wav.read_bytes())
            except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
                raise VoiceFailed("{reason}", reason=error) from error
            if not samples.size:
                raise VoiceFailed("{reason}", reason=ended.stderr.decode(errors="replace"))
            return resample(samples / np.float32(32_768), rate, SAMPLE_RATE_HZ)
