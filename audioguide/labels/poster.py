"""Make the poster at the entrance, proven before it appears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from audioguide.labels.drawing import Label, Words
from audioguide.labels.options import CALL, Options
from audioguide.labels.printing import Printed, make_pages
from audioguide.labels.stocks import POSTER
from audioguide.languages import Language

_OPTIONS = Options()


@dataclass(frozen=True)
class Poster:
    """What the poster says: where the symbol leads, what to do there, how, and whose it is."""

    payload: str
    typed_address: str
    heading: Mapping[Language, str]
    text: Mapping[Language, str]
    call: Mapping[Language, str] = field(default_factory=lambda: CALL)
    museum: Words = field(default_factory=Words)


def make_poster(
    poster: Poster, out: Path, *, draft: bool, made_on: date, options: Options = _OPTIONS
) -> Printed:
    """Make an A4 poster as a PDF, with the pictures and previews of ``options``, in ``out``.

    Raise as printing.make_sheets does; the start cell and the copies of the options are at home
    on sheets, and give more pages here.
    """
    # A poster is of no stop: the name in its code's place is what a failure names.
    label = Label(
        number=0,
        code="poster",
        payload=poster.payload,
        typed_address=poster.typed_address,
        titles=poster.heading,
        stem="poster-symbol",
    )
    return make_pages(
        [label],
        POSTER,
        out / f"poster-{POSTER.name}",
        draft=draft,
        made_on=made_on,
        options=options,
        words=replace(poster.museum, call=poster.call, text=poster.text),
    )
