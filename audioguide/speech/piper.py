"""Speak with Piper, neural voices on this machine; its voices are files, and may be broken."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.engines import WITHIN, voice_name
from audioguide.errors import Message, VoiceUnavailable, VoiceWithoutSound, message
from audioguide.languages import Language, facts
from audioguide.speech.voice import Samples, shortened, speakable

if TYPE_CHECKING:
    from piper import PiperVoice as Model

MODEL, CONFIG, CHECKSUM = ".onnx", ".onnx.json", ".sha256"
NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-[A-Za-z0-9_]+-(?:x_low|low|medium|high)")
_POINTER = b"version https://git-lfs"
_SMALLEST_BYTES = 1000
_RATES_HZ = range(8_000, 48_001)
_MOST_LISTED = 8  # of the speakers of a voice; one in English has 904


class PiperVoice:
    """A voice whose files lie in a folder; they are checked and loaded with the first sentence.

    The speaker is the name of the files, and after a # one of several that they hold.
    """

    def __init__(self, folder: Path, speaker: str) -> None:
        self.name = voice_name("piper", speaker)
        self._folder = folder
        self._speaker = speaker
        self._model: Model | None = None

    @property
    def sample_rate_hz(self) -> int:
        """Give the model's own rate."""
        return self._loaded().config.sample_rate

    @property
    def settings(self) -> str:
        """Name the voice and the file that speaks."""
        stat = _files(self._folder, self._speaker)[0].stat()
        return f"{self.name} {stat.st_size} {stat.st_mtime_ns}"

    def speak(self, sentence: str) -> Samples:
        """Say one sentence; raise as ``Voice.speak`` does."""
        text = speakable(sentence)
        model = self._loaded()
        try:
            how = _by_speaker(model, self._speaker)
            chunks = [chunk.audio_float_array for chunk in model.synthesize(text, how)]
        except Exception as error:  # onnxruntime and espeak raise what they like
            raise VoiceWithoutSound("Piper failed: {reason}.", reason=_short(error)) from error
        if not chunks:
            raise VoiceWithoutSound(
                "The voice returned silence for: {words}", words=shortened(sentence)
            )
        import numpy as np  # noqa: PLC0415  to list the voices needs none

        from audioguide.speech.believing import believed  # noqa: PLC0415

        samples = np.concatenate(chunks).astype(np.float32)
        return believed(samples, self.sample_rate_hz, text)

    def _loaded(self) -> Model:
        if self._model is None:
            self._model = load(self._folder, self._speaker)
        return self._model


def make(speaker: str, _language: Language, folder: Path) -> PiperVoice:
    """Make the voice whose files have a speaker's name, which begins with the language."""
    return PiperVoice(folder, speaker)


def choose(named: str, language: Language, folder: Path) -> tuple[str, Message | None]:
    """Choose the named speaker, else one that is there, and say what keeps it from speaking."""
    there = speakers(folder, language)
    speaker = named or next(iter(there), usual_speaker(language))
    if not is_installed():
        return speaker, message("The package piper-tts is not installed.")
    if speaker not in there and not named:
        return speaker, message("No voice is installed.")
    return speaker, what_is_wrong(folder, speaker)


def is_installed() -> bool:
    """Tell whether the package is there; it is not loaded for that."""
    return importlib.util.find_spec("piper") is not None


def speakers(folder: Path, language: Language) -> Sequence[str]:
    """Name the voices of a language whose files are there, the usual one first."""
    names = [
        path.name.removesuffix(MODEL)
        for path in sorted(folder.glob(f"{language.primary}_{language.region}*{MODEL}"))
        if path.with_name(path.name.removesuffix(MODEL) + CONFIG).is_file()
    ]
    return sorted(names, key=lambda name: name != usual_speaker(language))


def usual_speaker(language: Language) -> str:
    """Name the voice that is installed for a language, or "" where we know none."""
    return facts(language).speakers.get("piper", "")


