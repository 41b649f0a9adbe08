from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest

from audioguide.errors import VoiceFailed
from audioguide.languages import LANGUAGES, Language
from audioguide.speech.espeak import EspeakVoice

SENTENCES = {
    Language("kk"): "Бұл жерде мұражай тұр, қабырғасында мыңдаған есім жазылған.",
    Language("ru"): "Сегодня на этом месте стоит музей, и на стене высечены имена.",
    Language("en"): "Today a museum stands on this site, and names are cut into its wall.",
}

# espeak-ng rounds to whole periods of a voice that wavers by chance: no two takes are the same.
SPREAD_S = 0.05


def seconds(language: Language) -> float:
    voice = EspeakVoice(language)
    return voice.speak(SENTENCES[language]).size / voice.sample_rate_hz


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_each_language_is_spoken_for_about_as_long_as_a_person_would_need(
    language: Language,
) -> None:
    voice = EspeakVoice(language)

    samples = voice.speak(SENTENCES[language])

    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 3 < samples.size / voice.sample_rate_hz < 7
    assert 0.1 < np.abs(samples).max() <= 1


def test_the_letters_of_kazakh_alone_are_spoken() -> None:
    voice = EspeakVoice(Language("kk"))

    spoken = {letter: voice.speak(f"{letter}л").tobytes() for letter in "әеөоұүыіқкңн"}

    assert len(set(spoken.values())) == len(spoken)


def test_two_languages_in_turn_do_not_mix() -> None:
    alone = {language: seconds(language) for language in LANGUAGES}
    in_turn = [seconds(language) for language in list(LANGUAGES) * 2]

    assert in_turn == pytest.approx(list(alone.values()) * 2, abs=SPREAD_S)
    assert min(abs(a - b) for a, b in combinations(alone.values(), 2)) > 2 * SPREAD_S


def test_two_threads_do_not_mix_their_sentences() -> None:
    alone = [seconds(language) for language in LANGUAGES]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(seconds, list(LANGUAGES) * 5))

    assert together == pytest.approx(alone * 5, abs=SPREAD_S)


@pytest.mark.parametrize("sentence", ["", "   ", "…!", "—", "🙂", "\x00\x01"])
def test_a_sentence_with_nothing_to_say_fails(sentence: str) -> None:
    with pytest.raises(VoiceFailed, match="nothing to speak"):
        EspeakVoice(Language("kk")).speak(sentence)


def test_a_word_of_sixty_letters_is_spoken_and_one_of_sixty_one_fails() -> None:
    voice = EspeakVoice(Language("ru"))

    assert voice.speak("а" * 60).size > 0
    with pytest.raises(VoiceFailed, match="more than 60 letters"):
        voice.speak("Это " + "а" * 61)


def test_a_zero_character_does_not_end_the_sentence() -> None:
    voice = EspeakVoice(Language("en"))

    cut = voice.speak("One\x00two three four").size
    whole = voice.speak("One two three four").size

    assert cut / voice.sample_rate_hz == pytest.approx(whole / voice.sample_rate_hz, abs=SPREAD_S)


def test_a_voice_travels_to_a_spawned_process() -> None:
    voice = EspeakVoice(Language("en"))

    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        samples = pool.submit(voice.speak, SENTENCES[Language("en")]).result()

    assert samples.size / voice.sample_rate_hz == pytest.approx(
        seconds(Language("en")), abs=SPREAD_S
    )


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_importing_the_voice_loads_no_library() -> None:
    looked = _python(
        "import audioguide.speech.espeak, audioguide.speech.narration, pathlib\n"
        "print('libespeak' in pathlib.Path('/proc/self/maps').read_text())"
    )

    assert looked.stdout.strip() == "False"


def test_missing_data_is_a_failed_voice_and_not_the_end_of_the_process(tmp_path: Path) -> None:
    tried = _speak_with_data_in(tmp_path / "nothing")

    assert "VoiceFailed" in tried.stdout
    assert "does not find its data" in tried.stdout
    assert tried.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="a way round that only Linux has")
def test_a_checkout_in_a_very_deep_folder_still_speaks(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path())

    tried = _speak_with_data_in(deep / "espeak-ng-data")

    assert tried.stdout.startswith("spoken")


def _speak_with_data_in(folder: Path) -> subprocess.CompletedProcess[str]:
    return _python(
        "import espeakng_loader\n"
        "from audioguide.errors import VoiceFailed\n"
        "from audioguide.languages import Language\n"
        "from audioguide.speech.espeak import EspeakVoice\n"
        f"espeakng_loader.get_data_path = lambda: {str(folder)!r}\n"
        "try:\n"
        "    print('spoken', EspeakVoice(Language('kk')).speak('Сәлем').size)\n"
        "except VoiceFailed as error:\n"
        "    print('VoiceFailed', error)\n"
    )


def _python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
    )
