"""List the Russian words that a voice stresses otherwise than a kept model: `bench.py --stress`.

silero-stress knows four million forms and looks at the sentence; it is installed by hash into an
environment that goes afterwards (torch is large: 5 GB on Linux). The list is for a person who
decides what goes into media/lexicon/ru.tsv: of names, and of a word with two meanings, the model
often knows less. espeak-ng and Festival are asked for each word alone. What the lexicon marks is
compared, too.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from audioguide.content.reading import read_pack
from audioguide.languages import Language, facts
from audioguide.languages.known.russian.stress import ACUTE, stressed_vowel
from audioguide.services.narration.lexicons import lexicon
from audioguide.services.narration.scripts import script
from audioguide.speech import espeak, festival
from bench.apart import ROOT, end_tidily, python_with
from festival_lexicon import stressed_syllables

MEDIA = ROOT / "media"
ACCENT = Path(__file__).parent / "peers" / "accent.py"
LONGEST_SECONDS = 1800
VOWELS = "аеёиоуыэюя"
Stress: TypeAlias = Callable[[str], int | None]  # of a word: which of its vowels, if it is known
_WORD = re.compile(r"[а-яё\u0301+]+(?:-[а-яё\u0301+]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A word in its sentence: which of its vowels the voice stresses, and which the model."""

    word: str
    voice: int
    model: int
    is_marked: bool
    is_name: bool
    sentence: str

    @property
    def said(self) -> str:
        """Write the word as the voice says it."""
        return marked(self.word, self.voice)

    @property
    def better(self) -> str:
        """Write the word as the model has it."""
        return marked(self.word, self.model)


def main() -> None:
    """Print what differs, the frequent first, each with a sentence."""
    argparse.ArgumentParser(prog="bench.py --stress", description=__doc__).parse_args()
    end_tidily()
    sentences = spoken_sentences()
    with tempfile.TemporaryDirectory() as folder:
        accented = accent([each.replace(ACUTE, "") for each in sentences], Path(folder))
    for voice, stress in voices(sentences):
        print(f"\n{voice}\n")
        for line in report(list(compare(sentences, accented, stress)), voice):
            print(line)


def spoken_sentences() -> Sequence[str]:
    """Prepare every Russian sentence as the voice is given it, the lexicon's marks included."""
    russian = Language("ru")
    words, stops = lexicon(MEDIA, russian), read_pack(MEDIA).stops
    texts = (stop.words[russian].text for stop in stops if russian in stop.words)
    prepared = (script(text, russian, words) for text in texts)
    return [line.spoken for text in prepared for paragraph in text for line in paragraph]


def accent(sentences: Sequence[str], folder: Path) -> Sequence[str]:
    """Have the model set the stress of sentences, in an environment in a folder."""
    python = python_with("stress.txt", folder / "stress")
    ended = subprocess.run(
        [python, ACCENT],
        input=json.dumps(sentences),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=LONGEST_SECONDS,
    )
    accented: Sequence[str] = json.loads(ended.stdout)
    return accented


def voices(sentences: Iterable[str]) -> Iterator[tuple[str, Stress]]:
    """Give each voice that is here with what asks it for the stress of a Russian word."""
    yield "espeak-ng", espeak_stress()
    if festival.what_is_wrong(festival.USUAL_SPEAKER) is None:
        words = {
            plain(part) for each in sentences for part in re.findall(r"[а-яё\u0301]+", each.lower())
        }
        yield "Festival", festival_stress(sorted(words))
    else:
        print("Festival is not asked: apt install festival festvox-ru", file=sys.stderr)


def espeak_stress() -> Stress:
    """Give what asks espeak-ng which vowel of a Russian word it stresses."""
    engine = espeak._engine()
    engine._set(facts(Language("ru")).manner)
    return lambda word: stressed_vowel(word, engine._phonemes(word))


