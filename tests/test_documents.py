from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from audioguide import cli
from audioguide.cli import asking
from audioguide.languages import Language
from museum import ROOT
from papers import PAPERS, buttons, parts, prose, quoted_rows, said, sentences, spans

DOCUMENTS = [
    path
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    if path.name != "CHANGELOG.md"
]
SCRIPT = re.compile(r"python3 scripts/(?!audioguide\.py )")
COMMANDS = re.compile(r"^(?:[A-Z_]+=\S+ )*((?:python3 scripts/|audioguide )[^\n#]*)", re.MULTILINE)
BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:audioguide|scripts|tests|docs|media|\.ci)/[\w./\-]*\w")
ENGLISH = PAPERS["en"]
EACH = [(language, name) for language in PAPERS for name in sorted(ENGLISH)]
OTHERS = [(language, name) for language, name in EACH if language != "en"]
CYRILLIC = [(language, name) for language, name in OTHERS if language in ("kk", "ru")]
KAZAKH = re.compile("[әіңғүұқөһ]", re.IGNORECASE)
FOUR_LATIN_WORDS = re.compile(r"(?:\b[A-Za-z]{2,} ){3}[A-Za-z]{2,}")
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


OURS = [each for each in commands() if not SCRIPT.match(each)]
SCRIPTS = [  # what a bench understands says nothing of an installation
    pytest.param(each, marks=pytest.mark.thorough if "bench.py" in each else ())
    for each in commands()
    if SCRIPT.match(each)
]


@pytest.mark.parametrize("command", OURS)
def test_every_command_in_the_documents_is_understood(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = command.removeprefix(f"{asking.PROGRAM} ").removeprefix("audioguide ").split()
    with pytest.raises(SystemExit) as ended:
        asking.read(cli.parser(), [*words, "--help"], Language("en"))
    assert ended.value.code == 0
    assert "usage: " in capsys.readouterr().out


@pytest.mark.parametrize("command", SCRIPTS)
def test_every_script_in_the_documents_is_understood(command: str) -> None:
    words = command.split()
    assert (ROOT / words[1]).is_file()
    ended = subprocess.run(
        [sys.executable, str(ROOT / words[1]), *words[2:], "--help"],
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


@pytest.mark.parametrize("language", PAPERS)
def test_each_language_has_every_paper(language: str) -> None:
    assert set(PAPERS[language]) == set(ENGLISH) >= {"writing.md", "recording.md"}


@pytest.mark.parametrize("name", ENGLISH)
def test_the_old_path_points_to_every_language_in_one_line(name: str) -> None:
    pointer = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert len(pointer.splitlines()) == 1
    assert sorted(LINK.findall(pointer)) == [f"{language}/{name}" for language in PAPERS]


@pytest.mark.parametrize(("language", "name"), OTHERS)
def test_no_language_lacks_a_part_of_a_paper(language: str, name: str) -> None:
    assert parts(PAPERS[language][name]) == parts(ENGLISH[name])


@pytest.mark.parametrize(("language", "name"), OTHERS)
def test_every_language_names_the_same_commands_files_and_options(language: str, name: str) -> None:
    there, wanted = spans(PAPERS[language][name], language), spans(ENGLISH[name], "en")
    assert there == wanted


@pytest.mark.parametrize("language", PAPERS)
def test_every_line_that_a_paper_explains_is_one_that_the_program_says(language: str) -> None:
    lines = quoted_rows(PAPERS[language]["recording.md"])
    english = quoted_rows(ENGLISH["recording.md"])
    assert len(lines) == len(english) > 20
    wrong = [
        line
        for line, model in zip(lines, english, strict=True)
        if sentences(line, language).isdisjoint(sentences(model, "en"))
    ]
    assert wrong == []


@pytest.mark.parametrize(("language", "name"), OTHERS)
def test_a_button_is_called_as_it_is_on_the_page(language: str, name: str) -> None:
    called = [said(key, language) for key in buttons(ENGLISH[name])]
    assert {each for each in called if each} <= buttons(PAPERS[language][name])


@pytest.mark.parametrize(("language", "name"), EACH)
def test_papers_call_the_guide_as_a_fresh_checkout_can(language: str, name: str) -> None:
    text = PAPERS[language][name]
    code = [*BLOCK.findall(text), *INLINE.findall(text)]
    assert [
        each for each in code if re.search(r"^(?:\S+=\S+ )?audioguide ", each, re.MULTILINE)
    ] == []


@pytest.mark.parametrize(("language", "name"), CYRILLIC)
def test_no_english_is_left_in_a_paper(language: str, name: str) -> None:
    assert [each for each in prose(PAPERS[language][name]) if FOUR_LATIN_WORDS.search(each)] == []


@pytest.mark.parametrize("name", ENGLISH)
def test_the_kazakh_papers_are_kazakh_and_the_russian_are_russian(name: str) -> None:
    assert [each for each in prose(PAPERS["kk"][name]) if not KAZAKH.search(each)] == []
    assert [each for each in prose(PAPERS["ru"][name]) if KAZAKH.search(each)] == []


@pytest.mark.parametrize(("one", "other"), list(combinations(PAPERS, 2)))
def test_no_language_has_a_paragraph_of_another(one: str, other: str) -> None:
    paragraphs = {each for text in PAPERS[one].values() for each in prose(text)}
    assert paragraphs.isdisjoint(each for text in PAPERS[other].values() for each in prose(text))
