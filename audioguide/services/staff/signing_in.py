"""Authentication: an invitation sets a password, a password opens a session.

Only digests of invitations and cookies are kept, so that a copy of the database opens no door.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from audioguide.errors import AskedWrongly
from audioguide.models import Invitation, Person, SignedIn, SignInDelay, not_beyond, now
from audioguide.roles import Role

INVITATION_LASTS = timedelta(days=3)
SESSION_LASTS = timedelta(hours=12)  # a day's work; then she signs in again
SESSION_RESTS = timedelta(hours=3)  # a phone left lying closes earlier
_ENDED_KEPT = timedelta(days=30)  # a date that was set too far ahead ends nobody's session for good
_SEEN_EVERY = timedelta(minutes=1)

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 64

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 60  # and no longer: nobody elsewhere can keep a person out
_FORGIVEN_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class Known:
    """Who is signed in."""

    person_id: int
    name: str
    role: Role


@dataclass(frozen=True)
class Refused:
    """A sign-in that did not succeed; ``wait_seconds`` is 0 where she may try again at once."""

    wait_seconds: int = 0


def add(session: Session, name: str, role: Role) -> str:
    """Add a person, or invite one again, and return the key of an invitation that works once.

    An older invitation of the same person ends. Raise AskedWrongly for a name that cannot be one.
    """
    shown = " ".join(name.split())
    if not shown or len(shown) > LONGEST_NAME or not shown.isprintable():
        raise AskedWrongly("A name has 1 to {most} characters.", most=LONGEST_NAME)
    person = _by_name(session, shown)
    if person is None:
        person = Person(name=shown, name_key=_name_key(shown), role=role, added_at=now())
        session.add(person)
    person.role = role
    session.flush()
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    key = secrets.token_urlsafe(24)
    ends_at = now() + INVITATION_LASTS
    session.add(Invitation(digest=_digest(key), person_id=person.id, ends_at=ends_at))
    return key


def invited(session: Session, key: str) -> Known | None:
    """Say who was invited with a key; None if it is used, ended or never was one."""
    invitation = _invitation(session, key)
    return None if invitation is None else _known(invitation.person)


def accept(session: Session, key: str, password: str) -> str | None:
    """Set the password of whoever was invited, and sign her in; return the new cookie's value.

    Every other session of hers ends. Return None for a key that opens nothing; raise AskedWrongly
    for a password that is too short or too long.
    """
    invitation = _invitation(session, key)
    if invitation is None:
        return None
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AskedWrongly(
            "A password has {least} to {most} characters.",
            least=SHORTEST_PASSWORD,
            most=LONGEST_PASSWORD,
        )
    person = invitation.person
    person.password = _hasher().hash(_plain(password))
    session.delete(invitation)
    session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))
    return _open(session, person)


def wait(session: Session, name: str, place: str) -> int:
    """Return for how many seconds a sign-in with this name from this place has to wait.

    A wait that would be longer than any can be is over: the date was set back since.
    """
    delay = session.get(SignInDelay, _delay_key(name, place))
    if delay is None:
        return 0
    seconds = max(0, -int((now() - delay.wait_until).total_seconds() // 1))
    return seconds if seconds <= LONGEST_WAIT_SECONDS else 0


def password_of(session: Session, name: str) -> str | None:
    """Return the hash that a password has to fit, None where nobody has this name."""
    person = _by_name(session, name)
    return person.password if person else None


def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password fits a hash; takes as long where there is none. Slow on purpose."""
    try:
        _hasher().verify(kept or _nobody(), _plain(password[:LONGEST_PASSWORD]))
    except (Argon2Error, InvalidHashError):
        return False
    return kept is not None


def sign_in(session: Session, name: str, place: str, kept: str | None) -> str | None:
    """Open a session after ``fits`` said yes for ``kept``; return the new cookie's value.

    None if the password was changed in between.
    """
    person = _by_name(session, name)
    if person is None or person.password is None or person.password != kept:
        return None
    session.execute(delete(SignInDelay).where(SignInDelay.key == _delay_key(name, place)))
    _tidy(session)
    return _open(session, person)


