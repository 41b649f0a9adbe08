"""What a scanned or typed code, or a keyed number, leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import codes
from audioguide.models import Stop

LONGEST_TYPED = 40  # more than any code with its spaces; longer input is not worth folding
MOST_DIGITS = 6
_BEFORE_A_NUMBER = re.compile(
    r"^[(\[«“„\"']?(?:№|#|N[or°º]?[.:]?)(?=\w)|^[(\[«“„\"'](?=\w)", re.IGNORECASE
)


class Outcome(StrEnum):
    """How a scan ends."""

    FOUND = "found"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scan:
    """How a scan ended, and at which stop's slug."""

    outcome: Outcome
    slug: str | None = None


UNKNOWN = Scan(Outcome.UNKNOWN)


def scan(session: Session, typed: str) -> Scan:
    """Find the stop of a code as scanned or typed."""
    code = codes.fold(typed) if len(typed) <= LONGEST_TYPED else ""
    if not codes.is_code(code):
        return UNKNOWN
    stop = session.scalars(select(Stop).where(Stop.code == code)).one_or_none()
    if stop is None:
        return UNKNOWN
    if stop.retired_at is not None:
        return Scan(Outcome.RETIRED, stop.slug)
    return Scan(Outcome.FOUND, stop.slug) if stop.published else UNKNOWN


def key_in(session: Session, typed: str) -> Scan:
    """Find the stop of a keyed number; a code that somebody typed there is found as well."""
    digits = _without_sign(typed)
    if digits.isdecimal() and len(digits) <= MOST_DIGITS:
        query = select(Stop).where(Stop.number == int(digits), Stop.published)
        if stop := session.scalars(query).one_or_none():
            return Scan(Outcome.FOUND, stop.slug)
    found = scan(session, typed)
    return found if found != UNKNOWN else scan(session, digits)


def _without_sign(typed: str) -> str:
    """Return what was typed without №, #, N, No., brackets around it; a minus is no such sign."""
    if len(typed) > LONGEST_TYPED:
        return ""
    plain = "".join(codes.without_end_marks(codes.narrowed(typed)).split())
    return _BEFORE_A_NUMBER.sub("", plain, count=1)
