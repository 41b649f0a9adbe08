from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, State, Stop, Transcript, now
from audioguide.services import editions
from audioguide.services.narration import audible, plan, queue, work_report
from audioguide.services.narration.audible import Heard
from audioguide.services.narration.queue import Claim
from audioguide.services.narration.scope import EVERYTHING, Scope, reason_of
from audioguide.services.narration.work_report import Progress
from audioguide.services.staff import stop_lookup
from museum import ALASH, World

ALL = 4 * len(LANGUAGES)
ENGLISH_ALASH = "stops/1-alash/en.md"
EN, KK, RU = Language("en"), Language("kk"), Language("ru")

# A worker of its own: claims until nothing is left and says what it claimed.
WORKER = """
import json, sys
from audioguide.db import Database
from audioguide.services.narration import queue

database = Database(sys.argv[1])
claimed = []
sys.stdin.readline()
while True:
    with database.writing() as session:
        claim = queue.claim(session, sys.argv[2])
    if claim is None:
        break
    claimed.append(claim.narration_id)
print(json.dumps(claimed))
"""


def stop_id(world: World, code: str = ALASH) -> int:
    with world.database.reading() as session:
        return session.scalars(select(Stop.id).where(Stop.code == code)).one()


def row_of(world: World, claimed: Claim) -> Narration:
    with world.database.reading() as session:
        return session.get_one(Narration, claimed.narration_id)


def heard(world: World, language: Language = EN, code: str = ALASH) -> Heard | None:
    with world.database.reading() as session:
        query = select(Transcript).join(Stop).where(Stop.code == code)
        words = session.scalars(query.where(Transcript.language == language)).one()
        return audible.heard(session, words.stop_id, language, words.digest)


def progress(world: World) -> Progress:
    with world.database.reading() as session:
        return work_report.progress(session)


def edition(world: World) -> int:
    with world.database.reading() as session:
        return editions.edition_number(session)


def ask(world: World, language: Language, code: str = ALASH) -> None:
    wanted = stop_id(world, code)
    with world.database.writing() as session:
        queue.ask(session, wanted, language)


def must_claim(world: World, worker: str = "worker") -> Claim:
    claimed = world.claim(worker)
    assert claimed is not None
    return claimed


def claim_alash(world: World, worker: str = "worker", language: Language = EN) -> Claim:
    ask(world, language)
    claimed = must_claim(world, worker)
    assert (claimed.stop, claimed.language) == ("1 alash", language)
    return claimed


def lapse(world: World, claimed: Claim) -> None:
    with world.database.writing() as session:
        row = session.get_one(Narration, claimed.narration_id)
        row.claimed_until = now() - timedelta(seconds=1)


def fail(world: World, claimed: Claim, reason: str = "The voice is hoarse.") -> bool:
    with world.database.writing() as session:
        return queue.fail(session, claimed, reason)


def correct(world: World, new: str = "Take all your time.") -> None:
    world.edit(ENGLISH_ALASH, "Take your time.", new)
    world.bring()


def test_every_published_text_is_wanted_once(world: World) -> None:
    assert progress(world) == Progress(ready=0, to_do=ALL, failed=0)
    with world.database.writing() as session:
        assert plan.want_all(session) == 0


def test_narrations_are_claimed_in_walking_order_kazakh_first(world: World) -> None:
    claimed = [must_claim(world) for _ in range(ALL)]
    assert [(each.stop.split()[0], each.language) for each in claimed] == [
        (number, language) for number in ("0", "1", "2", "14") for language in LANGUAGES
    ]
    assert world.claim() is None


def test_a_claim_holds_the_words_that_are_to_be_spoken(world: World) -> None:
    claimed = must_claim(world)
    assert claimed.title == "Қош келдіңіз"
    assert claimed.text.startswith("Бұл – Қош келдіңіз.")
    assert claimed.voice == plan.DRAFT_VOICE


def test_what_somebody_waits_for_comes_first_the_latest_asked_before(world: World) -> None:
    ask(world, RU)
    ask(world, EN)
    claimed = [must_claim(world) for _ in range(3)]
    assert [(each.stop, each.language) for each in claimed] == [
        ("1 alash", EN),
        ("1 alash", RU),
        ("0 welcome", KK),
    ]


