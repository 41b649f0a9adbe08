"""What staff of any museum type into a terminal."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from any_museum import AnyMuseum
from started import command

pytestmark = [pytest.mark.thorough, pytest.mark.any_pack]


def done(museum: AnyMuseum, *arguments: str) -> str:
    ended = command(*arguments, environment=museum.world.environment())
    assert ended.returncode == 0, (arguments, ended.stderr, ended.stdout)
    return ended.stdout


def test_a_check_finds_no_error(any_museum: AnyMuseum) -> None:
    told = json.loads(done(any_museum, "check", "--json"))
    assert told["ok"]
    assert {each["grade"] for each in told["findings"]} <= {"warning", "note"}


def test_an_import_changes_nothing_the_second_time(any_museum: AnyMuseum) -> None:
    told = json.loads(done(any_museum, "import", "--json"))
    changes = ("added", "changed", "retired", "conflicts", "pictures", "points", "museum", "broken")
    assert {key: told[key] for key in changes if told[key]} == {}


def test_a_corrected_text_is_taken_in_any_language(any_museum: AnyMuseum) -> None:
    stop, language = any_museum.stops[0], any_museum.languages.tags[-1]
    path = any_museum.world.media / f"stops/{stop.number}-{stop.slug}/{language}.md"
    text = path.read_text(encoding="utf-8")
    title = stop.words[language].title
    path.write_text(text.replace(title, f"{title} 2", 1), encoding="utf-8")
    assert f"{stop.number} {stop.slug} {language}" in done(any_museum, "import")


def test_labels_of_all_stops_are_printed_and_read_back(
    any_museum: AnyMuseum, tmp_path: Path
) -> None:
    out = tmp_path / "labels"
    said = done(any_museum, "labels", "print", "--draft", "--out", str(out))
    assert str(len(any_museum.stops)) in said.splitlines()[0]
    assert (out / "labels-L7163-draft.pdf").read_bytes().startswith(b"%PDF")
    assert len(list(out.glob("*.svg"))) == len(any_museum.stops)


def test_a_stop_is_explained_in_each_language(any_museum: AnyMuseum) -> None:
    stop = any_museum.stops[1]
    for language in stop.words:
        assert stop.words[language].title in done(
            any_museum, "explain", str(stop.number), str(language)
        )


@pytest.mark.needs_gettext
def test_the_missing_words_of_each_language_are_a_catalogue(
    any_museum: AnyMuseum, tmp_path: Path
) -> None:
    for language in any_museum.languages:
        path = tmp_path / f"{language}.po"
        path.write_text(done(any_museum, "words", "missing", str(language)), encoding="utf-8")
        looked = subprocess.run(
            ["msgfmt", "--check", "--output-file=-", str(path)], capture_output=True, check=False
        )
        assert looked.returncode == 0, looked.stderr.decode()