def note_failure(session: Session, name: str, place: str) -> Refused:
    """Count a failed sign-in: after some, each next one waits longer, at most a minute.

    What is tried during a wait is not counted, and other places are not kept waiting, so that
    nobody elsewhere can keep a person out.
    """
    moment = now()
    key = _delay_key(name, place)
    lately = SignInDelay.failed_at.between(moment - _FORGIVEN_AFTER, moment + _FORGIVEN_AFTER)
    session.execute(delete(SignInDelay).where(~lately))
    delay = session.get(SignInDelay, key)
    if delay is None:
        delay = SignInDelay(key=key, failures=0, failed_at=moment, wait_until=moment)
        session.add(delay)
    delay.failures, delay.failed_at = delay.failures + 1, moment
    over = delay.failures - FREE_TRIES
    seconds = min(2**over, LONGEST_WAIT_SECONDS) if over >= 0 else 0
    delay.wait_until = moment + timedelta(seconds=seconds)
    return Refused(seconds)


def known(session: Session, cookie: str | None) -> Known | None:
    """Say who is signed in with a cookie; None once it has ended."""
    row = session.get(SignedIn, _digest(cookie)) if cookie else None
    moment = now()
    if row is None or row.ends_at < moment or row.seen_at < moment - SESSION_RESTS:
        return None
    return _known(row.person)


def is_worth_noting(session: Session, cookie: str) -> bool:
    """Tell, without a lock, whether ``note_seen`` would write."""
    row = session.get(SignedIn, _digest(cookie))
    return row is not None and abs(now() - row.seen_at) > _SEEN_EVERY


def note_seen(session: Session, cookie: str) -> None:
    """Note that the session is used, so that it does not close; it ends after a day's work at most.

    Where the date was set back since it was opened, the day's work counts from now.
    """
    row = session.get(SignedIn, _digest(cookie))
    if row is not None:
        row.seen_at = now()
        row.ends_at = not_beyond(row.ends_at, SESSION_LASTS, row.seen_at)


def sign_out(session: Session, cookie: str) -> None:
    """End a session; its cookie opens nothing any more, whoever has a copy of it."""
    session.execute(delete(SignedIn).where(SignedIn.digest == _digest(cookie)))


def form_key(cookie: str) -> str:
    """Return what a form of this session must bring along, which no other site can know."""
    return hashlib.sha256(f"form:{cookie}".encode()).hexdigest()[:32]


def people(session: Session) -> tuple[tuple[str, Role, bool], ...]:
    """List everybody: name, role, and whether a password was set."""
    rows = session.scalars(select(Person).order_by(Person.name_key))
    return tuple((row.name, row.role, row.password is not None) for row in rows)


def remove(session: Session, name: str) -> None:
    """Take a person's password, invitations and sessions away; raise AskedWrongly if unknown."""
    person = _by_name(session, name)
    if person is None:
        raise AskedWrongly("There is no account named {name}.", name=name)
    person.password = None
    session.execute(delete(Invitation).where(Invitation.person_id == person.id))
    session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))


def _open(session: Session, person: Person) -> str:
    cookie = secrets.token_urlsafe(32)
    moment = now()
    row = SignedIn(
        digest=_digest(cookie), person_id=person.id, seen_at=moment, ends_at=moment + SESSION_LASTS
    )
    session.add(row)
    return cookie


def _tidy(session: Session) -> None:
    """Remove the sessions that ended long ago, and shorten what ends later than it can.

    So nothing stays open for as long as the date was wrong that it was opened by.
    """
    moment = now()
    session.execute(delete(SignedIn).where(SignedIn.ends_at < moment - _ENDED_KEPT))
    for table, longest in ((SignedIn, SESSION_LASTS), (Invitation, INVITATION_LASTS)):
        latest = moment + longest
        session.execute(update(table).where(table.ends_at > latest).values(ends_at=latest))
    session.execute(
        update(SignedIn).where(SignedIn.seen_at > moment + _SEEN_EVERY).values(seen_at=moment)
    )


def _invitation(session: Session, key: str) -> Invitation | None:
    invitation = session.get(Invitation, _digest(key))
    return invitation if invitation is not None and invitation.ends_at >= now() else None


def _by_name(session: Session, name: str) -> Person | None:
    return session.scalars(select(Person).where(Person.name_key == _name_key(name))).one_or_none()


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()[:LONGEST_NAME]


def _plain(password: str) -> str:
    """Write a password the same way, whichever keyboard it was typed on (RFC 8265, 4.2)."""
    return unicodedata.normalize("NFC", password)


def _known(person: Person) -> Known:
    return Known(person.id, person.name, person.role)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _delay_key(name: str, place: str) -> str:
    return _digest(f"{_name_key(name)}\n{place}")


def _hasher() -> PasswordHasher:
    return PasswordHasher()  # Argon2id with the parameters of RFC 9106, second recommendation


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
