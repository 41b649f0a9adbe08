from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from museum import ROOT

SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))
PINS = sorted((ROOT / "requirements").glob("*.txt"))
BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3"


def run(checkout: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASE_PYTHON, "scripts/serve.py"],
        cwd=checkout,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_python_without_venv_gets_one_line_with_the_package_and_status_2(
    checkout: Path,
) -> None:
    missing = checkout / "missing"
    missing.mkdir()
    (missing / "ensurepip.py").write_text("raise ImportError('as on plain Debian')\n")
    ended = run(checkout, PYTHONPATH=str(missing))
    assert ended.returncode == 2
    last = ended.stderr.splitlines()[-1]
    assert last.endswith("apt install python{}.{}-venv".format(*sys.version_info))
    assert "Traceback" not in ended.stderr


def test_pins_that_do_not_hold_end_with_one_plain_line_and_leave_no_stamp(checkout: Path) -> None:
    (checkout / "requirements/uv.txt").write_text("uv==0.0.1 --hash=sha256:" + "0" * 64 + "\n")
    ended = run(checkout, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(checkout))
    assert ended.returncode == 1
    assert "The packages could not be installed" in ended.stderr.splitlines()[-1]
    assert not (checkout / ".venv" / "pins").exists()


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_every_pin_has_its_hash_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pins = text.replace("\\\n", " ").strip().splitlines()
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_the_packages_fixed_by_the_museum_are_pinned() -> None:
    lines = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0] for line in lines}
    assert pinned >= {"flask", "qrcode", "gtts", "segno", "sqlalchemy"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_logic_of_the_guide(script: Path) -> None:
    assert "import audioguide" not in script.read_text(encoding="utf-8")
