"""Listening test: each voice says the same sentences, so that the museum chooses by hearing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audioguide.errors import Message, VoiceFailed, VoiceUnavailable
from audioguide.languages import Language, Languages
from audioguide.operations.opened import Opened
from audioguide.services import museum_languages
from audioguide.services.narration import available_voices, sampling
from audioguide.services.narration.available_voices import Readiness
from audioguide.services.narration.sampling import Sentences
from audioguide.services.staff import spoken_sentences, stop_lookup
from audioguide.storage import make_folder

SENTENCES = 3
_KIND = ".mp3"


@dataclass(frozen=True)
class Text:
    """The first sentences of a stop, the folder for what is made of them, and all languages."""

    stop: str
    sentences: Sentences
    folder: Path
    museum: Languages


@dataclass(frozen=True)
class Sample:
    """What became of one voice: a file and how long it is, or why there is none."""

    voice: str
    file: Path | None = None
    seconds: int = 0
    why: Message | None = None


def choose(opened: Opened, named: str, language: Language) -> Text:
    """Choose the sentences; raise AskedWrongly for a stop that there is not, or without words."""
    settings = opened.settings
    with opened.database.reading() as session:
        stop = stop_lookup.stop_id(session, named)
        told = spoken_sentences.explain(session, stop, language, settings.media, opened.store)
        museum = museum_languages.of_museum(session)
    lines = tuple((each.shown, each.spoken) for each in told.sentences[:SENTENCES])
    folder = settings.data / "listen" / f"{told.stop.replace(' ', '-')}-{language}"
    sentences = Sentences(told.title, language, lines, museum.espeak(language))
    return Text(told.stop, sentences, folder, museum)


def speak(opened: Opened, text: Text) -> Iterator[Sample]:
    """Have each voice say it, best first; what lay in the folder from another time goes."""
    settings = opened.settings
    with opened.database.reading() as session:
        states = available_voices.states_now(session, settings.voices, settings.data)
    make_folder(text.folder)
    for old in text.folder.glob(f"*{_KIND}"):
        old.unlink()
    place = 0
    for state in states:
        if state.language != text.sentences.language:
            continue
        if state.readiness != Readiness.READY:
            yield Sample(state.voice, why=state.why)
            continue
        place += 1
        file = text.folder / f"{place}-{state.voice.replace(':', '-')}{_KIND}"
        try:
            seconds = sampling.sample(
                text.sentences, state.voice, settings.voices, settings.data, file
            )
            yield Sample(state.voice, file, seconds)
        except (VoiceFailed, VoiceUnavailable) as error:
            yield Sample(state.voice, why=error.message)
