"""Run the web application under granian; started by `audioguide serve` as its own process."""

from __future__ import annotations

import argparse

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from audioguide import processes

# The most that a head may have, and that is held for a phone which does not take it: granian's
# default of 408 KB is most of a sound.
_BUFFER_BYTES = 16 * 1024
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
        # Browsers speak HTTP/2 over TLS alone, and a front server speaks HTTP/1.1 to us; granian
        # closes no connection of HTTP/2 that says nothing, and bounds none of its headers.
        http=HTTPModes.http1,
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
