"""Checkouts with no environment yet, and one whose packages cost nothing to install."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from museum import ROOT

BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3"

# Stands in for the venv of the standard library: its programs say where they were made, as the
# first lines of real ones do; python waits while there is a file "hold" in the checkout.
QUICK_VENV = """
import pathlib
import shutil

class EnvBuilder:
    def __init__(self, **wishes):
        pass

    def create(self, folder):
        root = folder.parent
        with (root / "made").open("a") as made:
            made.write("once more\\n")
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "bin").mkdir(parents=True)
        hold = f"touch '{root}/begun'; while [ -e '{root}/hold' ]; do sleep 0.1; done"
        say = f"echo 'made in {root}'; printf '%s\\\\n' \\"$@\\""
        for name, does in (("python", hold), ("uv", "true"), ("audioguide", say)):
            program = folder / "bin" / name
            program.write_text(f"#!/bin/sh\\n{does}\\n")
            program.chmod(0o755)
"""


class Checkout:
    """A checkout in which a script can be started, with an environment made at once."""

    def __init__(self, root: Path, parts: Path) -> None:
        self.root = root
        self.parts = parts
        self.venv = root / ".venv"
        self.lock = root / ".venv.lock"
        self.hold = root / "hold"
        self.begun = root / "begun"

    def times_made(self) -> int:
        return len((self.root / "made").read_text().splitlines())

    def start(self, script: str, *given: str, cwd: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [BASE_PYTHON, self.root / "scripts" / script, *given],
            cwd=cwd or self.root,
            env=os.environ | {"PYTHONPATH": str(self.parts)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, script: str = "serve.py", *given: str, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        started = self.start(script, *given, cwd=cwd)
        try:
            out, said = started.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(started.args, started.returncode, out, said)

    def at(self, root: Path) -> Checkout:
        return Checkout(root, self.parts)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with no environment: what the scripts need to begin."""
    root = tmp_path / "guide"
    root.mkdir()
    for name in ("scripts", "requirements", "setup.cfg", "pyproject.toml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / name)
    return root


@pytest.fixture
def quick(checkout: Path, tmp_path: Path) -> Checkout:
    """A checkout whose environment is made without the network."""
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "venv.py").write_text(QUICK_VENV)
    return Checkout(checkout, parts)
