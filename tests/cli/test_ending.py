from __future__ import annotations

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys, time
from audioguide.cli import ending


class Rubbish:
    def __del__(self):
        os.kill(os.getpid(), int(sys.argv[1]))
        time.sleep(1)


ending.be_ended()
try:
    Rubbish()
    time.sleep(60)
except BaseException as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGTERM, "Terminated"), (signal.SIGINT, "KeyboardInterrupt")]
)
def test_a_signal_that_comes_while_rubbish_is_collected_ends_the_command_all_the_same(
    number: signal.Signals, raised: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(int(number))],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.stdout.split() == [raised]
    assert ended.stderr == ""


def test_what_else_is_dropped_is_told_as_ever() -> None:
    program = PROGRAM.replace("os.kill(os.getpid(), int(sys.argv[1]))", "raise KeyError('lost')")
    ended = subprocess.run(
        [sys.executable, "-c", program.replace("time.sleep(60)", "pass")],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "KeyError: 'lost'" in ended.stderr
