"""Have a real voice speak the guide's texts, and measure: `python3 scripts/bench.py --narrations`.

The voice is Piper's that lies whole on PyPI; it is installed by hash into a folder that goes
afterwards. `--voice ru festival` measures one that is here instead. Measured are narrations, cues
and loudness as they are decoded, speed, and of Piper whether a stress that is given by phonemes is
heard.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audioguide.engines import engine_of, read_voices, voice_name
from audioguide.errors import AskedWrongly, VoiceFailed, VoiceUnavailable
from audioguide.languages import Language, parse
from audioguide.services.narration import available_voices
from audioguide.settings import Settings
from audioguide.speech import registry
from audioguide.speech.cues import Cue
from audioguide.speech.decoding import decode, measure
from audioguide.speech.narration import narrate
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples, Voice
from bench import joe
from bench.alignment import Row
from bench.apart import end_tidily
from bench.ear import Text, texts_of

A_REAL_PIPER = voice_name("piper", joe.SPEAKER)
STOPS = 6
CUE_MS, LOUDNESS_LUFS, OFF_LU = 30, -16.0, 0.3
AROUND_MS = 150  # of a cue: less than half a pause between sentences
# Of a sentence's peak: a little below the 45 dB at which the guide cuts silence off, for mastering
# and coding change levels. A soft end of Festival lies between the two: measured.
EDGE = 10 ** (-48 / 20)
# The same sounds, the stress on the first vowel and on the second.
STRESSES = (("pˈɜːmɪt", "pɜːmˈɪt"), ("ˈɪnsʌlt", "ɪnsˈʌlt"), ("ˈɪmpɔːɹt", "ɪmpˈɔːɹt"))
LOUDER = 1.15
TRIES = 3  # the voice says nothing twice in the same way


@dataclass(frozen=True)
class Spoken:
    """What a narration came to: how long it is and took, its loudness, its worst cue."""

    sentences: int
    sound_s: float
    took_s: float
    mp3_lufs: float
    webm_lufs: float
    ffmpeg_lufs: float | None
    worst_cue_ms: float


def main() -> None:
    """Measure and print a table; end with status 1 where a promise is broken."""
    asked = arguments()
    end_tidily()
    print(f"{'figure':<60} {'measured':>18} {'promised':>14}")
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        if asked.name == A_REAL_PIPER:
            joe.lay(data)
        else:
            data = Settings.from_environment().data
        try:
            for row in rows(data, asked.language, asked.name, asked.stops):
                broken |= not row.is_kept
                print(f"{row.what:<60} {row.measured:>18} {row.promised:>14}", flush=True)
        except (VoiceFailed, VoiceUnavailable) as error:
            sys.exit(f"{asked.name} does not speak: {error}")
    sys.exit(broken)


def arguments() -> argparse.Namespace:
    """Read what is asked."""
    parser = argparse.ArgumentParser(prog="bench.py --narrations", description=__doc__)
    parser.add_argument(
        "--stops", default=str(STOPS), help=f"how many stops, of all kinds ({STOPS}), or all"
    )
    parser.add_argument(
        "--voice", nargs=2, default=(joe.LANGUAGE, A_REAL_PIPER), metavar=("LANGUAGE", "NAME")
    )
    asked = parser.parse_args()
    language, asked.name = asked.voice
    asked.language = parse(language)
    try:
        asked.stops = None if asked.stops == "all" else int(asked.stops)
        read_voices(f"{language}={asked.name}", "--voice")
        if asked.stops is not None and asked.stops < 1:
            raise ValueError("--stops is at least 1, or all")
    except (AskedWrongly, ValueError) as error:
        parser.error(f"{error}")
    return asked


def rows(data: Path, language: Language, name: str, stops: int | None) -> Iterator[Row]:
    """Speak a sample by a voice, and give the lines of the table."""
    engine = engine_of(name)
    assert engine is not None
    folder = available_voices.folder(data)  # spoken anew: nothing that was said before is taken
    voice = registry.make(engine, name.partition(":")[2], language, folder)
    texts = texts_of(language, stops)
    began = time.monotonic()
    voice.speak(texts[0].lines[0][0].spoken)
    yield Row("the voice is loaded, and has said a sentence", f"{time.monotonic() - began:.1f} s")
    spoken = [speak(text, voice) for text in texts]
    yield Row("narrations, of so many texts", f"{len(spoken)} of {len(texts)}")
    yield from figures(spoken)
    if name == A_REAL_PIPER:
        moved = sum(is_stress_heard(voice.speak, *pair) for pair in STRESSES)
        yield Row("words whose stress moves as the phonemes say", f"{moved} of {len(STRESSES)}")


def figures(spoken: Sequence[Spoken]) -> Iterator[Row]:
    """Sum up narrations: how much, how fast, how loud, how true their cues."""
    sound_s, took_s = (sum(getattr(each, key) for each in spoken) for key in ("sound_s", "took_s"))
    yield Row("sentences", str(sum(each.sentences for each in spoken)))
    yield Row("sound", f"{sound_s:.0f} s")
    yield Row("spoken, mastered and coded in", f"{took_s:.0f} s")
    yield Row("times as fast as it lasts", f"{sound_s / took_s:.1f} x")
    yield loudness("loudness of the MP3, decoded", [each.mp3_lufs for each in spoken])
    heard = [each.webm_lufs for each in spoken]
    yield Row("loudness of the WebM, decoded", f"{min(heard):.2f} to {max(heard):.2f}")
    by_ffmpeg = [each.ffmpeg_lufs for each in spoken if each.ffmpeg_lufs is not None]
    if by_ffmpeg:
        yield loudness("loudness of the MP3, by ffmpeg's meter", by_ffmpeg)
    worst = max(each.worst_cue_ms for each in spoken)
    yield Row("the cue that is farthest off", f"{worst:.0f} ms", f"{CUE_MS} ms", worst <= CUE_MS)


def loudness(what: str, heard: Sequence[float]) -> Row:
    """Give the range of what was heard, and whether all of it is as loud as promised."""
    is_kept = all(abs(each - LOUDNESS_LUFS) <= OFF_LU for each in heard)
    said = f"{min(heard):.2f} to {max(heard):.2f}"
    return Row(what, said, f"{LOUDNESS_LUFS:.0f} ± {OFF_LU}", is_kept)


def speak(text: Text, voice: Voice) -> Spoken:
    """Make the narration of a text as the guide does, and measure what came out."""
    began = time.monotonic()
    sound = narrate(text.lines, voice, Tags(f"{text.number}", "bench", voice.name, text.language))
    took_s = time.monotonic() - began
    return Spoken(
        sentences=len(sound.cues),
        sound_s=sound.duration_ms / 1000,
        took_s=took_s,
        mp3_lufs=measure(sound.mp3).loudness_lufs,
        webm_lufs=measure(sound.webm).loudness_lufs,
        ffmpeg_lufs=by_ffmpeg(sound.mp3),
        worst_cue_ms=max(worst_cue_ms(each, sound.cues) for each in (sound.mp3, sound.webm)),
    )


def worst_cue_ms(coded: bytes, cues: Sequence[Cue]) -> float:
    """Decode a sound, and say how far the worst begin or end of a cue is from what is heard."""
    heard, rate = decode(coded)
    worst = 0.0
    for cue in cues:
        start_ms = max(cue.start_ms - AROUND_MS, 0)
        around = np.abs(heard[start_ms * rate // 1000 : (cue.end_ms + AROUND_MS) * rate // 1000])
        loud = np.flatnonzero(around > EDGE * around.max())
        begins, ends = (start_ms + loud[place] * 1000 / rate for place in (0, -1))
        worst = max(worst, abs(begins - cue.start_ms), abs(ends - cue.end_ms))
    return worst


def by_ffmpeg(mp3: bytes) -> float | None:
    """Measure a sound by another's meter, where ffmpeg is there."""
    program = shutil.which("ffmpeg")
    if program is None:
        return None
    command = [program, "-hide_banner", "-i", "pipe:0", "-af", "ebur128", "-f", "null", "-"]
    told = subprocess.run(command, input=mp3, capture_output=True, check=True, timeout=120).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told.decode(errors="replace"))[-1])


def is_stress_heard(say: Callable[[str], Samples], first: str, second: str) -> bool:
    """Tell whether the half of a word that bears the stress is the louder one, in both places."""
    early, late = (
        statistics.median(_first_half_louder(say(f"[[{word}]].")) for _ in range(TRIES))
        for word in (first, second)
    )
    return early > LOUDER * late


def _first_half_louder(samples: Samples) -> float:
    heard = np.flatnonzero(np.abs(samples) > EDGE * np.abs(samples).max())
    halves = np.array_split(samples[heard[0] : heard[-1] + 1], 2)
    first, second = (float(np.sqrt((half**2).mean())) for half in halves)
    return first / max(second, 1e-9)


if __name__ == "__main__":
    main()
