"""Child processes: those that `audioguide serve` and `narrate` start, revive and end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from audioguide.settings import Settings

_PATIENCE_SECONDS = 12.0
_KILLED_SECONDS = 5.0
_REVIVE_AFTER_SECONDS = 2.0
_HAS_GROUPS = sys.platform != "win32"
# There is a worker for each core already: threads of numpy's own would only get in their way.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}


class Child:
    """One process that is started again when it ends by itself."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = [sys.executable, "-m", *arguments, "--parent", str(os.getpid())]
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._arguments,
            stdin=subprocess.DEVNULL,
            env=os.environ | _ENVIRONMENT,
            process_group=0 if _HAS_GROUPS else None,  # to be ended with what it has started
        )
        self._began = time.monotonic()

    def replace(self) -> None:
        """End it at once, with every process that it has started, and start it again.

        One that was stopped hears no request to end, and neither do its own children.
        """
        if _HAS_GROUPS:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._wait_for_killed()
        self._start()

    def lives(self) -> bool:
        """Tell whether it runs."""
        return self._process.poll() is None

    def revive(self) -> bool:
        """Start it again if it has ended, but not more often than every other second."""
        if self.lives() or time.monotonic() - self._began <= _REVIVE_AFTER_SECONDS:
            return False
        self._start()
        return True

    def ask_to_end(self) -> None:
        """Ask it to end in order."""
        if self.lives():
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait for its end until the deadline (monotonic), then make it end."""
        try:
            self._process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._wait_for_killed()

    def _wait_for_killed(self) -> None:
        """Wait a while for its end; what waits for a disk that is gone hears not even SIGKILL."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_KILLED_SECONDS)


class Children:
    """The web process and the workers."""

    def __init__(self, settings: Settings) -> None:
        self._count = settings.workers
        self._web: Child | None = None
        self._workers: list[Child] = []

    def start_web(self, host: str, port: int) -> None:
        """Start serving pages."""
        self._web = Child(["audioguide.web.serving", host, str(port)])

    def start_workers(self, *options: str, at_most: int | None = None) -> None:
        """Start speaking, with one process for each core unless told otherwise."""
        count = self._count if at_most is None else min(self._count, at_most)
        self._workers = [Child(["audioguide.worker", *options]) for _ in range(count)]

    def web_lives(self) -> bool:
        """Tell whether the web process runs."""
        return self._web is not None and self._web.lives()

    def replace_web(self) -> None:
        """End a web process that hangs, and start it again."""
        if self._web is not None:
            self._web.replace()

    def workers_live(self) -> bool:
        """Tell whether any worker runs."""
        return any(worker.lives() for worker in self._workers)

    def revive(self) -> bool:
        """Start again what has ended by itself; tell whether the web process had."""
        for worker in self._workers:
            worker.revive()
        return self._web is not None and self._web.revive()

    def stop(self) -> None:
        """End everything in order."""
        for child in self._all():
            child.ask_to_end()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        for child in self._all():
            child.end(deadline)

    def _all(self) -> list[Child]:
        return [*([self._web] if self._web else []), *self._workers]
