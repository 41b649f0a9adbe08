"""What the services that queue, speak and find narrations share: a scope, and a kept reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, update
from sqlalchemy.orm import Session

from audioguide.errors import NOTHING_TO_SAY, Message
from audioguide.languages import Language
from audioguide.models import Narration, State, Stop

CLAIM_LASTS = timedelta(seconds=30)  # renewed after each sentence; a dead worker's ends by itself


@dataclass(frozen=True)
class Scope:
    """Which narrations a piece of work is about: of one stop or all, in one language or all."""

    stop_id: int | None = None
    language: Language | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """The condition on Narration, joined with Stop, that its rows fulfil."""
        wanted: list[ColumnElement[bool]] = [Stop.published.is_(True)]
        if self.stop_id is not None:
            wanted.append(Narration.stop_id == self.stop_id)
        if self.language is not None:
            wanted.append(Narration.language == self.language)
        return and_(*wanted)


EVERYTHING = Scope()


def has_lapsed(moment: datetime) -> ColumnElement[bool]:
    """Tell the claims that anyone may take over."""
    return and_(Narration.state == State.SPEAKING, Narration.claimed_until < moment)


def is_too_long(moment: datetime) -> ColumnElement[bool]:
    """Tell the claims that end later than any can: the date was set back since."""
    ends = Narration.claimed_until
    return and_(Narration.state == State.SPEAKING, ends > moment + CLAIM_LASTS)


def shorten_claims(session: Session, moment: datetime) -> None:
    """Shorten the claims that are too long: a living worker renews its own, a dead one's lapses."""
    session.execute(
        update(Narration)
        .where(is_too_long(moment))
        .values(claimed_until=moment + CLAIM_LASTS)
        .execution_options(synchronize_session=False)
    )


def kept_reason(reason: Message | str) -> str:
    """Return a reason as a row keeps it: a message as JSON, to be said in any language later."""
    given = Message(reason) if isinstance(reason, str) else reason
    return json.dumps(given.as_record(), ensure_ascii=False)


def reason_of(kept: str | None) -> Message:
    """Return the message that a row keeps; rows of earlier versions keep an English sentence."""
    if kept is None:
        return NOTHING_TO_SAY
    try:
        return Message.of_record(json.loads(kept))
    except (ValueError, KeyError, TypeError):
        return Message(kept)
