from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.errors import AskedWrongly
from audioguide.languages import Language
from audioguide.models import GroupTour, Stop, now
from audioguide.roles import Role
from audioguide.services import editions
from audioguide.services.groups import following, joining, leading
from audioguide.services.groups.joining import AHEAD_MS, GroupState
from audioguide.services.groups.leading import Command, Verb
from audioguide.services.staff import signing_in
from museum import ALASH, FAMINE, MEMORIAL, WELCOME, World

pytestmark = pytest.mark.thorough

TOUR = "short"


def add_guide(world: World, name: str = "Marat") -> int:
    with world.database.writing() as session:
        key = signing_in.add(session, name, Role.GUIDE)
    with world.database.reading() as session:
        invited = signing_in.invited(session, key)
    assert invited is not None
    return invited.person_id


class Led:
    """A group, its guide, and what she asks of it."""

    def __init__(self, world: World, name: str = "Marat") -> None:
        self.world = world
        self.guide = add_guide(world, name)
        with world.database.writing() as session:
            self.group = leading.start(session, self.guide, TOUR)

    def state(self) -> GroupState:
        with self.world.database.reading() as session:
            return joining.state_of(session, session.get_one(GroupTour, self.group))

    def asks(self, verb: Verb, **wish: object) -> GroupState:
        wished = Command(verb, wish.pop("version", self.state().version), **wish)  # type: ignore[arg-type]
        with self.world.database.writing() as session:
            state = leading.command(session, self.world.store, self.group, self.guide, wished)
        assert state is not None
        return state

    def ago(self, **time: float) -> None:
        """Let time pass, by moving what was begun into the past."""
        passed_ms = round(timedelta(**time) / timedelta(milliseconds=1))
        with self.world.database.writing() as session:
            group = session.get_one(GroupTour, self.group)
            group.at_ms -= passed_ms
            group.guide_seen_at -= timedelta(**time)


@pytest.fixture
def led(world: World) -> Led:
    world.speak_sentences(Language("kk"), (200, 3000), (3350, 5000), (5350, 7000), (7700, 9000))
    world.speak_sentences(Language("ru"), (200, 2000), (2350, 4900), (5250, 6000), (6700, 8000))
    world.speak_sentences(Language("en"), (200, 2000), (2350, 4000), (4350, 6000), (6700, 8000))
    return Led(world)


def test_a_group_begins_at_the_first_stop_of_its_tour_and_waits(led: Led) -> None:
    state = led.state()
    assert (state.stop, state.sentence, state.playing) == (WELCOME, 0, False)
    assert state.join_code is not None
    assert len(state.join_code) == 5
    assert state.join_code.isdecimal()


def test_a_tour_that_is_not_there_cannot_be_led(world: World) -> None:
    guide = add_guide(world)
    with pytest.raises(AskedWrongly, match="nowhere"), world.database.writing() as session:
        leading.start(session, guide, "nowhere")


def test_play_begins_for_all_at_a_moment_slightly_ahead(led: Led) -> None:
    before = joining.server_ms()
    state = led.asks(Verb.PLAY)
    assert state.playing
    assert before + AHEAD_MS <= state.at_ms <= joining.server_ms() + AHEAD_MS


def test_pause_stays_at_the_sentence_that_is_being_heard_then(led: Led) -> None:
    led.asks(Verb.PLAY)
    led.ago(seconds=3.2)  # the first sentence lasts 3.15 s for all
    state = led.asks(Verb.PAUSE)
    assert (state.sentence, state.playing) == (1, False)
    assert led.asks(Verb.PLAY).sentence == 1


def test_back_goes_one_sentence_back_and_goes_on_as_it_was(led: Led) -> None:
    led.asks(Verb.SENTENCE, sentence=2)
    state = led.asks(Verb.BACK)
    assert (state.sentence, state.playing) == (1, True)
    led.asks(Verb.PAUSE)
    state = led.asks(Verb.BACK)
    assert (state.sentence, state.playing) == (0, False)
    assert led.asks(Verb.BACK).sentence == 0


def test_a_sentence_is_heard_again_from_its_beginning(led: Led) -> None:
    state = led.asks(Verb.SENTENCE, sentence=3)
    assert (state.sentence, state.playing) == (3, True)
    assert led.asks(Verb.SENTENCE, sentence=99) == state
    assert led.asks(Verb.SENTENCE) == state


def test_play_after_the_end_begins_again(led: Led) -> None:
    led.asks(Verb.PLAY)
    led.ago(minutes=5)
    assert led.asks(Verb.PLAY).sentence == 0


def test_any_stop_can_be_led_to_and_the_group_waits_there(led: Led) -> None:
    led.asks(Verb.PLAY)
    state = led.asks(Verb.STOP, stop=ALASH)
    assert (state.stop, state.sentence, state.playing, state.visit) == (ALASH, 0, False, 2)


@pytest.mark.parametrize("code", ["ZZZZZ", None, ""])
def test_a_stop_that_is_not_there_leads_nowhere(led: Led, code: str | None) -> None:
    before = led.state()
    assert led.asks(Verb.STOP, stop=code) == before


