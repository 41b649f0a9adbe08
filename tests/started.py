"""Start the guide as its operator does, as a process of its own, and end it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import Message
from pathlib import Path
from typing import Any
from unittest import mock

from audioguide import cli

COMMAND = (sys.executable, "-c", "from audioguide.app import main; main()")
PATIENCE_SECONDS = 90  # for a machine that is busy with other tests


def without_settings() -> dict[str, str]:
    """Return this process's environment without any setting of the guide."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AUDIOGUIDE_")}


def command(*arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command of ours to its end, in this process, which has its Python started."""
    out, said = io.StringIO(), io.StringIO()
    variables = without_settings() | dict(environment)
    try:
        with (
            mock.patch.dict(os.environ, variables, clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(said),
        ):
            status = cli.run(arguments)
    except SystemExit as ended:  # of its help
        status = int(ended.code or 0)
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), said.getvalue())


def command_as_process(
    *arguments: str, environment: Mapping[str, str], timeout: float = PATIENCE_SECONDS
) -> subprocess.CompletedProcess[str]:
    """Run a command of ours to its end as its user does, where the process itself is looked at."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=without_settings() | dict(environment),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


class Started:
    """A guide that was started with `audioguide serve`."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *options: str,
        program: Sequence[str | Path] = COMMAND,
    ) -> None:
        self.said = folder / "said.txt"
        self._output = self.said.open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [*program, "serve", "--port", "0", *options],
            env=without_settings() | dict(environment),
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        first: str = until(lambda: self._first_line() or self._ended())
        assert first.startswith("Open http://"), self.said.read_text(encoding="utf-8")
        self.address = first.split()[1].rstrip("/")

    def _first_line(self) -> str | None:
        text = self.said.read_text(encoding="utf-8")
        return text.splitlines()[0] if "\n" in text else None

    def _ended(self) -> str | None:
        return None if self.process.poll() is None else "it has ended"

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """Ask for a path without following redirects; return status, headers, body."""
        request = urllib.request.Request(
            self.address + path,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def stops(self) -> list[dict[str, Any]]:
        """Ask the API for all stops."""
        stops: list[dict[str, Any]] = json.loads(self.get("/api/v1/stops")[2])["stops"]
        return stops

    def wait_for_sound(self, seconds: float = PATIENCE_SECONDS) -> list[dict[str, Any]]:
        """Wait until every stop can be heard in every language."""
        heard: list[dict[str, Any]] = until(
            lambda: (
                (stops := self.stops())
                and all(sound is not None for stop in stops for sound in stop["audio"].values())
                and stops
            ),
            seconds,
        )
        return heard

    def children(self) -> list[int]:
        """Return the process ids of everything below the main process (Linux)."""
        return list(below(self.process.pid))

    def end(self, number: int = signal.SIGTERM) -> int:
        """End it with a signal and return its status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(30)
        self._output.close()
        return status


def fetch_json(address: str) -> Any:
    """Fetch a JSON answer of a guide."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@contextlib.contextmanager
def started(folder: Path, environment: Mapping[str, str], *options: str) -> Iterator[Started]:
    """Start a guide for the length of a test."""
    guide = Started(folder, environment, *options)
    try:
        yield guide
    finally:
        guide.end()


def until(look: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Look again and again until there is something to see, and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.1)
    raise AssertionError(f"nothing to see for {seconds} s")


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that has ended but was not collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def below(pid: int) -> Iterator[int]:
    """Find the process ids of a process's children, and of theirs (Linux)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            child = int(stat.parent.name)
            if stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1] == str(pid):
                yield child
                yield from below(child)
