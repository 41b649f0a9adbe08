"""The cache of spoken sentences (LRU, on the disk): a voice says the same sentence only once."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import av
import numpy as np

from audioguide.speech.voice import Samples, Voice
from audioguide.storage import write_whole

MOST_BYTES = 500_000_000  # the whole guide in three languages is about 240 MB
KIND = ".flac"
_FULL_SCALE = 32_767
_DIGEST_BYTES = hashlib.sha256().digest_size


class Remembered:
    """Sentences in a folder, each under the hash of its words, its voice and the settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, settings: str, sentence: str) -> Samples | None:
        """Give a sentence as it was kept, or None; a damaged file is as good as none."""
        path = self._path(settings, sentence)
        try:
            content = path.read_bytes()
            os.utime(path)  # the last use decides what is let go first
        except OSError:
            return None
        digest, sound = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        return _decode(sound) if hashlib.sha256(sound).digest() == digest else None

    def keep(self, settings: str, sentence: str, samples: Samples, sample_rate_hz: int) -> None:
        """Keep a sentence; where the disk is full the guide goes on without."""
        sound = _encode(samples, sample_rate_hz)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._path(settings, sentence), hashlib.sha256(sound).digest() + sound)
        except OSError:
            return

    def shrink(self, most_bytes: int = MOST_BYTES) -> int:
        """Let go of what was not used for longest until the rest fits; return the bytes freed."""
        latest = time.time()  # what was used on a day to come is not kept until then
        files = [(min(stat.st_mtime, latest), stat.st_size, path) for path, stat in self._files()]
        size = sum(each[1] for each in files)
        freed = 0
        for _, bytes_, path in sorted(files):
            if size - freed <= most_bytes:
                break
            path.unlink(missing_ok=True)
            freed += bytes_
        return freed

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        found = []
        for path in self.folder.glob(f"*{KIND}"):
            try:
                found.append((path, path.stat()))
            except FileNotFoundError:
                continue  # another process let it go first
        return found

    def _path(self, settings: str, sentence: str) -> Path:
        name = hashlib.sha256(f"{settings}\0{sentence}".encode()).hexdigest()
        return self.folder / f"{name}{KIND}"


class _VoiceWithin:
    """What a voice around another one has of it."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.name = voice.name

    @property
    def sample_rate_hz(self) -> int:
        """Give the voice's own rate."""
        return self._voice.sample_rate_hz

    @property
    def settings(self) -> str:
        """Name what the voice itself names."""
        return self._voice.settings


class RememberingVoice(_VoiceWithin):
    """A voice that says again what it has said before without speaking."""

    def __init__(self, voice: Voice, remembered: Remembered) -> None:
        super().__init__(voice)
        self._remembered = remembered

    def speak(self, sentence: str) -> Samples:
        """Give the sentence from the disk, else from the voice; raise as the voice does."""
        known = self._remembered.find(self.settings, sentence)
        if known is not None:
            return known
        samples = self._voice.speak(sentence)
        self._remembered.keep(self.settings, sentence, samples, self.sample_rate_hz)
        return samples


class ReportingVoice(_VoiceWithin):
    """A voice that reports after each sentence, so that a long narration can be ended."""

    def __init__(self, voice: Voice, after_sentence: Callable[[], None]) -> None:
        super().__init__(voice)
        self._after_sentence = after_sentence

    def speak(self, sentence: str) -> Samples:
        """Speak as the voice does, then report."""
        samples = self._voice.speak(sentence)
        self._after_sentence()
        return samples


def _encode(samples: Samples, sample_rate_hz: int) -> bytes:
    """Code as FLAC, 16 bits: half the size, and what the voices themselves give."""
    whole = np.round(np.clip(samples, -1, 1) * _FULL_SCALE).astype(np.int16)
    file = BytesIO()
    with av.open(file, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=sample_rate_hz, layout="mono")
        stream.codec_context.format = av.AudioFormat("s16")
        frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = sample_rate_hz
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()


def _decode(sound: bytes) -> Samples:
    with av.open(BytesIO(sound), "r") as container:
        pieces = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    return np.concatenate(pieces).astype(np.float32) / np.float32(_FULL_SCALE)
