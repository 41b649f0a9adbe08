"""Files as phones and recorders make them, whole and broken, written with FFmpeg's coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from audioguide.speech.voice import Samples

RATE_HZ = 24_000


@dataclass(frozen=True)
class Kind:
    """A kind of file: its ending, its coder, and how the recorder sets them."""

    ending: str
    coder: str
    rate_hz: int = 44_100
    layout: str = "mono"
    options: dict[str, str] = field(default_factory=dict)
    bit_rate: int | None = None


LIVE_WEBM = Kind("webm", "libopus", 48_000, options={"live": "1"})  # as Chrome's MediaRecorder
KINDS = {
    "wav of 8 bits": Kind("wav", "pcm_u8"),
    "wav of 16 bits": Kind("wav", "pcm_s16le"),
    "wav of 24 bits": Kind("wav", "pcm_s24le"),
    "wav of floats": Kind("wav", "pcm_f32le"),
    "wav of ADPCM": Kind("wav", "adpcm_ima_wav"),
    "mp3": Kind("mp3", "libmp3lame"),
    "m4a of AAC": Kind("m4a", "aac"),
    "m4a of ALAC": Kind("m4a", "alac"),
    "fragmented mp4": Kind("mp4", "aac", options={"movflags": "frag_keyframe+empty_moov"}),
    "webm without a duration": LIVE_WEBM,
    "ogg of Opus": Kind("ogg", "libopus", 48_000),
    "ogg of Vorbis": Kind("ogg", "vorbis", layout="stereo"),
    "flac": Kind("flac", "flac"),
    "wma": Kind("wma", "wmav2", bit_rate=64_000),
    "3gp of AAC": Kind("3gp", "aac"),
    "aac without a container": Kind("aac", "aac"),
}
WAV = KINDS["wav of 16 bits"]


def speechlike(seconds: float, rate_hz: int = RATE_HZ, voice: float = 0.2) -> Samples:
    """Make buzzes of 0.7 s with pauses of 0.3 s, over a quiet room."""
    time = np.arange(int(seconds * rate_hz)) / rate_hz
    buzz = sum(np.sin(2 * np.pi * 150 * n * time) / n for n in range(1, 9))
    noise = np.random.default_rng(5).normal(0, 0.0005, time.size)
    return np.asarray(voice * buzz * (time % 1 < 0.7) + noise, np.float32)


def write_sound(path: Path, samples: Samples, kind: Kind, *, picture: bool = False) -> Path:
    """Write samples, given at the kind's own rate, as one file; with a picture it is a video.

    Samples in rows are one row for each channel.
    """
    return write_tracks(path, [samples], kind, picture=picture)


def write_tracks(
    path: Path, tracks: Sequence[Samples], kind: Kind, *, picture: bool = False
) -> Path:
    """Write several tracks into one file, the picture before them, as a camera does."""
    with av.open(str(path), "w", options=kind.options) as container:
        film = _film(container) if picture else None
        streams = [_track(container, kind) for _ in tracks]
        for stream, samples in zip(streams, tracks, strict=True):
            _record(container, stream, samples, kind)
        if film is not None:
            _shoot(container, film, tracks[0].shape[-1] / kind.rate_hz)
    return path


def _track(container: OutputContainer, kind: Kind) -> AudioStream:
    stream = container.add_stream(kind.coder, rate=kind.rate_hz, layout=kind.layout)
    assert isinstance(stream, AudioStream)
    if kind.bit_rate:
        stream.bit_rate = kind.bit_rate
    if kind.coder == "vorbis":
        stream.codec_context.options = {"strict": "experimental"}
    stream.codec_context.open()
    return stream


def _record(container: OutputContainer, stream: AudioStream, samples: Samples, kind: Kind) -> None:
    rows = samples if samples.ndim == 2 else np.tile(samples, (stream.layout.nb_channels, 1))
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(rows), "fltp", kind.layout)
    frame.sample_rate = kind.rate_hz
    cut = av.AudioResampler(
        stream.format, kind.layout, kind.rate_hz, stream.codec_context.frame_size or None
    )
    for piece in [*cut.resample(frame), *cut.resample(None)]:
        container.mux(stream.encode(piece))
    container.mux(stream.encode(None))


def write_silent_film(path: Path, seconds: float = 2) -> Path:
    """Write a video that has no sound."""
    with av.open(str(path), "w") as container:
        _shoot(container, _film(container), seconds)
    return path


def _film(container: OutputContainer) -> VideoStream:
    stream = container.add_stream("mpeg4", rate=10)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    return stream


def _shoot(container: OutputContainer, stream: VideoStream, seconds: float) -> None:
    for number in range(int(10 * seconds)):
        picture = np.full((64, 64, 3), number % 256, np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
    container.mux(stream.encode(None))
