"""Measure what a listener understands of each voice: `python3 scripts/bench.py --ear`.

Whisper base listens to the texts as the guide speaks them, its script and its pauses included, and
is told the language; what it writes is compared with the text. It is no person: a voice that it
understands better is a better voice, but its figures are nobody's ears. It knows too little Kazakh
to judge any. Nothing is sent anywhere, unless --voices names an online voice.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from audioguide.content.proof.names import Person
from audioguide.content.proof.reading import read_lists
from audioguide.content.reading import read_pack
from audioguide.engines import OFFLINE, Voices, engine_of, read_voices, voice_name
from audioguide.errors import AskedWrongly, VoiceFailed, VoiceUnavailable
from audioguide.languages import LANGUAGES, Language, Languages
from audioguide.services.narration import available_voices
from audioguide.services.narration.lexicons import lexicon
from audioguide.services.narration.scripts import Script, script
from audioguide.settings import Settings
from audioguide.speech import piper, registry
from audioguide.speech.mastering import SAMPLE_RATE_HZ, SENTENCE_PAUSE_MS, join, trim
from audioguide.speech.narration import Line
from audioguide.speech.voice import Samples, Voice
from bench import grid, joe
from bench.apart import end_tidily
from bench.candidate import Candidate
from bench.heard import Score, score
from bench.listening import Ear, an_ear

ROOT = Path(__file__).parent.parent.parent
MEDIA = ROOT / "media"
STOPS = 10
JOE = voice_name("piper", joe.SPEAKER)
AT_ONCE_S = 27  # the recogniser listens to half a minute; the pauses are put to it
JUDGED = (Language("ru"), Language("en"))
HEAD = f"{'voice':<30} {'':<2} {'stops':>5} {'words':>6} {'wrong':>6} {'letters':>7}  "
HEAD += f"{'names':>9} {'figures':>9}  sounds like"


@dataclass(frozen=True)
class Text:
    """A stop in one language: its number, and what the voice is given, by paragraph and line."""

    number: int
    language: Language
    lines: Script


@dataclass
class Result:
    """What was understood of a voice, in how many stops, and what they sounded like."""

    voice: str
    language: Language
    score: Score = field(default_factory=Score)
    stops: int = 0
    sounds_like: Counter[str] = field(default_factory=Counter)
    unspoken: int = 0

    @property
    def row(self) -> str:
        """Write the line of the table."""
        got = self.score
        sounds = ", ".join(f"{name} {count}" for name, count in self.sounds_like.most_common(4))
        said = f"{got.words_wrong_percent:>4.0f} % {got.letters_wrong_percent:>5.0f} %  "
        said += f"{_share(got.names_understood, got.names):>9} "
        said += f"{_share(got.figures_understood, got.figures):>9}  {sounds}"
        failed = f"; {self.unspoken} sentences not spoken" if self.unspoken else ""
        return f"{self.voice:<30} {self.language} {self.stops:>5} {got.words:>6} {said}{failed}"


def main() -> None:
    """Measure and print a table."""
    end_tidily()
    asked = arguments()
    told = read_lists(MEDIA, Languages()).people
    languages = [Language(each) for each in asked.language or JUDGED]
    for language in (each for each in languages if each not in JUDGED):
        print(f"{language} is not judged: the recogniser knows too little of it.", flush=True)
    judged = [each for each in languages if each in JUDGED]
    if not judged and not asked.grid:
        return
    with tempfile.TemporaryDirectory() as name, an_ear(Path(name), asked.threads) as ear:
        if asked.grid:
            language = Language(asked.grid)
            texts = texts_of(language, asked.stops)
            grid.search(language, asked.trying, lambda way: listen_to_way(way, texts, ear, told))
            return
        print(HEAD, flush=True)
        for language in judged:
            texts = texts_of(language, asked.stops)
            voices = [*voices_of(language, asked.voices, asked.candidate)]
            if JOE.startswith(asked.only):
                voices += a_real_piper(language, voices, Path(name))
            for voice in (each for each in voices if each.name.startswith(asked.only)):
                print(row(voice, texts, ear, told, asked.transcripts), flush=True)


def arguments() -> argparse.Namespace:
    """Read what is asked, and refuse what cannot be done before anything is installed."""
    parser = argparse.ArgumentParser(prog="bench.py --ear", description=__doc__)
    parser.add_argument(
        "--stops", default=str(STOPS), help=f"how many stops, of all kinds ({STOPS}), or all"
    )
    parser.add_argument("--language", action="append", choices=[str(each) for each in LANGUAGES])
    parser.add_argument(
        "--voices", default=OFFLINE, help="as AUDIOGUIDE_VOICES: auto, offline, en=piper:NAME"
    )
    parser.add_argument(
        "--candidate",
        nargs=3,
        action="append",
        default=[],
        metavar=("LANGUAGE", "NAME", "COMMAND"),
        help="listen to a command, too, that reads a sentence and writes {wav}",
    )
    parser.add_argument("--only", default="", help="leave out voices whose names begin otherwise")
    parser.add_argument("--transcripts", type=Path, help="leave what was heard in this folder")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--grid", choices=[str(each) for each in JUDGED], help="try manners of espeak-ng instead"
    )
    parser.add_argument(
        "--try", dest="trying", action="append", default=[], metavar="NAME=VALUE,VALUE",
        help=f"what the grid tries, of {', '.join(grid.TRIED)}",
    )  # fmt: skip
    asked = parser.parse_args()
    try:
        asked.stops = None if asked.stops == "all" else int(asked.stops)
        asked.voices = read_voices(asked.voices, "--voices")
        asked.trying = grid.read_tried(asked.trying)
    except AskedWrongly as error:
        parser.error(str(error))
    except ValueError as error:
        parser.error(f"{error}")
    for language, *_ in asked.candidate:
        if language not in JUDGED:
            parser.error(f"--candidate speaks one of {', '.join(JUDGED)}, not {language}")
    if asked.stops is not None and asked.stops < 1:
        parser.error("--stops is at least 1, or all")
    return asked


def texts_of(language: Language, stops: int | None) -> Sequence[Text]:
    """Prepare the texts of a language, or of every n-th stop so that the sample is of all kinds."""
    words = lexicon(MEDIA, language)
    spoken = [stop for stop in read_pack(MEDIA).stops if language in stop.words]
    count = len(spoken) if stops is None else min(stops, len(spoken))
    chosen = [spoken[len(spoken) * each // count] for each in range(count)]
    return [
        Text(stop.number, language, script(stop.words[language].text, language, words))
        for stop in chosen
    ]


def voices_of(
    language: Language, voices: Voices, candidates: Sequence[Sequence[str]]
) -> Iterator[Voice]:
    """Make every voice that can speak a language here, and those that are only tried."""
    data = Settings.from_environment().data
    for name in available_voices.wishes(voices, data, Languages()).chains[language]:
        engine = engine_of(name)
        assert engine is not None
        folder = available_voices.folder(data)  # spoken anew: what was said before is older code's
        yield registry.make(engine, name.partition(":")[2], language, folder)
    for for_language, name, command in candidates:
        if for_language == language:
            yield Candidate(name, command)


def row(
    voice: Voice, texts: Sequence[Text], ear: Ear, people: Sequence[Person], kept: Path | None
) -> str:
    """Listen to a voice and write its line of the table, or why it cannot speak."""
    try:
        return listen(voice, texts, ear, people, kept).row
    except VoiceUnavailable as error:
        return f"{voice.name:<30} {texts[0].language} does not speak: {error}"


def a_real_piper(language: Language, there: Sequence[Voice], folder: Path) -> Sequence[Voice]:
    """Give the voice of Piper that lies on PyPI, where its language has none of Piper here."""
    is_there = any(voice.name.startswith("piper:") for voice in there)
    if language != joe.LANGUAGE or is_there or not piper.is_installed():
        return ()
    return (piper.PiperVoice(joe.lay(folder / "joe"), joe.SPEAKER),)


def listen_to_way(
    way: grid.Way, texts: Sequence[Text], ear: Ear, people: Sequence[Person]
) -> Score:
    """Speak texts by espeak-ng in one way, and say what is understood."""
    voice = grid.Marked(texts[0].language, way)
    return listen(voice, texts, ear, people, pause_ms=way.sentence_pause_ms).score


def listen(
    voice: Voice,
    texts: Sequence[Text],
    ear: Ear,
    people: Sequence[Person],
    transcripts: Path | None = None,
    pause_ms: int = SENTENCE_PAUSE_MS,
) -> Result:
    """Speak texts by a voice and compare what is understood with them, one after the other."""
    result = Result(voice.name, texts[0].language)
    for text in texts:
        began, raw = time.monotonic(), []
        passages = list(spoken(voice, text, result, pause_ms))
        for place, (shown, sound) in enumerate(passages):
            heard = ear.listen(sound, text.language, asks=place == 0)
            result.score += score(shown, heard.text, text.language, people)
            if heard.sounds_like not in ("", text.language):
                result.sounds_like[heard.sounds_like] += 1
            raw.append(f"{shown}\n> {heard.text}\n")
        result.stops += 1
        if transcripts is not None:
            keep(transcripts, voice, text, raw)
        seconds = sum(sound.size for _, sound in passages) / SAMPLE_RATE_HZ
        print(
            f"{voice.name} {text.language} {result.stops}/{len(texts)}: {seconds:.0f} s of sound "
            f"in {time.monotonic() - began:.0f} s, so far {result.score.words_wrong_percent:.0f} % "
            "of words wrong",
            file=sys.stderr,
            flush=True,
        )
    return result


def spoken(
    voice: Voice, text: Text, result: Result, pause_ms: int = SENTENCE_PAUSE_MS
) -> Iterator[tuple[str, Samples]]:
    """Speak a text as the guide does, in passages that the recogniser hears at one go."""
    for passage in passages(text.lines, lambda line: say(voice, line, result), voice):
        shown = " ".join(line.shown for paragraph in passage for line, _ in paragraph)
        heard = [[samples for _, samples in paragraph] for paragraph in passage]
        yield shown, join(heard, voice.sample_rate_hz, pause_ms)[0]


Said = list[list[tuple[Line, Samples]]]


def passages(lines: Script, speak: Callable[[Line], Samples], voice: Voice) -> Iterator[Said]:
    """Gather spoken lines, by paragraph, into passages of less than half a minute."""
    passage: Said = []
    seconds = 0.0
    for paragraph in lines:
        passage.append([])
        for line in paragraph:
            samples = speak(line)
            lasts = samples.size / voice.sample_rate_hz + 0.5
            if seconds and seconds + lasts > AT_ONCE_S:
                yield [each for each in passage if each]
                passage, seconds = [[]], 0.0
            passage[-1].append((line, samples))
            seconds += lasts
    if any(passage):
        yield [each for each in passage if each]


def say(voice: Voice, line: Line, result: Result) -> Samples:
    """Say a sentence; one that the voice cannot say is silence, and is counted."""
    try:
        return trim(voice.speak(line.spoken), voice.sample_rate_hz)
    except VoiceFailed as error:
        print(f"{voice.name}: {error}: {line.shown}", file=sys.stderr)
        result.unspoken += 1
        return np.zeros(0, np.float32)


def keep(folder: Path, voice: Voice, text: Text, raw: Sequence[str]) -> None:
    """Leave a stop's passages, each as it is shown and as it was heard."""
    place = folder / f"{voice.name.replace(':', '-')}-{text.language}"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{text.number}.txt").write_text("\n".join(raw), encoding="utf-8")


def _share(understood: int, said: int) -> str:
    return f"{understood} of {said}"


if __name__ == "__main__":
    main()
