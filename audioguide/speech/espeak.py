"""Speak with espeak-ng, the voice that is always there, in a process that may be lost."""

from __future__ import annotations

import ctypes
import os
import threading
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np

from audioguide.errors import VoiceFailed
from audioguide.languages import Language, Manner, facts
from audioguide.languages.espeak_voices import voices
from audioguide.speech.voice import Samples, speakable

# Values of espeak-ng/speak_lib.h, version 1.52.
_AUDIO_OUTPUT_SYNCHRONOUS = 2
_INITIALIZE_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1
_PHONEMES = 0x100  # what stands between [[ and ]] is phonemes
_POS_CHARACTER = 1
_RATE, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_PATH_LETTERS = 159

_SAMPLE_RATE_HZ = 22_050
_FULL_SCALE = np.float32(32_768)

_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)

# The library keeps one state for the whole process: two threads would mix their sentences.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class EspeakVoice:
    """espeak-ng in one language; loads the library with the first sentence."""

    language: Language
    name: str = "espeak-ng"
    sample_rate_hz: int = _SAMPLE_RATE_HZ
    manner: Manner | None = None

    @property
    def settings(self) -> str:
        """Name the voice, rate and pitch, and the rules by which words are stressed."""
        stress = facts(self.language).stress
        return f"{self.name} 1.52 {self._manner} {stress.rules_digest() if stress else ''}"

    @property
    def _manner(self) -> Manner:
        return self.manner or facts(self.language).manner

    def speak(self, sentence: str) -> Samples:
        """Say one sentence; raise ``VoiceFailed`` where there is nothing, or no word, to say."""
        text = speakable(sentence)
        with _ONE_AT_A_TIME:
            return _engine().speak(text, self.language, self._manner)


def make(speaker: str, language: Language, _folder: Path) -> EspeakVoice:
    """Make the voice of a language; ``speaker`` is how espeak-ng calls it, where that is said."""
    if not speaker:
        return EspeakVoice(language)
    return EspeakVoice(language, manner=replace(facts(language).manner, voice=speaker))


class _Engine:
    """The loaded library, its data, and the manner that it was last set to."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._manner: Manner | None = None
        self._library = _load()
        # Kept as an attribute: the library goes on calling it, and Python would free it.
        self._callback = _CALLBACK(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, language: Language, manner: Manner) -> Samples:
        self._set(manner)
        self._pieces.clear()
        flags = _CHARS_UTF8
        stress = facts(language).stress
        if stress is not None and "[[" not in text:
            text, flags = stress.stressed(text, self._phonemes), _CHARS_UTF8 | _PHONEMES
        spoken = text.encode("utf-8", "replace")
        status = self._library.espeak_Synth(
            spoken, len(spoken) + 1, 0, _POS_CHARACTER, 0, flags, None, None
        )
        if status != 0:
            raise VoiceFailed("espeak-ng failed with status {status}.", status=status)
        values = np.frombuffer(b"".join(self._pieces), np.int16)
        return values.astype(np.float32) / _FULL_SCALE

    def _phonemes(self, word: str) -> str:
        """Give the library's own phonemes of a word."""
        text = ctypes.create_string_buffer(word.encode())
        place = ctypes.c_void_p(ctypes.addressof(text))
        said = self._library.espeak_TextToPhonemes(ctypes.byref(place), _CHARS_UTF8, 0)
        return (said or b"").decode("utf-8", "replace").strip()

    def _set(self, manner: Manner) -> None:
        if manner == self._manner:
            return
        if not any(map(self._has_set, _broader(manner.voice))):
            raise VoiceFailed("espeak-ng has no voice “{voice}”.", voice=manner.voice)
        settings = {
            _RATE: manner.rate,
            _PITCH: manner.pitch,
            _RANGE: manner.pitch_range,
            _WORD_GAP: manner.word_gap,
        }
        for parameter, value in settings.items():
            self._library.espeak_SetParameter(parameter, value, 0)
        self._manner = manner

    def _has_set(self, voice: str) -> bool:
        names = (voice, voices().get(voice, voice))
        return any(self._library.espeak_SetVoiceByName(each.encode()) == 0 for each in names)

    def _take(self, values: Any, count: int, _events: int | None) -> int:
        if values and count > 0:
            self._pieces.append(ctypes.string_at(values, 2 * count))
        return 0


def _broader(voice: str) -> list[str]:
    """Return a voice's name, and what is left of it without its last parts: zh-hant, zh."""
    parts = voice.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


@cache
def _engine() -> _Engine:
    return _Engine()


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = _within_reach(espeakng_loader.get_data_path())
    except (OSError, RuntimeError) as error:
        raise VoiceFailed("espeak-ng cannot be loaded: {reason}.", reason=error) from error
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_int,
        ctypes.c_int,
    ]
    # Without DONT_EXIT the library would end our process where it finds no data.
    rate = library.espeak_Initialize(
        _AUDIO_OUTPUT_SYNCHRONOUS, 0, os.fsencode(data), _INITIALIZE_DONT_EXIT
    )
    if rate != _SAMPLE_RATE_HZ:
        raise VoiceFailed("espeak-ng does not find its data in {folder}.", folder=data)
    return library


def _within_reach(data: str) -> str:
    """Name the folder so that it fits into the library's 160 bytes for a path.

    A checkout in a deep folder would have no voice at all. On Linux an open folder has a short
    name, which lives as long as the process and leaves nothing behind.
    """
    if len(os.fsencode(data)) <= _PATH_LETTERS:
        return data
    try:
        return f"/proc/self/fd/{os.open(data, os.O_RDONLY)}"
    except OSError as error:
        raise VoiceFailed("espeak-ng cannot use so long a path: {folder}.", folder=data) from error
