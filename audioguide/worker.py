"""The narration worker, in the background: claims wanted narrations, speaks them, keeps them."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from audioguide import processes
from audioguide.db import Database
from audioguide.errors import (
    AudioguideError,
    Message,
    PackBroken,
    VoiceUnavailable,
    VoiceWithoutSound,
    message,
    reason_of_system,
)
from audioguide.languages import Language
from audioguide.operations import narration_jobs
from audioguide.operations.narration_jobs import Keep
from audioguide.operations.opened import Opened
from audioguide.services.narration import available_voices, plan, queue, take_intake, work_report
from audioguide.services.narration.available_voices import MadeVoices
from audioguide.services.narration.queue import Claim
from audioguide.services.narration.scope import EVERYTHING, Scope
from audioguide.settings import Settings
from audioguide.storage import FolderStore

log = logging.getLogger("audioguide.worker")

IDLE_SECONDS = 0.2
TROUBLE_SECONDS = 5.0
RENEW_SECONDS = 5.0
LONGEST_SECONDS = 1800.0  # a voice that hangs for longer loses its claim
SHRINK_EVERY = 20  # better narrations; each adds about a megabyte of sentences
_NICENESS = 10  # pages come first


class Stopped(BaseException):
    """The worker was asked to end in the middle of a narration, or a draft is wanted first."""


class LostClaim(Exception):
    """Another worker has taken the narration over."""


class Worker:
    """Speaks narrations, one after the other, until it is asked to stop."""

    def __init__(
        self, settings: Settings, scope: Scope = EVERYTHING, store: FolderStore | None = None
    ) -> None:
        self._scope = scope
        self._database = Database(settings.database_url)
        self._opened = Opened(settings, self._database, store or FolderStore(settings.store))
        self._voices = MadeVoices(settings.voices, settings.data)
        self._name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._stop = threading.Event()
        self._made = 0
        self._until_done = False
        self._awaited: set[int] = set()

    def stop(self, *_: int | FrameType | None) -> None:
        """Ask the worker to end; what it is speaking goes back into the queue."""
        self._stop.set()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def run(self, *, until_done: bool) -> None:
        """Work until stopped, or until everything wanted has been made or has failed."""
        self._until_done = until_done
        while not self._stop.is_set():
            try:
                if self._did_take():
                    continue
                claimed = self._claim()
                if claimed is not None:
                    self._finish(claimed, partial(self._speak, claimed))
                elif until_done and self._is_done():
                    return
                else:
                    self._stop.wait(IDLE_SECONDS)
            except SQLAlchemyError as error:  # locked for long, or a full disk: try again later
                log.error("%s", " ".join(str(getattr(error, "orig", error)).split()))
                self._stop.wait(TROUBLE_SECONDS)

    def _is_done(self) -> bool:
        """Tell whether nobody has anything left to do: another worker's claim may still lapse."""
        with self._database.reading() as session:
            return work_report.progress(session, self._scope).to_do == 0

    def _claim(self) -> Claim | None:
        return narration_jobs.next_narration(self._opened, self._name, self._scope)

    def _did_take(self) -> bool:
        """Make a recording ready, if one is wanted."""
        taken = narration_jobs.next_take(self._opened, self._name, self._scope)
        if taken is not None:
            self._finish(taken.claim, partial(narration_jobs.record, self._opened, taken))
        return taken is not None

    def _finish(self, claimed: Claim, work: Callable[[Heartbeat], Keep]) -> None:
        """Do the work on one narration; whatever goes wrong with it, the next one goes on."""
        try:
            with Heartbeat(self._database, claimed, self._stop, self._scope) as heartbeat:
                keep = work(heartbeat)
        except Stopped:
            with self._database.writing() as session:
                queue.give_back(session, claimed)
        except LostClaim:
            log.warning("%s %s: taken over by another worker", claimed.stop, claimed.language)
        except (VoiceUnavailable, VoiceWithoutSound) as error:
            self._not_spoken(claimed, error)
        except PackBroken as broken:
            self._await_pack(claimed, broken)
        except AudioguideError as error:
            self._fail(claimed, error.message)
        except MemoryError:
            self._fail(claimed, message("Not enough memory."))
        except OSError as error:
            self._fail(claimed, reason_of_system(error))
        except Exception as error:
            log.exception("%s %s", claimed.stop, claimed.language)
            self._fail(claimed, Message(f"{type(error).__name__}: {error}"))
        else:
            self._keep(claimed, keep)

    def _speak(self, claimed: Claim, heartbeat: Heartbeat) -> Keep:
        return narration_jobs.speak(self._opened, claimed, self._voices, heartbeat)

    def _keep(self, claimed: Claim, keep: Keep) -> None:
        narration_jobs.finish(self._opened, claimed, keep)
        if claimed.voice != plan.DRAFT_VOICE:
            self._made += 1
            if self._made % SHRINK_EVERY == 0:
                available_voices.remembered(self._opened.settings.data).shrink()

    def _fail(self, claimed: Claim, reason: Message) -> None:
        narration_jobs.fail(self._opened, claimed, reason)

    def _not_spoken(self, claimed: Claim, error: VoiceUnavailable | VoiceWithoutSound) -> None:
        log.warning("%s: %s", claimed.voice, error)
        narration_jobs.not_spoken(self._opened, claimed, error)

    def _await_pack(self, claimed: Claim, broken: PackBroken) -> None:
        """Try again what a half-saved file of the pack stands in the way of; twice, or for ever."""
        if self._until_done and claimed.narration_id in self._awaited:
            self._fail(claimed, broken.message)
            return
        log.warning("%s %s: %s", claimed.stop, claimed.language, broken)
        with self._database.writing() as session:
            queue.give_back(session, claimed, behind=True)
        self._awaited.add(claimed.narration_id)
        self._stop.wait(TROUBLE_SECONDS)


