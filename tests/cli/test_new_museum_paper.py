"""Every command of new-museum.md, in each language, does what a person who copies it expects."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from museum import ROOT
from started import command, started

pytestmark = pytest.mark.thorough

BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)
SERVE, SCRIPT = "scripts/serve.py", "scripts/audioguide.py"


PAGES = {
    "en": ("../harbour", "/de/stops/sample-1", "Ein erstes Muster", "3-the-lamp/de.md"),
    "kk": ("../muzei", "/kk/stops/sample-1", "Бірінші үлгі", "3-section-3/kk.md"),
    "ru": ("../muzei", "/ru/stops/sample-1", "Первый образец", "3-section-3/ru.md"),
}
"""By the language of the paper: its folder, a page of the museum, its title, a file of stop 3."""


def commands(page: str, folder: Path) -> list[tuple[dict[str, str], Sequence[str]]]:
    """Return the commands as they stand in the paper: the settings before each, and its words."""
    paper = (ROOT / "docs" / page / "new-museum.md").read_text(encoding="utf-8")
    found: list[tuple[dict[str, str], Sequence[str]]] = []
    for block in BLOCK.findall(paper):
        for line in block.splitlines():
            words = [word.replace(PAGES[page][0], str(folder)) for word in shlex.split(line)]
            settings = dict(word.split("=", 1) for word in words if word.startswith("AUDIOGUIDE_"))
            found.append((settings, words[len(settings) :]))
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_the_paper_work_one_after_the_other(page: str, tmp_path: Path) -> None:
    _, address, title, file = PAGES[page]
    usual = {
        "AUDIOGUIDE_DATA": str(tmp_path / "instance"),
        "AUDIOGUIDE_LANGUAGE": "en",
        "AUDIOGUIDE_VOICES": "offline",
        "AUDIOGUIDE_WORKERS": "1",
    }
    served = []
    for settings, (python, program, *words) in commands(page, tmp_path / "museum"):
        assert python == "python3"
        if program == SERVE:
            served.append(words)
            if words:  # for telephones: a test is on loopback alone
                continue
            with started(tmp_path, usual | settings) as guide:
                status, _, body = guide.get(address)
                assert status == 200
                assert title in body.decode()
            continue
        assert program == SCRIPT
        given = [*words, *(["--out", str(tmp_path / "out")] if "labels" in words else [])]
        ended = command(*given, environment=usual | settings)
        assert ended.returncode == 0, (words, ended.stderr)
    assert served == [[], ["--host", "0.0.0.0"]]
    assert (tmp_path / "out/labels-L7163-draft.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "museum" / "stops" / file).is_file()
