"""Labels for the wall: planned, made, registered; files that no register knows do not stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError

from audioguide.errors import LabelFailed
from audioguide.operations.opened import Opened

if TYPE_CHECKING:
    from audioguide.services.labels.printing import Order, Printed, Wish
    from audioguide.services.labels.register import WallLabel


@dataclass(frozen=True)
class Address:
    """What the symbols carry, and whether that is for looking at only."""

    base_url: str
    draft: bool
    new_base: bool


@dataclass(frozen=True)
class Outcome:
    """What was printed, if anything was to be; which labels elsewhere carry another address.

    ``removed`` are files that a broken-off print had left.
    """

    printed: Printed | None
    elsewhere: tuple[WallLabel, ...]
    removed: tuple[Path, ...]
    is_reprint: bool


def print_labels(
    opened: Opened,
    wish: Wish,
    address: Address,
    out: Path,
    *,
    is_poster: bool = False,
    planned: Callable[[Sequence[Path]], None] = lambda _: None,
) -> Outcome:
    """Make the files of a wish in ``out`` and register them; a draft is not registered.

    ``planned`` hears what was removed as soon as it is clear what is to be made: if the making
    fails, nobody says it later. Raise LabelFailed where nothing was kept.
    """
    order, elsewhere = _plan(opened, wish, address, is_poster=is_poster)
    removed = _clean(opened, out)
    planned(removed)
    printed = _print(opened, order, out, address)
    return Outcome(printed, elsewhere, removed, order.is_reprint)


def _plan(
    opened: Opened, wish: Wish, address: Address, *, is_poster: bool
) -> tuple[Order, tuple[WallLabel, ...]]:
    from audioguide.services.labels import printing, register  # noqa: PLC0415  the typesetter

    media, base_url = opened.settings.media, address.base_url
    with opened.database.reading() as session:
        elsewhere: tuple[WallLabel, ...] = ()
        if not address.draft:
            elsewhere = register.check_base(session, base_url, new_base=address.new_base)
        if is_poster:
            return printing.plan_poster(session, wish, base_url, media=media), elsewhere
        present = None if address.draft else base_url
        order = printing.plan(session, wish, base_url, media=media, present_base=present)
        return order, elsewhere


def _clean(opened: Opened, out: Path) -> tuple[Path, ...]:
    """Remove what a print that was broken off has left, when there may be anything."""
    from audioguide.services.labels import printing  # noqa: PLC0415  the typesetter

    found = printing.pdfs_of_ours(out)
    if not found:
        return ()
    with opened.database.writing() as session:
        return printing.remove_unregistered(session, found)


def _print(opened: Opened, order: Order, out: Path, address: Address) -> Printed | None:
    """Make the files and register them; files that cannot be registered are taken back."""
    from audioguide.services.labels import printing  # noqa: PLC0415  the typesetter

    if not order.labels and not order.is_poster:
        return None
    printed = printing.make(order, out, draft=address.draft, made_on=date.today())
    if address.draft:
        return printed
    try:
        with opened.database.writing() as session:
            printing.keep_in_register(session, order, printed, new_base=address.new_base)
    except DatabaseError as error:
        printing.withdraw(printed)
        raise LabelFailed(
            "The register of labels could not be written: {reason}. Nothing was saved; print "
            "again.",
            reason=" ".join(str(error.orig).split()).rstrip("."),
        ) from error
    except BaseException:
        printing.withdraw(printed)
        raise
    return printed
