"""Festival as Debian has it, and programs in its place that end, hang and talk nonsense."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import VoiceFailed, VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import Language
from audioguide.speech import festival as module
from audioguide.speech import festival_letters
from audioguide.speech.decoding import decode
from audioguide.speech.festival import SAMPLE_RATE_HZ, FestivalVoice, choose
from audioguide.speech.festival_letters import written
from audioguide.speech.narration import Line, narrate
from audioguide.speech.tags import Tags
from festival_stand_in import SPEAKS, StandIn
from started import until

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
USUAL = module.USUAL_SPEAKER
SENTENCE = "Сегодня на этом месте стоит музей, и на стене высечены имена."


@pytest.fixture
def voice() -> Iterator[FestivalVoice]:
    made = FestivalVoice(USUAL, patience_s=20)
    yield made
    made.close()


REAL = [pytest.mark.needs_festival, pytest.mark.usefixtures("festival")]


def real(test: Callable[..., None]) -> Callable[..., None]:
    for mark in REAL:
        test = mark(test)
    return test


@real
def test_the_real_voice_says_a_sentence_for_as_long_as_a_person(voice: FestivalVoice) -> None:
    samples = voice.speak(SENTENCE)
    assert samples.dtype == np.float32
    assert 3 < samples.size / voice.sample_rate_hz < 7
    assert 0.1 < np.abs(samples).max() <= 1


@real
def test_the_real_voice_is_at_hand_for_russian_alone(tmp_path: Path) -> None:
    assert choose("", RU, tmp_path) == (USUAL, None)
    assert "another language" in str(choose("", KK, tmp_path)[1])


@real
def test_a_narration_by_the_real_voice_has_its_loudness_and_its_cues(voice: FestivalVoice) -> None:
    shown = ["Здесь помнят людей.", "Их было много.", "Музей открылся в Шымкенте."]
    lines = [[Line(each, each) for each in shown]]
    sound = narrate(lines, voice, Tags("t", "a", "b", Language("ru")))
    assert [cue.text for cue in sound.cues] == shown
    assert sound.loudness_lufs == pytest.approx(-16, abs=0.3)
    for coded in (sound.mp3, sound.webm):
        heard, rate = decode(coded)
        is_loud = np.abs(heard) > 0.003  # 45 dB under the peaks, where a sentence is cut off
        for cue in sound.cues:
            around = slice(cue.start_ms - 150, cue.end_ms + 150)
            loud = np.flatnonzero(is_loud[around.start * rate // 1000 : around.stop * rate // 1000])
            begins, ends = (around.start + loud[place] * 1000 / rate for place in (0, -1))
            assert begins == pytest.approx(cue.start_ms, abs=30)
            assert ends == pytest.approx(cue.end_ms, abs=30)


@real
@pytest.mark.parametrize(
    "sentence",
    [
        "Қазақ елінің ғасырлық тарихы, әңгіме, ұлы өнер һәм үміт.",
        "The NKVD, а также e-mail и Wi-Fi.",
        "Он сказал: «Нет» — и вышел…",
        '(sayText "x") \\ "; (exit) \'',
        "Ъ, - Алма-Ата - А.",
        "ЁЖ ещё жив; так?! Да…",
        "Алма́-Ата́, Жетысу́, самого́, мно́го, ещё́, 漢字.",
    ],
)
def test_the_real_voice_says_what_it_cannot_write(voice: FestivalVoice, sentence: str) -> None:
    assert voice.speak(sentence).size > SAMPLE_RATE_HZ // 2


@real
def test_the_real_voice_says_two_thousand_letters(voice: FestivalVoice) -> None:
    long = ", ".join(["и на стене высечены имена тех, кого здесь держали"] * 40)
    assert len(long) > 2000
    assert 60 < voice.speak(long).size / SAMPLE_RATE_HZ < 300


@real
def test_the_real_voice_moves_the_stress_where_it_is_marked(voice: FestivalVoice) -> None:
    first, last = voice.speak("За́мок стоит."), voice.speak("Замо́к стоит.")
    assert first.size != last.size or not np.array_equal(first, last)
    assert np.array_equal(voice.speak("За́мок стоит."), first)


@real
def test_a_voice_that_the_program_cannot_load_is_unavailable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "what_is_wrong", lambda *_: None)
    with pytest.raises(VoiceUnavailable, match="cannot load its voice no_such_voice"):
        FestivalVoice("no_such_voice").speak("Да.")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Алма́-Ата́.", "алм+а ат+а."),
        ("Се́веро-Казахста́нской", "с+еверо казахст+анской"),
        ("по-каза́хски, кто-то", "по каз+ахски, кто-то"),
        ("самого́ дорого́го", "самов+о дорог+ого"),
        ("мно́го, стро́го", "много, строго"),
        ("ещё́ Жетысу́", "ещё жетыс+у"),
        ("Қасірет ұлы өнер", "касирет улы онер"),
        ("Wi-Fi и NATO, café", "ви-фи и нато, кафе"),
        ("Нет — и вышел", "нет, и вышел"),
        ("«Да», — „нет“", "да, нет"),
        ('"(exit)"', "ексит"),
        ("\\ да + нет +", "да нет"),
        ("- а - б-", "а, б"),
        ("漢字 да.", "да."),
        ("Їжак і Єва, Ґанок", "ижак и ева, ганок"),
    ],
)
def test_a_sentence_is_written_as_the_voice_can_read_it(sentence: str, said: str) -> None:
    assert written(sentence) == said


@pytest.mark.parametrize("sentence", ["", "…!", "🙂", "漢字", "а" * 5000])
def test_what_cannot_be_said_fails_before_anything_is_started(
    stand_in: StandIn, voice: FestivalVoice, sentence: str
) -> None:
    with pytest.raises(VoiceFailed, match=r"nothing to speak|more than 60 letters"):
        voice.speak(sentence)
    assert stand_in.starts() == 0


def test_one_process_says_all_sentences(stand_in: StandIn, voice: FestivalVoice) -> None:
    for _ in range(3):
        assert voice.speak(SENTENCE).size > 0
    assert stand_in.starts() == 1


def test_a_long_sentence_is_cut_at_its_commas(stand_in: StandIn, voice: FestivalVoice) -> None:
    voice.speak(", ".join(["и на стене высечены имена"] * 30))
    assert len(stand_in.asked()) == 3
    assert all(len(piece) <= 300 and piece[-1] in ",а" for piece in stand_in.asked())


def test_a_process_that_ends_is_started_anew_for_the_same_sentence(
    stand_in: StandIn, voice: FestivalVoice
) -> None:
    stand_in.does("    if STARTS.read_text() == '1': sys.exit(11)\n" + SPEAKS)
    assert voice.speak(SENTENCE).size > 0
    assert stand_in.starts() == 2


@pytest.mark.parametrize(
    "does",
    [
        "    sys.exit(11)",
        "    say(sound(text)[:1000]); sys.exit(0)",
        "    say(sound(text, rate=44100))",
        "    say(b'sound\\n' + b'x' * 100)",
        "    say(b'SIOD ERROR: unknown\\n' * 2000)",
        "    say(b'y' * 2_000_000)",
    ],
    ids=["ends", "ends in the sound", "another rate", "no sound", "chatters", "one long line"],
)
def test_a_process_that_ends_or_babbles_twice_is_a_sentence_without_sound(
    stand_in: StandIn, voice: FestivalVoice, does: str
) -> None:
    stand_in.does(does)
    with pytest.raises(VoiceWithoutSound, match="Festival ended in the middle of “сегодня"):
        voice.speak(SENTENCE)
    assert stand_in.starts() == 2


def test_a_process_that_hangs_is_ended_and_not_asked_again(stand_in: StandIn) -> None:
    stand_in.does("    time.sleep(600 if 'имена' in text else 0)\n" + SPEAKS)
    voice, begun = FestivalVoice(USUAL, patience_s=1), time.monotonic()
    with pytest.raises(VoiceWithoutSound, match=r"has not said “сегодня .* within 1 s"):
        voice.speak(SENTENCE)
    assert time.monotonic() - begun < 10
    assert stand_in.starts() == 1
    assert voice.speak("Следующее предложение.").size > 0  # in a new process
    voice.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a script that starts another")
def test_a_process_behind_another_program_is_ended_with_it(stand_in: StandIn) -> None:
    stand_in.does("    time.sleep(3)\n" + SPEAKS)
    behind = stand_in.program.rename(stand_in.program.with_name("behind"))
    stand_in.program.write_text(f'#!/bin/sh\n"{behind}" "$@"\n', encoding="utf-8")
    stand_in.program.chmod(0o755)
    voice = FestivalVoice(USUAL, patience_s=1)
    with pytest.raises(VoiceWithoutSound, match="within 1 s"):
        voice.speak(SENTENCE)
    assert until(lambda: not _lives(stand_in.pid()))


def test_a_sound_of_no_end_is_not_waited_for(stand_in: StandIn, voice: FestivalVoice) -> None:
    stand_in.does("    say(sound(text)[:46] + b'\\xff\\xff\\xff\\x7f'); time.sleep(600)")
    with pytest.raises(VoiceWithoutSound, match="ended in the middle"):
        voice.speak(SENTENCE)


def test_what_was_said_by_another_installed_voice_or_other_rules_is_said_anew(
    stand_in: StandIn, voice: FestivalVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = voice.settings
    assert voice.settings == first
    monkeypatch.setattr(festival_letters, "digest", lambda: "other rules")
    by_rules = voice.settings
    stand_in.scheme.write_text("; a newer voice\n", encoding="utf-8")
    assert len({first, by_rules, voice.settings}) == 3


def test_a_sentence_that_the_program_refuses_is_one_without_sound(
    stand_in: StandIn, voice: FestivalVoice
) -> None:
    stand_in.does("    say(b'failed\\n')")
    with pytest.raises(VoiceWithoutSound, match="Festival cannot say “сегодня"):
        voice.speak(SENTENCE)
    assert stand_in.starts() == 1


def test_sound_that_cannot_be_the_sentence_is_doubted(
    stand_in: StandIn, voice: FestivalVoice
) -> None:
    stand_in.does("    say(sound(''))")
    with pytest.raises(VoiceWithoutSound, match="cannot be “сегодня"):
        voice.speak(SENTENCE)


@pytest.mark.parametrize("script", ["sys.exit(1)", "time.sleep(600)"])
def test_a_program_that_does_not_start_is_an_unavailable_voice(
    stand_in: StandIn, voice: FestivalVoice, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(module, "_START_SECONDS", 1.0)
    stand_in.does(script, head=f"#!{sys.executable}\nimport sys, time\n")
    with pytest.raises(VoiceUnavailable, match="Festival cannot be started"):
        voice.speak(SENTENCE)


def test_a_program_that_may_not_be_run_is_an_unavailable_voice(
    stand_in: StandIn, voice: FestivalVoice
) -> None:
    stand_in.does("", head="not a program\n")
    with pytest.raises(VoiceUnavailable, match="Festival cannot be started"):
        voice.speak(SENTENCE)


def test_an_idle_process_gives_its_memory_back_and_the_next_sentence_starts_one(
    stand_in: StandIn,
) -> None:
    voice = FestivalVoice(USUAL, idle_s=0.1)
    voice.speak(SENTENCE)
    assert until(lambda: not _lives(stand_in.pid()))
    voice.speak(SENTENCE)
    assert stand_in.starts() == 2
    voice.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_process_outlives_a_worker_that_was_killed(stand_in: StandIn) -> None:
    program = (
        "import time\n"
        "from audioguide.speech.festival import FestivalVoice\n"
        f"voice = FestivalVoice({USUAL!r})\n"
        f"voice.speak({SENTENCE!r})\n"
        "print(voice._process._running.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        pid = int(worker.stdout.readline())
        os.kill(pid, 0)  # it lives
        worker.send_signal(signal.SIGKILL)
    assert until(lambda: not _lives(pid))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b"Z" not in Path(f"/proc/{pid}/stat").read_bytes().split()[2:3]


def test_without_the_program_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    speaker, why = choose("", RU, tmp_path)
    assert (speaker, str(why)) == (
        USUAL,
        "Festival is not installed. On Debian: apt install festival festvox-ru (242 MB)",
    )


def test_without_its_voice_it_says_what_to_install(stand_in: StandIn, tmp_path: Path) -> None:
    assert choose("", RU, tmp_path) == (USUAL, None)
    stand_in.scheme.unlink()
    why = str(choose("", RU, tmp_path)[1])
    assert why == (
        f"Festival is there, its voice {USUAL} is not. On Debian: apt install festvox-ru (242 MB)"
    )


def test_a_voice_of_another_language_is_named_as_such(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.has_voice("english", "kal_diphone")
    speaker, why = choose("kal_diphone", RU, tmp_path)
    assert (speaker, str(why)) == (
        "kal_diphone",
        "kal_diphone is Festival's voice of another language.",
    )
    with pytest.raises(VoiceUnavailable, match="another language"):
        FestivalVoice("kal_diphone").speak(SENTENCE)