def test_asking_for_what_is_being_spoken_or_ready_changes_nothing(world: World) -> None:
    first = must_claim(world)
    world.keep(first)
    second = must_claim(world)
    with world.database.writing() as session:
        for claimed in (first, second):
            row = session.get_one(Narration, claimed.narration_id)
            queue.ask(session, row.stop_id, claimed.language)
    assert row_of(world, first).asked_at is None
    assert row_of(world, second).asked_at is None


def test_work_is_waiting_until_all_is_claimed(world: World) -> None:
    with world.database.reading() as session:
        assert queue.work_is_waiting(session)
    while world.claim():
        pass
    with world.database.reading() as session:
        assert not queue.work_is_waiting(session)


def test_workers_in_processes_of_their_own_never_claim_the_same(world: World) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, world.settings.database_url, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [worker.communicate(timeout=60)[0] for worker in workers]
    claimed = [each for line in said for each in json.loads(line)]
    assert len(claimed) == len(set(claimed)) == ALL


def test_what_was_kept_is_heard_and_raises_the_edition(world: World) -> None:
    before = edition(world)
    claimed = claim_alash(world)
    assert world.keep(claimed)
    found = heard(world)
    assert found is not None
    assert found.is_current
    assert found.text_digest == claimed.digest
    assert world.store.has(found.sound)
    assert edition(world) == before + 1
    assert row_of(world, claimed).state == State.READY


def test_a_claim_that_its_worker_let_lapse_is_taken_over(world: World) -> None:
    mine = claim_alash(world, "one")
    lapse(world, mine)
    theirs = must_claim(world, "two")
    assert theirs.narration_id == mine.narration_id
    assert row_of(world, mine).attempts == 2


def test_a_claim_that_is_renewed_is_not_taken_over(world: World) -> None:
    mine = claim_alash(world, "one")
    lapse(world, mine)
    with world.database.writing() as session:
        assert queue.renew(session, mine)
    assert must_claim(world, "two").narration_id != mine.narration_id


def renew(world: World, claimed: Claim) -> bool:
    with world.database.writing() as session:
        return queue.renew(session, claimed)


def give_back(world: World, claimed: Claim) -> bool:
    with world.database.writing() as session:
        return queue.give_back(session, claimed)


LOSSES: list[Callable[[World, Claim], bool]] = [World.keep, fail, renew, give_back]


@pytest.mark.parametrize("act", LOSSES, ids=["keep", "fail", "renew", "give back"])
def test_a_worker_that_lost_its_claim_changes_nothing(
    world: World, act: Callable[[World, Claim], bool]
) -> None:
    mine = claim_alash(world, "one")
    lapse(world, mine)
    must_claim(world, "two")
    before, number = vars(row_of(world, mine)), edition(world)
    assert not act(world, mine)
    after = vars(row_of(world, mine))
    assert {k: v for k, v in after.items() if k[0] != "_"} == {
        k: v for k, v in before.items() if k[0] != "_"
    }
    assert edition(world) == number


def test_a_claim_given_back_is_wanted_and_counts_as_no_attempt(world: World) -> None:
    claimed = claim_alash(world)
    assert give_back(world, claimed)
    row = row_of(world, claimed)
    assert (row.state, row.attempts, row.claimed_by) == (State.WANTED, 0, None)
    assert must_claim(world).narration_id == claimed.narration_id


def test_a_text_changed_after_it_was_spoken_is_wanted_again_and_still_heard(world: World) -> None:
    claimed = claim_alash(world)
    world.keep(claimed)
    correct(world)
    found = heard(world)
    assert found is not None
    assert not found.is_current
    assert found.text_digest == claimed.digest
    assert row_of(world, claimed).state == State.WANTED


def test_a_text_changed_while_it_is_spoken_keeps_its_sound_and_stays_wanted(world: World) -> None:
    claimed = claim_alash(world)
    correct(world)
    assert world.keep(claimed)
    found = heard(world)
    assert found is not None
    assert not found.is_current
    assert row_of(world, claimed).state == State.WANTED
    again = claim_alash(world)
    assert "Take all your time." in again.text
    world.keep(again)
    found = heard(world)
    assert found is not None
    assert found.is_current


