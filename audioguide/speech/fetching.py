"""Download a Piper voice by Piper's own downloader; it is seen whole and checked, or not at all."""

from __future__ import annotations

import http.client
import shutil
import socket
import tempfile
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audioguide.errors import AudioguideError, VoiceUnavailable
from audioguide.speech.piper import CHECKSUM, CONFIG, MODEL, checksum, load
from audioguide.storage import write_whole

_SILENCE_SECONDS = 30.0


def fetch(folder: Path, speaker: str) -> None:
    """Fetch a voice into ``folder``; raise AudioguideError, in one line, where it cannot be had.

    It is loaded once in a folder of its own, then its checksum, its description and, last, the
    model are moved to their place: a voice is there when its model is.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as beside:
        part = Path(beside)
        _download(part, speaker)
        try:
            load(part, speaker)
        except VoiceUnavailable as error:
            raise AudioguideError(
                "The downloaded file for {voice} cannot be used: {reason}",
                voice=speaker,
                reason=error.message,
            ) from error
        write_whole(
            folder / f"{speaker}{CHECKSUM}", checksum(part / f"{speaker}{MODEL}").encode() + b"\n"
        )
        for kind in (CONFIG, MODEL):
            shutil.move(part / f"{speaker}{kind}", folder / f"{speaker}{kind}")


def _download(folder: Path, speaker: str) -> None:
    from piper.download_voices import download_voice  # noqa: PLC0415  an extra

    try:
        with _patience():
            download_voice(speaker, folder)
    except urllib.error.HTTPError as error:
        raise AudioguideError(
            "{voice} is not available: the server says {status}.",
            voice=speaker,
            status=error.code,
        ) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise AudioguideError(
            "{voice} could not be fetched: {reason}. Is there a network?",
            voice=speaker,
            reason=" ".join(str(getattr(reason, "strerror", None) or reason).split()),
        ) from error


@contextmanager
def _patience() -> Iterator[None]:
    """Let a silent server be given up: the downloader itself would wait for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_SILENCE_SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