def what_is_wrong(folder: Path, speaker: str) -> Message | None:
    """Find what can be seen to be wrong with a voice's files without loading them."""
    model, config = _files(folder, speaker)
    try:
        with model.open("rb") as file:
            head = file.read(len(_POINTER))
        if head == _POINTER:
            return message("{file} is a pointer of Git LFS, not the voice itself.", file=model.name)
        if model.stat().st_size < _SMALLEST_BYTES:
            return message("{file} is not a whole voice.", file=model.name)
        described = json.loads(config.read_text(encoding="utf-8"))
        rate = described["audio"]["sample_rate"]
        absent = _absent(speaker, described)
    except FileNotFoundError as error:
        return message("{file} is not there.", file=Path(str(error.filename)).name)
    except (OSError, ValueError, KeyError, TypeError):
        return message("{file} cannot be read.", file=config.name)
    return absent if rate in _RATES_HZ else message("{file} cannot be read.", file=config.name)


def several(folder: Path, speaker: str) -> str:
    """List the speakers that a voice holds, by number and name, where it holds more than one."""
    _, config = _files(folder, speaker)
    try:
        described = json.loads(config.read_text(encoding="utf-8"))
        return _listed(described) if described["num_speakers"] > 1 else ""
    except (OSError, ValueError, KeyError, TypeError):  # said by `what_is_wrong` where it matters
        return ""


def checksum(model: Path) -> str:
    """Compute the SHA-256 of a model file."""
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load(folder: Path, speaker: str) -> Model:
    """Load a voice; raise ``VoiceUnavailable`` where it is not whole."""
    wrong = what_is_wrong(folder, speaker) or _wrong_checksum(folder, speaker)
    if wrong is not None:
        raise VoiceUnavailable(wrong.sentence, **wrong.values)
    try:
        piper: Any = importlib.import_module("piper")
        model: Model = piper.PiperVoice.load(_files(folder, speaker)[0])
    except ImportError as error:
        raise VoiceUnavailable("The package piper-tts is not installed.") from error
    except Exception as error:  # onnxruntime has errors of its own, without a common base
        raise VoiceUnavailable(
            "{file} is not a whole voice.",
            file=_files(folder, speaker)[0].name,
            reason=_short(error),
        ) from error
    return model


def _wrong_checksum(folder: Path, speaker: str) -> Message | None:
    model, _ = _files(folder, speaker)
    kept = model.with_name(model.name.removesuffix(MODEL) + CHECKSUM)
    if not kept.is_file():  # put there by hand
        return None
    if kept.read_text(encoding="ascii", errors="replace").split()[:1] == [checksum(model)]:
        return None
    return message("{file} has changed since it was installed.", file=model.name)


def _files(folder: Path, speaker: str) -> tuple[Path, Path]:
    """Name model and description of a voice, whichever of its speakers is meant."""
    name = speaker.partition(WITHIN)[0]
    return folder / f"{name}{MODEL}", folder / f"{name}{CONFIG}"


def _number(within: str, count: int, named: Mapping[str, int]) -> int | None:
    """Find a speaker by the name that the description gives, else by the number."""
    number = named.get(within, int(within) if within.isdecimal() else -1)
    return number if number in range(count) else None


def _absent(speaker: str, described: Mapping[str, Any]) -> Message | None:
    """Say which speakers a voice holds where it has not the one that is meant."""
    name, _, within = speaker.partition(WITHIN)
    if not within:
        return None
    named = dict(described.get("speaker_id_map") or {})
    if _number(within, described.get("num_speakers", 1), named) is not None:
        return None
    return message(
        "{voice} has no speaker “{speaker}”. It has: {known}.",
        voice=name,
        speaker=within,
        known=_listed(described),
    )


def _listed(described: Mapping[str, Any]) -> str:
    count = described.get("num_speakers", 1)
    names = {number: name for name, number in dict(described.get("speaker_id_map") or {}).items()}
    shown = [*range(min(count, _MOST_LISTED)), *range(max(count - 1, _MOST_LISTED), count)]
    listed = [f"{each} ({names[each]})" if each in names else f"{each}" for each in shown]
    return ", ".join(listed[:_MOST_LISTED]) + "".join(
        f" … {last}" for last in listed[_MOST_LISTED:]
    )


def _by_speaker(model: Model, speaker: str) -> Any:
    """Say how a model is to speak by one of its speakers; None leaves it as it comes."""
    within = speaker.partition(WITHIN)[2]
    if not within:
        return None
    piper: Any = importlib.import_module("piper")
    number = _number(within, model.config.num_speakers, model.config.speaker_id_map)
    return piper.SynthesisConfig(speaker_id=number)


def _short(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:120]