def test_a_text_changed_while_the_old_one_fails_is_tried(world: World) -> None:
    claimed = claim_alash(world)
    correct(world)
    assert fail(world, claimed)
    row = row_of(world, claimed)
    assert (row.state, row.reason, row.attempts) == (State.WANTED, None, 0)


def test_a_text_changed_and_changed_back_is_not_spoken_again(world: World) -> None:
    claimed = claim_alash(world)
    correct(world)
    world.edit(ENGLISH_ALASH, "Take all your time.", "Take your time.")
    world.bring()
    world.keep(claimed)
    assert row_of(world, claimed).state == State.READY


def test_a_changed_title_needs_no_new_sound(world: World) -> None:
    world.speak_all()
    world.edit(ENGLISH_ALASH, "# The Leaders of Alash", "# Alash")
    world.bring()
    assert progress(world) == Progress(ready=ALL, to_do=0, failed=0)


def test_a_failed_narration_says_why_and_the_next_goes_on(world: World) -> None:
    claimed = claim_alash(world)
    assert fail(world, claimed)
    assert progress(world) == Progress(ready=0, to_do=ALL - 1, failed=1)
    with world.database.reading() as session:
        (failure,) = work_report.failures(session)
        assert audible.has_failed(session, stop_id(world), EN)
        assert not audible.has_failed(session, stop_id(world), RU)
    assert (failure.stop, failure.language) == ("1 alash", EN)
    assert str(failure.reason) == "The voice is hoarse."
    assert must_claim(world).stop == "0 welcome"


def test_what_failed_is_not_tried_again_by_itself(world: World) -> None:
    claimed = claim_alash(world)
    fail(world, claimed)
    world.speak_all()
    world.bring()
    assert world.claim() is None


def test_what_failed_gets_another_chance_when_asked(world: World) -> None:
    claimed = claim_alash(world)
    fail(world, claimed)
    with world.database.writing() as session:
        assert plan.want_failed_again(session, Scope(language=RU)) == 0
        assert plan.want_failed_again(session, EVERYTHING) == 1
    world.keep(claim_alash(world))
    assert row_of(world, claimed).reason is None


def test_what_failed_is_tried_when_its_text_is_mended(world: World) -> None:
    claimed = claim_alash(world)
    fail(world, claimed)
    correct(world)
    assert row_of(world, claimed).state == State.WANTED


def test_a_narration_made_again_is_heard_all_the_while(world: World) -> None:
    claimed = claim_alash(world)
    world.keep(claimed)
    with world.database.writing() as session:
        assert plan.want_again_all(session, Scope(stop_id(world), EN)) == 1
    assert heard(world) is not None
    again = claim_alash(world)
    found = heard(world)
    assert found is not None
    assert found.is_current
    fail(world, again)
    assert heard(world) == found


def test_narrations_of_one_stop_are_wanted_again(world: World) -> None:
    world.speak_all()
    with world.database.writing() as session:
        assert plan.want_again_all(session, Scope(stop_id(world))) == 3
        assert plan.want_again_all(session, Scope(language=KK)) == 4
        assert plan.want_again_all(session, EVERYTHING) == ALL


def test_a_text_that_brings_every_worker_down_is_given_up(world: World) -> None:
    claimed = claim_alash(world)
    for attempt in range(1, queue.MOST_ATTEMPTS + 1):
        with world.database.writing() as session:
            assert queue.give_up_hopeless(session) == 0
        assert row_of(world, claimed).attempts == attempt
        lapse(world, claimed)
        if attempt < queue.MOST_ATTEMPTS:
            assert must_claim(world).narration_id == claimed.narration_id
    with world.database.writing() as session:
        assert queue.give_up_hopeless(session) == 1
    row = row_of(world, claimed)
    assert row.state == State.FAILED
    assert "3 times" in str(reason_of(row.reason))


