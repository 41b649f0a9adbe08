from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide import codes
from audioguide.errors import PackBroken
from audioguide.models import Museum, PackSeen, Stop, TalkingPoints, Tour, Transcript
from audioguide.operations.pack import bring_pack, bring_what_is_whole
from audioguide.services.importing import Imported
from museum import ALASH, SPARE, World
from photographs import photograph, saved

ENGLISH_ALASH = "stops/1-alash/en.md"
RUSSIAN_FAMINE = "stops/2-famine/ru.md"


def bring(world: World) -> Imported:
    report = bring_what_is_whole(world.opened())
    assert report is not None
    return report


def words(world: World, slug: str, language: str) -> str:
    with world.database.reading() as session:
        return session.scalars(
            select(Transcript.title)
            .join(Stop)
            .where(Stop.slug == slug, Transcript.language == language)
        ).one()


def stop(world: World, slug: str) -> Stop:
    with world.database.reading() as session:
        return session.scalars(select(Stop).where(Stop.slug == slug)).one()


def where(report: Imported) -> list[str]:
    return [each.where for each in report.broken]


def correct_famine(world: World) -> None:
    world.edit(RUSSIAN_FAMINE, "# Голод", "# Великий голод")


def test_a_broken_text_keeps_its_words_and_another_text_goes_through(world: World) -> None:
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    correct_famine(world)
    report = bring(world)
    assert where(report) == [f"media/{ENGLISH_ALASH}:1"]
    assert report.changed == ["2 famine ru"]
    assert words(world, "famine", "ru") == "Великий голод"
    assert words(world, "alash", "en") == "The Leaders of Alash"


def test_what_is_broken_is_tried_again_and_said_again(world: World) -> None:
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    assert where(bring(world)) == where(bring(world)) != []
    world.edit(ENGLISH_ALASH, "The Leaders", "# The New Leaders")
    assert bring(world).changed == ["1 alash en"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('timezone = "Asia/Almaty"', 'timezone = "Asia/Almaty'),
        ('hall = "memorial"', 'hall = "cellar"'),
        ("number = 2\n", "number = 1\n"),
        ('slug = "famine"', 'slug = "голод"'),
        ("[[tour]]", "[[tours]]"),
    ],
)
def test_a_broken_structure_holds_back_no_text(world: World, old: str, new: str) -> None:
    world.edit("museum.toml", old, new)
    correct_famine(world)
    report = bring(world)
    assert where(report)[0].startswith("media/museum.toml:")
    assert words(world, "famine", "ru") == "Великий голод"
    with world.database.reading() as session:
        museum = session.get(Museum, 1)
        assert museum is not None
        assert museum.phone == "+7 (7252) 21-01-40"
        assert len(session.scalars(select(Stop).where(Stop.retired_at.is_(None))).all()) == 5
        assert session.scalars(select(Tour.slug)).all() == ["short"]


def test_a_folder_that_is_missing_keeps_its_stop(world: World) -> None:
    shutil.move(world.media / "stops/1-alash", world.media / "stops/1-алаш")
    correct_famine(world)
    report = bring(world)
    assert where(report) == ["media/stops/1-alash"]
    assert report.changed == ["2 famine ru"]
    assert (words(world, "alash", "kk"), stop(world, "alash").published) == ("Алаш көсемдері", True)


def test_a_broken_lexicon_holds_back_no_text(world: World) -> None:
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/kk.tsv").write_text("no tab\n", encoding="utf-8")
    correct_famine(world)
    assert where(bring(world)) == ["media/lexicon/kk.tsv:1"]
    assert words(world, "famine", "ru") == "Великий голод"


def test_a_broken_picture_leaves_the_old_one(world: World) -> None:
    folder = world.media / "stops/2-famine"
    (folder / "picture.JPG").write_bytes(saved(photograph(800, 600)))
    for language in ("kk", "ru", "en"):
        (folder / f"picture.{language}.txt").write_text("A.\n\nB.\n", encoding="utf-8")
    assert bring(world).pictures == ["2 famine"]
    (folder / "picture.en.txt").write_text("A **bold** one.\n\nB.\n", encoding="utf-8")
    report = bring(world)
    assert (where(report), report.pictures) == (["media/stops/2-famine/picture.en.txt:1"], [])
    assert "<img" in world.phone("en").get("/en/stops/famine").text


def test_broken_talking_points_leave_the_old_ones(world: World) -> None:
    file = world.media / "stops/2-famine/guide.ru.md"
    file.write_text("Помолчите.\n", encoding="utf-8")
    assert bring(world).points == ["2 famine ru"]
    file.write_text("- Помолчите.\n", encoding="utf-8")
    assert bring(world).points == []
    with world.database.reading() as session:
        assert session.scalars(select(TalkingPoints.text)).all() == ["Помолчите."]
    file.unlink()
    assert bring(world).points == ["2 famine ru"]


def test_a_new_stop_waits_for_all_its_words_and_holds_back_nobody(world: World) -> None:
    folder = world.media / "stops/101-baitursynuly"
    shutil.copytree(world.media / "stops/1-alash", folder)
    (folder / "kk.md").write_text("no title\n", encoding="utf-8")
    world.edit("museum.toml", "published = false", "published = true")
    correct_famine(world)
    report = bring(world)
    assert where(report) == ["media/stops/101-baitursynuly/kk.md:1"]
    assert (words(world, "famine", "ru"), stop(world, "baitursynuly").published) == (
        "Великий голод",
        False,
    )
    (folder / "kk.md").write_text("# Ахмет\n\nСөз.\n", encoding="utf-8")
    bring(world)
    assert stop(world, "baitursynuly").published


def test_a_stop_whose_code_was_changed_is_not_retired_while_its_words_are_broken(
    world: World,
) -> None:
    world.edit("museum.toml", ALASH, codes.make(taken=(SPARE,)))
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    bring(world)
    assert stop(world, "alash").retired_at is None


def test_a_pack_with_a_mistake_is_not_remembered_as_seen(world: World) -> None:
    with world.database.reading() as session:
        before = session.scalars(select(PackSeen.digest)).all()
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    bring(world)
    with world.database.reading() as session:
        assert session.scalars(select(PackSeen.digest)).all() == before


def test_a_first_import_needs_everything(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    with pytest.raises(PackBroken):
        bring_pack(world.opened())
    with world.database.reading() as session:
        assert session.scalars(select(Stop)).all() == []


def test_a_command_that_needs_a_whole_pack_is_told_what_is_broken(world: World) -> None:
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    correct_famine(world)
    with pytest.raises(PackBroken, match="The title is missing"):
        bring_pack(world.opened())
    assert words(world, "famine", "ru") == "Великий голод"


def test_what_holds_nothing_back_is_told(world: World) -> None:
    world.edit("stops/2-famine/kk.md", "Асықпаңыз", "Aсық\u00adпаңыз")
    report = bring(world)
    assert report.changed == ["2 famine kk"]
    assert [str(each.grade) for each in report.remarks] == ["note", "warning"]
