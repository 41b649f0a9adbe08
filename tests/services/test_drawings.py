from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.pack_files import pack_digest
from audioguide.content.reading import read_pack, read_whole
from audioguide.content.unread import unread_files
from audioguide.errors import AskedWrongly, Grade, PackBroken
from audioguide.languages import LANGUAGES
from audioguide.services import drawings
from drawings import LINE, add_drawing
from museum import write_pack
from photographs import add_picture

FAMINE = "stops/2-famine"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """The small museum's pack, with a drawing that was drawn."""
    folder = write_pack(tmp_path / "media")
    add_drawing(folder, "famine")
    drawings.draw(folder)
    return folder


def findings(media: Path) -> list[str]:
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    return [str(each) for each in broken.value.findings]


def test_a_drawing_is_written_into_the_folder_of_its_stop_in_every_language(media: Path) -> None:
    names = {path.name for path in (media / FAMINE).glob("picture.*")}
    assert names == {f"picture.{each}.svg" for each in LANGUAGES}


def test_what_was_drawn_is_the_picture_of_the_stop_and_nothing_of_it_is_unread(media: Path) -> None:
    pack = read_pack(media)
    picture = pack.stops[2].picture
    assert picture is not None
    assert set(picture.drawn) == set(LANGUAGES)
    assert [each for each in unread_files(media, pack) if each.grade != Grade.NOTE] == []


def test_drawing_twice_writes_nothing_the_second_time(media: Path) -> None:
    before = pack_digest(media)
    assert drawings.draw(media) == drawings.Report((), ())
    assert pack_digest(media) == before


def notes(media: Path) -> list[str]:
    """What the pack says of its drawings; nothing in it is broken, and the drawing is shown."""
    pack = read_pack(media)
    picture = pack.stops[2].picture
    assert picture is not None
    for language in LANGUAGES:
        svg = picture.drawn[language].svg
        assert svg.startswith(b"<svg ")
        assert b"<script" not in svg
    assert {each.grade for each in pack.remarks} <= {Grade.NOTE}
    return [str(each) for each in pack.remarks]


def test_a_corrected_dot_is_shown_at_once_and_its_files_are_old_until_it_is_drawn(
    media: Path,
) -> None:
    before = read_pack(media).stops[2].picture
    path = media / "drawings/famine.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("lat = 48", "lat = 47"), "utf-8")
    (said,) = notes(media)
    assert said.startswith("media/drawings/famine.toml:1: The files of this drawing in media/stops")
    assert "python3 scripts/audioguide.py draw famine" in said
    after = read_pack(media).stops[2].picture
    assert before is not None
    assert after is not None
    assert after.digest != before.digest
    assert len(drawings.draw(media, ["famine"]).written) == len(LANGUAGES)
    assert notes(media) == []


EVIL = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("how", ["another", "gone", "a folder"])
def test_a_file_that_we_did_not_draw_is_never_shown_and_holds_nothing_back(
    media: Path, how: str
) -> None:
    path = media / FAMINE / "picture.kk.svg"
    path.unlink()
    if how == "another":
        path.write_text(EVIL, encoding="utf-8")
    elif how == "a folder":
        path.mkdir()
    (said,) = notes(media)
    assert "draw famine" in said
    if how != "a folder":
        assert [path.name for path in drawings.draw(media).written] == ["picture.kk.svg"]
        assert notes(media) == []


