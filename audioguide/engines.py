"""The engines that speak (text-to-speech), and which of them the operator allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audioguide.errors import AskedWrongly
from audioguide.languages import LANGUAGES, Language, parse

AUTO, OFFLINE = "auto", "offline"


class Engine(StrEnum):
    """What makes a computer voice; the word is used in settings, in rows and in the API."""

    PIPER = "piper"
    GTTS = "gtts"
    EDGE = "edge-tts"
    ESPEAK = "espeak-ng"

    @property
    def is_online(self) -> bool:
        """Whether it sends the texts to another machine."""
        return self in (Engine.GTTS, Engine.EDGE)


@dataclass(frozen=True)
class Choice:
    """An engine, and the speaker that was named for it; without one, the usual speaker."""

    engine: Engine
    speaker: str = ""


Chain = tuple[Choice, ...]
"""The choices of one language, the best first, espeak-ng always last."""

_DRAFT = Choice(Engine.ESPEAK)
_USUAL = {  # gTTS has no Kazakh (its own list of languages, tts_langs)
    Language.KK: (Choice(Engine.PIPER), Choice(Engine.EDGE), _DRAFT),
    Language.RU: (Choice(Engine.PIPER), Choice(Engine.GTTS), Choice(Engine.EDGE), _DRAFT),
    Language.EN: (Choice(Engine.PIPER), Choice(Engine.GTTS), Choice(Engine.EDGE), _DRAFT),
}
EDGE_SPEAKERS = {
    Language.KK: "kk-KZ-AigulNeural",
    Language.RU: "ru-RU-SvetlanaNeural",
    Language.EN: "en-GB-SoniaNeural",
}
_SPEAKER = re.compile(r"[A-Za-z0-9_-]{1,48}")


@dataclass(frozen=True)
class Voices:
    """What AUDIOGUIDE_VOICES says: which voices speak each language.

    ``allowed`` are those that speak now. ``known`` are those whose sound is preferred to a
    draft, though they may be off today: a night offline does not silence a better voice.
    """

    text: str
    allowed: Mapping[Language, Chain]
    known: Mapping[Language, Chain]

    def preference(self, language: Language, voice: str) -> int:
        """Say how much a voice is preferred: a draft 0, better ones more, a strange one less."""
        engine, _, speaker = voice.partition(":")
        chain = self.known[language]
        for place, choice in enumerate(chain):
            if choice.engine == engine and choice.speaker in ("", speaker):
                return len(chain) - 1 - place
        return -1


def read_voices(text: str, name: str) -> Voices:
    """Read ``auto``, ``offline`` or chains as in ``kk=piper;ru=gtts,espeak-ng``.

    A language that no chain names is spoken as with ``offline``. Raise AskedWrongly, with the
    ``name`` of the setting, for anything else.
    """
    words = " ".join(text.split())
    if words == AUTO:
        return Voices(words, _USUAL, _USUAL)
    if words == OFFLINE:
        return Voices(words, _at_home(), _USUAL)
    if "=" not in words:
        raise AskedWrongly(
            "{name} must be auto, offline, or a chain for each language as in "
            "kk=piper,espeak-ng;ru=gtts,espeak-ng, and it is {value}.",
            name=name,
            value=words,
        )
    chains = _at_home() | _chains(words, name)
    return Voices(words, chains, chains)


def engine_of(voice: str) -> Engine | None:
    """Return the engine of a voice by its name, or None for a voice that is not a computer's."""
    engine = voice.partition(":")[0]
    return Engine(engine) if engine in list(Engine) else None


def voice_name(engine: Engine, speaker: str = "") -> str:
    """Name a voice as rows and the API do: ``piper:kk_KZ-issai-high``."""
    return f"{engine}:{speaker}" if speaker else str(engine)


def _at_home() -> dict[Language, Chain]:
    return {
        language: tuple(each for each in chain if not each.engine.is_online)
        for language, chain in _USUAL.items()
    }


def _chains(words: str, name: str) -> dict[Language, Chain]:
    chains: dict[Language, Chain] = {}
    for part in filter(None, (each.strip() for each in words.split(";"))):
        given, _, listed = part.partition("=")
        language = parse(given) if given.strip() in LANGUAGES else None
        if language is None or language in chains:
            raise AskedWrongly(
                "{name} must name each language once, kk, ru or en, and it names {value}.",
                name=name,
                value=given.strip() or part,
            )
        chosen = [_choice(each.strip(), language, name) for each in listed.split(",")]
        better = tuple(dict.fromkeys(each for each in chosen if each != _DRAFT))
        chains[language] = (*better, _DRAFT)
    return chains


def _choice(word: str, language: Language, name: str) -> Choice:
    engine, colon, speaker = word.partition(":")
    known = {each.engine for each in _USUAL[language]}
    takes_speaker = engine in (Engine.PIPER, Engine.EDGE) and _SPEAKER.fullmatch(speaker)
    if engine not in known or (colon and not takes_speaker):
        raise AskedWrongly(
            "{name} names {value}, and the voices for {language} are {known}.",
            name=name,
            value=word or "—",
            language=language,
            known=", ".join(each.engine for each in _USUAL[language]),
        )
    return Choice(Engine(engine), speaker)
