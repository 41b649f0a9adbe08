from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from audioguide.errors import AskedWrongly
from audioguide.models import Invitation, Person, SignedIn, SignInDelay
from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.services.staff.signing_in import FREE_TRIES, LONGEST_WAIT_SECONDS, Refused
from museum import World

PASSWORD = "three quiet words"
HALL, STREET = "192.0.2.1", "198.51.100.7"


def invite(world: World, name: str = "Marat", role: Role = Role.GUIDE) -> str:
    with world.database.writing() as session:
        return signing_in.add(session, name, role)


def accept(world: World, key: str, password: str = PASSWORD) -> str | None:
    with world.database.writing() as session:
        return signing_in.accept(session, key, password)


def sign_in(world: World, password: str, name: str = "Marat", place: str = HALL) -> str | None:
    with world.database.writing() as session:
        kept = signing_in.password_of(session, name)
        if signing_in.fits(password, kept):
            return signing_in.sign_in(session, name, place, kept)
    return None


def fail(world: World, times: int, place: str = HALL) -> Refused:
    refused = Refused()
    for _ in range(times):
        with world.database.writing() as session:
            refused = signing_in.note_failure(session, "Marat", place)
    return refused


def known(world: World, cookie: str | None) -> signing_in.Known | None:
    with world.database.reading() as session:
        return signing_in.known(session, cookie)


def later(world: World, **time: float) -> None:
    """Let time pass, by moving every moment into the past."""
    with world.database.writing() as session:
        for row in session.scalars(select(SignedIn)):
            row.ends_at, row.seen_at = (
                row.ends_at - timedelta(**time),
                row.seen_at - timedelta(**time),
            )
        for invitation in session.scalars(select(Invitation)):
            invitation.ends_at -= timedelta(**time)
        for delay in session.scalars(select(SignInDelay)):
            delay.wait_until -= timedelta(**time)
            delay.failed_at -= timedelta(**time)


def test_an_invitation_sets_a_password_and_signs_in(world: World) -> None:
    cookie = accept(world, invite(world))
    who = known(world, cookie)
    assert who is not None
    assert (who.name, who.role) == ("Marat", Role.GUIDE)
    assert sign_in(world, PASSWORD) is not None


def test_an_invitation_works_once(world: World) -> None:
    key = invite(world)
    accept(world, key)
    assert accept(world, key) is None
    assert sign_in(world, "another password") is None


def test_an_invitation_ends_after_three_days(world: World) -> None:
    key = invite(world)
    later(world, days=3, minutes=1)
    assert accept(world, key) is None


def test_inviting_again_ends_the_older_invitation_and_keeps_the_password_until_then(
    world: World,
) -> None:
    first = invite(world)
    accept(world, invite(world))
    second = invite(world)
    assert accept(world, first) is None
    assert sign_in(world, PASSWORD) is not None
    assert accept(world, second, "a new long password") is not None
    assert sign_in(world, PASSWORD) is None


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_that_is_too_short_or_long_is_refused_and_the_invitation_stays(
    world: World, password: str
) -> None:
    key = invite(world)
    with pytest.raises(AskedWrongly, match="10 to 200"):
        accept(world, key, password)
    assert accept(world, key) is not None


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "a\x00b"])
def test_a_name_must_be_one(world: World, name: str) -> None:
    with pytest.raises(AskedWrongly, match="1 to 64"):
        invite(world, name)


def test_a_name_is_the_same_however_it_is_typed(world: World) -> None:
    accept(world, invite(world, "Әсел  Қ."))
    assert sign_in(world, PASSWORD, "әсел қ.") is not None
    invite(world, "ӘСЕЛ Қ.")
    with world.database.reading() as session:
        assert len(session.scalars(select(Person)).all()) == 1


def test_a_password_fits_however_its_letters_are_composed(world: World) -> None:
    accept(world, invite(world), "й ё й ё й ё й ё")
    assert sign_in(world, "й ё й ё й ё й ё") is not None


