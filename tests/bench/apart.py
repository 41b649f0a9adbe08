"""Make an environment of its own for what a bench needs and the guide never does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def end_tidily() -> None:
    """Have a signal to end raise SystemExit, so that environments and processes go, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def python_with(pins: str, environment: Path) -> Path:
    """Install a file of pins from requirements/ into a new environment and return its Python."""
    uv = program("uv")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [str(uv), "pip", "install", "--quiet", "--python", str(python), "--require-hashes"]
    listed = ROOT / "requirements" / pins
    subprocess.run([*install, "-r", str(listed), "--compile-bytecode"], check=True)
    return python


def program(name: str) -> Path:
    """Find a program of the environment that this runs in."""
    return Path(sys.executable).parent / (name + (".exe" if os.name == "nt" else ""))
