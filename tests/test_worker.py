from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from av.codec import Codec
from sqlalchemy import select

from audioguide import worker
from audioguide.content.reading import read_pack
from audioguide.errors import VoiceFailed
from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, State, now
from audioguide.operations.narrations import want
from audioguide.services import guide_check
from audioguide.services.narration import (
    available_voices,
    backoff,
    queue,
    speaking,
    work_report,
)
from audioguide.services.narration.scope import EVERYTHING, Scope, reason_of
from audioguide.services.narration.work_report import Progress
from audioguide.services.staff import stop_lookup
from audioguide.speech import coding
from audioguide.speech.espeak import EspeakVoice
from audioguide.storage import FolderStore
from audioguide.worker import Heartbeat, Stopped, Worker
from google_stand_in import URL, answer, in_proportion, piece_of
from killed_workers import crash, prove_all
from museum import World
from started import until
from toy_voice import write_voice
from whistling import whistle

pytestmark = pytest.mark.thorough

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
TEXTS = 4


@pytest.fixture
def google() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def alash(world: World) -> Scope:
    """The stop of Alash alone, in three languages: enough for most of what happens."""
    with world.database.reading() as session:
        return Scope(stop_lookup.stop_id(session, "1"))


def work(world: World, scope: Scope = EVERYTHING, store: Any = None, **variables: str) -> None:
    """Want what these settings want, and let a worker do it to the end."""
    opened = world.opened(**variables)
    want(opened)
    made = Worker(opened.settings, scope, store)
    made.run(until_done=True)
    made.close()


def progress(world: World, language: Language | None = None) -> Progress:
    with world.database.reading() as session:
        return work_report.progress(session, Scope(language=language))


def reasons(world: World) -> set[str]:
    with world.database.reading() as session:
        return {str(each.reason) for each in work_report.failures(session)}


