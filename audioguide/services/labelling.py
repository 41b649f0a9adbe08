"""Print labels of the published stops; no door needs to know how a symbol is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.errors import AudioguideError
from audioguide.labels.address import payload, typed_address
from audioguide.labels.drawing import Label
from audioguide.labels.printing import Printed as Printed  # noqa: PLC0414  doors take it from here
from audioguide.labels.printing import make_sheets
from audioguide.labels.sheet import find_stock
from audioguide.languages import Language
from audioguide.models import Stop, Transcript

DEFAULT_STOCK = "L7163"


def labels(session: Session, base_url: str) -> tuple[Label, ...]:
    """Write a label for each published stop, in the order of their numbers."""
    stops = session.scalars(select(Stop).where(Stop.published).order_by(Stop.number)).all()
    titles = {
        (row.stop_id, row.language): row.title
        for row in session.execute(
            select(Transcript.stop_id, Transcript.language, Transcript.title)
        )
    }
    return tuple(
        Label(
            number=stop.number or 0,
            code=stop.code,
            payload=payload(base_url, stop.code),
            typed_address=typed_address(base_url, stop.code),
            titles={language: titles[stop.id, language] for language in Language},
            stem=f"{stop.number}-{stop.slug}",
        )
        for stop in stops
    )


def print_labels(
    wanted: Sequence[Label], out: Path, *, draft: bool, made_on: date, stock: str = DEFAULT_STOCK
) -> Printed:
    """Make the sheets and pictures of labels in ``out``, proven before they appear.

    Raise AskedWrongly for an unknown stock or a folder that cannot be written, LabelFailed for
    a label that cannot be made; then nothing is left behind.
    """
    if not wanted:
        raise AudioguideError("There is no published stop to print a label for.")
    return make_sheets(wanted, find_stock(stock), out, draft=draft, made_on=made_on)
