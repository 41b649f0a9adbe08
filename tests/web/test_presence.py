from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from audioguide.languages import Language
from audioguide.services.groups.following import Present
from audioguide.web.presence import (
    KEEP_SECONDS,
    MOST_EACH,
    MOST_GROUPS,
    MOST_PHONES,
    RENEW_SECONDS,
    Counts,
    Presence,
    Report,
)
from audioguide.web.throttle import AT_ONCE, EACH_SECOND, MOST_PLACES, Arrivals

IN_STEP = Report(Language("kk"), in_step=True, behind=False)
BEHIND = Report(Language("kk"), in_step=False, behind=True)
HALL, STREET = "192.0.2.1", "2001:db8:1:2::/64"


class Counted:
    """The phones of one group, by a clock that the test moves."""

    def __init__(self) -> None:
        self.moment = 0.0
        self.presence = Presence(clock=lambda: self.moment)

    def hears(self, phone: str, report: Report = IN_STEP, place: str = HALL) -> float | None:
        return self.presence.note("group", place, phone, report)

    def arrive(self, name: str, count: int, place: str) -> None:
        """Let new phones come as quickly as their address may bring them."""
        for number in range(count):
            self.moment += 1 / EACH_SECOND
            self.hears(f"{name}{number}", place=place)

    def counts(self) -> Counts:
        """Return the counts as they are kept next, however soon that is."""
        self.presence.missed("group")
        counts = self.presence.due("group")
        assert counts is not None
        return counts

    def following(self) -> int:
        return sum(each.following for each in self.counts().values())


@pytest.fixture
def counted() -> Counted:
    return Counted()


def test_phones_are_counted_by_language_and_never_twice(counted: Counted) -> None:
    counted.hears("first")
    counted.hears("second", BEHIND)
    counted.hears("second", Report(Language("ru"), in_step=True, behind=False))
    counts = counted.counts()
    assert counts[Language("kk")] == Present(following=1, in_step=1, behind=0)
    assert counts[Language("ru")] == Present(following=1, in_step=1, behind=0)
    assert Language("en") not in counts


def test_the_last_report_of_several_is_kept_and_no_later_than_a_moment_on(
    counted: Counted,
) -> None:
    assert counted.hears("first") == 0
    assert counted.presence.due("group") is not None
    counted.moment = 0.4
    assert counted.hears("second") == pytest.approx(KEEP_SECONDS - 0.4)
    counted.moment = 0.5
    assert counted.hears("second", BEHIND) is None  # somebody has been told already
    counted.moment = KEEP_SECONDS
    counts = counted.presence.due("group")
    assert counts is not None
    assert counts[Language("kk")] == Present(following=2, in_step=1, behind=1)


def test_what_has_not_changed_is_kept_again_only_to_stay_alive(counted: Counted) -> None:
    counted.hears("first")
    assert counted.presence.due("group") is not None
    counted.moment = RENEW_SECONDS - 1
    counted.hears("first")
    assert counted.presence.due("group") is None
    counted.moment = RENEW_SECONDS
    counted.hears("first")
    assert counted.presence.due("group") is not None


def test_counts_that_could_not_be_kept_are_due_again(counted: Counted) -> None:
    counted.hears("first")
    assert counted.presence.due("group") is not None
    counted.presence.missed("group")
    assert counted.presence.due("group") is not None


def test_a_phone_that_fell_silent_is_no_longer_counted(counted: Counted) -> None:
    counted.hears("first")
    counted.moment = 74.0
    counted.hears("second")
    assert counted.following() == 2
    counted.moment = 76.0
    assert counted.following() == 1


def test_a_phone_that_leaves_is_no_longer_counted(counted: Counted) -> None:
    counted.hears("first")
    counted.hears("second")
    counted.presence.due("group")
    assert counted.presence.leave("group", "second") is not None
    assert counted.following() == 1
    assert counted.presence.leave("group", "second") is None
    assert counted.presence.leave("another", "second") is None


def test_a_phone_that_walks_out_of_the_wi_fi_is_the_same_phone(counted: Counted) -> None:
    counted.hears("first", place=HALL)
    counted.hears("first", place=STREET)
    assert counted.following() == 1


def test_one_follower_cannot_count_as_thousands(counted: Counted) -> None:
    for number in range(6000):
        counted.moment += 2.6 / 6000
        counted.hears(f"made-up{number}")
    assert counted.following() <= AT_ONCE + 3 * EACH_SECOND


def test_whoever_makes_up_phones_pushes_no_real_one_out(counted: Counted) -> None:
    for number in range(40):
        counted.hears(f"real{number}", place=HALL)
    for number in range(6000):
        counted.moment += 60 / 6000
        counted.hears(f"made-up{number}", place=STREET)
    for number in range(40):
        counted.hears(f"real{number}", BEHIND, place=HALL)
    assert counted.counts()[Language("kk")].behind == 40


def test_two_classes_behind_one_address_are_counted_at_once(counted: Counted) -> None:
    for number in range(60):
        counted.hears(f"pupil{number}")
    assert counted.following() == 60


def patient(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no phone fall silent, so that an address comes to its cap."""
    monkeypatch.setattr("audioguide.web.presence.PRESENT_FOR", FOR_EVER)


class _ForEver:
    def total_seconds(self) -> float:
        return 1e9


FOR_EVER = _ForEver()


def test_an_address_at_its_cap_loses_its_own_oldest(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(counted, monkeypatch)
    counted.hears("real", BEHIND, place=STREET)
    counted.arrive("made-up", MOST_EACH, HALL)
    counted.hears("made-up0", BEHIND, HALL)  # the oldest is now the one that came second
    counted.arrive("another", 1, HALL)
    assert counted.following() == MOST_EACH + 1
    assert counted.counts()[Language("kk")].behind == 2
    assert counted.presence.leave("group", "made-up1") is None
    assert counted.presence.leave("group", "made-up2") is not None


def test_a_group_that_is_full_keeps_those_it_has(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient(counted, monkeypatch)
    counted.hears("real", BEHIND)
    for place in range(MOST_PHONES // MOST_EACH + 1):
        counted.arrive(f"made-up{place}-", MOST_EACH, f"198.51.100.{place}")
    assert counted.following() == MOST_PHONES
    assert counted.counts()[Language("kk")].behind == 1


def test_only_a_group_that_a_phone_reported_to_needs_not_be_looked_for(counted: Counted) -> None:
    counted.hears("first")
    assert counted.presence.knows("group")
    assert not counted.presence.knows("another")
    counted.presence.forget("group")
    assert not counted.presence.knows("group")


def test_no_more_groups_are_remembered_than_there_can_be(counted: Counted) -> None:
    for number in range(MOST_GROUPS + 1):
        counted.presence.note(str(number), str(number), "first", IN_STEP)
    assert not counted.presence.knows("0")
    assert counted.presence.knows("1")


def test_addresses_are_remembered_up_to_a_bound() -> None:
    arrivals = Arrivals(clock=lambda: 0.0)
    for _ in range(AT_ONCE):
        assert arrivals.let_in("hall")
    assert not arrivals.let_in("hall")
    for place in range(MOST_PLACES):
        assert arrivals.let_in(str(place))
    assert arrivals.let_in("hall")  # forgotten meanwhile: it begins anew


def all_at_once(count: int, work: Callable[[int], object]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_phones_that_report_at_the_same_time_are_all_counted(counted: Counted) -> None:
    waits: list[float | None] = []
    all_at_once(50, lambda number: waits.append(counted.hears(f"phone{number}")))
    assert counted.following() == 50
    assert [each for each in waits if each is not None] == [0.0]
