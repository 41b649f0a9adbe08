from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from museum import ROOT
from started import COMMAND

DOCUMENTS = [
    path
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    if path.name != "CHANGELOG.md"
]
COMMANDS = re.compile(r"^(?:[A-Z_]+=\S+ )*((?:python3 scripts/|audioguide )[^\n#]*)", re.M)
BLOCK = re.compile(r"```\w*\n(.*?)```", re.S)
INLINE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:audioguide|scripts|tests|docs|media|\.ci)/[\w./\-]*\w")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands() -> list[str]:
    found = set()
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for block in [*BLOCK.findall(text), *INLINE.findall(text)]:
            found |= {command.strip() for command in COMMANDS.findall(block)}
    return sorted(found)


def test_the_readme_names_the_two_commands() -> None:
    assert {"python3 scripts/serve.py", "python3 scripts/test.py"} <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_in_the_documents_is_understood(command: str) -> None:
    words = command.removeprefix("python3 scripts/audioguide.py ").split()
    if words[0] != "python3":  # by this Python: what the script adds has tests of its own
        run = [*COMMAND, *words[words[0] == "audioguide" :], "--help"]
    else:
        run = [sys.executable, str(ROOT / words[1]), *words[2:], "--help"]
        assert (ROOT / words[1]).is_file()
        if words[1] == "scripts/check.py":
            return  # it hands its options to pytest; .ci/run runs it whole
    ended = subprocess.run(
        run,
        env=os.environ | {"AUDIOGUIDE_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "usage: " in ended.stdout


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {path for inline in INLINE.findall(text) for path in PATH.findall(inline)}
    made_later = {"media/generated"}
    missing = [path for path in named - made_later if "<" not in path and not _is_there(path)]
    assert missing == []
    links = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert links == []


def _is_there(path: str) -> bool:
    return (ROOT / path).exists() or any(ROOT.glob(path + "*"))
