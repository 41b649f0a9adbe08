"""Decode one track of what a phone or a recorder made to mono at 24 kHz.

It is decoded as a stream: what is too long is noticed before it fills the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from audioguide.errors import Message, TakeRefused, message
from audioguide.speech.channels import ChannelMeter
from audioguide.speech.declared import declared_seconds
from audioguide.speech.ending import Ending
from audioguide.speech.headers import Head, Mended
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.unplayable import unplayable
from audioguide.speech.voice import Samples

MOST_MINUTES = 30
LEAST_SECONDS = 1
MOST_BAD_PACKETS = 0.05
LEAST_OF_DECLARED = 0.95  # a container may round its duration, and coders add their delay
LOW_QUALITY_HZ = 16_000  # below: speech as on a telephone

# Names of FFmpeg's demuxers. All others stay closed: a play list, for one, opens other files.
_FORMATS = "wav,w64,aiff,au,caf,mp3,aac,mov,matroska,ogg,flac,asf,amr,avi,mpegts"
_HIGHEST = 4.0  # a file of floats may hold anything
_MIXED = {"rematrix_maxval": "1.0"}
# What rounding to whole steps leaves as noise: a twelfth of a step's square.
_ROUNDING_DB = {"u8": -52.9, "s16": -101.1}
_NO_NOISE_DB = -200.0

Progress = Callable[[float], None]
"""Called with the part of the work that is done, from 0 to 1."""


@contextmanager
def open_sound(path: Path, head: Head) -> Iterator[InputContainer]:
    """Open a file for decoding, as if its head were finished; raise FFmpegError for no sound."""
    with (
        Mended(path, head.mended) if head.mended else nullcontext(str(path)) as file,
        av.open(file, "r", options={"format_whitelist": _FORMATS}) as container,
    ):
        yield container


class Track:
    """What has been decoded of one track so far: of all its channels, or of one."""

    def __init__(self, path: Path, name: str, number: int, head: Head, ending: Ending) -> None:
        self._ending = ending
        self._path, self._name, self._number, self._head = path, name, number, head
        # Grows in place, where a list of frames and their sum would take twice the memory.
        self._heard = bytearray()
        self._channel: int | None = None
        self._resampler: av.AudioResampler | None = None
        self._apart: av.AudioResampler | None = None
        self._meter: ChannelMeter | None = None
        self._shape: tuple[str, str, int] | None = None
        self._declared_s: float | None = None
        self._channels = self._rate_hz = 0
        self._packets = self._bad = 0

    @property
    def seconds(self) -> float:
        """How much has been decoded."""
        return len(self._heard) / 4 / SAMPLE_RATE_HZ

    @property
    def rounding_db(self) -> float:
        """How loud the noise is that the file's own numbers make, where they are whole ones."""
        kind = "" if self._shape is None else self._shape[0].removesuffix("p")
        return _ROUNDING_DB.get(kind, _NO_NOISE_DB)

    def samples(self) -> Samples:
        """Give what was decoded, around zero: a cheap microphone's current is taken off."""
        samples = np.frombuffer(self._heard, np.float32)
        if samples.size:
            samples -= samples.mean(dtype=np.float64).astype(np.float32)
        return samples

    def decode(self, progress: Progress | None) -> None:
        """Decode the track; once more, and one channel alone, where mixing would spoil it."""
        self._read(progress)
        better = None if self._meter is None else self._meter.better()
        if better is not None:
            self._heard, self._packets, self._bad = bytearray(), 0, 0
            self._shape, self._meter, self._channel = None, None, better
            self._read(progress)

    def _read(self, progress: Progress | None) -> None:
        try:
            with open_sound(self._path, self._head) as container:
                stream = container.streams.audio[self._number]
                self._declared_s = declared_seconds(self._path, self._head, container, stream)
                for frame in self._frames(container, stream):
                    self._add(frame)
                    if progress is not None:
                        progress(min(self.seconds / (self._declared_s or np.inf), 1.0))
                self._flush()
        except (av.error.FFmpegError, ValueError) as error:
            if not self.seconds:
                raise unplayable(self._path, self._name) from error
            self._bad += 1  # it broke off: what was heard until here is judged later

    def _frames(self, container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
        for packet in container.demux(stream):
            self._packets += 1
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                self._bad += 1

    def _add(self, frame: AudioFrame) -> None:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:  # a recorder may change its mind
            self._flush()
            self._begin(frame)
            self._shape = shape
        if self._apart is not None:
            self._append_apart(self._apart.resample(frame))
        if self._resampler is not None:
            self._append(self._resampler.resample(frame))
        if self.seconds > MOST_MINUTES * 60:
            raise TakeRefused(
                "A recording may last {most} minutes, and {file} lasts longer.",
                most=MOST_MINUTES,
                file=self._name,
            )

    def _begin(self, frame: AudioFrame) -> None:
        count = frame.layout.nb_channels
        is_alone = self._channel is not None
        if not is_alone:
            self._resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE_HZ, options=dict(_MIXED))
        if is_alone or count > 1:
            self._apart = av.AudioResampler("fltp", frame.layout, SAMPLE_RATE_HZ)
        if self._shape is None and count > 1 and not is_alone:
            self._meter = ChannelMeter(count)
        self._channels = max(self._channels, count)
        self._rate_hz = self._rate_hz or frame.sample_rate

    def _flush(self) -> None:
        if self._apart is not None:
            self._append_apart(self._apart.resample(None))
        if self._resampler is not None:
            self._append(self._resampler.resample(None))
        self._apart = self._resampler = None

    def _append(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            self._heard += _sane(frame).tobytes()

    def _append_apart(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            channels = _sane(frame)
            if self._channel is not None:
                self._heard += channels[min(self._channel, len(channels) - 1)].tobytes()
            elif self._meter is not None and self._meter.count == len(channels):
                self._meter.add(channels)

    def judge(self, *, accept_cut: bool) -> None:
        """Raise TakeRefused where too little of the track could be decoded."""
        if self.seconds < LEAST_SECONDS and self._declared_s is None:
            raise unplayable(self._path, self._name)
        if self._bad > max(MOST_BAD_PACKETS * self._packets, 1):
            raise TakeRefused(
                "{file} is damaged: {bad} of its {all} packets cannot be decoded.",
                file=self._name,
                bad=self._bad,
                all=self._packets,
            )
        declared_s = self._declared_s or 0.0
        if self.seconds < LEAST_OF_DECLARED * declared_s and not accept_cut:
            raise TakeRefused(
                "{file} seems to break off at {heard} of {declared} s. Send the whole file "
                "again, or take it as it is with --accept-cut.",
                file=self._name,
                heard=round(self.seconds),
                declared=round(declared_s),
            )
        if self._ending is Ending.CUT and not accept_cut:
            raise TakeRefused(
                "{file} seems to break off after {heard} s: its end is missing. Send the whole "
                "file again, or take it as it is with --accept-cut.",
                file=self._name,
                heard=round(self.seconds),
            )
        if self.seconds < LEAST_SECONDS:
            raise TakeRefused("{file} lasts less than a second.", file=self._name)

    def notes(self) -> Iterator[Message]:
        """Say what the curator should know of the track."""
        if self._ending is Ending.UNMARKED:
            yield message(
                "The file has no mark of its end, so it may be cut. Listen to the last words."
            )
        if self._rate_hz < LOW_QUALITY_HZ:
            yield message(
                "Low quality: the recording has {rate} Hz, as on a telephone; 44,100 is usual.",
                rate=f"{self._rate_hz:,}",
            )
        if self._channel is not None:
            yield message(
                "Channel {number} of {count} was taken alone: mixed, they would spoil each other.",
                number=self._channel + 1,
                count=self._channels,
            )
        elif self._channels > 2:
            yield message("The {count} channels were mixed into one.", count=self._channels)


def _sane(frame: AudioFrame) -> NDArray[np.float32]:
    heard = frame.to_ndarray().astype(np.float32, copy=False)
    whole = np.nan_to_num(heard, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(whole, -_HIGHEST, _HIGHEST)
