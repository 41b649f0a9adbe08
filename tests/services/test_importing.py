from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from audioguide.errors import AskedWrongly, PackBroken
from audioguide.languages import LANGUAGES, Language
from audioguide.models import BY_THE_PACK, PackSeen, Revision, Row, Stop, Transcript
from audioguide.services import editions, importing, pack_watch
from audioguide.services.visitor import scanning, stop_pages
from audioguide.services.visitor.scanning import Outcome
from museum import ALASH, FAMINE, MEMORIAL, SPARE, WELCOME, World

pytestmark = pytest.mark.thorough

UNUSED = "8G21T"
ENGLISH_ALASH = "stops/1-alash/en.md"


def edition(world: World) -> int:
    with world.database.reading() as session:
        return editions.edition_number(session)


def all_rows(world: World) -> dict[str, list[tuple[object, ...]]]:
    with world.database.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table)).all()]
            for table in Row.metadata.sorted_tables
        }


def leads_to(world: World, code: str) -> tuple[Outcome, str | None]:
    with world.database.reading() as session:
        found = scanning.scan(session, code)
    return found.outcome, found.slug


def page(world: World, slug: str) -> object:
    with world.database.reading() as session:
        return stop_pages.stop_page(session, slug, Language("en"))


def text_of(world: World, code: str, language: Language = Language("en")) -> Transcript:
    with world.database.reading() as session:
        query = select(Transcript).join(Stop).where(Stop.code == code)
        return session.scalars(query.where(Transcript.language == language)).one()


def revisions(world: World, code: str) -> list[Revision]:
    transcript = text_of(world, code)
    with world.database.reading() as session:
        query = select(Revision).where(Revision.transcript_id == transcript.id)
        return list(session.scalars(query.order_by(Revision.id)))


def correct_in_the_guide(world: World, code: str, text: str) -> None:
    """What the console will do: change the words in the database."""
    with world.database.writing() as session:
        row = session.get_one(Transcript, text_of(world, code).id)
        row.text, row.words_digest = text, "0" * 64


def structure(world: World, *changes: tuple[str, str]) -> None:
    for old, new in changes:
        world.edit("museum.toml", old, new)


def take_out(world: World, code: str) -> None:
    """Take a stop out of museum.toml."""
    path = world.media / "museum.toml"
    head, *tables = path.read_text(encoding="utf-8").split("[[")
    kept = [table for table in tables if code not in table]
    assert len(kept) == len(tables) - 1
    path.write_text("[[".join([head, *kept]), encoding="utf-8")


def retire_alash(world: World) -> str:
    before = (world.media / "museum.toml").read_text(encoding="utf-8")
    take_out(world, ALASH)
    assert world.bring().retired == ["1 alash"]
    return before


def test_the_first_import_names_every_text(tmp_path: Path) -> None:
    world = World(tmp_path)
    report = world.bring()
    assert len(report.added) == 4 * len(LANGUAGES)
    assert report.added[:3] == ["0 welcome kk", "0 welcome ru", "0 welcome en"]
    assert (report.changed, report.retired, report.conflicts) == ([], [], [])
    assert edition(world) == 1
    world.close()


def test_a_second_import_writes_nothing(world: World) -> None:
    before = all_rows(world)
    report = world.bring()
    assert all_rows(world) == before
    assert not report.anything
    assert not report.structure_changed


def test_importing_the_real_pack_twice_writes_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, Path(__file__).parents[2] / "media")
    world.bring()
    before = all_rows(world)
    assert not world.bring().anything
    assert all_rows(world) == before
    world.close()


def test_a_pack_is_seen_once_it_is_imported(tmp_path: Path) -> None:
    world = World(tmp_path)
    with world.database.reading() as session:
        assert not importing.is_seen(session, world.media)
    world.bring()
    with world.database.reading() as session:
        assert importing.is_seen(session, world.media)
    world.close()


def test_a_pack_that_was_edited_is_not_seen(world: World) -> None:
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    with world.database.reading() as session:
        assert not importing.is_seen(session, world.media)


def test_a_pack_that_is_gone_is_not_seen(world: World) -> None:
    shutil.rmtree(world.media)
    with world.database.reading() as session:
        assert not importing.is_seen(session, world.media)
    with pytest.raises(AskedWrongly):
        world.bring()


def test_the_stamp_changes_with_a_file(world: World) -> None:
    before = pack_watch.pack_stamp(world.media)
    assert pack_watch.pack_stamp(world.media) == before
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    assert pack_watch.pack_stamp(world.media) != before


def test_a_corrected_text_is_changed_and_named(world: World) -> None:
    before = edition(world)
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    assert world.bring().changed == ["1 alash en"]
    assert "Take all your time." in text_of(world, ALASH).text
    assert edition(world) == before + 1


def test_every_version_of_a_text_stays_with_who_and_when(world: World) -> None:
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    world.bring()
    first, second = revisions(world, ALASH)
    assert "Take your time." in first.text
    assert "Take all your time." in second.text
    assert first.made_by == second.made_by == BY_THE_PACK
    assert first.made_at < second.made_at


