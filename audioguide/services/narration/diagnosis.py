"""Decide whether a text or its voice is at fault where it was not spoken."""

from __future__ import annotations

from sqlalchemy.orm import Session

from audioguide.errors import Message, VoiceUnavailable, VoiceWithoutSound
from audioguide.models import Narration
from audioguide.services.narration import backoff, plan, queue
from audioguide.services.narration.queue import Claim
from audioguide.services.narration.scope import kept_reason


def not_spoken(
    session: Session, claimed: Claim, error: VoiceUnavailable | VoiceWithoutSound
) -> None:
    """Let a voice rest that can say nothing; where one text has no sound, doubt both.

    The draft's voice never rests: nothing is heard without it.
    """
    if isinstance(error, VoiceUnavailable):
        backoff.rest(session, claimed.voice, error)
        queue.give_back(session, claimed, behind=True)
    elif claimed.voice == plan.DRAFT_VOICE:
        queue.fail(session, claimed, error.message)
    else:
        _doubt(session, claimed, error.message)


def _doubt(session: Session, claimed: Claim, reason: Message) -> None:
    """Give a text back behind the others, to be tried once more; fail it the second time.

    Where several texts in a row were answered so, none of them fails: the voice rests in this
    language, and they wait for it.
    """
    row = session.get_one(Narration, claimed.narration_id, populate_existing=True)
    is_new = row.reason is None
    rests = backoff.doubt(session, claimed.voice, claimed.language, reason, is_new=is_new)
    if is_new or rests:
        if queue.give_back(session, claimed, behind=True):
            row.reason = kept_reason(reason)
    elif queue.fail(session, claimed, reason):
        backoff.wake(session, claimed.voice, claimed.language)
