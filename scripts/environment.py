"""Make the environment that every script runs in, on first use and when the pins change.

Needs nothing but Python; keep it readable for an older one too, so that it can say so: types that
an older one does not know stand in quotes.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import lock

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON, UV = (BIN / (name + (".exe" if WINDOWS else "")) for name in ("python", "uv"))
STAMP = VENV / "pins"  # what it was made for, then a digest of each file of pins it holds
LOCK = ROOT / ".venv.lock"
OLDEST = (3, 11)
FIRST = "requirements/uv.txt"
RUN = "requirements/run.txt"
TEST = "requirements/test.txt"
PIPER = "requirements/piper.txt"  # what RUN names, and the neural voices
# Half as many again as there are processors: a third of the time tests wait, for sound or a page.
AT_ONCE = str((os.cpu_count() or 1) * 3 // 2)
PYTEST = ("pytest", "-n", AT_ONCE, "--dist", "worksteal")
NOT_STARTED = " could not be started; remove the folder .venv and try again"


def run(*command: str, pins: str = RUN) -> None:
    """Run a program of the environment in place of this script, and end with its status."""
    prepare(pins)
    os.environ.setdefault("AUDIOGUIDE_DATA", str(ROOT / "instance"))
    os.environ.setdefault("AUDIOGUIDE_MEDIA", str(ROOT / "media"))
    if WINDOWS:  # there exec would give the prompt back before the program has ended
        sys.exit(call(*command))
    program = str(BIN / command[0])
    with _plainly(program + NOT_STARTED):
        os.execv(program, [program, *command[1:]])


def pins_for_voices(given: "Sequence[str]") -> str:
    """Name the pins that voices need; who asks for help wants nothing installed."""
    return RUN if {"-h", "--help"} & set(given) else PIPER


def call(*command: str) -> int:
    """Run a program of the environment, and return its status."""
    program = str(BIN / command[0])
    with _plainly(program + NOT_STARTED):
        return subprocess.run([program, *command[1:]]).returncode


def prepare(pins: str) -> None:
    """Make the environment, unless it already has what the file of pins names."""
    if sys.version_info < OLDEST:
        stop(2, "Python 3.11 or newer is needed, and this is {}.{}.".format(*sys.version_info))
    with _plainly("The environment could not be prepared"):
        if _digest(pins) in _known():
            return
        with lock.held(LOCK, "Another script is preparing the environment; waiting."):
            if _digest(pins) not in _known():  # another script may have made it meanwhile
                _build(pins)


def stop(status: int, message: str) -> NoReturn:
    """End with one line that says what to do."""
    print(message, file=sys.stderr, flush=True)
    sys.exit(status)


@contextlib.contextmanager
def _plainly(trouble: str) -> "Iterator[None]":
    try:
        yield
    except KeyboardInterrupt:
        stop(130, "Interrupted.")
    except (OSError, subprocess.SubprocessError) as error:
        stop(1, trouble + ": " + str(error))


def _build(pins: str) -> None:
    print("Preparing the environment; this happens once.", file=sys.stderr, flush=True)
    if not _known():
        STAMP.unlink(missing_ok=True)  # first, or an interrupted clearing could leave it behind
        _make()
    _install(pins)
    STAMP.write_text("\n".join([_origin(), *sorted({_digest(pins), _digest(RUN)})]) + "\n")


def _make() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: PLC0415
    except ImportError:
        name = "python{}.{}-venv".format(*sys.version_info)
        stop(2, "Python's venv is missing. Install it first: apt install " + name)
    venv.EnvBuilder(clear=True, with_pip=True).create(VENV)


def _install(pins: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    hashes = "--require-hashes"
    uv = [str(UV), "pip", "install", "--quiet", "--python", str(PYTHON)]
    _do([str(PYTHON), "-m", "pip", "install", *quiet, hashes, "-r", str(ROOT / FIRST)])
    _do([*uv, hashes, "--compile-bytecode", "-r", str(ROOT / pins)])
    _do([*uv, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])


def _do(
    command: "Sequence[str]",
) -> None:  # what it says is kept back: interrupted, it would add a traceback of its own
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ended.returncode:
        sys.stderr.write(ended.stdout.decode(errors="replace"))
        stop(1, "The packages could not be installed: the lines above say why. Is there a network?")


def _known() -> "list[str]":
    """Return the digests of what is installed: none if made elsewhere or by another Python."""
    if not all(path.exists() for path in (STAMP, PYTHON, UV)):
        return []
    lines = STAMP.read_text(errors="replace").splitlines()
    return lines[1:] if lines[:1] == [_origin()] else []


def _origin() -> str:  # its programs and the editable install name this folder and this Python
    return ascii((str(ROOT), sys.version))


def _digest(pins: str) -> str:
    content = b"".join((ROOT / name).read_bytes() for name in (FIRST, pins, "setup.cfg"))
    return hashlib.sha256(content).hexdigest()
