from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide.errors import PackBroken
from audioguide.languages import LANGUAGES, Language
from audioguide.models import Picture, PictureFile, PictureText, Stop
from audioguide.operations.opened import Opened
from audioguide.operations.pack import bring_pack, bring_what_is_whole, repair_pictures
from audioguide.operations.upkeep import repair
from audioguide.services import drawings, editions, guide_check, importing
from audioguide.services.narration import pruning
from audioguide.services.visitor import stop_pictures
from audioguide.services.visitor.stop_pictures import Shown
from drawings import add_drawing, add_long_line
from museum import FAMINE, World
from photographs import add_picture, opened, photograph, saved

pytestmark = pytest.mark.thorough

FOLDER = "stops/2-famine"


@pytest.fixture
def pictured(world: World) -> World:
    """The small museum with a picture of the famine's section."""
    add_picture(world.media / FOLDER)
    world.bring()
    return world


def shown(world: World, language: Language = Language("en")) -> Shown | None:
    with world.database.reading() as session:
        stop = session.scalars(select(Stop).where(Stop.code == FAMINE)).one()
        return stop_pictures.shown(session, stop.id, (language,))


def edition(world: World) -> int:
    with world.database.reading() as session:
        return editions.edition_number(session)


def files(world: World) -> set[str]:
    return {path.name for path in world.settings.store.glob("*.webp")}


def as_opened(world: World) -> Opened:
    return world.opened()


def test_a_stop_shows_its_picture_in_two_widths_with_its_words(pictured: World) -> None:
    picture = shown(pictured, Language("kk"))
    assert picture is not None
    assert (picture.alternative, picture.credit) == ("Light falls from kk.", "Made for a test, kk.")
    assert [(each.width_px, each.height_px) for each in picture.files] == [(640, 480), (1280, 960)]
    assert picture.largest.width_px == 1280
    for each in picture.files:
        content = pictured.store.read(each.name)
        assert content is not None
        assert opened(content).size == (each.width_px, each.height_px)


def test_a_stop_without_a_picture_shows_none(world: World) -> None:
    assert shown(world) is None


def test_a_new_picture_is_something_that_visitors_see(world: World) -> None:
    before = edition(world)
    add_picture(world.media / FOLDER)
    assert world.bring().structure_changed
    assert edition(world) == before + 1


def test_importing_a_picture_twice_is_as_once(pictured: World) -> None:
    before = (edition(pictured), files(pictured), shown(pictured))
    kept_at = {name: (pictured.settings.store / name).stat().st_mtime_ns for name in before[1]}
    assert not pictured.bring().anything
    assert (edition(pictured), files(pictured), shown(pictured)) == before
    assert kept_at == {
        name: (pictured.settings.store / name).stat().st_mtime_ns for name in before[1]
    }


def test_another_picture_takes_the_place_of_the_first(pictured: World) -> None:
    before = shown(pictured)
    add_picture(pictured.media / FOLDER, saved(photograph(500, 400)))
    assert pictured.bring().structure_changed
    after = shown(pictured)
    assert before is not None
    assert after is not None
    assert [each.width_px for each in after.files] == [500]
    assert {each.name for each in before.files} < files(pictured)  # a page may still be open


def test_a_corrected_text_is_shown_without_making_the_picture_again(pictured: World) -> None:
    before = shown(pictured)
    pictured.edit(f"{FOLDER}/picture.en.txt", "Light falls", "The light falls")
    assert pictured.bring().structure_changed
    after = shown(pictured)
    assert before is not None
    assert after is not None
    assert after.alternative == "The light falls from en."
    assert after.files == before.files


def test_a_picture_that_is_taken_out_of_the_pack_is_no_longer_shown(pictured: World) -> None:
    for path in (pictured.media / FOLDER).glob("picture.*"):
        path.unlink()
    assert pictured.bring().structure_changed
    assert shown(pictured) is None
    with pictured.database.reading() as session:
        for row in (Picture, PictureFile, PictureText):
            assert session.scalars(select(row)).all() == []


