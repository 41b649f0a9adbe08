"""Speak with Festival, which joins pieces of a real speaker, in a process that may be lost."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from audioguide.engines import voice_name
from audioguide.errors import Message, VoiceFailed, VoiceUnavailable, VoiceWithoutSound, message
from audioguide.languages import Language, facts
from audioguide.speech import festival_letters as letters
from audioguide.speech.voice import Samples, pieces, shortened, speakable

PROGRAM, USUAL_SPEAKER = "festival", "msu_ru_nsh_clunits"
_FOLDER = "russian"  # where Festival keeps the voices whose letters `written` knows
_ROOTS = ("share/festival/voices", "share/festival/lib/voices")

SAMPLE_RATE_HZ = 16_000
_START_SECONDS = 60.0  # it reads 240 MB, on a slow disk
_SENTENCE_SECONDS = 30.0  # it needs a fiftieth of the time that the sound lasts: measured
_IDLE_SECONDS = 2.0  # longer than between two sentences; it holds 450 to 830 MB of memory
_MOST_LETTERS = 300
_MOST_BYTES = 2 * SAMPLE_RATE_HZ * 300  # five minutes: ten times what so many letters last

_SOUND, _READY, _FAILED = b"sound\n", b"ready\n", b"failed\n"
_MOST_LINES, _LONGEST_LINE = 1000, 1000  # of what it tells besides: traces of its own mistakes
_HEAD = struct.Struct("<4s4x4s8xHHI6xH4sI")  # of a WAV file as Festival writes it
_EXPECTED = (b"RIFF", b"WAVE", 1, 1, SAMPLE_RATE_HZ, 16, b"data")  # PCM, mono, 16 bits

# Without `fflush` an answer would wait in its buffer. A mistake in Scheme ends neither process.
_START = '(unwind-protect (begin ({}) (format t "ready\\n")) (format t "failed\\n")) (fflush nil)\n'
_SAY = (
    "(begin (set! said nil)"
    ' (unwind-protect (set! said (utt.synth (Utterance Text "{}"))) (set! said nil))'
    ' (if said (begin (format t "sound\\n") (fflush nil) (utt.save.wave said "-" \'riff))'
    ' (format t "failed\\n")) (fflush nil))\n'
)


class FestivalVoice:
    """Festival with one voice; its process starts with the first sentence, and ends when idle."""

    sample_rate_hz = SAMPLE_RATE_HZ

    def __init__(
        self,
        speaker: str,
        *,
        patience_s: float = _SENTENCE_SECONDS,
        idle_s: float = _IDLE_SECONDS,
    ) -> None:
        self.name = voice_name(PROGRAM, speaker)
        self._speaker = speaker
        self._patience_s, self._idle_s = patience_s, idle_s
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._bedtime: threading.Timer | None = None

    @property
    def settings(self) -> str:
        """Name the voice as it is installed, and the rules by which it is given its sentences."""
        installed = [file.stat() for file in _files(self._speaker)]
        sizes = " ".join(f"{each.st_size} {each.st_mtime_ns}" for each in installed)
        return f"{self.name} {sizes} {letters.digest()}"

    def speak(self, sentence: str) -> Samples:
        """Say one sentence, in pieces where it is long; raise as ``Voice.speak`` does."""
        import numpy as np  # noqa: PLC0415  to list the voices needs none

        from audioguide.speech.believing import believed  # noqa: PLC0415

        text = letters.written(speakable(sentence))
        if not letters.has_letters(text):
            raise VoiceFailed("There is nothing to speak in “{words}”.", words=shortened(sentence))
        with self._lock:
            self._stay_awake()
            try:
                said = b"".join(self._say(piece) for piece in pieces(text, _MOST_LETTERS))
            finally:
                self._go_to_bed_later()
        samples = np.frombuffer(said, "<i2").astype(np.float32) / np.float32(32_768)
        return believed(samples, self.sample_rate_hz, text)

    def close(self) -> None:
        """End the process; the next sentence starts another one."""
        with self._lock:
            self._stay_awake()
            self._lose()

    def _say(self, piece: str) -> bytes:
        try:
            return self._try(piece)
        except _Crashed:  # as a person would: once more, in a new process
            self._lose()
        try:
            return self._try(piece)
        except _Crashed as error:
            self._lose()
            raise VoiceWithoutSound(
                "Festival ended in the middle of “{words}”.", words=shortened(piece)
            ) from error

    def _try(self, piece: str) -> bytes:
        if self._process is None:
            self._process = _start(self._speaker)
        try:
            said = self._process.say(piece, self._patience_s)
        except _Hung as error:
            self._lose()
            raise VoiceWithoutSound(
                "Festival has not said “{words}” within {seconds} s.",
                words=shortened(piece),
                seconds=round(self._patience_s),
            ) from error
        if said is None:
            raise VoiceWithoutSound("Festival cannot say “{words}”.", words=shortened(piece))
        return said

    def _lose(self) -> None:
        if self._process is not None:
            self._process.end()
        self._process = None

    def _stay_awake(self) -> None:
        if self._bedtime is not None:
            self._bedtime.cancel()
        self._bedtime = None

    def _go_to_bed_later(self) -> None:
        self._bedtime = threading.Timer(self._idle_s, self.close)
        self._bedtime.daemon = True
        self._bedtime.start()


def make(speaker: str, _language: Language, _folder: Path) -> FestivalVoice:
    """Make the voice of a speaker."""
    return FestivalVoice(speaker or USUAL_SPEAKER)


def choose(named: str, language: Language, _folder: Path) -> tuple[str, Message | None]:
    """Choose the named speaker, else the usual one, and say what keeps it from speaking."""
    speaker = named or USUAL_SPEAKER
    wrong = what_is_wrong(speaker)
    if wrong is None and PROGRAM not in facts(language).speakers:
        wrong = message("{voice} is Festival's voice of another language.", voice=speaker)
    return speaker, wrong


def what_is_wrong(speaker: str) -> Message | None:
    """Find what can be seen to be missing without starting anything."""
    program = shutil.which(PROGRAM)
    if program is None:
        return message(
            "Festival is not installed. On Debian: apt install festival festvox-ru (242 MB)"
        )
    voices = _files(speaker)
    if not voices:
        return message(
            "Festival is there, its voice {voice} is not. "
            "On Debian: apt install festvox-ru (242 MB)",
            voice=speaker,
        )
    if _FOLDER not in {file.parts[-4] for file in voices}:
        return message("{voice} is Festival's voice of another language.", voice=speaker)
    return None


def _files(speaker: str) -> Sequence[Path]:
    """Find the Scheme files of a voice: LANGUAGE/SPEAKER/festvox/SPEAKER.scm."""
    program = shutil.which(PROGRAM)
    if program is None:
        return ()
    root = Path(program).resolve().parents[1]
    within = f"*/{speaker}/festvox/{speaker}.scm"
    return [file for each in _ROOTS for file in (root / each).glob(within) if file.is_file()]


class _Crashed(Exception):
    """The process has ended, or says what nobody understands."""


class _Hung(Exception):
    """The process was ended, for it took too long."""


class _Process:
    """Festival in a process that ends with its pipe: no idle one outlives a killed worker."""

    def __init__(self, program: str) -> None:
        self._running = subprocess.Popen(
            [program, "--pipe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the worker, which gives back what it has begun
        )
        self._asks = cast("IO[bytes]", self._running.stdin)
        self._answers = cast("IO[bytes]", self._running.stdout)
        self.end = weakref.finalize(self, _end, self._running)

    def load(self, speaker: str) -> bool:
        """Load a voice; return whether it could be loaded."""
        with self._within(_START_SECONDS) as answers:
            self._ask(_START.format(f"voice_{speaker}"))
            return _next(answers, _READY)

    def say(self, piece: str, patience_s: float) -> bytes | None:
        """Say what ``letters.written`` gave: samples of 16 bits, or None where it cannot."""
        with self._within(patience_s) as answers:
            self._ask(_SAY.format(piece))
            return _samples(answers) if _next(answers, _SOUND) else None

    def _ask(self, command: str) -> None:
        self._asks.write(command.encode())
        self._asks.flush()

    @contextmanager
    def _within(self, seconds: float) -> Iterator[IO[bytes]]:
        """Give its answers; raise _Hung where they take too long, _Crashed where they end."""
        is_late = threading.Event()

        def be_late() -> None:
            is_late.set()
            _kill(self._running)  # then there is nothing more to wait for

        alarm = threading.Timer(seconds, be_late)
        alarm.daemon = True
        alarm.start()
        try:
            yield self._answers
        except (OSError, EOFError) as error:
            raise (_Hung if is_late.is_set() else _Crashed) from error
        finally:
            alarm.cancel()
        if is_late.is_set():  # whole, but from a process that is gone
            raise _Hung


def _start(speaker: str) -> _Process:
    """Start Festival with a voice; raise ``VoiceUnavailable`` where that cannot be."""
    wrong = what_is_wrong(speaker)
    if wrong is not None:
        raise VoiceUnavailable(wrong.sentence, **wrong.values)
    process = None
    try:
        process = _Process(shutil.which(PROGRAM) or PROGRAM)
        is_ready = process.load(speaker)
    except (OSError, _Crashed, _Hung) as error:
        if process is not None:
            process.end()
        raise VoiceUnavailable("Festival cannot be started.") from error
    if not is_ready:
        process.end()
        raise VoiceUnavailable("Festival cannot load its voice {voice}.", voice=speaker)
    return process


def _kill(running: subprocess.Popen[bytes]) -> None:
    """End the process and, where a system has groups, what it has started."""
    if not hasattr(os, "killpg"):
        running.kill()
    elif running.poll() is None:
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.killpg(running.pid, signal.SIGKILL)


def _end(running: subprocess.Popen[bytes]) -> None:
    _kill(running)
    for pipe in (running.stdin, running.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:  # what was still to be written has nobody to read it
            continue
    running.wait()


def _next(answers: IO[bytes], wanted: bytes) -> bool:
    """Read to the next answer; return whether it is the wanted one, and not that it failed."""
    for _ in range(_MOST_LINES):
        line = answers.readline(_LONGEST_LINE)
        if line in (wanted, _FAILED):
            return line == wanted
        if not line:
            break
    raise EOFError


def _samples(answers: IO[bytes]) -> bytes:
    head = answers.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    *form, size = _HEAD.unpack(head)
    is_sound = tuple(form) == _EXPECTED and size <= _MOST_BYTES
    samples = answers.read(size) if is_sound else b""
    if len(samples) < size or size % 2:
        raise EOFError
    return samples