def test_a_retired_stop_is_not_led_to_and_one_that_retires_is_said(led: Led) -> None:
    led.asks(Verb.STOP, stop=FAMINE)
    with led.world.database.writing() as session:
        group = session.get_one(GroupTour, led.group)
        stop = session.get_one(Stop, group.stop_id)
        stop.retired_at, stop.published = now(), False
    assert led.state().stop is None
    led.asks(Verb.STOP, stop=MEMORIAL)
    assert led.asks(Verb.STOP, stop=FAMINE).stop == MEMORIAL


def test_a_command_on_an_older_state_does_nothing(led: Led) -> None:
    seen = led.state().version
    after = led.asks(Verb.PLAY, version=seen)
    assert led.asks(Verb.PAUSE, version=seen) == after
    assert led.asks(Verb.PLAY, version=seen) == after


def test_only_the_guide_of_the_group_may_command_or_end_it(led: Led) -> None:
    other = add_guide(led.world, "Zhanar")
    wished = Command(Verb.PLAY, led.state().version)
    with led.world.database.writing() as session:
        assert leading.command(session, led.world.store, led.group, other, wished) is None
        assert not leading.end(session, led.group, other)
        leading.seen(session, led.group, other)
    assert not led.state().playing
    assert not led.state().ended


def test_two_guides_with_one_tour_lead_two_groups(led: Led) -> None:
    second = Led(led.world, "Zhanar")
    second.asks(Verb.PLAY)
    assert second.state().join_code != led.state().join_code
    assert not led.state().playing


def test_after_the_end_the_join_code_leads_nowhere_and_commands_do_nothing(led: Led) -> None:
    code = led.state().join_code
    with led.world.database.writing() as session:
        assert leading.end(session, led.group, led.guide)
        assert leading.end(session, led.group, led.guide)
    with led.world.database.reading() as session:
        assert joining.group_by_code(session, code or "") is None
        assert joining.has_ended(session, code or "")
        assert not joining.has_ended(session, "99999")
    assert led.state().ended
    assert not led.asks(Verb.PLAY).playing


def test_a_group_that_its_guide_forgot_ends_by_itself(led: Led) -> None:
    led.ago(hours=11)
    with led.world.database.writing() as session:
        assert leading.end_forgotten(session) == 0
    led.ago(hours=2)
    with led.world.database.writing() as session:
        assert leading.end_forgotten(session) == 1
    assert led.state().ended


@pytest.mark.parametrize("typed", ["", "1234", "123456", "abcde", "１２３４５", "00000", "1 2 3"])
def test_what_is_no_join_code_finds_no_group(led: Led, typed: str) -> None:
    with led.world.database.reading() as session:
        assert joining.group_by_code(session, typed) is None
        assert joining.state(session, typed) is None


def test_each_command_raises_the_edition_of_its_group_alone(led: Led) -> None:
    scope = led.state().scope
    with led.world.database.reading() as session:
        before = editions.edition_number(session, scope), editions.edition_number(session)
    led.asks(Verb.PLAY)
    with led.world.database.reading() as session:
        after = editions.edition_number(session, scope), editions.edition_number(session)
    assert after == (before[0] + 1, before[1])


def test_a_narration_renewed_meanwhile_does_not_pull_the_phones_apart(led: Led) -> None:
    key = led.state().key
    with led.world.database.reading() as session:
        before = following.visit(session, led.world.store, key, 1)
    led.world.speak_sentences(Language("kk"), (200, 9000), (9350, 9900))
    with led.world.database.reading() as session:
        assert following.visit(session, led.world.store, key, 1) == before
    led.asks(Verb.STOP, stop=WELCOME)
    with led.world.database.reading() as session:
        again = following.visit(session, led.world.store, key, 2)
    assert before is not None
    assert again is not None
    assert again.words[Language("kk")].sound != before.words[Language("kk")].sound


WISHES = st.lists(
    st.tuples(
        st.sampled_from(list(Verb)),
        st.integers(-1, 6),
        st.sampled_from([WELCOME, FAMINE, MEMORIAL, "ZZZZZ"]),
        st.floats(0, 12),
        st.integers(0, 3),
    ),
    max_size=8,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None
)
@given(WISHES)
def test_a_wish_is_done_once_or_not_at_all_however_often_and_late_it_arrives(
    led: Led, wishes: list[tuple[Verb, int, str, float, int]]
) -> None:
    versions = [led.state().version]
    for verb, sentence, stop, passed, late in wishes:
        version = versions[max(len(versions) - 1 - late, 0)]
        before = led.state()
        state = led.asks(verb, version=version, sentence=sentence, stop=stop)
        assert state == led.asks(verb, version=version, sentence=sentence, stop=stop)
        if version != before.version:
            assert state == before
        assert state.version in (before.version, before.version + 1)
        assert 0 <= state.sentence < 4
        assert state.stop in (WELCOME, FAMINE, MEMORIAL)
        assert state.visit - before.visit == (state.version > before.version and verb == Verb.STOP)
        versions.append(state.version)
        led.ago(seconds=passed)