def test_two_stops_may_have_the_same_picture(pictured: World) -> None:
    add_picture(pictured.media / "stops/1-alash")
    pictured.bring()
    with pictured.database.reading() as session:
        names = session.scalars(select(PictureFile.name)).all()
    assert len(names) == 4
    assert len(set(names)) == 2


def test_a_picture_that_breaks_when_it_is_made_leaves_everything_as_it_was(
    pictured: World,
) -> None:
    path = add_picture(pictured.media / FOLDER, saved(photograph(500, 400)))
    pack = importing.read(pictured.media)
    path.write_bytes(b"overwritten meanwhile")
    with pytest.raises(PackBroken) as broken:
        stop_pictures.make(pictured.store, pack, {})
    (finding,) = broken.value.findings
    assert finding.where == f"media/{FOLDER}/picture.jpg:1"
    assert "changed while it was read" in str(finding.what)


@pytest.fixture(params=["gone", "damaged"])
def lost(request: pytest.FixtureRequest, pictured: World) -> Path:
    """A file of the picture that the disk has lost, or spoilt."""
    picture = shown(pictured)
    assert picture is not None
    path = pictured.settings.store / picture.files[0].name
    if request.param == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    return path


def test_a_lost_picture_is_found(pictured: World, lost: Path) -> None:
    pack = importing.read(pictured.media)
    with pictured.database.reading() as session:
        found = guide_check.check(session, pack, pictured.store)
    assert [(each.where, str(each.what)) for each in found if each.grade == "error"] == [
        ("2 famine", f"The picture file {lost.name} is gone or damaged.")
    ]


def test_the_next_start_makes_a_lost_picture_again(pictured: World, lost: Path) -> None:
    opened_guide = as_opened(pictured)
    assert bring_pack(opened_guide) is None  # it is the pack that was imported
    repair(opened_guide)
    assert pictured.store.is_whole(lost.name)
    with pictured.database.reading() as session:
        assert stop_pictures.lost(session, pictured.store) == ()


def test_a_lost_picture_is_made_again_beside_a_broken_text(pictured: World, lost: Path) -> None:
    (pictured.media / FOLDER / "en.md").write_text("No title.", encoding="utf-8")
    repair(as_opened(pictured))
    assert pictured.store.is_whole(lost.name)


def test_a_lost_picture_whose_pack_is_away_stops_no_start(pictured: World, lost: Path) -> None:
    (pictured.media / "museum.toml").unlink()
    repair(as_opened(pictured))
    assert not pictured.store.is_whole(lost.name)


def test_a_text_that_is_brought_with_a_lost_picture_is_spoken(pictured: World, lost: Path) -> None:
    pictured.speak_all()
    pictured.edit(f"{FOLDER}/en.md", "Take your time", "Take all your time")
    repair_pictures(as_opened(pictured))
    claimed = pictured.claim()
    assert claimed is not None
    assert "Take all your time" in claimed.text


def test_a_start_with_all_its_pictures_makes_none(pictured: World) -> None:
    os.utime(pictured.settings.store, ns=(0, 0))
    repair(as_opened(pictured))
    assert pictured.settings.store.stat().st_mtime_ns == 0


def test_the_first_start_brings_the_pictures_in(tmp_path: Path) -> None:
    world = World(tmp_path)
    add_picture(world.media / FOLDER)
    assert bring_pack(as_opened(world)) is not None
    assert shown(world) is not None
    world.close()


@pytest.fixture
def drawn(world: World) -> World:
    """The small museum with a drawing at the famine's section."""
    add_drawing(world.media, "famine")
    drawings.draw(world.media)
    world.bring()
    return world


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_is_shown_in_its_language_with_its_legend(
    drawn: World, language: Language
) -> None:
    picture = shown(drawn, language)
    assert picture is not None
    assert picture.is_drawn
    assert not picture.has_long_legend
    (file,) = picture.files
    given = (drawn.media / FOLDER / f"picture.{language}.svg").read_bytes()
    assert drawn.store.read(file.name) == given
    assert picture.alternative == f"Three dots, {language}."
    assert [number for number, _ in picture.legend] == [1, 2, 3]
    assert picture.legend[1][1] == f"The second, {language}"


