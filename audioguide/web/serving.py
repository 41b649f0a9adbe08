"""Run the web application under granian; started by `audioguide serve` as its own process."""

from __future__ import annotations

import argparse

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from audioguide import processes

_BUFFER_BYTES = 64 * 1024
APPLICATION = "audioguide.app:create_served_front"


def main() -> None:
    """Serve on the given host and port until told to end."""
    parser = argparse.ArgumentParser(prog="python -m audioguide.web.serving")
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--parent", type=int, required=True, help="the process to end with")
    asked = parser.parse_args()
    server = Granian(
        APPLICATION,
        address=asked.host,
        port=asked.port,
        interface=Interfaces.RSGI,
        factory=True,
        workers=1,
        backlog=2048,
        backpressure=8192,  # its default of half the backlog hangs every visitor beyond that
        workers_kill_timeout=10,
        # What a slow phone has not taken yet: its default of 408 KB is most of a sound.
        http1_settings=HTTP1Settings(max_buffer_size=_BUFFER_BYTES),
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    # The hook runs once the signals are set and before a worker is forked; the thread holds no
    # lock, so that the fork is safe.
    server.on_startup(lambda: processes.end_with(asked.parent))
    server.serve()


if __name__ == "__main__":
    main()
