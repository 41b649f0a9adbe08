"""What voices on other machines have in common: time-outs, retries, no trust in answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import av

from audioguide.errors import AudioguideError, VoiceUnavailable
from audioguide.speech.believing import believed
from audioguide.speech.decoding import decode
from audioguide.speech.resampling import resample
from audioguide.speech.voice import Samples

SAMPLE_RATE_HZ = 24_000  # both services answer in it (their documentation)
CONNECT_SECONDS = 5
ANSWER_SECONDS = 15
MOST_TRIES = 3
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 8.0  # longer waits are a rest of the voice, not a pause in a narration


class VoiceBusy(AudioguideError):
    """The service could not answer this time, and might the next time."""

    def __init__(self, sentence: str, /, *, wait_s: float = 0.0, **values: object) -> None:
        self.wait_s = wait_s
        super().__init__(sentence, **values)


@dataclass
class Patience:
    """How a service is asked: not too often, again where that helps, never for long.

    A service that has not answered yet is asked once: a network that is away costs one short
    attempt. One that has answered before is tried three times, with growing waits.
    """

    pace_s: float
    wait: Callable[[float], object] = time.sleep
    _has_answered: bool = False
    _asked: float = field(default=-1e9)

    def ask(self, question: Callable[[], bytes]) -> bytes:
        """Ask; raise ``VoiceUnavailable`` where the service stays busy."""
        for attempt in range(1, MOST_TRIES + 1):
            self._keep_pace()
            try:
                answer = question()
            except VoiceBusy as error:
                pause = max(error.wait_s, FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
                is_last = attempt == MOST_TRIES or not self._has_answered
                if is_last or pause > LONGEST_WAIT_SECONDS:
                    raise _unavailable(error) from error
                self.wait(pause)
            else:
                self._has_answered = True
                return answer
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _keep_pace(self) -> None:
        early = self._asked + self.pace_s - time.monotonic()
        if early > 0:
            self.wait(early)
        self._asked = time.monotonic()


def _unavailable(error: VoiceBusy) -> VoiceUnavailable:
    said = error.message
    return VoiceUnavailable(said.sentence, wait_s=error.wait_s, **said.values)


def seconds_to_wait(retry_after: str | None) -> float:
    """Read Retry-After (RFC 9110, 10.2.3): seconds, or a date; 0 where it says nothing."""
    if retry_after is None:
        return 0.0
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - datetime.now(UTC)).total_seconds(), 0.0)


def heard(answer: bytes, sentence: str) -> Samples:
    """Decode an answer to samples at 24 kHz; trust nothing in it.

    Raise ``VoiceUnavailable`` for what is no sound at all, ``VoiceWithoutSound`` for sound that
    cannot be this sentence.
    """
    try:
        samples, rate = decode(answer)
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        raise VoiceUnavailable("The service returned no audio.") from error
    samples = resample(samples, rate, SAMPLE_RATE_HZ) if rate != SAMPLE_RATE_HZ else samples
    return believed(samples, SAMPLE_RATE_HZ, sentence)
