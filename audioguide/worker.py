"""The door for time: claims wanted narrations, speaks them, keeps them, commits."""

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
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from audioguide import processes
from audioguide.db import Database
from audioguide.errors import AudioguideError
from audioguide.languages import Language
from audioguide.services import hearing, narrating, speaking, welcoming
from audioguide.services.narrating import EVERYTHING, Claim, Scope
from audioguide.settings import Settings
from audioguide.storage import FolderStore

log = logging.getLogger("audioguide.worker")

IDLE_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
RENEW_SECONDS = 5.0
_NICENESS = 10  # pages come first


class Stopped(BaseException):
    """The worker was asked to end in the middle of a narration."""


class LostClaim(Exception):
    """Another worker has taken the narration over."""


class Worker:
    """Speaks narrations, one after the other, until it is asked to stop."""

    def __init__(self, settings: Settings, scope: Scope = EVERYTHING) -> None:
        self._scope = scope
        self._settings = settings
        self._database = Database(settings.database_url)
        self._store = FolderStore(settings.store)
        self._name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._stop = threading.Event()

    def stop(self, *_: int | FrameType | None) -> None:
        """Ask the worker to end; what it is speaking goes back into the queue."""
        self._stop.set()

    def run(self, *, until_done: bool) -> None:
        """Work until stopped, or until everything wanted has been made or has failed."""
        while not self._stop.is_set():
            try:
                claimed = self._claim()
                if claimed is not None:
                    self._do(claimed)
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
            return hearing.progress(session, self._scope).to_do == 0

    def _claim(self) -> Claim | None:
        with self._database.reading() as session:
            if not narrating.work_is_waiting(session, self._scope):
                return None
        with self._database.writing() as session:
            narrating.give_up_hopeless(session)
            return narrating.claim(session, self._name, self._scope)

    def _do(self, claimed: Claim) -> None:
        """Speak one narration; whatever goes wrong with it, the next one goes on."""
        try:
            with self._database.reading() as session:
                museum = welcoming.museum_name(session, claimed.language)
            spoken = speaking.speak(
                claimed, self._settings.media, self._store, museum, self._heartbeat(claimed)
            )
        except Stopped:
            with self._database.writing() as session:
                narrating.give_back(session, claimed)
        except LostClaim:
            log.warning("%s %s: taken over by another worker", claimed.stop, claimed.language)
        except AudioguideError as error:
            self._fail(claimed, str(error))
        except Exception as error:
            log.exception("%s %s", claimed.stop, claimed.language)
            self._fail(claimed, f"{type(error).__name__}: {error}")
        else:
            with self._database.writing() as session:
                narrating.keep(session, claimed, spoken)

    def _fail(self, claimed: Claim, reason: str) -> None:
        with self._database.writing() as session:
            narrating.fail(session, claimed, reason)

    def _heartbeat(self, claimed: Claim) -> Heartbeat:
        return Heartbeat(self._database, claimed, self._stop)


class Heartbeat:
    """Called after each sentence: keeps the claim, and notices a wish to stop."""

    def __init__(self, database: Database, claimed: Claim, stop: threading.Event) -> None:
        self._database = database
        self._claimed = claimed
        self._stop = stop
        self._renewed = time.monotonic()

    def __call__(self) -> None:
        """Raise Stopped or LostClaim where the work should end."""
        if self._stop.is_set():
            raise Stopped
        if time.monotonic() - self._renewed < RENEW_SECONDS:
            return
        with self._database.writing() as session:
            if not narrating.renew(session, self._claimed):
                raise LostClaim
        self._renewed = time.monotonic()


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
