from __future__ import annotations

import signal
import subprocess
import sys

from started import lives, until

PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid())])
print(child.pid, flush=True)
time.sleep(60)
"""
CHILD = """
import sys, time
time.sleep({loading_seconds})
from audioguide import processes
processes.end_with(int(sys.argv[1]))
time.sleep(60)
"""


def child_of_killed_parent(loading_seconds: float, killed_after_seconds: float) -> int:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD.format(loading_seconds=loading_seconds)],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        try:
            parent.wait(killed_after_seconds)
        except subprocess.TimeoutExpired:
            parent.send_signal(signal.SIGKILL)
    return child


def test_a_child_ends_when_its_parent_was_killed() -> None:
    child = child_of_killed_parent(loading_seconds=0, killed_after_seconds=2)
    until(lambda: not lives(child), seconds=20)


def test_a_child_whose_parent_was_killed_while_it_was_loading_ends_too() -> None:
    child = child_of_killed_parent(loading_seconds=2, killed_after_seconds=0.2)
    assert lives(child)
    until(lambda: not lives(child), seconds=20)


FORGET = """
import os
from audioguide import processes
processes.forget_environment()
print(sorted(os.environ))
"""


def test_what_was_set_for_a_process_is_no_part_of_its_requests() -> None:
    given = {"HTTP_PROXY": "http://a", "AUDIOGUIDE_SECRET": "x", "PATH": "/bin", "TZ": "UTC"}
    ended = subprocess.run(
        [sys.executable, "-c", FORGET], env=given, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "['PATH', 'TZ']"