def test_a_drawing_whose_lines_end_as_on_windows_is_the_same(media: Path) -> None:
    for path in [*(media / FAMINE).glob("picture.*"), *(media / "drawings").rglob("*.*")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert notes(media) == []
    assert drawings.draw(media) == drawings.Report((), ())


def test_draw_overwrites_no_words_and_says_where_they_belong(media: Path) -> None:
    path = media / FAMINE / "picture.kk.txt"
    path.write_text("Words that Aigul wrote.\n\nHers.\n", encoding="utf-8")
    svg = media / FAMINE / "picture.kk.svg"
    svg.unlink()
    assert drawings.draw(media).written == (svg,)
    assert path.read_text(encoding="utf-8") == "Words that Aigul wrote.\n\nHers.\n"
    (found,) = read_pack(media).remarks
    assert (found.grade, found.where) == (Grade.WARNING, f"media/{FAMINE}/picture.kk.txt:1")
    assert str(found.do).startswith("media/drawings/famine.kk.txt is read.")


@pytest.mark.parametrize("name", ["picture.kk.svg", "picture.en.svg"])
def test_an_svg_that_somebody_put_there_is_refused(media: Path, name: str) -> None:
    path = media / "stops/1-alash" / name
    path.write_text(EVIL, encoding="utf-8")
    (said,) = findings(media)
    assert said.startswith(f"media/stops/1-alash/{name}:1: An SVG is shown only where the guide")
    reading = read_whole(media)
    assert reading.pack is not None
    assert reading.pack.stops[1].picture is None


@pytest.mark.parametrize("name", ["picture.svg", "map.svg", "PICTURE.KK.SVG"])
def test_an_svg_of_another_name_is_read_by_nobody(media: Path, name: str) -> None:
    (media / "stops/1-alash" / name).write_text(EVIL, encoding="utf-8")
    pack = read_pack(media)
    assert pack.stops[1].picture is None
    (found,) = unread_files(media, pack)
    assert found.where == f"media/stops/1-alash/{name}"
    assert str(found.what) == "An SVG is shown only where the guide draws it itself."


def test_a_stop_that_has_a_photograph_is_not_drawn_over(media: Path) -> None:
    add_drawing(media, "alash", LINE)
    add_picture(media / "stops/1-alash")
    report = drawings.draw(media)
    assert report.written == ()
    (found,) = report.broken
    assert found.where == "media/drawings/alash.toml:1"
    assert str(found.what) == "The stop 1-alash has another picture already, picture.jpg."


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_photograph_beside_a_drawing_is_a_second_picture(media: Path, *, is_drawn: bool) -> None:
    add_picture(media / FAMINE)
    if not is_drawn:
        for path in (media / FAMINE).glob("*.svg"):
            path.unlink()
    (said,) = findings(media)
    assert said.startswith("media/drawings/famine.toml:1: The stop 2-famine has another picture")


def test_a_drawing_that_was_never_drawn_is_shown_and_its_files_are_a_note(media: Path) -> None:
    add_drawing(media, "alash", LINE)
    pack = read_pack(media)
    (note,) = pack.remarks
    assert (note.grade, note.where) == (Grade.NOTE, "media/drawings/alash.toml:1")
    assert "draw alash" in str(note.do)
    assert pack.stops[1].picture is not None


def test_one_broken_drawing_keeps_no_other_back(media: Path) -> None:
    add_drawing(media, "alash", LINE.replace("1933", "1920"))
    (media / FAMINE / "picture.kk.svg").unlink()
    report = drawings.draw(media)
    assert [path.name for path in report.written] == ["picture.kk.svg"]
    assert [each.where for each in report.broken] == ["media/drawings/alash.toml:11"]


def test_only_the_drawing_that_is_asked_for_is_drawn(media: Path) -> None:
    add_drawing(media, "alash", LINE.replace("1933", "1920"))
    assert drawings.draw(media, ["famine"]) == drawings.Report((), ())


def test_a_slug_that_is_no_drawing_is_asked_wrongly(media: Path) -> None:
    with pytest.raises(AskedWrongly, match=r"There is no drawing alash\. Known: famine\."):
        drawings.draw(media, ["alash"])


def test_where_the_structure_is_broken_nothing_is_drawn(media: Path) -> None:
    (media / FAMINE / "picture.kk.svg").unlink()
    (media / "museum.toml").write_text("[museum\n", encoding="utf-8")
    with pytest.raises(PackBroken):
        drawings.draw(media)
    assert not (media / FAMINE / "picture.kk.svg").exists()


def test_drawings_belong_to_the_pack(media: Path) -> None:
    before = {pack_digest(media)}
    for name in ("famine.toml", "famine.en.txt", "outlines/square.tsv"):
        path = media / "drawings" / name
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        before.add(pack_digest(media))
    assert len(before) == 4


def test_what_nobody_reads_among_the_drawings_is_named(media: Path) -> None:
    for name in ("famine.kk.md", "old.kk.txt", "outlines/kazakhstan.json"):
        (media / "drawings" / name).write_text("x", encoding="utf-8")
    found = [each.where for each in unread_files(media, read_pack(media))]
    assert found == [
        "media/drawings/famine.kk.md",
        "media/drawings/old.kk.txt",
        "media/drawings/outlines/kazakhstan.json",
    ]
