"""Signals that end a command: SIGTERM as well as Ctrl-C, wherever the program is when one comes."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

AGAIN_SECONDS = 0.05


class Terminated(BaseException):
    """The process was told to end (SIGTERM)."""


_SIGNALS = {KeyboardInterrupt: signal.SIGINT, Terminated: signal.SIGTERM}


def be_ended() -> None:
    """Let SIGTERM raise Terminated, and neither it nor Ctrl-C be lost.

    Python drops what is raised while it collects garbage: such a signal is sent once more.
    """
    signal.signal(signal.SIGTERM, _terminate)
    sys.unraisablehook = _send_again


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _send_again(dropped: UnraisableHookArgs) -> None:
    number = _SIGNALS.get(dropped.exc_type)
    if number is None:
        sys.__unraisablehook__(dropped)
    else:
        threading.Timer(AGAIN_SECONDS, _send, [number]).start()


def _send(number: signal.Signals) -> None:
    if os.name == "nt":  # there os.kill would end the process at once
        _thread.interrupt_main(number)
    else:
        os.kill(os.getpid(), number)
