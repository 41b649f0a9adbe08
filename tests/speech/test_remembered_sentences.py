from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from audioguide.speech.remembered import Remembered, RememberingVoice
from audioguide.speech.voice import Samples

RATE = 24_000


class Whistle:
    """A voice that counts how often it has to speak."""

    name = "whistle"
    sample_rate_hz = RATE

    def __init__(self, settings: str = "whistle 1") -> None:
        self.settings = settings
        self.said: list[str] = []

    def speak(self, sentence: str) -> Samples:
        self.said.append(sentence)
        return tone(len(sentence))


def tone(length: int) -> Samples:
    turns = np.arange(length * 1000, dtype=np.float32) / RATE * 440 * 2 * np.pi
    return (0.5 * np.sin(turns)).astype(np.float32)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_sentence_is_spoken_once_and_remembered_as_it_was(tmp_path: Path) -> None:
    whistle = Whistle()
    voice = RememberingVoice(whistle, Remembered(tmp_path / "spoken"))
    first, again = voice.speak("One name."), voice.speak("One name.")
    assert whistle.said == ["One name."]
    assert np.abs(first - again).max() <= 1 / 32_767
    assert (voice.name, voice.sample_rate_hz) == ("whistle", RATE)


def test_another_sentence_and_another_setting_are_spoken(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    slow, quick = Whistle("slow"), Whistle("quick")
    RememberingVoice(slow, remembered).speak("One name.")
    RememberingVoice(slow, remembered).speak("Two names.")
    RememberingVoice(quick, remembered).speak("One name.")
    assert (slow.said, quick.said) == (["One name.", "Two names."], ["One name."])


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_sentence_is_spoken_again(tmp_path: Path, damage: bytes | None) -> None:
    whistle = Whistle()
    voice = RememberingVoice(whistle, Remembered(tmp_path))
    voice.speak("One name.")
    (path,) = kept(tmp_path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content) if damage is None else damage)
    assert voice.speak("One name.").size == tone(9).size
    assert len(whistle.said) == 2
    voice.speak("One name.")
    assert len(whistle.said) == 2


def test_a_disk_that_is_full_costs_the_memory_only(tmp_path: Path) -> None:
    in_the_way = tmp_path / "spoken"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    assert RememberingVoice(Whistle(), Remembered(in_the_way)).speak("One name.").size > 0


def test_what_was_not_used_for_longest_is_let_go_first(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    voice = RememberingVoice(Whistle(), remembered)
    for days_ago, sentence in enumerate(["newest", "middle", "oldest"]):
        voice.speak(sentence)
        newest = max(kept(tmp_path), key=lambda path: path.stat().st_mtime)
        os.utime(newest, (1_000_000 - days_ago, 1_000_000 - days_ago))
    voice.speak("oldest")  # used again: not the oldest any more
    sizes = [path.stat().st_size for path in kept(tmp_path)]
    freed = remembered.shrink(most_bytes=sum(sizes) - 1)
    assert freed in sizes
    whistle = Whistle()
    for sentence in ("newest", "oldest", "middle"):
        RememberingVoice(whistle, remembered).speak(sentence)
    assert whistle.said == ["middle"]


def test_a_memory_within_its_bound_keeps_everything(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    RememberingVoice(Whistle(), remembered).speak("One name.")
    assert remembered.shrink() == 0
    assert len(kept(tmp_path)) == 1