def test_a_changed_source_is_a_version_too(world: World) -> None:
    world.edit(ENGLISH_ALASH, "- A witness.", "- A witness of 1917.")
    assert world.bring().changed == ["1 alash en"]
    assert [each.sources for each in revisions(world, ALASH)] == [
        "A witness.",
        "A witness of 1917.",
    ]


def test_a_text_put_back_is_a_third_version(world: World) -> None:
    world.edit(ENGLISH_ALASH, "Take your time.", "Hurry.")
    world.bring()
    world.edit(ENGLISH_ALASH, "Hurry.", "Take your time.")
    world.bring()
    texts = [each.text for each in revisions(world, ALASH)]
    assert len(texts) == 3
    assert texts[0] == texts[2] != texts[1]


def test_where_both_changed_a_text_the_guides_words_stay(world: World) -> None:
    correct_in_the_guide(world, ALASH, "Aigul's words.")
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    before = edition(world)
    report = world.bring()
    assert report.conflicts == ["1 alash en"]
    assert report.changed == []
    assert text_of(world, ALASH).text == "Aigul's words."
    assert edition(world) == before


def test_a_conflict_is_reported_until_it_is_settled(world: World) -> None:
    correct_in_the_guide(world, ALASH, "Aigul's words.")
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    assert [world.bring().conflicts for _ in range(2)] == [["1 alash en"]] * 2


def test_words_changed_in_the_guide_alone_stay_without_a_conflict(world: World) -> None:
    correct_in_the_guide(world, ALASH, "Aigul's words.")
    world.edit("stops/2-famine/en.md", "Take your time.", "Take all your time.")
    report = world.bring()
    assert (report.conflicts, report.changed) == ([], ["2 famine en"])
    assert text_of(world, ALASH).text == "Aigul's words."


def test_a_stop_that_the_pack_no_longer_names_is_retired(world: World) -> None:
    retire_alash(world)
    assert leads_to(world, ALASH) == (Outcome.RETIRED, "alash")
    assert page(world, "alash") == stop_pages.Retired()
    assert text_of(world, ALASH).title == "The Leaders of Alash"


def test_a_retired_stop_is_retired_once(world: World) -> None:
    retire_alash(world)
    before = edition(world)
    assert not world.bring().anything
    assert edition(world) == before


def test_a_retired_stop_can_come_back(world: World) -> None:
    before = retire_alash(world)
    (world.media / "museum.toml").write_text(before, encoding="utf-8")
    report = world.bring()
    assert report.anything
    assert report.added == report.changed == report.conflicts == []
    assert leads_to(world, ALASH) == (Outcome.FOUND, "alash")
    with world.database.reading() as session:
        assert scanning.key_in(session, "1").slug == "alash"


def test_another_stop_may_take_the_number_of_a_retired_one(world: World) -> None:
    retire_alash(world)
    structure(world, ("number = 2\n", "number = 1\n"), ("[0, 2, 14]", "[0, 1, 14]"))
    (world.media / "stops/2-famine").rename(world.media / "stops/1-famine")
    world.bring()
    with world.database.reading() as session:
        assert scanning.key_in(session, "1").slug == "famine"
    assert leads_to(world, ALASH) == (Outcome.RETIRED, "alash")


def test_two_stops_may_change_their_numbers(world: World) -> None:
    structure(
        world,
        ("number = 1\n", "number = 9\n"),
        ("number = 2\n", "number = 1\n"),
        ("number = 9\n", "number = 2\n"),
    )
    stops = world.media / "stops"
    (stops / "1-alash").rename(stops / "2-alash")
    (stops / "2-famine").rename(stops / "1-famine")
    report = world.bring()
    assert (report.added, report.changed, report.retired) == ([], [], [])
    with world.database.reading() as session:
        assert scanning.key_in(session, "1").slug == "famine"
        assert scanning.key_in(session, "2").slug == "alash"
    assert leads_to(world, ALASH) == (Outcome.FOUND, "alash")


def test_an_old_slug_still_leads_to_its_stop(world: World) -> None:
    structure(world, ('slug = "alash"', 'slug = "alash-orda"'))
    (world.media / "stops/1-alash").rename(world.media / "stops/1-alash-orda")
    world.bring()
    assert page(world, "alash") == stop_pages.Moved("alash-orda")
    assert leads_to(world, ALASH) == (Outcome.FOUND, "alash-orda")
    structure(world, ('slug = "alash-orda"', 'slug = "leaders"'))
    (world.media / "stops/1-alash-orda").rename(world.media / "stops/1-leaders")
    world.bring()
    assert page(world, "alash") == page(world, "alash-orda") == stop_pages.Moved("leaders")


