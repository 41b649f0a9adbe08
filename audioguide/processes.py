"""Process supervision: how the processes of one start hang together; none outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time

_LOOK_SECONDS = 0.5
_NEEDED = {"HOME", "LANG", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "TZ"}
_PATIENCE_SECONDS = 3  # for an orderly end; after that the process is gone without one


def end_with(parent: int) -> None:
    """Watch the process that started this one, and end this one soon after it is gone.

    A parent that was killed can tell nobody; without this its children would keep the port
    and go on speaking. ``parent`` comes from the parent itself: asked for here, it would be
    missed if the parent was killed while this process was still loading.
    """
    threading.Thread(target=_watch, args=(parent,), name="end-with-parent", daemon=True).start()


def forget_environment() -> None:
    """Forget what was set for this process, once it has been read, but for what systems need.

    granian copies the environment into each request: that takes time, hands secrets on, and
    lets a variable such as HTTP_PROXY look like a header that a visitor sent.
    """
    for name in set(os.environ) - _NEEDED:
        del os.environ[name]


def parent_of_fork() -> int:
    """Return the process that this one was forked from by multiprocessing."""
    forked_from = multiprocessing.parent_process()
    return os.getppid() if forked_from is None else int(forked_from.pid or 0)


def _watch(parent: int) -> None:
    _wait_for_end_of(parent)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_SECONDS)
    os._exit(1)


def _wait_for_end_of(parent: int) -> None:
    if sys.platform == "win32":  # there a child keeps the number of a parent that is gone
        _wait_on_windows(parent)
        return
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)


def _wait_on_windows(parent: int) -> None:
    import ctypes  # noqa: PLC0415  only there

    synchronize, forever = 0x00100000, 0xFFFFFFFF
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.WaitForSingleObject(kernel.OpenProcess(synchronize, False, parent), forever)
