"""The versions that a text has had, and the way back to one of them."""

from __future__ import annotations

import os
import stat

import pytest
from sqlalchemy import select, update

from audioguide.errors import AskedWrongly, AudioguideError, PackBroken
from audioguide.languages import Language
from audioguide.models import Revision, Stop, Transcript
from audioguide.services.staff import text_versions
from audioguide.services.staff.text_versions import Version
from museum import ALASH, World

EN = Language("en")
FILE = "stops/1-alash/en.md"


def stop_id(world: World) -> int:
    with world.database.reading() as session:
        return session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()


def versions(world: World) -> tuple[Version, ...]:
    with world.database.reading() as session:
        return text_versions.versions(session, stop_id(world), EN)


def bring_back(world: World, number: int) -> None:
    with world.database.reading() as session:
        text_versions.bring_back(session, stop_id(world), EN, number, world.media)


@pytest.fixture
def edited(world: World) -> World:
    """Stop 1 with three versions: as it was, with another word, with a sentence less."""
    world.edit(FILE, "Take your time.", "Do not hurry.")
    world.bring()
    world.edit(FILE, " Read one name.", "")
    world.bring()
    return world


def test_each_version_says_what_is_new_in_it(edited: World) -> None:
    first, second, third = versions(edited)
    assert (first.number, first.first_change) == (1, "The Leaders of Alash")
    assert (second.first_change, second.only_less) == ("Do not hurry.", False)
    assert (third.first_change, third.only_less) == ("Read one name.", True)
    assert [each.is_present for each in (first, second, third)] == [False, False, True]
    assert first.is_of_the_pack


def test_a_version_that_is_brought_back_is_imported_as_a_correction(edited: World) -> None:
    before = (edited.media / FILE).read_text(encoding="utf-8")
    bring_back(edited, 1)
    assert "Take your time. Read one name." in (edited.media / FILE).read_text(encoding="utf-8")
    assert before != (edited.media / FILE).read_text(encoding="utf-8")
    report = edited.bring()
    assert (report.changed, report.conflicts) == (["1 alash en"], [])
    fourth = versions(edited)[-1]
    assert (fourth.number, fourth.words) == (4, versions(edited)[0].words)


def test_the_present_version_is_not_brought_back(edited: World) -> None:
    before = (edited.media / FILE).stat()
    with pytest.raises(AskedWrongly, match="Version 3 is what visitors read now"):
        bring_back(edited, 3)
    assert (edited.media / FILE).stat().st_mtime_ns == before.st_mtime_ns


def test_a_file_that_was_changed_meanwhile_is_never_overwritten(edited: World) -> None:
    edited.edit(FILE, "Do not hurry.", "Somebody writes just now.")
    with pytest.raises(AudioguideError, match="has not taken it yet"):
        bring_back(edited, 1)
    assert "Somebody writes just now." in (edited.media / FILE).read_text(encoding="utf-8")


def test_a_half_saved_file_is_never_overwritten(edited: World) -> None:
    (edited.media / FILE).write_text("A title is still missing here.", encoding="utf-8")
    with pytest.raises(PackBroken):
        bring_back(edited, 1)
    assert (edited.media / FILE).read_text(encoding="utf-8") == "A title is still missing here."


@pytest.mark.parametrize("number", [1, 3])
def test_a_file_that_is_gone_is_made_again(edited: World, number: int) -> None:
    (edited.media / FILE).unlink()
    bring_back(edited, number)
    edited.bring()
    assert versions(edited)[-1].words == versions(edited)[number - 1].words
    assert sorted(path.name for path in (edited.media / FILE).parent.iterdir()) == [
        "en.md",
        "kk.md",
        "ru.md",
    ]


def test_words_that_the_guide_alone_has_are_not_lost(edited: World) -> None:
    with edited.database.writing() as session:  # as a console will
        session.execute(
            update(Transcript)
            .where(Transcript.stop_id == stop_id(edited), Transcript.language == EN)
            .values(words_digest="0" * 64)
        )
    with pytest.raises(AudioguideError, match="Nothing is overwritten"):
        bring_back(edited, 1)


def test_an_old_version_that_todays_rules_refuse_is_not_written(edited: World) -> None:
    before = (edited.media / FILE).read_bytes()
    with edited.database.writing() as session:
        oldest = select(Revision.id).where(Revision.title == "The Leaders of Alash").limit(1)
        session.execute(
            update(Revision)
            .where(Revision.id == oldest.scalar_subquery())
            .values(text="One <b>bold</b> word.")
        )
    with pytest.raises(PackBroken) as refused:
        bring_back(edited, 1)
    assert {each.where.split(":")[0] for each in refused.value.findings} == {"1 alash en 1"}
    assert (edited.media / FILE).read_bytes() == before


def test_rights_and_links_of_a_file_stay(edited: World) -> None:
    path = edited.media / FILE
    real = edited.folder / "elsewhere.md"
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o664)
    if os.geteuid() == 0:
        os.chown(real, 65534, 65534)
    bring_back(edited, 1)
    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o664
    assert real.stat().st_uid == (65534 if os.geteuid() == 0 else os.geteuid())
    assert "Take your time." in real.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [0, -1, 4, 10**30])
def test_a_version_that_never_was_is_refused_with_those_that_were(
    edited: World, number: int
) -> None:
    with pytest.raises(AskedWrongly, match="The versions are 1 to 3"):
        bring_back(edited, number)


def test_a_stop_without_a_text_has_no_history(world: World) -> None:
    with world.database.reading() as session:
        stop = session.scalars(select(Stop.id).where(Stop.published.is_(False))).one()
        with pytest.raises(AskedWrongly, match="no text in that language"):
            text_versions.versions(session, stop, EN)


def test_a_closed_stop_is_told_to_be_closed(edited: World) -> None:
    structure = edited.media / "museum.toml"
    words = structure.read_text(encoding="utf-8")
    block = words[words.index("[[stop]]\nnumber = 1\n") : words.index("[[stop]]\nnumber = 2\n")]
    structure.write_text(words.replace(block, ""), encoding="utf-8")
    edited.bring()
    assert len(versions(edited)) == 3
    with pytest.raises(AskedWrongly, match="This stop is closed"):
        bring_back(edited, 1)
