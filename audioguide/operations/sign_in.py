"""Sign-in: throttle, password and session, with no transaction open while a hash is computed."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Let a person in whose password fits; never say whether the name or the password was wrong."""
    with opened.database.reading() as session:
        seconds = signing_in.wait(session, name, place)
        kept = signing_in.password_of(session, name)
    if seconds:
        return Refused(seconds)
    if signing_in.fits(password, kept):  # slow on purpose, in a thread of its own
        with opened.database.writing() as session:
            cookie = signing_in.sign_in(session, name, place, kept)
            if cookie is not None and (known := signing_in.known(session, cookie)):
                return Entered(cookie, known.role)
    with opened.database.writing() as session:
        return signing_in.note_failure(session, name, place)
