"""Tell which labels would be set with their short titles now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from audioguide.errors import AudioguideError
from audioguide.labels.options import Options
from audioguide.labels.stocks import find_stock
from audioguide.languages import Language, facts

if TYPE_CHECKING:
    from audioguide.labels.wording import Label

_ANY_DAY = date(2000, 1, 1)
_Said = tuple[tuple[Language, str], ...]
_Written = tuple[tuple[Language, Language], ...]
_Frozen = tuple[str, str, str, str, _Said, _Said, _Written]


def shortened(
    labels: Sequence[Label], stock: str, museum: Mapping[Language, str]
) -> frozenset[str]:
    """Return the codes of labels whose long titles are too small on a stock in any arrangement.

    One that is too small only beside others on its sheet is none: printed again, it may stand long.
    A stock that is no longer known, and what cannot be set, is passed over.
    """
    together = _short(tuple(map(_frozen, labels)), stock, tuple(museum.items()))
    return frozenset(
        each.code
        for each in labels
        if each.code in together and _short((_frozen(each),), stock, tuple(museum.items()))
    )


def _frozen(label: Label) -> _Frozen:
    said, short = tuple(label.titles.items()), tuple(label.short_titles.items())
    written_in = tuple(label.written_in.items())
    address = label.typed_address
    return str(label.number), label.code, label.payload, address, said, short, written_in


@lru_cache(maxsize=200)  # a list and a check of the same labels ask the typesetter once
def _short(frozen: tuple[_Frozen, ...], stock: str, museum: _Said) -> frozenset[str]:
    from audioguide.labels.drawing import Label, Words, describe, place  # noqa: PLC0415
    from audioguide.labels.pdf import typeset_and_tell  # noqa: PLC0415  loads the typesetter

    labels = [
        Label(
            number=int(each[0]),
            code=each[1],
            payload=each[2],
            typed_address=each[3],
            titles=dict(each[4]),
            stem=each[1],
            short_titles={language: said for language, said in each[5] if said},
            written_in=dict(each[6]),
        )
        for each in frozen
    ]
    call = {language: facts(language).call for each in frozen for language, _ in each[4]}
    words = Words(call=call, museum=dict(museum) or None)
    try:
        found = find_stock(stock)
        placed = place(labels, found, Options(force_size=True))
        return typeset_and_tell(describe(placed, found, draft=False, words=words), _ANY_DAY)[1]
    except AudioguideError:
        return frozenset()
