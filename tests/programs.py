"""Programs that a test starts, and that are gone with all their children when it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from started import below, lives, without_settings

GRACE_SECONDS = 15


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    home: Path,
    variables: Mapping[str, str] | None = None,
    **how: Any,
) -> Iterator[subprocess.Popen[str]]:
    """Run a program whose home is a folder of the test's own; end it with all its children."""
    homes = {name: str(home) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    environment = without_settings() | homes | dict(variables or {})
    with subprocess.Popen(command, env=environment, text=True, **how) as process:
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Ask a program to end, then end it and whatever it leaves."""
    started = [process.pid, *below(process.pid)]
    process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(lives(pid) for pid in started):
        process.poll()
        time.sleep(0.1)
    for pid in started:
        if lives(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.wait(GRACE_SECONDS)