def voices_ready(world: World, language: Language) -> list[str]:
    with world.database.reading() as session:
        query = select(Narration.voice).where(
            Narration.language == language, Narration.state == State.READY
        )
        return sorted(session.scalars(query))


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a stand-in without the pace that a real service needs."""
    monkeypatch.setattr("audioguide.speech.gtts._PACE_SECONDS", 0.0)


def test_an_online_voice_speaks_after_the_drafts_and_one_new_sentence_is_asked_alone(
    world: World, google: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    google.add_callback("POST", URL, in_proportion)
    work(world, VOICES="ru=gtts")
    assert voices_ready(world, RU) == ["espeak-ng"] * TEXTS + ["gtts"] * TEXTS
    asked = [piece_of(call.request) for call in google.calls]
    assert len(asked) == len(set(asked))  # what all four stops say was asked once
    world.edit("stops/1-alash/ru.md", "Не торопитесь.", "Идите медленно.")
    world.bring()
    google.calls.reset()
    work(world, VOICES="ru=gtts")
    assert [piece_of(call.request) for call in google.calls] == ["Идите медленно."]


def test_a_network_that_is_away_costs_one_attempt_and_no_draft(
    world: World, google: responses.RequestsMock
) -> None:
    google.add("POST", URL, body=requests.ConnectionError("no network"))
    work(world, alash(world), VOICES="ru=gtts;en=gtts")
    assert len(google.calls) == 1
    with world.database.reading() as session:
        found = work_report.progress(session, alash(world))
    assert (found.ready, found.to_do, found.failed, found.waiting) == (3, 0, 0, 2)
    with world.database.reading() as session:
        rest = backoff.voices(session)["gtts"]
    assert str(rest.reason) == "translate.google.com does not answer."


def test_a_service_that_cannot_say_a_text_fails_that_text_alone(
    world: World, google: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)

    def speak(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        told = in_proportion(request)
        return (200, {}, '["wrb.fr","jQ1olc",null]') if "Алаша" in piece_of(request) else told

    google.add_callback("POST", URL, speak)
    work(world, VOICES="ru=gtts")
    assert voices_ready(world, RU) == ["espeak-ng"] * TEXTS + ["gtts"] * (TEXTS - 1)
    with world.database.reading() as session:
        (fallback,) = work_report.fallbacks(session)
    assert "gives no sound for “Это Лидеры Алаша.”" in str(fallback.reason)
    assert progress(world).failed == 0


def a_sound(seconds: float) -> Any:
    return lambda _: (200, {}, answer(whistle(seconds)))


WITHOUT_SOUND: dict[str, Any] = {
    "nothing": lambda _: (200, {}, answer(None)),
    "a sound too short": a_sound(0.1),
    "a sound too long": a_sound(60),
    "silence": lambda _: (200, {}, answer(whistle(3.0, 0.0))),
    "a page": lambda _: (200, {}, "<!doctype html>Before you continue"),
}


def states(world: World, voice: str) -> list[str]:
    with world.database.reading() as session:
        query = select(Narration.state).where(Narration.voice == voice)
        return list(session.scalars(query.order_by(Narration.id)))


@pytest.mark.parametrize("said", WITHOUT_SOUND.values(), ids=WITHOUT_SOUND)
def test_a_service_without_sound_for_any_text_fails_none_and_rests(
    world: World, google: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch, said: Any
) -> None:
    quick(monkeypatch)
    google.add_callback("POST", URL, said)
    work(world, VOICES="ru=gtts")
    assert states(world, "gtts") == [State.WANTED] * TEXTS
    assert len(google.calls) <= backoff.IN_A_ROW
    assert (progress(world).failed, progress(world).to_do) == (0, 0)
    with world.database.reading() as session:
        assert backoff.of(backoff.voices(session), "gtts", RU) is not None


def test_a_service_without_sound_in_one_language_speaks_the_other(
    world: World, google: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)

    def speak(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        is_russian = any("а" <= letter <= "я" for letter in piece_of(request).lower())
        return (200, {}, answer(None)) if is_russian else in_proportion(request)

    google.add_callback("POST", URL, speak)
    work(world, VOICES="ru=gtts;en=gtts")
    assert voices_ready(world, EN) == ["espeak-ng"] * TEXTS + ["gtts"] * TEXTS
    assert voices_ready(world, RU) == ["espeak-ng"] * TEXTS
    assert (progress(world).failed, progress(world).waiting) == (0, TEXTS)


def test_a_service_that_has_found_its_voice_again_speaks_what_waited(
    world: World, google: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    google.add_callback("POST", URL, WITHOUT_SOUND["nothing"])
    work(world, VOICES="ru=gtts")
    google.reset()
    google.add_callback("POST", URL, in_proportion)
    with world.database.writing() as session:
        backoff.wake_all(session)
    work(world, VOICES="ru=gtts")
    assert states(world, "gtts") == [State.READY] * TEXTS


@pytest.mark.parametrize("bad", [1, 2])
def test_one_or_two_bad_texts_fail_alone_and_the_voice_does_not_rest(
    world: World, google: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch, bad: int
) -> None:
    quick(monkeypatch)
    words = ("Лидеры", "Голод")[:bad]

    def speak(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        is_bad = any(word in piece_of(request) for word in words)
        return (200, {}, answer(None)) if is_bad else in_proportion(request)

    google.add_callback("POST", URL, speak)
    work(world, VOICES="ru=gtts")
    assert sorted(states(world, "gtts")) == [State.FAILED] * bad + [State.READY] * (TEXTS - bad)
    with world.database.reading() as session:
        assert backoff.voices(session) == {}


def test_a_piper_voice_that_gives_no_sound_rests(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_voice(world.settings.data / "voices", "ru_RU-irina-medium", loudness=0.0)
    work(world)
    assert states(world, "piper:ru_RU-irina-medium") == [State.WANTED] * TEXTS
    assert (progress(world).failed, progress(world).waiting) == (0, TEXTS)
    assert list((world.settings.data / "spoken").glob("*.flac")) == []


@pytest.mark.parametrize(("voices", "leaves"), [("offline", False), ("auto", True)])
def test_offline_nothing_leaves_the_machine(
    world: World, monkeypatch: pytest.MonkeyPatch, voices: str, leaves: bool
) -> None:
    asked: list[Any] = []

    def refuse(*arguments: Any, **_: Any) -> Any:
        asked.append(arguments)
        raise OSError(errno.ENETUNREACH, "no way out")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    work(world, alash(world), VOICES=voices)
    assert bool(asked) == leaves
    assert progress(world).ready == 3


def test_a_piper_voice_that_is_installed_speaks_and_a_broken_one_gives_way(world: World) -> None:
    folder = world.settings.data / "voices"
    write_voice(folder, "kk_KZ-issai-high")
    broken = write_voice(folder, "ru_RU-irina-medium")
    broken.write_bytes(broken.read_bytes()[:1500])
    work(world, alash(world))
    assert voices_ready(world, KK) == ["espeak-ng", "piper:kk_KZ-issai-high"]
    assert voices_ready(world, RU) == ["espeak-ng"]
    assert (progress(world).failed, progress(world).waiting) == (0, TEXTS)
    with world.database.reading() as session:
        settings = world.settings
        states = available_voices.states_now(session, settings.voices, settings.data)
    (russian,) = [each for each in states if each.voice == "piper:ru_RU-irina-medium"]
    assert russian.readiness == available_voices.Readiness.UNAVAILABLE
    assert "ru_RU-irina-medium.onnx is not a whole voice." in str(russian.why)


class FullOnce(FolderStore):
    """A disk that is full when the first sound is to be kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.is_full = True

    def keep(self, content: bytes, kind: str) -> str:
        if self.is_full:
            self.is_full = False
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().keep(content, kind)


