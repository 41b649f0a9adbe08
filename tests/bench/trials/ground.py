"""Where trials happen: small museums made once and copied, and guides started over them."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import photographs
from bench.servers import end, tree, web_command
from museum import ROOT, World
from started import COMMAND, below, command, without_settings

from .asking import PATIENT_S, Answer, ask, connected, send_form
from .trial import LeftOut

GUIDE, PASSWORD = "Aigul", "three quiet words"
QUIET_PORTS = (12_000, 32_000)
START_SECONDS = 60
END_SECONDS = 14  # the guide promises twelve
# Without these even root meets the rights of a file.
_BOUND = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
BOUND = (*_BOUND, "--inh-caps", "-dac_override,-dac_read_search")


@dataclass
class Running:
    """A guide that runs, and what it has said."""

    port: int
    process: subprocess.Popen[bytes]
    said_file: Path
    world: World

    @property
    def said(self) -> str:
        return self.said_file.read_text(encoding="utf-8", errors="replace")

    @property
    def web(self) -> list[int]:
        """The processes that answer, the parent first."""
        if " serve " not in _words(self.process.pid):
            return tree(self.process.pid)
        return [each for each in below(self.process.pid) if "audioguide.web" in _words(each)]

    @property
    def speakers(self) -> list[int]:
        return [each for each in below(self.process.pid) if "audioguide.worker" in _words(each)]

    @property
    def peak_mb(self) -> float:
        """The most memory that any of the processes ever had."""
        return max((_status_kb(each, "VmHWM") for each in tree(self.process.pid)), default=0) / 1000

    @property
    def memory_mb(self) -> float:
        return sum(_status_kb(each, "VmRSS") for each in tree(self.process.pid)) / 1000

    def get(self, path: str, timeout: float = PATIENT_S, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask(self.port, path, headers=named, timeout=timeout)

    def listens(self) -> bool:
        with contextlib.suppress(OSError), connected(self.port):
            return True
        return False

    def is_up(self, path: str = "/healthz") -> bool:
        return self.get(path, timeout=2).status == 200


@dataclass
class Ground:
    """The folder of all trials, and how long they may take."""

    folder: Path
    quick: bool
    _made: list[Path] = field(default_factory=list)

    def new_folder(self) -> Path:
        """Return an empty folder of one trial."""
        self._made.append(self.folder / f"trial-{len(self._made)}")
        self._made[-1].mkdir()
        return self._made[-1]

    def clear(self) -> None:
        """Take away what the last trial left."""
        for each in self._made:
            shutil.rmtree(each, ignore_errors=True)

    def world(self, *, spoken: bool = True) -> World:
        """Return a small museum of its own, imported, with a guide who may sign in."""
        folder = self.new_folder()
        folder.rmdir()
        return World.copied(self._spoken if spoken else self._imported, folder)

    @cached_property
    def _imported(self) -> Path:
        made = World(self.folder / "imported")
        photographs.add_picture(made.media / "stops" / "2-famine")
        made.bring()
        made.close()
        key = invite(made, GUIDE)
        with self.web(made) as guide:
            path = f"/staff/invited/{key}"
            answer = send_form(guide.port, path, {"password": PASSWORD}, timeout=START_SECONDS)
        if answer.status != 303:
            raise SystemExit(f"No trial can be made: the invitation was answered {answer.said}.")
        return made.folder

    @cached_property
    def _spoken(self) -> Path:
        made = World.copied(self._imported, self.folder / "spoken")
        made.speak_all()
        made.close()
        return made.folder

    @contextlib.contextmanager
    def web(self, world: World, *, is_asked: bool = True, **variables: str) -> Iterator[Running]:
        """Start the web server alone over a world; unless ``is_asked``, no request is made yet."""
        port = quiet_port()
        command = web_command(sys.executable, port)
        with self._running(world, command, port, variables) as guide:
            if not until(guide.is_up if is_asked else guide.listens, START_SECONDS):
                raise RuntimeError(f"the web server did not start: {guide.said[-300:]}")
            yield guide

    @contextlib.contextmanager
    def serving(
        self,
        world: World,
        *before: str,
        may_fail: bool = False,
        up_in: float = START_SECONDS,
        **variables: str,
    ) -> Iterator[Running]:
        """Start the whole guide over a world as its operator does, and wait until it is up."""
        port = quiet_port()
        command = [*before, *COMMAND, "serve", "--port", str(port)]
        variables = {"AUDIOGUIDE_WORKERS": "1", **variables}
        with self._running(world, command, port, variables) as guide:
            until(lambda: guide.is_up() or guide.process.poll() is not None, up_in)
            if not may_fail and not guide.is_up():
                raise RuntimeError(f"the guide did not start in {up_in:.0f} s: {guide.said[-300:]}")
            yield guide

    @contextlib.contextmanager
    def _running(
        self, world: World, command: Sequence[str], port: int, variables: Mapping[str, str]
    ) -> Iterator[Running]:
        said = world.folder / f"said-{port}.txt"
        with said.open("wb") as output:
            process = subprocess.Popen(
                command,
                env=without_settings() | world.environment() | dict(variables),
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Running(port, process, said, world)
            finally:
                for each in tree(process.pid) if process.poll() is None else []:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(each, signal.SIGCONT)
                end(process, END_SECONDS)


def quiet_port() -> int:
    """Return a free port from which the kernel starts no connection of anybody's meanwhile."""
    while True:
        port = random.randrange(*QUIET_PORTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def invite(world: World, name: str) -> str:
    """Invite a guide as the operator does, and return the key in the link."""
    ended = command("staff", "add", name, "--role", "guide", environment=world.environment())
    found = re.search(r"/staff/invited/(\S+)", ended.stdout)
    if found is None:
        raise RuntimeError(f"no invitation: {ended.stdout} {ended.stderr}")
    return found[1]


def bound() -> tuple[str, ...]:
    """Return what comes before a command that is to meet the rights of files."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        raise LeftOut("root meets no rights of files, and setpriv (util-linux) is not here")
    return BOUND


def until(look: Callable[[], object], seconds: float) -> float:
    """Look until there is something to see; return after how many seconds, 0 if never."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if look():
            return max(time.monotonic() - began, 0.001)
        time.sleep(0.1)
    return 0.0


def in_time(seconds: float) -> str:
    """Say a time that ``until`` returned."""
    return f"after {seconds:.1f} s" if seconds else "never"


def _words(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def _status_kb(pid: int, name: str) -> float:
    with contextlib.suppress(OSError):
        found = re.search(rf"{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return float(found[1]) if found else 0.0
    return 0.0
