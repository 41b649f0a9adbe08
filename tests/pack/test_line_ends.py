from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from museum import REAL_PACK, ROOT


def git(folder: Path, *command: str) -> None:
    ended = subprocess.run(["git", "-C", folder, *command], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
def test_git_for_windows_gives_the_files_of_the_pack_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    folder.mkdir()
    shutil.copytree(REAL_PACK / "drawings", folder / "drawings")
    shutil.copytree(REAL_PACK / "stops/5-camps", folder / "5-camps")
    shutil.copy(ROOT / ".gitattributes", folder)
    given = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    git(folder, "init", "--quiet")
    git(folder, "config", "core.autocrlf", "true")
    git(folder, "add", ".")
    for path in given:
        path.unlink()
    git(folder, "checkout-index", "--all")
    assert {path: path.read_bytes() for path in given} == given
