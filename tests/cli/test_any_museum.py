"""What staff of any museum type into a terminal."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from any_museum import AnyMuseum
from drawings import LINE, add_drawing
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


def test_an_earlier_text_is_brought_back_in_any_language(any_museum: AnyMuseum) -> None:
    stop, language = any_museum.stops[0], any_museum.languages.tags[-1]
    path = any_museum.world.media / f"stops/{stop.number}-{stop.slug}/{language}.md"
    before, title = path.read_text(encoding="utf-8"), stop.words[language].title
    path.write_text(before.replace(title, f"{title} 2", 1), encoding="utf-8")
    done(any_museum, "import")
    asked = ("history", str(stop.number), str(language))
    assert len(done(any_museum, *asked).splitlines()) == 2
    assert done(any_museum, *asked, "--show", "1").startswith(f"# {title}\n")
    done(any_museum, *asked, "--bring-back", "1")
    assert path.read_text(encoding="utf-8") == before


def test_a_stop_is_spoken_anew_in_the_last_language(any_museum: AnyMuseum) -> None:
    stop, language = any_museum.stops[0], any_museum.languages.tags[-1]
    path = any_museum.world.media / f"stops/{stop.number}-{stop.slug}/{language}.md"
    title = stop.words[language].title
    path.write_text(f"# {title}\n\n{title}.\n", encoding="utf-8")
    asked = ("narrate", "--stop", stop.slug, "--language", str(language))
    assert done(any_museum, *asked) == "Narrations: 1 ready, 0 failed.\n"


def test_each_language_has_a_voice_without_a_network(any_museum: AnyMuseum) -> None:
    told = json.loads(done(any_museum, "voices", "list", "--json"))["voices"]
    ready = {each["language"] for each in told if each["state"] == "ready"}
    assert ready == {str(language) for language in any_museum.languages}


def test_a_drawing_is_written_for_each_language(any_museum: AnyMuseum) -> None:
    stop, languages = any_museum.stops[1], any_museum.languages
    add_drawing(any_museum.world.media, stop.slug, LINE, languages)
    assert len(done(any_museum, "draw").splitlines()) == len(languages)
    for language in languages:
        folder = any_museum.world.media / f"stops/{stop.number}-{stop.slug}"
        assert (folder / f"picture.{language}.svg").is_file()
    assert json.loads(done(any_museum, "check", "--json"))["ok"]


def write_texts(folder: Path) -> None:
    """Write what a command left to be written."""
    for path in folder.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("…", "A gate."), encoding="utf-8")


def publish(media: Path, slug: str) -> None:
    """Let visitors see a stop."""
    structure = media / "museum.toml"
    before, name, behind = structure.read_text(encoding="utf-8").partition(f'slug = "{slug}"')
    assert "published = false\n" in behind
    behind = behind.replace("published = false\n", "", 1)
    structure.write_text(before + name + behind, encoding="utf-8")


def test_a_hall_a_kind_a_stop_and_a_tour_are_added_and_seen(any_museum: AnyMuseum) -> None:
    done(any_museum, "hall", "new", "yard", "--title", "Yard")
    done(any_museum, "kind", "new", "gate", "--title", "Gate")
    what = ("--title", "Old Gate", "--kind", "gate", "--hall", "yard", "--slug", "old-gate")
    done(any_museum, "stop", "new", "90", *what)
    media = any_museum.world.media
    write_texts(media / "stops/90-old-gate")
    publish(media, "old-gate")
    along = ("--minutes", "5", "--stops", f"90, {any_museum.stops[0].number}")
    done(any_museum, "tour", "new", "round", "--title", "Round", *along)
    write_texts(media / "tours/round")
    done(any_museum, "import")
    for language in any_museum.languages:
        page = any_museum.world.phone(str(language)).get(f"/{language}/tours/round/old-gate")
        assert page.status_code == 200
        assert "Old Gate" in page.text


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
