"""Let one script at a time do what two at once would spoil; it knows nothing of what that is."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

WINDOWS = os.name == "nt"
LONGEST_S = 3600  # nothing takes so long: the owner's number has gone to another program
PAUSE_S = 0.2


@contextlib.contextmanager
def held(path: Path, notice: str) -> "Iterator[None]":
    """Hold the lock file; while another script has it, wait, saying so once."""
    taken = _take(path)
    if taken is None:
        print(notice, file=sys.stderr, flush=True)
    while taken is None:
        time.sleep(PAUSE_S)
        taken = _take(path)
    try:
        yield
    finally:
        os.close(taken)
        path.unlink(missing_ok=True)


def _take(path: Path) -> "int | None":
    try:
        if WINDOWS or not _owner_lives(path):  # there a file that its owner holds open stays
            path.unlink(missing_ok=True)
        taken = os.open(str(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return None
    except PermissionError:
        if WINDOWS:
            return None
        raise
    os.write(taken, str(os.getpid()).encode())
    return taken


def _owner_lives(path: Path) -> bool:
    try:
        since = path.stat().st_mtime
        owner = int(path.read_text())
        os.kill(owner, 0)
    except (FileNotFoundError, ProcessLookupError):
        return False
    except (ValueError, PermissionError):  # not written yet; or a program of another person
        owner = None
    return owner != os.getpid() and time.time() - since < LONGEST_S