def test_a_slug_in_use_beats_the_memory_of_it(world: World) -> None:
    stops = world.media / "stops"
    structure(world, ('slug = "alash"', 'slug = "leaders"'), ('slug = "famine"', 'slug = "alash"'))
    (stops / "1-alash").rename(stops / "1-leaders")
    (stops / "2-famine").rename(stops / "2-alash")
    world.bring()
    found = page(world, "alash")
    assert isinstance(found, stop_pages.StopPage)
    assert found.code == FAMINE


def test_another_code_is_another_stop(world: World) -> None:
    structure(world, (ALASH, UNUSED))
    report = world.bring()
    assert report.retired == ["1 alash"]
    assert report.added == ["1 alash kk", "1 alash ru", "1 alash en"]
    assert leads_to(world, ALASH) == (Outcome.RETIRED, "alash")
    assert leads_to(world, UNUSED) == (Outcome.FOUND, "alash")
    assert isinstance(page(world, "alash"), stop_pages.StopPage)


def test_a_portrait_is_published_when_its_words_are_there(world: World) -> None:
    assert leads_to(world, SPARE) == (Outcome.UNKNOWN, None)
    structure(world, ("published = false", "published = true"))
    shutil.copytree(world.media / "stops/1-alash", world.media / "stops/101-baitursynuly")
    assert len(world.bring().added) == 3
    assert leads_to(world, SPARE) == (Outcome.FOUND, "baitursynuly")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('opens = "09:00"', 'opens = "10:00"'),
        ("minutes = 10", "minutes = 15"),
        ("[0, 2, 14]", "[14, 2, 0]"),
        ("[0, 2, 14]", "[0, 2]"),
        ('kind = "section"', 'kind = "sculpture"'),
        ('"our_museum"', '"our.museum"'),
        ("+7 (7252) 21-01-40", "+7 (7252) 21-01-41"),
        ("published = false", 'published = false\napproved_by = "Aigul"'),
    ],
)
def test_a_change_in_the_structure_alone_raises_the_edition(
    world: World, old: str, new: str
) -> None:
    before = edition(world)
    structure(world, (old, new))
    report = world.bring()
    assert report.structure_changed
    assert (report.added, report.changed, report.retired) == ([], [], [])
    assert edition(world) == before + 1
    assert not world.bring().anything


@pytest.mark.parametrize(
    ("where", "title"),
    [
        ("museum", "# The Museum"),
        ("halls/memorial", "# Memorial Hall"),
        ("tours/short", "# A short tour"),
    ],
)
def test_changed_words_of_the_house_raise_the_edition(world: World, where: str, title: str) -> None:
    before = edition(world)
    world.edit(f"{where}/en.md", title, f"{title} anew")
    assert world.bring().anything
    assert edition(world) == before + 1
    assert not world.bring().anything


def test_a_tour_follows_the_pack(world: World) -> None:
    structure(world, ("[0, 2, 14]", "[14, 0, 1]"))
    world.bring()
    with world.database.reading() as session:
        tour = stop_pages.tour_page(session, "short", Language("en"))
    assert tour is not None
    assert [stop.number for stop in tour.stops] == [14, 0, 1]


def test_a_broken_pack_writes_nothing(world: World) -> None:
    before = all_rows(world)
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    world.edit("museum.toml", MEMORIAL, WELCOME)
    with pytest.raises(PackBroken):
        world.bring()
    assert all_rows(world) == before


def test_an_import_that_fails_in_the_middle_writes_nothing(world: World) -> None:
    before = all_rows(world)
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    pack = importing.read(world.media)
    with pytest.raises(ZeroDivisionError), world.database.writing() as session:  # noqa: PT012
        importing.bring_in(session, pack)
        raise ZeroDivisionError
    assert all_rows(world) == before


def test_mistakes_in_a_lexicon_are_said_with_those_of_the_texts(world: World) -> None:
    lexicons = world.media / "lexicon"
    lexicons.mkdir()
    (lexicons / "kk.tsv").write_bytes(b"# names\n" + "Әуезов\tӘуезов\n".encode("utf-16"))
    (lexicons / "en.tsv").write_text("Alash\n", encoding="utf-8")
    world.edit(ENGLISH_ALASH, "# The Leaders", "The Leaders")
    with pytest.raises(PackBroken) as broken:
        importing.read(world.media)
    assert [each.where for each in broken.value.findings] == [
        "media/stops/1-alash/en.md:1",
        "media/lexicon/kk.tsv:2",
        "media/lexicon/en.tsv:1",
    ]


def test_a_broken_lexicon_alone_stops_the_import(world: World) -> None:
    (world.media / "lexicon").mkdir()
    (world.media / "lexicon/ru.tsv").write_text("без табуляции\n", encoding="utf-8")
    with pytest.raises(PackBroken, match=r"media/lexicon/ru\.tsv:1"):
        importing.read(world.media)


def test_the_digest_of_the_pack_is_remembered_once(world: World) -> None:
    world.edit(ENGLISH_ALASH, "Take your time.", "Take all your time.")
    world.bring()
    with world.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PackSeen)) == 1
