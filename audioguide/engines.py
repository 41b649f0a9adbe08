"""The registry of engines that speak (text-to-speech), and which of them the operator allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from audioguide.errors import AskedWrongly
from audioguide.languages import Language, facts
from audioguide.languages.generic import exists

AUTO, OFFLINE = "auto", "offline"

WITHIN = "#"
"""Stands before the speaker within a voice that holds several."""

_SPEAKER = re.compile(r"[A-Za-z0-9_-]{1,48}")
# A row holds 64 characters of the engine, the speaker and, where a voice rests, the language.
_SPEAKER_WITHIN = re.compile(rf"(?=.{{1,55}}\Z){_SPEAKER.pattern}(?:{WITHIN}[\w.-]+)?")


@dataclass(frozen=True, eq=False)
class Engine:
    """What makes a computer voice, as far as it is known before its module is loaded.

    ``name`` is used in settings, in rows and in the API. ``module`` is the one of
    ``audioguide.speech`` that speaks, ``package`` what it needs besides, as Python imports it.
    ``company`` is who gets the texts, none for an engine that speaks on this machine.
    It speaks the languages whose facts name a speaker for it, and every one where it
    ``is_for_all``; ``has_speakers`` says that one may be chosen. An engine that ``has_files``
    speaks with files on the disk, and its module says which of them are there. In one that
    ``has_several`` a file may hold several speakers. One that ``is_heavy`` takes so much memory
    that one worker at a time speaks with it.
    """

    name: str
    module: str
    package: str = ""
    company: str = ""
    is_for_all: bool = False
    has_speakers: bool = False
    has_files: bool = False
    has_several: bool = False
    is_heavy: bool = False
    is_remembered: bool = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_online(self) -> bool:
        """Whether it sends the texts to another machine."""
        return bool(self.company)

    @property
    def is_for_one(self) -> bool:
        """Whether it says one narration at a time: a service would block many, memory is short."""
        return self.is_online or self.is_heavy

    def speaks(self, language: Language) -> bool:
        """Tell whether it speaks a language."""
        return self.is_for_all or self.name in facts(language).speakers

    def speaker(self, language: Language) -> str:
        """Return its usual speaker of a language, or "" where it has no names for them."""
        return facts(language).speakers.get(self.name, "") if self.has_speakers else ""

    def takes(self, speaker: str) -> bool:
        """Tell whether a speaker may be named so for it: ``kk_KZ-issai-high#3``."""
        if not (self.has_files or self.has_speakers):
            return False
        return (_SPEAKER_WITHIN if self.has_several else _SPEAKER).fullmatch(speaker) is not None


# speaks faster than a disk could remember: measured
DRAFT = Engine("espeak-ng", module="espeak", is_for_all=True, is_remembered=False)
"""Always there, for it comes as a package with its own data."""

ENGINES: tuple[Engine, ...] = (
    Engine("piper", "piper", "piper", is_for_all=True, has_files=True, has_several=True),
    Engine("gtts", "gtts", "gtts", company="Google"),
    Engine("edge-tts", "edge", "edge_tts", company="Microsoft", has_speakers=True),
    Engine("hibari", "hibari", "hibari"),
    Engine("festival", "festival", has_files=True, is_heavy=True),
    DRAFT,
)
"""The registry of engines, the best first; a new one is a line here and its module in speech."""


@dataclass(frozen=True)
class Choice:
    """An engine, and the speaker that was named for it; without one, the usual speaker."""

    engine: Engine
    speaker: str = ""

    def __str__(self) -> str:
        return voice_name(self.engine, self.speaker)


Chain = tuple[Choice, ...]
"""The choices of one language, the best first, espeak-ng always last."""


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
            if choice.engine.name == engine and choice.speaker in ("", speaker):
                return len(chain) - 1 - place
        return -1

    def preferring(
        self, language: Language, names: Sequence[str], museum: Iterable[Language]
    ) -> str:
        """Write the voices of a museum as AUDIOGUIDE_VOICES has them, others for one language."""
        kept = dict.fromkeys((*museum, *self.allowed))
        chains = {each: [str(choice) for choice in self.allowed[each]] for each in kept}
        return ";".join(
            f"{each}={','.join(listed)}"
            for each, listed in (chains | {language: list(names)}).items()
        )


def read_voices(text: str, name: str) -> Voices:
    """Read ``auto``, ``offline`` or chains as in ``kk=piper;ru=gtts,espeak-ng``.

    A language that no chain names is spoken as with ``offline``. Raise AskedWrongly, with the
    ``name`` of the setting, for anything else.
    """
    words = " ".join(text.split())
    if words == AUTO:
        return Voices(words, _Chains(_usual), _Chains(_usual))
    if words == OFFLINE:
        return Voices(words, _Chains(_at_home), _Chains(_usual))
    if "=" not in words:
        raise AskedWrongly(
            "{name} must be auto, offline, or a chain for each language as in "
            "kk=piper,espeak-ng;ru=gtts,espeak-ng, and it is {value}.",
            name=name,
            value=words,
        )
    chains = _Chains(_at_home, _chains(words, name))
    return Voices(words, chains, chains)


def engine_of(voice: str) -> Engine | None:
    """Return the engine of a voice by its name, or None for a voice that is not a computer's."""
    name = voice.partition(":")[0]
    return next((engine for engine in ENGINES if engine.name == name), None)


def voice_name(engine: Engine | str, speaker: str = "") -> str:
    """Name a voice as rows and the API do: ``piper:kk_KZ-issai-high``."""
    return f"{engine}:{speaker}" if speaker else str(engine)


class _Chains(dict[Language, Chain]):
    """The chains of the languages that were named, and of any other the usual one."""

    def __init__(
        self, usual: Callable[[Language], Chain], named: Mapping[Language, Chain] | None = None
    ) -> None:
        super().__init__(named or {})
        self._usual = usual

    def __missing__(self, language: Language) -> Chain:
        return self._usual(language)


def _usual(language: Language) -> Chain:
    return tuple(Choice(engine) for engine in ENGINES if engine.speaks(language))


def _at_home(language: Language) -> Chain:
    return tuple(each for each in _usual(language) if not each.engine.is_online)


def _chains(words: str, name: str) -> dict[Language, Chain]:
    chains: dict[Language, Chain] = {}
    for part in filter(None, (each.strip() for each in words.split(";"))):
        given, _, listed = part.partition("=")
        language = Language.read(given)
        is_one = language is not None and language == given.strip() and exists(language)
        if language is None or not is_one or language in chains:
            raise AskedWrongly(
                "{name} must name each language once, as kk or uz-Latn, and it names {value}.",
                name=name,
                value=given.strip() or part,
            )
        chosen = [_choice(each.strip(), language, name) for each in listed.split(",")]
        better = tuple(dict.fromkeys(each for each in chosen if each.engine is not DRAFT))
        chains[language] = (*better, Choice(DRAFT))
    return chains


def _choice(word: str, language: Language, setting: str) -> Choice:
    name, colon, speaker = word.partition(":")
    known = {engine.name: engine for engine in ENGINES if engine.speaks(language)}
    engine = known.get(name)
    if engine is None or (colon and not engine.takes(speaker)):
        raise AskedWrongly(
            "{name} names {value}, and the voices for {language} are {known}.",
            name=setting,
            value=word or "—",
            language=language,
            known=", ".join(known),
        )
    return Choice(engine, speaker)
