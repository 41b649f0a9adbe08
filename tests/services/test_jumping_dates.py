"""The date of the machine is set forward and back: nothing is held by a moment that lies ahead."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from audioguide.errors import Message, VoiceUnavailable
from audioguide.languages import LANGUAGES, Language
from audioguide.models import (
    CLAIM_LASTS,
    GroupPresence,
    GroupTour,
    Narration,
    SignedIn,
    State,
    Stop,
    now,
)
from audioguide.roles import Role
from audioguide.services.groups import following, guide_page, joining, leading
from audioguide.services.groups.following import Present
from audioguide.services.groups.joining import AHEAD_MS, GroupState
from audioguide.services.groups.leading import Command, Verb
from audioguide.services.narration import backoff, pruning, queue
from audioguide.services.narration.queue import Claim
from audioguide.services.staff import signing_in
from audioguide.services.staff.signing_in import LONGEST_WAIT_SECONDS, SESSION_LASTS
from conftest import Date
from museum import ALASH, World

pytestmark = pytest.mark.thorough

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
PASSWORD = "a long password"
HALL = "192.0.2.7"
on_both = pytest.mark.parametrize(
    "on_database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)],
    indirect=True,
)


def claim(world: World, worker: str = "worker") -> Claim:
    claimed = world.claim(worker)
    assert claimed is not None
    return claimed


def is_waiting(world: World) -> bool:
    with world.database.reading() as session:
        return queue.work_is_waiting(session)


def renew(world: World, claimed: Claim) -> bool:
    with world.database.writing() as session:
        return queue.renew(session, claimed)


def claim_all(world: World) -> list[Claim]:
    claimed = []
    while (each := world.claim("worker")) is not None:
        claimed.append(each)
    return claimed


@on_both
def test_a_claim_of_a_speaker_that_was_killed_lapses_though_the_date_went_back(
    on_database: World, date: Date
) -> None:
    dead = claim_all(on_database)
    date.move(days=-1)
    assert is_waiting(on_database)
    assert on_database.claim("other") is None  # it might live, and renew within seconds
    assert not is_waiting(on_database)
    date.move(seconds=CLAIM_LASTS.total_seconds() + 1)
    again = {claim(on_database, "other").narration_id for _ in dead}
    assert again == {each.narration_id for each in dead}


@on_both
def test_a_claim_of_a_speaker_that_lives_is_not_taken_when_the_date_goes_back(
    on_database: World, date: Date
) -> None:
    living = claim_all(on_database)
    date.move(days=-1)
    assert on_database.claim("other") is None
    assert all(renew(on_database, each) for each in living)
    date.move(seconds=CLAIM_LASTS.total_seconds() / 2)
    assert on_database.claim("other") is None


@on_both
def test_what_somebody_waited_for_by_a_wrong_date_is_not_at_the_head_for_ever(
    on_database: World, date: Date
) -> None:
    world = on_database
    with world.database.reading() as session:
        alash = session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()
    date.move(days=365)
    with world.database.writing() as session:
        queue.ask(session, alash, EN)
    date.move(days=-365)
    first = claim(world)
    assert (first.stop, first.language) == ("0 welcome", KK)
    with world.database.reading() as session:
        assert queue.may_ask(session, alash, EN)
    with world.database.writing() as session:
        queue.ask(session, alash, EN)
    asked = claim(world)
    assert (asked.stop, asked.language) == ("1 alash", EN)


@on_both
def test_a_voice_does_not_rest_until_a_date_that_was_wrong(on_database: World, date: Date) -> None:
    one = claim(on_database)
    with on_database.database.writing() as session:
        backoff.rest(session, "another", VoiceUnavailable("It does not answer."))
        for _ in range(backoff.IN_A_ROW):
            reason = Message("Nothing is heard.")
            backoff.doubt(session, one.voice, one.language, reason, is_new=True)
    date.move(seconds=30)
    with on_database.database.reading() as session:
        assert set(backoff.voices(session)) == {"another", f"{one.voice} {one.language}"}
        assert is_resting(session) == {(one.voice, one.language)}
    date.move(days=-2)
    with on_database.database.reading() as session:
        assert not backoff.voices(session)
        assert is_resting(session) == set()


def is_resting(session: Session) -> set[tuple[str, str]]:
    """Name the voices that rest, with the language of their texts."""
    rows = session.execute(select(Narration.voice, Narration.language).where(backoff.is_resting()))
    return {(voice, language) for voice, language in rows}


# Sign-in


def invite(world: World) -> str:
    with world.database.writing() as session:
        return signing_in.add(session, "Marat", Role.GUIDE)


def signed_in(world: World) -> str:
    key = invite(world)
    with world.database.writing() as session:
        cookie = signing_in.accept(session, key, PASSWORD)
    assert cookie is not None
    return cookie


def sign_in(world: World) -> str | None:
    with world.database.writing() as session:
        kept = signing_in.password_of(session, "Marat")
        assert signing_in.fits(PASSWORD, kept)
        return signing_in.sign_in(session, "Marat", HALL, kept)


def fail(world: World, times: int) -> None:
    for _ in range(times):
        with world.database.writing() as session:
            signing_in.note_failure(session, "Marat", HALL)


def wait_seconds(world: World) -> int:
    with world.database.reading() as session:
        return signing_in.wait(session, "Marat", HALL)


def is_known(world: World, cookie: str) -> bool:
    with world.database.reading() as session:
        return signing_in.known(session, cookie) is not None


@on_both
def test_nobody_waits_to_sign_in_for_longer_than_the_longest_wait(
    on_database: World, date: Date
) -> None:
    fail(on_database, 12)
    assert 0 < wait_seconds(on_database) <= LONGEST_WAIT_SECONDS
    date.move(days=-1)
    assert wait_seconds(on_database) == 0
    fail(on_database, 12)
    assert 0 < wait_seconds(on_database) <= LONGEST_WAIT_SECONDS
    date.move(days=1)
    assert wait_seconds(on_database) == 0


@on_both
def test_failures_by_a_date_far_ahead_are_forgiven(on_database: World, date: Date) -> None:
    fail(on_database, 12)
    date.move(days=-1)
    fail(on_database, 1)
    assert wait_seconds(on_database) == 0


@on_both
def test_a_session_is_open_again_after_a_day_forward_and_back(
    on_database: World, date: Date
) -> None:
    cookie = signed_in(on_database)
    date.move(days=1)
    assert not is_known(on_database, cookie)
    assert sign_in(on_database) is not None  # which clears what ended, but not for good
    date.move(days=-1)
    assert is_known(on_database, cookie)


@on_both
def test_a_session_from_a_date_far_ahead_lasts_a_days_work_from_its_next_use(
    on_database: World, date: Date
) -> None:
    date.move(days=300)
    cookie = signed_in(on_database)
    date.move(days=-300)
    assert is_known(on_database, cookie)
    with on_database.database.writing() as session:
        assert signing_in.is_worth_noting(session, cookie)
        signing_in.note_seen(session, cookie)
    assert is_known(on_database, cookie)
    date.move(seconds=SESSION_LASTS.total_seconds() + 1)
    assert not is_known(on_database, cookie)


@on_both
def test_a_session_from_a_date_far_ahead_that_nobody_uses_ends_too(
    on_database: World, date: Date
) -> None:
    date.move(days=300)
    left_lying = signed_in(on_database)
    date.move(days=-300)
    assert sign_in(on_database) is not None
    date.move(hours=4)
    assert not is_known(on_database, left_lying)


@on_both
def test_an_invitation_from_a_date_far_ahead_opens_and_ends(on_database: World, date: Date) -> None:
    signed_in(on_database)
    date.move(days=300)
    key = invite(on_database)
    date.move(days=-300)
    assert sign_in(on_database) is not None
    with on_database.database.reading() as session:
        assert signing_in.invited(session, key) is not None
    date.move(days=4)
    with on_database.database.reading() as session:
        assert signing_in.invited(session, key) is None


@on_both
def test_a_session_that_ended_long_ago_is_removed(on_database: World, date: Date) -> None:
    signed_in(on_database)
    date.move(days=60)
    sign_in(on_database)
    with on_database.database.reading() as session:
        assert len(session.scalars(select(SignedIn)).all()) == 1


# Groups


class Led:
    """A group that plays, its guide, and what phones are told."""

    def __init__(self, world: World) -> None:
        for language in LANGUAGES:
            world.speak_sentences(language, (0, 3000), (3000, 6000), (6000, 9000))
        self.world = world
        signed_in(world)
        with world.database.writing() as session:
            self.group = leading.start(session, 1, "short")
        self.asks(Verb.PLAY)

    def state(self) -> GroupState:
        with self.world.database.reading() as session:
            return joining.state_of(session, session.get_one(GroupTour, self.group))

    def asks(self, verb: Verb) -> GroupState:
        wished = Command(verb, self.state().version)
        with self.world.database.writing() as session:
            state = leading.command(session, self.world.store, self.group, 1, wished)
        assert state is not None
        return state

    def guide_looks_in(self) -> None:
        with self.world.database.writing() as session:
            leading.seen(session, self.group, 1)

    def ago(self, **length: float) -> None:
        """Let it have begun earlier."""
        with self.world.database.writing() as session:
            group = session.get_one(GroupTour, self.group)
            group.at_ms -= round(timedelta(**length) / timedelta(milliseconds=1))

    def another_run(self) -> None:
        """Let the row be of another run of the machine, which no process of this one can reckon."""
        with self.world.database.writing() as session:
            session.execute(update(GroupTour).values(boot="another run", boot_ms=0))

    def is_found(self, code: str | None) -> bool:
        with self.world.database.reading() as session:
            return joining.group_by_code(session, code or "") is not None


@pytest.fixture
def led(on_database: World) -> Led:
    return Led(on_database)


def is_now(ms: int) -> bool:
    return abs(ms - joining.server_ms()) < 30_000


@on_both
@pytest.mark.parametrize("days", [1, -1])
def test_a_group_that_plays_plays_on_when_the_date_is_set(led: Led, date: Date, days: int) -> None:
    led.ago(seconds=4.5)
    before = led.state()
    date.move(days=days)
    assert led.state() == before
    assert led.asks(Verb.PAUSE).sentence == 1


@on_both
@pytest.mark.parametrize("days", [1, -1])
def test_a_server_that_starts_after_the_date_was_set_knows_where_a_group_is(
    led: Led, date: Date, days: int
) -> None:
    led.ago(seconds=4.5)
    date.move(days=days)
    date.is_found_anew()
    state = led.state()
    assert is_now(state.at_ms)
    assert is_now(state.seen_ms)
    assert led.asks(Verb.PAUSE).sentence == 1


@on_both
def test_phones_are_told_anew_once_the_guide_looks_in(led: Led, date: Date) -> None:
    before = led.state()
    date.move(days=-1)
    date.is_found_anew()
    led.guide_looks_in()
    told = led.state()
    assert told.version == before.version + 1
    assert is_now(told.at_ms)
    led.guide_looks_in()
    assert led.state() == told


@on_both
def test_after_another_start_of_the_machine_no_phone_waits_for_a_date_that_was_wrong(
    led: Led, date: Date
) -> None:
    date.move(days=-1)
    date.is_found_anew()
    led.another_run()
    assert led.state().at_ms <= joining.server_ms() + AHEAD_MS
    led.guide_looks_in()
    begun = led.state().at_ms
    assert begun <= joining.server_ms()
    assert led.state().at_ms == begun
    assert led.asks(Verb.PAUSE).sentence == 0


@on_both
def test_a_row_of_an_older_version_is_read_as_it_stands(led: Led) -> None:
    with led.world.database.writing() as session:
        session.execute(update(GroupTour).values(boot=None, boot_ms=None))
    led.ago(seconds=4.5)
    assert led.asks(Verb.PAUSE).sentence == 1


@on_both
def test_a_join_code_works_while_the_date_is_a_day_ahead_and_after(led: Led, date: Date) -> None:
    code = led.state().join_code
    date.move(days=1)
    assert led.is_found(code)
    with led.world.database.writing() as session:
        assert leading.end_forgotten(session) == 0
    led.guide_looks_in()
    date.move(days=-1)
    assert led.is_found(code)


@on_both
def test_a_guide_seen_on_a_day_to_come_counts_as_seen_now(led: Led, date: Date) -> None:
    code = led.state().join_code
    date.move(days=-300)
    date.is_found_anew()
    led.another_run()
    assert led.is_found(code)
    assert is_now(led.state().seen_ms)


@on_both
def test_a_group_whose_guide_was_seen_on_a_day_to_come_is_forgotten_half_a_day_later(
    led: Led, date: Date
) -> None:
    code = led.state().join_code
    date.move(days=-300)
    date.is_found_anew()
    led.another_run()
    with led.world.database.writing() as session:
        assert leading.end_forgotten(session) == 0
    assert led.is_found(code)
    with led.world.database.writing() as session:
        session.get_one(GroupTour, led.group).guide_seen_at -= timedelta(hours=13)
    assert not led.is_found(code)


@on_both
@pytest.mark.parametrize("days", [1, -1])
def test_a_group_began_a_while_ago_by_the_date_that_is_set_since(
    led: Led, date: Date, days: int
) -> None:
    date.move(days=days)
    with led.world.database.reading() as session:
        (found,) = guide_page.on_the_way(session, 1, EN)
    assert found.minutes < 5
    assert abs(found.begun_at - now()) < timedelta(minutes=5)


@on_both
def test_a_code_left_on_a_day_to_come_is_soon_a_code_like_another(led: Led, date: Date) -> None:
    code = led.state().join_code or ""
    with led.world.database.writing() as session:
        leading.end(session, led.group, 1)
    with led.world.database.reading() as session:
        assert joining.has_ended(session, code)
    date.move(days=-300)
    date.is_found_anew()
    with led.world.database.reading() as session:
        assert not joining.has_ended(session, code)


@on_both
def test_phones_counted_on_a_day_to_come_are_not_present(led: Led, date: Date) -> None:
    counted = {EN: Present(following=3)}
    with led.world.database.reading() as session:
        key = session.get_one(GroupTour, led.group).key
    date.move(days=1)
    with led.world.database.writing() as session:
        following.note_presence(session, key, "before", counted)
    date.move(days=-1)
    with led.world.database.writing() as session:
        assert following.present(session, led.group)[EN] == Present()
        following.note_presence(session, key, "now", counted)
    with led.world.database.reading() as session:
        assert following.present(session, led.group)[EN] == Present(following=3)
        assert session.scalars(select(GroupPresence.process)).all() == ["now"]


# Files


def test_old_sound_with_a_date_to_come_is_kept_a_month_from_now(world: World) -> None:
    name = world.store.keep(b"an old sound", "mp3")
    ahead = time.time() + timedelta(days=400).total_seconds()
    os.utime(world.store.path(name), (ahead, ahead))

    def prune(days: float) -> int:
        moment = now() + timedelta(days=days)
        return pruning.prune(frozenset(), world.store, world.settings.data, moment).files

    assert prune(0) == 0
    assert prune(29) == 0
    assert prune(31) == 1


def test_a_claim_and_its_narration_survive_a_day_forth_and_back(world: World, date: Date) -> None:
    claimed = claim(world)
    date.move(days=1)
    date.move(days=-1)
    assert renew(world, claimed)
    assert world.keep(claimed)
    with world.database.reading() as session:
        assert session.get_one(Narration, claimed.narration_id).state == State.READY
    assert claimed.language in tuple(LANGUAGES)
