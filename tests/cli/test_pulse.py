from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from audioguide.cli import children
from audioguide.cli.children import Child
from audioguide.cli.pulse import Pulse, answers
from museum import World
from started import below, lives, until

SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
print(server.server_port, flush=True)
server.serve_forever()
"""
PATIENCE = {"every_seconds": 0.05, "patience_seconds": 0.2}


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout
    yield process, int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_process_that_is_stopped_is_found_and_one_that_goes_on_is_not(
    server: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = server
    assert answers("127.0.0.1", port)
    pulse = Pulse("127.0.0.1", port, **PATIENCE)
    until(lambda: pulse._was_up)
    assert not pulse.is_lost
    process.send_signal(signal.SIGSTOP)
    until(lambda: pulse.is_lost)
    pulse.begin_again()
    process.send_signal(signal.SIGCONT)
    until(lambda: pulse._was_up)
    assert not pulse.is_lost
    pulse.stop()


def test_what_was_never_up_is_not_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        pulse = Pulse("127.0.0.1", silent.getsockname()[1], **PATIENCE)
        for _ in range(8):  # asked more often than would do
            silent.accept()[0].close()
        assert not pulse.is_lost
        pulse.stop()


def test_a_port_that_is_closed_is_no_silence(server: tuple[subprocess.Popen[str], int]) -> None:
    process, port = server
    pulse = Pulse("127.0.0.1", port, **PATIENCE)
    until(lambda: pulse._was_up)
    process.kill()
    process.wait()
    asked = time.monotonic()
    until(lambda: time.monotonic() - asked > 20 * PATIENCE["every_seconds"])
    assert not pulse.is_lost
    pulse.stop()


def test_what_never_gets_up_is_lost_after_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        pulse = Pulse("127.0.0.1", silent.getsockname()[1], **PATIENCE, start_seconds=0.5)
        assert not pulse.is_lost
        until(lambda: pulse.is_lost)
        pulse.begin_again()
        assert not pulse.is_lost
        pulse.stop()


def test_a_web_process_that_was_started_anew_is_told_of_and_a_worker_is_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.cli.children._REVIVE_AFTER_SECONDS", 0.0)
    made = children.Children(world.settings)
    web = Child(["timeit", "-n", "1", "import time; time.sleep(99)"])
    made._web, made._workers = web, [Child(["sched"])]
    until(lambda: not made.workers_live())
    assert not made.revive()
    web._process.kill()
    web._process.wait()
    assert made.revive()
    web._process.kill()
    made.stop()


def test_what_does_not_even_hear_the_last_word_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("audioguide.cli.children._KILLED_SECONDS", 0.1)
    child = Child(["timeit", "-n", "1", "import time; time.sleep(99)"])
    deaf = child._process
    with monkeypatch.context() as patch:
        patch.setattr("os.killpg", lambda *_: None)  # as if it waited for a disk that is gone
        patch.setattr(deaf, "kill", lambda: None)
        child.end(0.0)
        child.replace()
    assert child._process is not deaf
    for each in (deaf, child._process):
        each.kill()
        each.wait()


def test_a_process_that_is_stopped_is_replaced_with_all_that_it_started() -> None:
    child = Child(["timeit", "-n", "1", "import subprocess as s; s.run(['sleep', '99'])"])
    pid = child._process.pid
    below_it = until(lambda: list(below(pid)))
    for each in (pid, *below_it):
        os.kill(each, signal.SIGSTOP)
    child.replace()
    until(lambda: not any(lives(each) for each in (pid, *below_it)))
    assert child.lives()
    os.killpg(child._process.pid, signal.SIGKILL)
    child._process.wait()