def test_nothing_that_opens_a_door_is_kept(world: World) -> None:
    key = invite(world)
    cookie = accept(world, key) or ""
    invite(world, "Zhanar")
    world.database.close()
    kept = b"".join(each.read_bytes() for each in world.settings.data.glob("guide.sqlite3*"))
    for secret in (key, cookie, PASSWORD):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept


def test_somebody_unknown_is_refused_like_a_wrong_password(world: World) -> None:
    assert sign_in(world, PASSWORD, "Nobody") is None
    with world.database.reading() as session:
        assert not signing_in.fits(PASSWORD, signing_in.password_of(session, "Nobody"))


def test_somebody_invited_who_set_no_password_cannot_sign_in(world: World) -> None:
    invite(world)
    assert sign_in(world, "") is None


def test_a_session_ends_when_it_rests_and_after_a_day_of_work(world: World) -> None:
    cookie = accept(world, invite(world)) or ""
    later(world, hours=2)
    assert known(world, cookie) is not None
    with world.database.writing() as session:
        assert signing_in.is_worth_noting(session, cookie)
        signing_in.note_seen(session, cookie)
    later(world, hours=2)
    assert known(world, cookie) is not None
    later(world, hours=2)
    assert known(world, cookie) is None
    fresh = sign_in(world, PASSWORD) or ""
    for _ in range(6):
        later(world, hours=2)
        with world.database.writing() as session:
            signing_in.note_seen(session, fresh)
    later(world, minutes=1)
    assert known(world, fresh) is None


def test_a_stolen_cookie_opens_nothing_after_the_owner_signed_out(world: World) -> None:
    cookie = accept(world, invite(world)) or ""
    with world.database.writing() as session:
        signing_in.sign_out(session, cookie)
    assert known(world, cookie) is None


def test_a_new_password_ends_every_session(world: World) -> None:
    cookie = accept(world, invite(world))
    accept(world, invite(world), "a new long password")
    assert known(world, cookie) is None


def test_whoever_is_removed_is_out_at_once(world: World) -> None:
    cookie = accept(world, invite(world))
    pending = invite(world)
    with world.database.writing() as session:
        signing_in.remove(session, "marat")
    assert known(world, cookie) is None
    assert sign_in(world, PASSWORD) is None
    assert accept(world, pending) is None
    with pytest.raises(AskedWrongly, match="Nobody"), world.database.writing() as session:
        signing_in.remove(session, "Nobody")


def test_a_few_failures_are_free_then_each_waits_longer_but_never_more_than_a_minute(
    world: World,
) -> None:
    assert fail(world, FREE_TRIES - 1) == Refused(0)
    assert [fail(world, 1).wait_seconds for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    with world.database.reading() as session:
        assert 0 < signing_in.wait(session, "MARAT", HALL) <= LONGEST_WAIT_SECONDS


def test_nobody_can_lock_a_person_out_from_elsewhere_or_for_ever(world: World) -> None:
    accept(world, invite(world))
    fail(world, 40, STREET)
    with world.database.reading() as session:
        assert signing_in.wait(session, "Marat", HALL) == 0
        assert signing_in.wait(session, "Marat", STREET) > 0
    later(world, seconds=LONGEST_WAIT_SECONDS)
    with world.database.reading() as session:
        assert signing_in.wait(session, "Marat", STREET) == 0
    assert sign_in(world, PASSWORD, place=STREET) is not None
    assert fail(world, 1, STREET) == Refused(0)


def test_failures_of_long_ago_are_forgiven(world: World) -> None:
    fail(world, 20)
    later(world, minutes=31)
    assert fail(world, 1) == Refused(0)


def test_the_form_key_belongs_to_one_session(world: World) -> None:
    first, second = accept(world, invite(world)) or "", sign_in(world, PASSWORD) or ""
    assert signing_in.form_key(first) != signing_in.form_key(second)
    assert signing_in.form_key(first) not in first


def test_everybody_is_listed_with_role_and_whether_a_password_was_set(world: World) -> None:
    invite(world, "Zhanar", Role.EDITOR)
    accept(world, invite(world))
    with world.database.reading() as session:
        assert signing_in.people(session) == (
            ("Marat", Role.GUIDE, True),
            ("Zhanar", Role.EDITOR, False),
        )