def test_a_photograph_has_no_legend(pictured: World) -> None:
    picture = shown(pictured)
    assert picture is not None
    assert (picture.is_drawn, picture.legend) == (False, ())


def test_importing_a_drawing_twice_is_as_once(drawn: World) -> None:
    before = (edition(drawn), shown(drawn))
    assert not drawn.bring().anything
    assert (edition(drawn), shown(drawn)) == before


def test_a_corrected_dot_is_seen_with_the_next_import(drawn: World) -> None:
    before = shown(drawn)
    drawn.edit("drawings/famine.toml", "lat = 48", "lat = 46")
    assert drawn.bring().pictures == ["2 famine"]
    after = shown(drawn)
    assert before is not None
    assert after is not None
    assert after.files != before.files
    assert drawn.store.is_whole(before.largest.name)  # a page may still be open
    drawings.draw(drawn.media)
    assert not drawn.bring().anything


def test_a_corrected_legend_is_something_that_visitors_see(drawn: World) -> None:
    drawn.edit("drawings/famine.en.txt", "2 The second", "2 The next")
    assert drawn.bring().pictures == ["2 famine"]
    picture = shown(drawn)
    assert picture is not None
    assert picture.legend[1] == (2, "The next, en")


def test_a_drawing_takes_the_place_of_a_photograph_and_gives_it_back(pictured: World) -> None:
    photographed = shown(pictured)
    folder = pictured.media / FOLDER
    for path in folder.glob("picture.*"):
        path.unlink()
    add_drawing(pictured.media, "famine")
    drawings.draw(pictured.media)
    pictured.bring()
    picture = shown(pictured)
    assert picture is not None
    assert picture.is_drawn
    for path in (*folder.glob("picture.*"), pictured.media / "drawings/famine.toml"):
        path.unlink()
    add_picture(folder)
    pictured.bring()
    assert shown(pictured) == photographed


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_lost_drawing_is_found_and_made_again(drawn: World, *, is_drawn: bool) -> None:
    picture = shown(drawn)
    assert picture is not None
    (drawn.settings.store / picture.largest.name).unlink()
    with drawn.database.reading() as session:
        lost_files = stop_pictures.lost(session, drawn.store)
    assert [each.file for each in lost_files] == [picture.largest.name]
    if not is_drawn:  # as after an update that draws otherwise
        (drawn.media / FOLDER / "picture.en.svg").write_text("<svg/>", encoding="utf-8")
    repair(as_opened(drawn))
    assert drawn.store.is_whole(picture.largest.name)


@pytest.mark.parametrize("how", ["another", "carriage returns"])
def test_the_first_start_shows_a_drawing_whatever_lies_beside_its_texts(
    tmp_path: Path, how: str
) -> None:
    world = World(tmp_path)
    add_drawing(world.media, "famine")
    drawings.draw(world.media)
    if how == "another":
        (world.media / FOLDER / "picture.kk.svg").write_text("<svg/>", encoding="utf-8")
    else:
        for path in (world.media).rglob("*.*"):
            if path.is_file():
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    report = bring_what_is_whole(as_opened(world))
    assert report is not None
    assert report.broken == ()
    assert len(report.remarks) == (how == "another")
    picture = shown(world, Language("kk"))
    assert picture is not None
    assert b">1</text>" in (world.store.read(picture.largest.name) or b"")
    assert bring_what_is_whole(as_opened(world)) is None  # it is read once
    world.close()


def test_a_drawing_that_is_shown_is_never_pruned(drawn: World) -> None:
    picture = shown(drawn)
    assert picture is not None
    with drawn.database.reading() as session:
        assert picture.largest.name in pruning.named(session)


def test_a_legend_longer_than_a_screen_is_folded(world: World) -> None:
    add_long_line(world.media, "famine")
    world.bring()
    picture = shown(world)
    assert picture is not None
    assert picture.has_long_legend
