"""Decode what a phone or a recorder made into one take, and refuse what is none; it keeps nothing.

A take is decoded as a stream: what is too long is noticed before it fills the memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from audioguide import files
from audioguide.errors import Message, TakeRefused, message
from audioguide.speech.declared import declared_seconds
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.pauses import has_speech, is_silence
from audioguide.speech.voice import Samples

MOST_MB = 200
MOST_MINUTES = 30
LEAST_SECONDS = 1
MOST_BAD_PACKETS = 0.05
LEAST_OF_DECLARED = 0.95  # a container may round its duration, and coders add their delay
LOW_QUALITY_HZ = 16_000  # below: speech as on a telephone

# Names of FFmpeg's demuxers. All others stay closed: a play list, for one, opens other files.
_FORMATS = "wav,w64,aiff,au,caf,mp3,aac,mov,matroska,ogg,flac,asf,amr,avi,mpegts"
_FULL_SCALE = 0.999
_HIGHEST = 4.0  # a file of floats may hold anything
_OVERDRIVEN = 1e-3  # of all samples

Progress = Callable[[float], None]
"""Called with the part of the work that is done, from 0 to 1."""


@dataclass(frozen=True)
class Take:
    """A recording as it came: mono at 24 kHz, with what the curator should know about it."""

    samples: Samples
    notes: tuple[Message, ...]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.samples.size / SAMPLE_RATE_HZ


def read_take(
    path: Path,
    *,
    name: str | None = None,
    accept_cut: bool = False,
    progress: Progress | None = None,
) -> Take:
    """Decode a file of any kind; raise TakeRefused with the reason where it is no recording.

    ``name`` is what people call the file, where that is not its own name.
    """
    check_size(path)
    file = name or path.name
    decoded = _Decoded(path, file)
    try:
        with av.open(str(path), "r", options={"format_whitelist": _FORMATS}) as container:
            decoded.read(container, progress)
    except (av.error.FFmpegError, ValueError) as error:
        if not decoded.seconds:
            raise no_recording(file) from error
        decoded.bad += 1  # it broke off: what was heard until here is judged below
    decoded.judge(accept_cut=accept_cut)
    samples = decoded.samples()
    if is_silence(samples, SAMPLE_RATE_HZ):
        raise TakeRefused("{file} is silent. Was the microphone on?", file=file)
    if not has_speech(samples, SAMPLE_RATE_HZ):
        raise TakeRefused("{file} is one even noise: no speech stands out from it.", file=file)
    return Take(samples, (*decoded.notes(), *_overdriven(samples)))


def check_size(path: Path) -> None:
    """Raise TakeRefused for a file that is empty, too large or not there, OSError for no file."""
    try:
        with files.open_file(path) as file:
            size_bytes = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise TakeRefused("There is no file {file}.", file=path) from error
    if size_bytes == 0:
        raise TakeRefused("{file} is empty.", file=path.name)
    if size_bytes > MOST_MB * 1_000_000:
        raise TakeRefused(
            "{file} has {size} MB; a recording may have {most} MB.",
            file=path.name,
            size=round(size_bytes / 1_000_000),
            most=MOST_MB,
        )


class _Decoded:
    """What has been decoded of one file so far."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        # Grows in place, where a list of frames and their sum would take twice the memory.
        self._heard = bytearray()
        self._resampler: av.AudioResampler | None = None
        self._shape: tuple[str, str, int] | None = None
        self._declared_s: float | None = None
        self._channels = self._rate_hz = 0
        self._packets = 0
        self.bad = 0

    @property
    def seconds(self) -> float:
        return len(self._heard) / 4 / SAMPLE_RATE_HZ

    def samples(self) -> Samples:
        return np.frombuffer(self._heard, np.float32)

    def read(self, container: InputContainer, progress: Progress | None) -> None:
        if not container.streams.audio:
            raise TakeRefused("{file} has no sound in it, only a picture.", file=self._name)
        stream = container.streams.audio[0]
        self._declared_s = declared_seconds(self._path, container, stream)
        for frame in self._frames(container, stream):
            self._add(frame)
            if progress is not None and self._declared_s:
                progress(min(self.seconds / self._declared_s, 1.0))
        self._flush()

    def _frames(self, container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
        for packet in container.demux(stream):
            self._packets += 1
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                self.bad += 1

    def _add(self, frame: AudioFrame) -> None:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or shape != self._shape:  # a recorder may change its mind
            self._flush()
            self._resampler = av.AudioResampler(
                "flt", "mono", SAMPLE_RATE_HZ, options={"rematrix_maxval": "1.0"}
            )
            self._shape = shape
            self._channels = max(self._channels, frame.layout.nb_channels)
            self._rate_hz = self._rate_hz or frame.sample_rate
        self._append(self._resampler.resample(frame))
        if self.seconds > MOST_MINUTES * 60:
            raise TakeRefused(
                "A recording may last {most} minutes, and {file} lasts longer.",
                most=MOST_MINUTES,
                file=self._name,
            )

    def _flush(self) -> None:
        if self._resampler is not None:
            self._append(self._resampler.resample(None))

    def _append(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            heard = frame.to_ndarray().astype(np.float32, copy=False)
            whole = np.nan_to_num(heard, nan=0.0, posinf=0.0, neginf=0.0)
            self._heard += np.clip(whole, -_HIGHEST, _HIGHEST).tobytes()

    def judge(self, *, accept_cut: bool) -> None:
        """Raise TakeRefused where too little of the file could be decoded."""
        if self.seconds < LEAST_SECONDS and self._declared_s is None:
            raise no_recording(self._name)
        if self.bad > max(MOST_BAD_PACKETS * self._packets, 1):
            raise TakeRefused(
                "{file} is damaged: {bad} of its {all} packets cannot be decoded.",
                file=self._name,
                bad=self.bad,
                all=self._packets,
            )
        declared_s = self._declared_s or 0.0
        if self.seconds < LEAST_OF_DECLARED * declared_s and not accept_cut:
            raise TakeRefused(
                "{file} seems cut at {heard} of {declared} s. Send it again whole, or take it as "
                "it is with --accept-cut.",
                file=self._name,
                heard=round(self.seconds),
                declared=round(declared_s),
            )
        if self.seconds < LEAST_SECONDS:
            raise TakeRefused("{file} lasts less than a second.", file=self._name)

    def notes(self) -> Iterator[Message]:
        """Say what the curator should know of the file."""
        if self._rate_hz < LOW_QUALITY_HZ:
            yield message(
                "Low quality: the recording has {rate} Hz, as on a telephone; 44,100 is usual.",
                rate=f"{self._rate_hz:,}",
            )
        if self._channels > 2:
            yield message("The {count} channels were mixed into one.", count=self._channels)


def no_recording(name: str) -> TakeRefused:
    """Say that a file is no sound at all, or only the beginning of one."""
    return TakeRefused(
        "{file} is no recording that can be played, whatever its name says; perhaps it was not "
        "sent whole.",
        file=name,
    )


def _overdriven(samples: Samples) -> Iterator[Message]:
    step = SAMPLE_RATE_HZ * 10
    full = sum(
        int(np.count_nonzero(np.abs(samples[start : start + step]) >= _FULL_SCALE))
        for start in range(0, samples.size, step)
    )
    if full > _OVERDRIVEN * samples.size:
        yield message("The recording is overdriven: speak farther from the microphone.")