def test_a_full_disk_fails_that_one_narration_in_plain_words(world: World) -> None:
    work(world, alash(world), FullOnce(world.settings.store))
    assert reasons(world) == {"The disk is full."}
    assert (progress(world).ready, progress(world).failed) == (2, 1)


def test_a_lexicon_that_is_half_saved_fails_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world.media / "lexicon").mkdir()
    lexicon = world.media / "lexicon/ru.tsv"
    lexicon.write_text("no tab here\n", encoding="utf-8")

    def save(*_: object) -> None:
        lexicon.write_text("Алаша\tАла́ша\n", encoding="utf-8")

    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.0)
    monkeypatch.setattr(worker.log, "warning", save)
    work(world, alash(world))
    assert [progress(world, each).failed for each in LANGUAGES] == [0, 0, 0]
    assert voices_ready(world, RU) == ["espeak-ng"]


def test_a_lexicon_with_a_mistake_fails_its_language_and_the_others_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.0)
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/ru.tsv").write_text("no tab here\n", encoding="utf-8")
    work(world, alash(world))
    assert [progress(world, each).failed for each in LANGUAGES] == [0, 1, 0]
    (reason,) = reasons(world)
    assert reason.startswith("media/lexicon/ru.tsv:1: The line has 1 columns, not two.")


@pytest.mark.skipif(sys.platform != "linux", reason="a file that cannot be read, of /proc")
def test_a_lexicon_that_cannot_be_read_fails_its_language_and_the_others_go_on(
    world: World,
) -> None:
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/ru.tsv").symlink_to("/proc/self/mem")
    work(world, alash(world))
    assert [progress(world, each).failed for each in LANGUAGES] == [0, 1, 0]
    (reason,) = reasons(world)
    assert "the disk does not give it back" in reason


def test_where_a_voice_brings_the_program_down_the_next_one_follows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = world.opened(VOICES="ru=gtts,edge-tts")
    want(opened)
    while (claimed := claim(world)).voice != "gtts":
        world.keep(claimed)
    with world.database.writing() as session:
        row = session.get_one(Narration, claimed.narration_id)
        row.claimed_until = now() - timedelta(seconds=1)
        row.attempts = queue.MOST_ATTEMPTS
    made = Worker(opened.settings)
    monkeypatch.setattr(queue, "claim", lambda *_: None)
    made._claim()
    made.close()
    with world.database.reading() as session:
        row = session.get_one(Narration, claimed.narration_id)
        others = select(Narration.voice).where(Narration.stop_id == row.stop_id)
        voices = set(session.scalars(others.where(Narration.language == RU)))
    assert str(reason_of(row.reason)) == "The program stopped 3 times while working on this."
    assert any(voice.startswith("edge-tts") for voice in voices)


