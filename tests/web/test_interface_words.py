"""Words of a language for which the program has no catalogue: the museum's own, else a stand-in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from audioguide import words
from audioguide.languages import Declared, Language, Languages
from audioguide.operations.pack import bring_anew
from audioguide.services import guide_check, importing
from audioguide.services.labels import printing
from museum import THREE, World
from started import command

KK, RU, EO = Language("kk"), Language("ru"), Language("eo")
MUSEUM = Languages((KK, RU, EO), frozenset((EO,)), (), {EO: Declared("Esperanto", "Eo", "eo", RU)})
HEAD = 'msgid ""\nmsgstr ""\n"Language: eo\\n"\n\n'
ENTER, ALL = "Enter a number", "All stops"


@pytest.fixture
def abroad(tmp_path: Path) -> Iterator[World]:
    """The small museum with Esperanto, for which Russian stands in."""
    made = World(tmp_path, languages=MUSEUM)
    write(made, f'msgid "{ENTER}"\nmsgstr "Entajpu numeron"\n')
    made.bring()
    yield made
    made.close()


def write(world: World, entries: str) -> None:
    path = world.media / "words/eo.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + entries, encoding="utf-8")


def page(world: World, path: str = "/eo/") -> str:
    return world.phone().get(path).get_data(as_text=True)


def test_a_page_says_the_museums_own_words_and_else_those_of_the_fallback(abroad: World) -> None:
    shown = page(abroad)
    assert "Entajpu numeron" in shown
    assert f"<h1>{words.say(RU, ALL)}</h1>" in shown
    assert "Entajpu numeron" not in page(abroad, "/ru/")


def test_an_error_page_says_them_too(abroad: World) -> None:
    write(abroad, 'msgid "This page is not here"\nmsgstr "Ĉi tiu paĝo mankas"\n')
    abroad.bring()
    assert "Ĉi tiu paĝo mankas" in page(abroad, "/eo/nenie")


def test_they_are_there_for_a_process_without_the_folder(abroad: World) -> None:
    shutil.rmtree(abroad.media)
    assert "Entajpu numeron" in page(abroad)


def test_a_running_process_hears_of_a_change_and_of_the_end(abroad: World) -> None:
    phone = abroad.phone()
    assert "Entajpu numeron" in phone.get("/eo/").get_data(as_text=True)
    write(abroad, f'msgid "{ENTER}"\nmsgstr "Tajpu la numeron"\n')
    abroad.bring()
    assert "Tajpu la numeron" in phone.get("/eo/").get_data(as_text=True)
    (abroad.media / "words/eo.po").unlink()
    abroad.bring()
    assert words.say(RU, ENTER) in phone.get("/eo/").get_data(as_text=True)


def test_a_broken_catalogue_leaves_the_words_as_they_were(abroad: World) -> None:
    write(abroad, f'msgid "{ENTER}"\nmsgstr "Numero {{n}}"\n')
    (finding,) = bring_anew(abroad.opened()).broken
    assert finding.where == "media/words/eo.po:6"
    assert "Entajpu numeron" in page(abroad)


def test_a_broken_text_keeps_no_words_back(abroad: World) -> None:
    (abroad.media / "stops/1-alash/ru.md").write_text("", encoding="utf-8")
    write(abroad, f'msgid "{ENTER}"\nmsgstr "Tajpu la numeron"\n')
    assert bring_anew(abroad.opened()).broken
    assert "Tajpu la numeron" in page(abroad)


def test_a_check_counts_what_is_missing_until_nothing_is(abroad: World) -> None:
    there = words.on_pages()
    visitors = sum(each.is_for_visitors for each in there)
    assert counted(abroad) == [("words/eo.po", len(there) - 1, visitors - 1)]
    done = command("words", "missing", "eo", environment=abroad.environment())
    assert done.returncode == 0, done.stderr
    assert ENTER not in done.stdout
    with (abroad.media / "words/eo.po").open("a", encoding="utf-8") as file:
        file.write("\n" + _translated(done.stdout))
    assert counted(abroad) == []


def _translated(text: str) -> str:
    """Fill a catalogue: each sentence is said by itself, with a mark in front."""
    done, sentence, is_in_it = [], "", False
    for line in text.splitlines():
        said = line
        if line.startswith("msgid "):
            sentence, is_in_it = line.removeprefix("msgid "), True
        elif is_in_it and line.startswith('"'):
            sentence += f"\n{line}"
        elif line == 'msgstr ""':
            said, is_in_it = f"msgstr {sentence}", False
        done.append(said)
    return "\n".join(done)


def counted(world: World) -> list[tuple[str, object, object]]:
    pack = importing.read(world.media)
    with world.database.reading() as session:
        found = guide_check.check(session, pack, world.store)
    return [
        (each.where, each.what.values["count"], each.what.values["visitors"])
        for each in found
        if each.where.startswith("words/")
    ]


def test_a_museum_with_the_usual_languages_lacks_nothing(world: World) -> None:
    assert THREE.words == {}
    assert counted(world) == []


def test_a_poster_says_them(abroad: World, tmp_path: Path) -> None:
    write(abroad, 'msgid "Start here"\nmsgstr "Komencu ĉi tie"\n')
    abroad.bring()
    with abroad.database.reading() as session:
        order = printing.plan_poster(session, printing.Wish(), "https://guide.example")
    made = printing.make(order, tmp_path / "out", draft=True, made_on=date(2026, 11, 30))
    document = pypdfium2.PdfDocument(made.pdf)
    text = document[0].get_textpage().get_text_bounded().replace("\xa0", " ")
    document.close()
    assert "Komencu ĉi tie" in text
    assert words.say(RU, "Scan the code and choose the number on the label.")[:18] in text