class Heartbeat:
    """Keeps a claim while a voice speaks, and notices a wish to end after each sentence.

    The claim is renewed by a thread, since one sentence of a slow voice may last longer than a
    claim; it ends with the process, and a voice that hangs loses its claim in the end.
    """

    def __init__(
        self,
        database: Database,
        claimed: Claim,
        stop: threading.Event,
        scope: Scope = EVERYTHING,
    ) -> None:
        self._database = database
        self._claimed = claimed
        self._stop = stop
        self._scope = scope
        self._is_over = threading.Event()
        self._is_lost = False
        self._thread = threading.Thread(target=self._renew, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def __call__(self) -> None:
        """Raise Stopped or LostClaim where the work should end."""
        if self._is_lost:
            raise LostClaim
        if self._stop.is_set() or self._a_draft_is_first():
            raise Stopped

    def _a_draft_is_first(self) -> bool:
        """Tell whether a slow voice should make way: what it has said already is remembered.

        Of a recording nothing is, so that one is made to its end.
        """
        if self._claimed.voice in (plan.DRAFT_VOICE, take_intake.RECORDING):
            return False
        with self._database.reading() as session:
            return queue.draft_is_waiting(session, self._scope)

    def _renew(self) -> None:
        deadline = time.monotonic() + LONGEST_SECONDS
        while not self._is_over.wait(RENEW_SECONDS) and time.monotonic() < deadline:
            try:
                with self._database.writing() as session:
                    self._is_lost = not queue.renew(session, self._claimed)
            except SQLAlchemyError as error:  # locked for long: the next time will do
                log.warning("%s", " ".join(str(getattr(error, "orig", error)).split()))


def main() -> None:
    """Work as a process of its own, which ends with the one that started it."""
    parser = argparse.ArgumentParser(prog="python -m audioguide.worker")
    parser.add_argument("--parent", type=int, required=True, help="the process to end with")
    parser.add_argument("--until-done", action="store_true", help="end when nothing is wanted")
    parser.add_argument("--stop", type=int, help="id of the only stop to speak")
    parser.add_argument("--language", type=Language, help="the only language to speak")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    processes.end_with(asked.parent)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    worker = Worker(Settings.from_environment(), Scope(asked.stop, asked.language))
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run(until_done=asked.until_done)


if __name__ == "__main__":
    main()
