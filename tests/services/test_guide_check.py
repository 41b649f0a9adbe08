from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from audioguide.errors import Finding, Grade
from audioguide.languages import Languages
from audioguide.models import Narration, State, Transcript
from audioguide.services import guide_check, importing
from audioguide.services.narration import plan, queue
from audioguide.services.narration.scope import EVERYTHING
from museum import EN, RU, World


def check(world: World, grade: Grade | None = None) -> list[Finding]:
    pack = importing.read(world.media)
    with world.database.reading() as session:
        found = guide_check.check(session, pack, world.store)
    return [each for each in found if grade in (None, each.grade)]


def said(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.where, str(each.what)) for each in findings]


def test_what_is_still_being_made_is_a_note(world: World) -> None:
    found = check(world)
    assert {each.grade for each in found} == {Grade.NOTE}
    assert ("sound", "Texts without sound yet: 12.") in said(found)


def test_a_guide_with_all_its_sound_awaits_approval_only(world: World) -> None:
    world.speak_all()
    assert said(check(world)) == [("texts", "Stops that await the museum's approval: 4.")]


def test_an_approved_stop_awaits_nothing(world: World) -> None:
    world.speak_all()
    for code_line in ('slug = "alash"', 'slug = "welcome"', 'slug = "famine"'):
        world.edit("museum.toml", code_line, f"{code_line}\napproved_on = 2026-11-22")
    world.bring()
    assert said(check(world)) == [("texts", "Stops that await the museum's approval: 1.")]


def test_a_sound_older_than_its_text_is_a_warning(world: World) -> None:
    world.speak_all()
    world.edit("stops/1-alash/en.md", "Take your time.", "Take all your time.")
    world.bring()
    assert said(check(world, Grade.WARNING)) == [
        ("1 alash en", "The sound is older than the text.")
    ]


def test_a_sound_of_the_present_text_that_is_made_again_is_not_old(world: World) -> None:
    world.speak_all()
    with world.database.writing() as session:
        plan.want_again_all(session, EVERYTHING)
    assert check(world, Grade.WARNING) == []


def test_a_failed_narration_is_a_warning_with_its_reason(world: World) -> None:
    claimed = world.claim()
    assert claimed is not None
    with world.database.writing() as session:
        queue.fail(session, claimed, "The voice is hoarse.")
    assert said(check(world, Grade.WARNING)) == [
        ("0 welcome kk", "The sound could not be made: The voice is hoarse.")
    ]


def test_a_sound_file_that_is_gone_is_an_error(world: World) -> None:
    world.speak_all()
    with world.database.reading() as session:
        row = session.scalars(select(Narration).where(Narration.state == State.READY)).first()
    assert row is not None
    assert row.sound is not None
    (world.store.folder / row.sound).unlink()
    assert said(check(world, Grade.ERROR)) == [
        ("0 welcome kk", f"The sound file {row.sound} is gone or damaged.")
    ]


def test_a_second_format_that_is_gone_is_an_error(world: World) -> None:
    world.speak_all()
    next(world.store.folder.glob("*.webm")).unlink()
    (finding,) = check(world, Grade.ERROR)
    assert ".webm is gone or damaged." in str(finding)


def test_cues_that_are_gone_are_an_error(world: World) -> None:
    world.speak_all()
    (cues,) = world.store.folder.glob("*.vtt")  # the tones share one file of cues
    cues.unlink()
    assert len(check(world, Grade.ERROR)) == 12


def test_a_text_changed_on_both_sides_is_a_warning(world: World) -> None:
    with world.database.writing() as session:
        row = session.scalars(select(Transcript).where(Transcript.title == "The Famine")).one()
        row.text, row.words_digest = "Aigul's words.", "0" * 64
    assert check(world, Grade.WARNING) == []
    world.edit("stops/2-famine/en.md", "Take your time.", "Take all your time.")
    world.bring()
    assert said(check(world, Grade.WARNING)) == [
        ("2 famine en", "The text was changed in the file and in the guide.")
    ]


def test_a_text_taken_out_of_an_incomplete_language_is_named_while_it_is_shown(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, languages=Languages((RU, EN), frozenset((EN,))))
    world.bring()
    (world.media / "stops/1-alash/en.md").unlink()
    world.bring()
    gone = "The text is still shown, and its file is gone or not written yet."
    assert ("1 alash en", gone) in said(check(world, Grade.WARNING))
    world.close()
