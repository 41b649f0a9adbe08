"""What the services that queue, speak and find narrations share: a scope, and a kept reason."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_

from audioguide.errors import NOTHING_TO_SAY, Message
from audioguide.languages import Language
from audioguide.models import Narration, Stop


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
