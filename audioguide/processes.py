"""How the processes of one start hang together: none outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time

_LOOK_SECONDS = 0.5
_PATIENCE_SECONDS = 3  # for an orderly end; after that the process is gone without one


def end_with_parent() -> None:
    """Watch the parent process from a thread and end this process soon after it is gone.

    A parent that was killed can tell nobody; without this its children would keep the port
    and go on speaking.
    """
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="end-with-parent", daemon=True).start()


def _watch(parent: int) -> None:
    _wait_for_end_of(parent)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_SECONDS)
    os._exit(1)


def _wait_for_end_of(parent: int) -> None:
    if sys.platform == "win32":  # there a child keeps the number of a parent that is gone
        started_by = multiprocessing.parent_process()
        if started_by is not None:
            started_by.join()
            return
        _wait_on_windows(parent)
        return
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)


def _wait_on_windows(parent: int) -> None:
    import ctypes  # noqa: PLC0415  only there

    synchronize, forever = 0x00100000, 0xFFFFFFFF
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.WaitForSingleObject(kernel.OpenProcess(synchronize, False, parent), forever)
