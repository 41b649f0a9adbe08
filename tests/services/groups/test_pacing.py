from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audioguide.languages import Language
from audioguide.services.groups.pacing import NOTHING_TO_PACE, Pace, pace
from audioguide.speech.cues import Cue

KK, RU = Language("kk"), Language("ru")


def cues(*times: tuple[int, int]) -> tuple[Cue, ...]:
    return tuple(Cue(start, end, "A sentence.") for start, end in times)


LONG_KAZAKH = cues((200, 3000), (3350, 5000), (5350, 7000))
SHORT_RUSSIAN = cues((200, 2000), (2350, 4900), (5250, 6000))


def test_a_sentence_begins_for_all_when_the_slowest_language_is_ready_for_it() -> None:
    together = pace({KK: LONG_KAZAKH, RU: SHORT_RUSSIAN})
    assert together == Pace(begins_ms=(0, 3150, 6050), ends_ms=7700)


def test_one_language_alone_walks_at_its_own_pace() -> None:
    assert pace({RU: SHORT_RUSSIAN}) == Pace(begins_ms=(0, 2150, 5050), ends_ms=5800)


def test_a_language_without_cues_holds_nobody_up() -> None:
    assert pace({KK: (), RU: SHORT_RUSSIAN}) == pace({RU: SHORT_RUSSIAN})


def test_without_any_cue_there_is_nothing_to_pace() -> None:
    assert pace({KK: ()}) == pace({}) == NOTHING_TO_PACE
    assert NOTHING_TO_PACE.sentence_at(5, 1000) == 0


def test_the_sentence_due_is_reckoned_from_the_one_that_began() -> None:
    together = pace({KK: LONG_KAZAKH, RU: SHORT_RUSSIAN})
    assert [together.sentence_at(0, passed) for passed in (0, 3149, 3150, 6050, 99_000)] == [
        0,
        0,
        1,
        2,
        2,
    ]
    assert together.sentence_at(1, 2900) == 2
    assert together.sentence_at(1, -500) == 1
    assert together.sentence_at(77, 0) == 2


@st.composite
def spoken(draw: st.DrawFn) -> tuple[Cue, ...]:
    moments = draw(st.lists(st.integers(1, 9000), min_size=1, max_size=12))
    at, made = 200, []
    for length in moments:
        made.append(Cue(at, at + length, "A sentence."))
        at += length + 350
    return tuple(made)


@given(spoken(), spoken())
def test_no_language_ever_begins_a_sentence_before_it_has_ended_the_one_before(
    kazakh: tuple[Cue, ...], russian: tuple[Cue, ...]
) -> None:
    together = pace({KK: kazakh, RU: russian})
    for mine in (kazakh, russian):
        for at in range(len(mine) - 1):
            room = together.begins_ms[at + 1] - together.begins_ms[at]
            assert room >= mine[at + 1].start_ms - mine[at].start_ms
    assert list(together.begins_ms) == sorted(together.begins_ms)
    assert together.ends_ms >= together.begins_ms[-1]


@given(spoken(), st.integers(0, 200_000))
def test_time_never_leads_backwards(mine: tuple[Cue, ...], passed: int) -> None:
    alone = pace({KK: mine})
    assert alone.sentence_at(0, passed) <= alone.sentence_at(0, passed + 500)