def test_a_text_whose_worker_died_once_is_not_given_up(world: World) -> None:
    claimed = claim_alash(world)
    lapse(world, claimed)
    with world.database.writing() as session:
        assert queue.give_up_hopeless(session) == 0
    assert must_claim(world).narration_id == claimed.narration_id


def test_a_worker_on_its_last_attempt_is_not_given_up_while_it_lives(world: World) -> None:
    claimed = claim_alash(world)
    for _ in range(queue.MOST_ATTEMPTS - 1):
        lapse(world, claimed)
        claimed = must_claim(world)
    with world.database.writing() as session:
        assert queue.give_up_hopeless(session) == 0
    assert world.keep(claimed)


@pytest.mark.parametrize("lost", ["sound", "cues"])
def test_a_lost_file_is_made_again(world: World, lost: str) -> None:
    claimed = claim_alash(world)
    world.keep(claimed)
    file = getattr(row_of(world, claimed), lost)
    (world.store.folder / file).unlink()
    before = edition(world)
    with world.database.writing() as session:
        assert plan.repair(session, world.store) == 1
    assert heard(world) is None
    assert row_of(world, claimed).state == State.WANTED
    assert edition(world) == before + 1


def test_without_its_second_format_a_sound_is_heard_until_the_new_one_is_there(
    world: World,
) -> None:
    claimed = claim_alash(world)
    world.keep(claimed)
    with world.database.writing() as session:  # as rows are that were made before there was one
        session.execute(update(Narration).values(webm=None, webm_size_bytes=None))
    with world.database.writing() as session:
        assert plan.repair(session, world.store) == 1
    before = heard(world)
    assert before is not None
    assert (before.webm, before.is_current) == (None, True)
    world.keep(claim_alash(world))
    after = heard(world)
    assert after is not None
    assert after.webm is not None
    assert world.store.is_whole(after.webm)


def test_a_lost_second_format_is_made_again_and_not_offered_meanwhile(world: World) -> None:
    claimed = claim_alash(world)
    world.keep(claimed)
    for path in world.store.folder.glob("*.webm"):
        path.write_bytes(b"damaged")
    with world.database.writing() as session:
        assert plan.repair(session, world.store) == 1
    found = heard(world)
    assert found is not None
    assert (found.webm, found.webm_size_bytes) == (None, None)
    assert row_of(world, claimed).state == State.WANTED


def test_a_repair_with_nothing_lost_changes_nothing(world: World) -> None:
    world.keep(claim_alash(world))
    before = edition(world)
    with world.database.writing() as session:
        assert plan.repair(session, world.store) == 0
    assert edition(world) == before


def test_a_lost_file_of_an_older_text_is_not_offered_any_more(world: World) -> None:
    claimed = claim_alash(world)
    world.keep(claimed)
    correct(world)
    for path in world.store.folder.glob("*.mp3"):
        path.unlink()
    with world.database.writing() as session:
        plan.repair(session, world.store)
    assert heard(world) is None
    assert row_of(world, claimed).state == State.WANTED


def take_alash_out(world: World) -> None:
    path: Path = world.media / "museum.toml"
    head, *tables = path.read_text(encoding="utf-8").split("[[")
    path.write_text("[[".join([head, *(t for t in tables if ALASH not in t)]), encoding="utf-8")
    world.bring()


def test_nobody_speaks_a_stop_that_is_retired(world: World) -> None:
    ask(world, EN)
    take_alash_out(world)
    claimed = [must_claim(world).stop for _ in range(ALL - len(LANGUAGES))]
    assert "1 alash" not in claimed
    assert world.claim() is None
    with world.database.reading() as session:
        assert not queue.work_is_waiting(session)
    assert progress(world).to_do == ALL - len(LANGUAGES)


def test_a_hall_full_of_phones_asks_once(world: World) -> None:
    with world.database.reading() as session:
        stop = stop_lookup.stop_id(session, "2")
        assert queue.may_ask(session, stop, Language("ru"))
    with world.database.writing() as session:
        queue.ask(session, stop, Language("ru"))
    with world.database.reading() as session:
        assert not queue.may_ask(session, stop, Language("ru"))
        assert queue.may_ask(session, stop, Language("kk"))