def festival_stress(words: Sequence[str]) -> Stress:
    """Ask Festival's lexicon for words, and give what answers which vowel of one it stresses."""
    found = zip(words, stressed_syllables(words), strict=True)
    known = {word: places[0] for word, places in found if len(places) == 1}
    return known.get


def compare(sentences: Iterable[str], accented: Iterable[str], stress: Stress) -> Iterator[Place]:
    """Give every word of several vowels whose stress is known of both, equal or not."""
    for sentence, by_model in zip(sentences, accented, strict=True):
        ours, theirs = _WORD.findall(sentence), _WORD.findall(by_model)
        if [plain(each) for each in ours] != [plain(each) for each in theirs]:
            continue
        for number, (word, other) in enumerate(zip(ours, theirs, strict=True)):
            parts = zip(word.split("-"), other.split("-"), strict=True)
            yield from _places(parts, sentence, stress, may_be_name=number > 0)


def _places(
    words: Iterable[tuple[str, str]],
    sentence: str,
    stress: Stress,
    *,
    may_be_name: bool,
) -> Iterator[Place]:
    for word, other in words:
        bare = plain(word)
        is_marked = ACUTE in word
        model = vowel_before(other.lower(), "+")
        voice = vowel_before(word, ACUTE) - 1 if is_marked else stress(bare)
        if vowels(bare) > 1 and voice is not None and other.count("+") == 1:
            is_name = may_be_name and word[0].isupper()
            yield Place(bare, voice, model, is_marked, is_name, sentence.replace(ACUTE, ""))


def report(places: Sequence[Place], voice: str) -> Iterator[str]:
    """Write four lists: what differs always, names, by the sentence, and from the lexicon."""
    by_word: Mapping[str, list[Place]] = defaultdict(list)
    for place in places:
        by_word[place.word].append(place)
    differing = [each for each in places if each.voice != each.model]
    one = [each for each in differing if not each.is_marked and _is_one(by_word[each.word])]
    named = {each.word for each in one if each.is_name}
    by_sentence = [each for each in differing if not _is_one(by_word[each.word])]
    lexicon_says = [each for each in differing if each.is_marked and _is_one(by_word[each.word])]
    yield (
        f"{len(places)} words of several vowels, {len(differing)} stressed otherwise by the model"
    )
    always = [each for each in one if each.word not in named]
    names = [each for each in one if each.word in named]
    yield from _listed("always, so a line of the lexicon would do", always, voice)
    yield from _listed("names, at which the model guesses", names, voice)
    yield from _listed("by the sentence, so only with their neighbours", by_sentence, voice)
    yield from _listed("marked in the lexicon, for an eye", lexicon_says, "lexicon")


def _listed(title: str, places: Sequence[Place], whose: str) -> Iterator[str]:
    counted = Counter((each.word, each.said, each.better) for each in places)
    sentences = {(each.word, each.said, each.better): each.sentence for each in reversed(places)}
    yield f"\n{title}: {len(counted)} words at {len(places)} places"
    yield f"model\t{whose}\ttimes\tsentence"
    for key, times in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        yield f"{key[2]}\t{key[1]}\t{times}\t{sentences[key]}"


def _is_one(places: Sequence[Place]) -> bool:
    return len({place.model for place in places}) == 1


def marked(word: str, vowel: int) -> str:
    """Set the stress sign on a vowel by its place."""
    ends = [index + 1 for index, letter in enumerate(word) if letter in VOWELS]
    return word[: ends[vowel]] + ACUTE + word[ends[vowel] :]


def plain(word: str) -> str:
    """Take the signs of stress off a word."""
    return word.replace(ACUTE, "").replace("+", "").lower()


def vowels(word: str) -> int:
    """Count the vowels of a word."""
    return sum(letter in VOWELS for letter in word)


def vowel_before(word: str, sign: str) -> int:
    """Count the vowels before a sign."""
    return vowels(word.lower().partition(sign)[0])


if __name__ == "__main__":
    main()
