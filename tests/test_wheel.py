"""The wheel, built from the checkout, installed beside nothing of it, and started once."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from audioguide.languages import Language
from audioguide.words import say
from museum import ROOT, World
from started import Started, without_settings

pytestmark = pytest.mark.thorough

OURS = "audioguide"
NOT_OF_A_CHECKOUT = shutil.ignore_patterns("__pycache__", "*.egg-info")
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
SCRIPT = re.compile(r'src="(/script/[^"]+)"')


def run(*command: str | Path, cwd: Path) -> str:
    ended = subprocess.run(
        command, cwd=cwd, env=without_settings(), capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it offline from a copy, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    shutil.copytree(ROOT / OURS, copy / OURS, ignore=NOT_OF_A_CHECKOUT)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", ".")
    run(sys.executable, *PIP, *build, copy, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Install it into an environment that has the packages of this one, but not its audioguide."""
    folder = wheel.parent / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=wheel.parent)
    python = folder / "bin" / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", where, cwd=folder).strip())
    # A line of a .pth file adds a folder, and not what .pth files in there would add.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    given = ("--python", python, "install", "--no-deps", "--no-index", wheel)
    run(sys.executable, *PIP, *given, cwd=wheel.parent)
    return folder / "bin"


def test_the_wheel_has_each_file_of_the_program(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if name.startswith(f"{OURS}/")}
    files = (ROOT / OURS).rglob("*")
    there = {path.relative_to(ROOT).as_posix() for path in files if path.is_file()}
    assert names == {path for path in there if "__pycache__" not in path}


def test_what_the_wheel_installed_starts_shows_a_stop_and_prints_labels(
    world: World, installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    program, where = installed / OURS, f"import {OURS}; print({OURS}.__file__)"
    assert str(installed.parent) in run(installed / "python", "-c", where, cwd=empty)
    environment = world.environment() | {"AUDIOGUIDE_DATA": str(empty / "instance")}

    guide = Started(tmp_path, environment, program=(program,))
    try:
        status, _, answered = guide.get("/kk/number")
        page = answered.decode()
        assert status == 200
        assert say(Language("kk"), "Enter a number") in page
        assert "--ember" in page  # the style stands in the page
        scripts = SCRIPT.findall(page)
        assert scripts
        assert [guide.get(each)[0] for each in scripts] == [200] * len(scripts)
        assert guide.get("/kk/stops/alash")[0] == 200
    finally:
        guide.end()

    printed = subprocess.run(
        [program, "labels", "print", "--out", empty / "labels"],
        env=without_settings() | environment,
        capture_output=True,
        text=True,
    )
    assert printed.returncode == 0, printed.stderr
    assert [path.read_bytes()[:5] for path in (empty / "labels").glob("*.pdf")] == [b"%PDF-"]
