"""Sessions of people who sign in: opened with a password, or with an invitation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from audioguide.operations.opened import Opened
from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.services.staff.signing_in import Refused


@dataclass(frozen=True)
class Entered:
    """A session that was opened: its cookie, and what its person may do."""

    cookie: str
    role: Role


def sign_in(opened: Opened, name: str, place: str, password: str) -> Entered | Refused:
    """Let a person in whose password fits; never say whether the name or the password was wrong.

    No transaction is open while the password is compared.
    """
    with opened.database.reading() as session:
        seconds = signing_in.wait(session, name, place)
        kept = signing_in.password_of(session, name)
    if seconds:
        return Refused(seconds)
    if signing_in.fits(password, kept):  # slow on purpose, in a thread of its own
        with opened.database.writing() as session:
            cookie = signing_in.sign_in(session, name, place, kept)
            if entered := _entered(session, cookie):
                return entered
    with opened.database.writing() as session:
        return signing_in.note_failure(session, name, place)


def accept(opened: Opened, key: str, password: str) -> Entered | None:
    """Set the password of whoever was invited with a key, and let her in; raise as the desk does.

    Return None for a key that opens nothing.
    """
    with opened.database.writing() as session:
        return _entered(session, signing_in.accept(session, key, password))


def _entered(session: Session, cookie: str | None) -> Entered | None:
    known = signing_in.known(session, cookie)
    return None if cookie is None or known is None else Entered(cookie, known.role)