def claim(world: World) -> queue.Claim:
    claimed = world.claim("me")
    assert claimed is not None
    return claimed


def test_a_missing_coder_is_a_plain_reason(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "encode_webm", lambda *_: Codec("no_such_coder", "w"))
    voice = EspeakVoice(Language("kk"))

    with pytest.raises(VoiceFailed, match="The coder no_such_coder is missing"):
        speaking.speak(claim(world), voice, world.media, world.store, "Museum", lambda: None)


def test_a_claim_is_renewed_while_a_single_sentence_lasts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RENEW_SECONDS", 0.05)
    claimed = claim(world)

    def claimed_until() -> Any:
        with world.database.reading() as session:
            return session.get_one(Narration, claimed.narration_id).claimed_until

    before = claimed_until()
    with Heartbeat(world.database, claimed, threading.Event()):
        assert until(lambda: claimed_until() > before, seconds=20)


def test_a_claim_that_was_taken_over_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RENEW_SECONDS", 0.05)
    claimed = claim(world)
    with world.database.writing() as session:
        session.get_one(Narration, claimed.narration_id).claimed_by = "somebody else"
    with Heartbeat(world.database, claimed, threading.Event()) as heartbeat:
        assert until(lambda: is_lost(heartbeat), seconds=20)


def is_lost(heartbeat: Heartbeat) -> bool:
    try:
        heartbeat()
    except worker.LostClaim:
        return True
    return False


def test_a_better_voice_makes_way_for_a_draft_that_is_wanted(world: World) -> None:
    want(world.opened(VOICES="ru=gtts"))
    while (claimed := claim(world)).voice != "gtts":
        world.keep(claimed)
    heartbeat = Heartbeat(world.database, claimed, threading.Event())
    heartbeat()
    world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    world.bring()
    with pytest.raises(Stopped):
        heartbeat()


BAD_TEXTS = {
    "a word of 4,000 letters": ("Aa" * 2000 + " stands here.", "more than 60 letters"),
    "20,000 characters": (
        "\n\n".join(["One more sentence. " * 200] * 6),
        "characters; a stop may have 10000",
    ),
}


@pytest.mark.parametrize(("text", "said"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_that_cannot_be_spoken_says_why(world: World, text: str, said: str) -> None:
    world.edit("stops/1-alash/en.md", "Take your time. Read one name.", text)
    world.bring()
    work(world, alash(world))
    (reason,) = reasons(world)
    assert said in reason
    assert len(reason) < 400
    assert progress(world).ready == 2


def test_an_emoji_within_a_sentence_does_not_stop_the_voice(world: World) -> None:
    world.edit("stops/1-alash/en.md", "Take your time.", "Take your time 🙂🕯️.")
    world.bring()
    work(world, alash(world))
    assert progress(world, EN).ready == 1


def test_a_sentence_that_no_voice_can_say_leaves_no_stop_without_sound(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = EspeakVoice.speak
    monkeypatch.setattr(
        EspeakVoice, "speak", lambda self, said: speak(self, said) * ("time" not in said)
    )
    work(world, alash(world))
    assert (progress(world, EN).ready, progress(world).failed) == (1, 0)
    with world.database.reading() as session:
        (noted,) = work_report.noted(session)
        found = [
            str(each) for each in guide_check.check(session, read_pack(world.media), world.store)
        ]
    assert noted.language == EN
    assert "passed over: “Take your time.”" in str(noted.reason)
    assert sum("passed over: “Take your time.”" in each for each in found) == 1


def test_a_worker_killed_at_any_moment_loses_doubles_and_halves_nothing(world: World) -> None:
    crash(world, times=5, seed=1)
    prove_all(world, rows=12)


def test_nor_does_a_worker_killed_while_a_neural_voice_speaks(world: World) -> None:
    write_voice(world.settings.data / "voices", "kk_KZ-issai-high")
    want(world.opened())
    crash(world, times=5, seed=2)
    prove_all(world, rows=12 + TEXTS)
