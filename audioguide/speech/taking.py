"""Accept what a phone or a recorder made as a recording, and refuse what is none.

Of the tracks of a file, the one is taken that can be decoded and in which somebody speaks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from audioguide import files
from audioguide.errors import Message, TakeRefused, message
from audioguide.speech.ending import read_ending
from audioguide.speech.headers import Head, read_head
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.pauses import has_speech, is_silence, standing
from audioguide.speech.track import Progress, Track, open_sound
from audioguide.speech.unplayable import Unplayable, check_protection, lacks_index, unplayable
from audioguide.speech.voice import Samples

MOST_MB = 200

_MOST_TRACKS = 4  # a camera has two; each costs as much as a file
_FULL_SCALE = 0.999
_OVERDRIVEN = 1e-3  # of all samples
_LEAST_ABOVE_NOISE_DB = 20.0  # a voice that is nearer to its noise cannot be made louder
_USUAL_DB = -26.0


@dataclass(frozen=True)
class Take:
    """A recording as it came: mono at 24 kHz, with what the curator should know about it.

    One that was too quiet to be worked on was made louder by ``lifted_db``.
    """

    samples: Samples
    notes: tuple[Message, ...]
    lifted_db: float = 0.0

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
    check_protection(path, file)
    head = read_head(path)
    count = _count_tracks(path, file, head)
    ending = read_ending(path, head.bytes_per_second)
    rising = None if progress is None else _Rising(progress)
    refused: TakeRefused | None = None
    for number in range(min(count, _MOST_TRACKS)):
        track = Track(path, file, number, head, ending)
        try:
            track.decode(rising)
            track.judge(accept_cut=accept_cut)
            take = _taken(track, file)
        except TakeRefused as error:
            if refused is None or isinstance(refused, Unplayable):
                refused = error.with_traceback(None)  # which would hold all that was decoded
        else:
            notes = (*_which(number, count), *take.notes)
            return Take(take.samples, notes, take.lifted_db)
    raise refused or unplayable(path, file)


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


class _Rising:
    """Tells progress that never goes back, where a second track is tried."""

    def __init__(self, tell: Progress) -> None:
        self._tell, self._highest = tell, 0.0

    def __call__(self, done: float) -> None:
        self._highest = max(self._highest, done)
        self._tell(self._highest)


def _count_tracks(path: Path, file: str, head: Head) -> int:
    try:
        with open_sound(path, head) as container:
            count = len(container.streams.audio)
    except (av.error.FFmpegError, ValueError) as error:
        raise unplayable(path, file) from error
    if count == 0:
        with path.open("rb") as content:
            if lacks_index(content):
                raise unplayable(path, file)
        raise TakeRefused("{file} has no sound in it, only a picture.", file=file)
    return count


def _which(number: int, count: int) -> Iterator[Message]:
    if count > 1:
        yield message(
            "The file has {count} sound tracks; number {number} was taken.",
            count=count,
            number=number + 1,
        )


def _taken(track: Track, file: str) -> Take:
    """Judge what was decoded; raise TakeRefused where nobody speaks in it."""
    samples = track.samples()
    notes = tuple(track.notes())
    if not is_silence(samples, SAMPLE_RATE_HZ):
        if not has_speech(samples, SAMPLE_RATE_HZ):
            raise TakeRefused("{file} contains only steady noise; no speech was found.", file=file)
        return Take(samples, (*notes, *_overdriven(samples)))
    voice_db, room_db = standing(samples, SAMPLE_RATE_HZ)
    noise_db = max(room_db, track.rounding_db)
    if not has_speech(samples, SAMPLE_RATE_HZ) or voice_db < noise_db:
        raise TakeRefused("{file} is silent. Was the microphone on?", file=file)
    if voice_db - noise_db < _LEAST_ABOVE_NOISE_DB:
        raise TakeRefused(
            "{file} is too quiet: the voice has {level} dB, the noise {noise} dB, and it would "
            "be made louder with it. Hold the phone about 20 cm from your mouth, and record "
            "again.",
            file=file,
            level=round(voice_db),
            noise=round(noise_db),
        )
    lifted_db = _USUAL_DB - voice_db
    note = message(
        "The recording is very quiet, {level} dB, and was made louder by {gain} dB: speak nearer "
        "to the microphone.",
        level=round(voice_db),
        gain=round(lifted_db),
    )
    return Take(samples * np.float32(10 ** (lifted_db / 20)), (*notes, note), lifted_db)


def _overdriven(samples: Samples) -> Iterator[Message]:
    step = SAMPLE_RATE_HZ * 10
    full = sum(
        int(np.count_nonzero(np.abs(samples[start : start + step]) >= _FULL_SCALE))
        for start in range(0, samples.size, step)
    )
    if full > _OVERDRIVEN * samples.size:
        yield message("The recording is distorted: speak farther from the microphone.")
