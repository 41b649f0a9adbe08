"""A monotonic clock, which nobody sets: it counts on from the start of the machine.

It says the date as the process found it, and what has passed since, also while the machine slept.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_RUNNING = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; elsewhere what counts within a process
_MS = 1_000_000


@dataclass(frozen=True)
class Boot:
    """A run of the machine: its name, and when it began by the date that a process found.

    Two processes that found different dates reckon from ``began_ms`` to each other.
    """

    name: str
    began_ms: int


@cache
def boot() -> Boot:
    """Tell which run of the machine this is; the date is looked at once in each process."""
    return Boot(_name(), round(1000 * time.time()) - _running_ms())


def server_ms() -> int:
    """Return the present moment in milliseconds since 1970; it never jumps within a process."""
    return boot().began_ms + _running_ms()


def moment() -> datetime:
    """Return the present moment by the clock that nobody sets, in UTC."""
    return datetime.fromtimestamp(server_ms() / 1000, UTC)


def _running_ms() -> int:
    if _RUNNING is None:
        return time.monotonic_ns() // _MS
    return time.clock_gettime_ns(_RUNNING) // _MS


def _name() -> str:
    """Name this run of the machine; where it has no name, this process is a run of its own."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()[:36]
    except (OSError, UnicodeError):
        return secrets.token_hex(16)
