"""Know the voices of this machine: which are ready, which are not and why, and how to get one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from audioguide import engines
from audioguide.engines import DRAFT, Choice, Engine, Voices, engine_of, voice_name
from audioguide.errors import NOTHING_TO_SAY, Finding, Grade, Message, VoiceFailed, message
from audioguide.languages import Language, Languages, espeak_voices
from audioguide.services import museum_languages
from audioguide.services.narration import backoff, work_report
from audioguide.services.narration.plan import Wishes
from audioguide.speech import registry
from audioguide.speech.voice import Voice

if TYPE_CHECKING:
    from audioguide.speech.remembered import Remembered


class Readiness(StrEnum):
    """Whether a voice can speak: ready, off by the setting, or unavailable for a reason."""

    READY = "ready"
    OFF = "off"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class VoiceState:
    """A voice in one language, whether it can speak, and why not."""

    language: Language
    voice: str
    readiness: Readiness
    why: Message
    is_online: bool


def wishes(voices: Voices, data: Path, languages: Languages) -> Wishes:
    """Find the voices that can speak each language here, best first."""
    ready: dict[Language, list[str]] = {language: [] for language in languages}
    for state in states(voices, data, languages):
        if state.readiness == Readiness.READY:
            ready[state.language].append(state.voice)
    return Wishes(voices, ready)


def states(voices: Voices, data: Path, languages: Languages) -> tuple[VoiceState, ...]:
    """Tell how it stands with every voice of the chains, by language, best first.

    Nothing is loaded and nobody is asked: an online voice is ready until it has failed.
    """
    return tuple(
        _state(choice, language, voices, data)
        for language in languages
        for choice in dict.fromkeys((*voices.allowed[language], *voices.known[language]))
    )


def states_now(session: Session, voices: Voices, data: Path) -> tuple[VoiceState, ...]:
    """Tell the same, and which voices rest because they could not speak."""
    rests = backoff.voices(session)
    return tuple(
        VoiceState(
            state.language,
            state.voice,
            Readiness.UNAVAILABLE,
            message(
                "{reason} The next attempt is after {time} UTC.",
                reason=rest.reason,
                time=f"{rest.until:%H:%M}",
            ),
            state.is_online,
        )
        if rest is not None and state.readiness == Readiness.READY
        else state
        for state in states(voices, data, museum_languages.of_museum(session))
        for rest in (backoff.of(rests, state.voice, state.language),)
    )


class MadeVoices:
    """The voices that one worker has made: each may hold a model, or a connection."""

    def __init__(self, voices: Voices, data: Path) -> None:
        self._voices, self._data = voices, data
        self._made: dict[tuple[str, Language, str], Voice] = {}

    def get(self, name: str, language: Language, espeak: str = "") -> Voice:
        """Give a voice by its name, the same one each time; raise as ``voice`` does."""
        if (name, language, espeak) not in self._made:
            made = voice(name, language, self._voices, self._data, espeak)
            self._made[name, language, espeak] = made
        return self._made[name, language, espeak]


def voice(name: str, language: Language, voices: Voices, data: Path, espeak: str = "") -> Voice:
    """Make a voice by its name; raise VoiceFailed for one that is off, or of no engine.

    ``espeak`` is how espeak-ng calls the language, where the museum says so.
    """
    engine = engine_of(name)
    if engine is None or engine not in {each.engine for each in voices.allowed[language]}:
        raise VoiceFailed("{voice} is switched off by AUDIOGUIDE_VOICES.", voice=name)
    speaker = name.partition(":")[2] or (espeak if engine is DRAFT else "")
    return _voice(engine, speaker, language, data)


def notes(session: Session, voices: Voices, data: Path) -> tuple[Finding, ...]:
    """Say for `check` which voices speak, which cannot and why, and where one stood in."""
    languages = museum_languages.of_museum(session)
    found = [
        Finding(Grade.NOTE, f"voices {language}", _chain_note(language, session, voices, data))
        for language in languages
    ]
    chosen = {choice.engine for each in languages for choice in voices.allowed[each]}
    found += [
        Finding(
            Grade.NOTE,
            f"voices {language}",
            message("{engine} does not speak this language.", engine=engine.name),
        )
        for language in languages
        for engine in engines.ENGINES
        if engine in chosen and not engine.speaks(language)
    ]
    found += [
        Finding(
            Grade.NOTE,
            f"{each.stop} {each.language}",
            message("Not spoken by {voice}: {reason}", voice=each.voice, reason=each.reason),
            message("Run python3 scripts/narrate.py to try again."),
        )
        for each in work_report.fallbacks(session)
    ]
    return (*_no_voices(languages), *found, *_unavailable_notes(session, voices, data))


def _no_voices(languages: Languages) -> Iterator[Finding]:
    """Warn of a language that espeak-ng has no voice of, and none is named for."""
    for language in languages:
        if not languages.espeak(language) and espeak_voices.voice_of(language) is None:
            yield Finding(
                Grade.WARNING,
                f"museum.toml [language.{language}]",
                message(
                    "No voice of espeak-ng speaks {languages}. Choose that of a language which "
                    "sounds like it, and write it into museum.toml: espeak = ...",
                    languages=languages.name(language),
                ),
                NOTHING_TO_SAY,
            )


def lines(voices: Voices, data: Path, languages: Languages) -> Sequence[Message]:
    """Say in plain words which voices are used and what leaves the machine."""
    chains = wishes(voices, data, languages).chains
    said = [
        message("Voices in {language}: {names}.", language=each, names=", ".join(chains[each]))
        for each in languages
    ]
    chosen = {engine_of(name) for chain in chains.values() for name in chain}
    to = sorted({engine.company for engine in chosen if engine and engine.is_online})
    if not to:
        return (*said, message("Nothing leaves this machine."))
    return (
        *said,
        message(
            "The texts are sent to {services} to be spoken; nothing about visitors ever is. "
            "AUDIOGUIDE_VOICES=offline keeps them here.",
            services=", ".join(to),
        ),
    )


def _chain_note(language: Language, session: Session, voices: Voices, data: Path) -> Message:
    ready = [
        state.voice
        for state in states_now(session, voices, data)
        if state.language == language and state.readiness == Readiness.READY
    ]
    return message("The voices, best first: {names}.", names=", ".join(ready))


def _unavailable_notes(session: Session, voices: Voices, data: Path) -> list[Finding]:
    return [
        Finding(
            Grade.NOTE,
            f"voices {state.language}",
            message("{voice} cannot speak: {reason}", voice=state.voice, reason=state.why),
            message("See docs/running.md, Voices."),
        )
        for state in states_now(session, voices, data)
        if state.readiness == Readiness.UNAVAILABLE
    ]


def _state(choice: Choice, language: Language, voices: Voices, data: Path) -> VoiceState:
    speaker, why = registry.choose(choice.engine, choice.speaker, language, folder(data))
    name = voice_name(choice.engine, speaker)
    readiness = Readiness.READY if why is None else Readiness.UNAVAILABLE
    if choice not in voices.allowed[language]:
        readiness, why = Readiness.OFF, message("AUDIOGUIDE_VOICES is {value}.", value=voices.text)
    told = why or _ready(choice.engine, speaker, data)
    return VoiceState(language, name, readiness, told, choice.engine.is_online)


def _ready(engine: Engine, speaker: str, data: Path) -> Message:
    several = registry.several(engine, speaker, folder(data))
    if not several:
        return message("It can speak.")
    return message("It can speak. Its speakers, each named after a #: {known}.", known=several)


def folder(data: Path) -> Path:
    """Name the folder in which Piper's voices lie."""
    return data / "voices"


def remembered(data: Path) -> Remembered:
    """Give the spoken sentences that are kept on the disk."""
    from audioguide.speech.remembered import Remembered  # noqa: PLC0415  loads av

    return Remembered(data / "spoken")


def _voice(engine: Engine, speaker: str, language: Language, data: Path) -> Voice:
    """Make a voice; its engine remembers what it has spoken, if that is slow."""
    made = registry.make(engine, speaker, language, folder(data))
    if not engine.is_remembered:
        return made
    from audioguide.speech.remembered import RememberingVoice  # noqa: PLC0415

    return RememberingVoice(made, remembered(data))
