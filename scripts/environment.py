"""Make the environment that every script runs in, on first use and when the pins change.

Needs nothing but Python; keep it readable for an older one too, so that it can say so.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "pins"
OLDEST = (3, 11)
UV = "requirements-uv.txt"
RUN = "requirements.txt"
TEST = "requirements-test.txt"


def run(*command, tests=False):
    """Run a program of the environment in place of this script, and end with its status."""
    prepare(TEST if tests else RUN)
    os.environ.setdefault("AUDIOGUIDE_DATA", str(ROOT / "instance"))
    os.environ.setdefault("AUDIOGUIDE_MEDIA", str(ROOT / "media"))
    program = str(BIN / command[0])
    if os.name == "nt":  # there exec would give the prompt back before the program has ended
        sys.exit(subprocess.run([program, *command[1:]]).returncode)
    os.execv(program, [program, *command[1:]])


def prepare(pins):
    """Make the environment, unless it already has what the file of pins names."""
    if sys.version_info < OLDEST:
        stop(2, "Python 3.11 or newer is needed, and this is {}.{}.".format(*sys.version_info))
    wanted = _digest(pins)
    if STAMP.exists() and wanted in STAMP.read_text().split():
        return
    print("Preparing the environment; this happens once.", file=sys.stderr, flush=True)
    if not STAMP.exists():
        _make()
    _install(pins)
    known = [wanted] if pins == RUN else [wanted, _digest(RUN)]
    STAMP.write_text(" ".join(known))


def stop(status, message):
    """End with one line that says what to do."""
    print(message, file=sys.stderr, flush=True)
    sys.exit(status)


def _make():
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: PLC0415
    except ImportError:
        name = "python{}.{}-venv".format(*sys.version_info)
        stop(2, "Python's venv is missing. Install it first: apt install " + name)
    venv.EnvBuilder(clear=True, with_pip=True).create(VENV)


def _install(pins):
    python = str(BIN / "python")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    pip = [python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(ROOT / UV)]
    uv = [str(BIN / "uv"), "pip", "install", "--quiet", "--python", python]
    _do(pip)
    _do([*uv, "--require-hashes", "--compile-bytecode", "-r", str(ROOT / pins)])
    _do([*uv, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)])


def _do(command):
    if subprocess.run(command, cwd=ROOT).returncode:
        stop(1, "The packages could not be installed: the lines above say why. Is there a network?")


def _digest(pins):
    names = [UV, pins, "setup.cfg"]
    content = b"".join((ROOT / name).read_bytes() for name in names)
    return hashlib.sha256(content + sys.version.encode()).hexdigest()
