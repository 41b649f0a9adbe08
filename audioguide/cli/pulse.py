"""The liveness probe: ask the web process whether it still answers."""

from __future__ import annotations

import http.client
import threading
import time
from http import HTTPStatus

_EVERY_SECONDS = 3.0
_PATIENCE_SECONDS = 5.0  # a machine under load answers late; one that hangs never does
_START_SECONDS = 60.0  # what never got up within it hangs
_MOST_SILENCES = 5  # in a row: some forty seconds


def answers(host: str, port: int, patience_seconds: float = 2.0) -> bool:
    """Ask the server itself, whatever proxy the house has for its other traffic."""
    try:
        return _answers(host, port, patience_seconds)
    except (OSError, http.client.HTTPException):
        return False


def _answers(host: str, port: int, patience_seconds: float) -> bool:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(here, port, timeout=patience_seconds)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    finally:
        connection.close()


class Pulse:
    """Asks every few seconds, in a thread of its own, so that nothing else waits for an answer."""

    def __init__(
        self,
        host: str,
        port: int,
        every_seconds: float = _EVERY_SECONDS,
        patience_seconds: float = _PATIENCE_SECONDS,
        start_seconds: float = _START_SECONDS,
    ) -> None:
        self._where = (host, port)
        self._every_seconds, self._patience_seconds = every_seconds, patience_seconds
        self._start_seconds = start_seconds
        self.begin_again()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._ask, name="pulse", daemon=True)
        self._thread.start()

    @property
    def is_lost(self) -> bool:
        """Whether a web process that was up is silent several times in a row, or never got up."""
        if self._was_up:
            return self._silences >= _MOST_SILENCES
        return time.monotonic() - self._began > self._start_seconds

    def begin_again(self) -> None:
        """Forget what was: a new process is silent until it is up for the first time."""
        self._was_up, self._silences = False, 0
        self._began = time.monotonic()

    def stop(self) -> None:
        """Ask no more."""
        self._is_over.set()

    def _ask(self) -> None:
        while not self._is_over.wait(self._every_seconds):
            try:
                if _answers(*self._where, self._patience_seconds):
                    self._was_up, self._silences = True, 0
            except TimeoutError:
                self._silences += 1
            except (OSError, http.client.HTTPException):
                continue  # refused: it has ended, and whoever watches it starts it again
