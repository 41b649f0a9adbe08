"""Every command of docs/en/printing.md does what a person who copies it expects."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from audioguide.labels.stocks import STOCKS
from museum import ROOT, World
from started import command

pytestmark = pytest.mark.thorough

HOST = "https://guide.museum.kz"
NEW_HOST = "https://audio.museum.kz"
SCRIPT = "python3 scripts/audioguide.py"
BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)


def commands() -> list[list[str]]:
    """Return the commands as they stand in the paper; what asks the network has its own tests."""
    paper = (ROOT / "docs" / "en" / "printing.md").read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(paper) for line in block.splitlines()]
    assert all(line.startswith(f"{SCRIPT} labels ") for line in lines)
    words = [shlex.split(line.removeprefix(SCRIPT)) for line in lines]
    return [each for each in words if each != ["labels", "check"]]


@pytest.mark.timeout(600)
def test_the_commands_of_the_paper_work_one_after_the_other(world: World) -> None:
    environment = world.environment() | {"AUDIOGUIDE_BASE_URL": HOST}
    out = ["--out", str(world.folder / "out"), "--no-preview"]
    for words in commands():
        if "--new-base" in words:
            environment |= {"AUDIOGUIDE_BASE_URL": NEW_HOST}
        given = [*words, *(out if words[1] == "print" else [])]
        ended = command(*given, environment=environment)
        assert ended.returncode == 0, (words, ended.stderr)
        if "--reprint" in words:
            assert "Put the used sheet of" in ended.stdout
    listed = command("labels", "list", environment=environment).stdout
    assert listed.splitlines()[-1].startswith("Labels on the wall: ")


@pytest.mark.parametrize("paper", sorted((ROOT / "docs").glob("*/printing.md")), ids=str)
def test_the_paper_names_every_stock(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    assert all(name in text for name in STOCKS)
