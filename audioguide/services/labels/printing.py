"""Print labels of the published stops; no door needs to know how a symbol is made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from audioguide.errors import AskedWrongly, AudioguideError, LabelFailed, Message, message
from audioguide.labels import keeping
from audioguide.labels.address import start_address, start_payload
from audioguide.labels.calibration import Calibration as Calibration  # noqa: PLC0414
from audioguide.labels.calibration import make_calibration
from audioguide.labels.drawing import Label, Words
from audioguide.labels.logo import read_logo
from audioguide.labels.options import Options
from audioguide.labels.poster import Poster, make_poster
from audioguide.labels.printing import Printed as Printed  # noqa: PLC0414  doors take it from here
from audioguide.labels.printing import make_sheets
from audioguide.labels.stock import Stock
from audioguide.labels.stocks import POSTER, find_stock
from audioguide.languages import Language, Languages, facts
from audioguide.paper import Paper
from audioguide.services import museum_languages
from audioguide.services.labels import papers, register, selection
from audioguide.services.labels.label_words import labels as labels  # noqa: PLC0414
from audioguide.services.labels.label_words import languages_of_labels
from audioguide.services.visitor import museum_page
from audioguide.words import said_in, say

NEXT = "next"

_WHOLE = re.compile(r"[0-9]{1,6}")
_MILLIMETRES = r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,3})?)\s*"
_SHIFT = re.compile(f"{_MILLIMETRES},{_MILLIMETRES}")
_OURS = re.compile(r"(labels|plaques|poster)-[0-9A-Za-z.x-]+(?<!-draft)\.pdf")
_MADE_BY_OUR_TYPESETTER = b"<xmp:CreatorTool>Typst "
_OPTIONS = Options()
_WORDS = Words()
_LANGUAGES = Languages()


@dataclass(frozen=True)
class Wish:
    """What a person asks for, in her own words: which stops, on which paper, from where on.

    Of ``stops``, ``changed`` and ``reprint`` one is given, or none for all published stops.
    """

    stops: str | None = None
    changed: bool = False
    reprint: tuple[str, ...] = ()
    stock: str | None = None
    start_cell: str | None = None
    copies: str = "1"
    shift: str = "0,0"
    cut_marks: bool = False
    force_size: bool = False
    previews: bool = True


@dataclass(frozen=True)
class Order:
    """What is to be printed, in which ``languages``; without labels only the poster is to do.

    ``museum`` has the museum's name and its logo, for plaques and the poster. ``is_reprint`` says
    that labels were lost one by one, and their other copies still hang.
    """

    labels: tuple[Label, ...]
    stock: Stock
    options: Options
    base_url: str
    languages: tuple[Language, ...]
    is_reprint: bool = False
    museum: Words = _WORDS
    of_museum: Languages = _LANGUAGES

    @property
    def is_poster(self) -> bool:
        """Whether the poster at the entrance is to be printed."""
        return self.stock.kind is Paper.POSTER


def plan(
    session: Session,
    wish: Wish,
    base_url: str,
    *,
    media: Path | None = None,
    present_base: str | None = None,
) -> Order:
    """Find what a wish means; raise AskedWrongly for a part of it that means nothing.

    A reprint goes on the stock that the label was last printed on, from its next free cell. What
    changed goes on paper of its own kind: labels first, and plaques when no label is left; labels
    with another address than ``present_base`` have changed, too. The logo lies in ``media``.
    """
    languages = languages_of_labels(session)
    codes: frozenset[str] | None = None
    stock_name, start_cell = wish.stock, wish.start_cell
    if wish.reprint:
        codes, stock_name = selection.lost_codes(session, wish.reprint, wish.stock)
        start_cell = start_cell or NEXT
    elif wish.changed:
        codes, stock_name = selection.changed_codes(session, wish.stock, present_base)
    elif wish.stops is not None:
        codes = selection.chosen_codes(session, wish.stops)
    stock = find_stock(stock_name or papers.USUAL)
    options = _options(session, wish, stock, start_cell)
    wanted = labels(session, base_url, codes)
    if not wanted and not wish.changed:
        raise AudioguideError("There is no published stop to print a label for.")
    museum = _WORDS if stock.kind is Paper.LABELS else _museum(session, media)
    return Order(
        wanted, stock, options, base_url, languages.on_labels, bool(wish.reprint), museum, languages
    )


def plan_poster(session: Session, wish: Wish, base_url: str, *, media: Path | None = None) -> Order:
    """Find what a wish for the poster means; the logo lies in ``media``."""
    languages = languages_of_labels(session)
    options = _options(session, wish, POSTER, wish.start_cell)
    museum = _museum(session, media)
    return Order(
        (), POSTER, options, base_url, languages.on_labels, museum=museum, of_museum=languages
    )


def _museum(session: Session, media: Path | None) -> Words:
    told = museum_page.museum_names(session)
    on_labels = museum_languages.of_museum(session).on_labels
    names = {language: told[language] for language in on_labels if language in told}
    return Words(museum=names or None, logo=read_logo(media) if media else None)


def plan_calibration(session: Session, wish: Wish, base_url: str) -> Order:
    """Find what a wish for a calibration page means."""
    stock = find_stock(wish.stock or papers.USUAL)
    languages = languages_of_labels(session)
    options = _options(session, wish, stock, wish.start_cell)
    return Order((), stock, options, base_url, languages.on_labels, of_museum=languages)


def _options(session: Session, wish: Wish, stock: Stock, start_cell: str | None) -> Options:
    shift = _SHIFT.fullmatch(wish.shift)
    if shift is None:
        raise AskedWrongly(
            "The shift “{shift}” cannot be read; write how far to the right and down in "
            "millimetres, as in --shift 1.2,-0.5.",
            shift=wish.shift,
        )
    if start_cell is not None and start_cell.strip().lower() == NEXT:
        first = register.next_free_cell(session, stock.name)
    else:
        first = _whole("--start-cell", start_cell or "1")
    return Options(
        start_cell=first,
        copies=_whole("--copies", wish.copies),
        dx_mm=float(shift[1]),
        dy_mm=float(shift[2]),
        cut_marks=wish.cut_marks,
        force_size=wish.force_size,
        previews=wish.previews,
        call={each: facts(each).call for each in museum_languages.of_museum(session).on_labels},
    )


def _whole(option: str, value: str) -> int:
    if not _WHOLE.fullmatch(value.strip()):
        raise AskedWrongly(
            "{option} must be a whole number, and it is {value}.", option=option, value=value
        )
    return int(value)


def make(order: Order, out: Path, *, draft: bool, made_on: date) -> Printed:
    """Make the files of an order in ``out``; raise as print_labels does."""
    if order.is_poster:
        poster = Poster(
            payload=start_payload(order.base_url),
            typed_address=start_address(order.base_url),
            heading=_in_each(message("Start here"), order),
            text=_in_each(message("Scan the code and choose the number on the label."), order),
            call=order.options.call,
            museum=order.museum,
        )
        return make_poster(poster, out, draft=draft, made_on=made_on, options=order.options)
    return make_sheets(
        order.labels,
        order.stock,
        out,
        draft=draft,
        made_on=made_on,
        options=order.options,
        words=order.museum,
    )


def print_labels(
    wanted: Sequence[Label],
    out: Path,
    *,
    draft: bool,
    made_on: date,
    stock: str = papers.USUAL,
    options: Options = _OPTIONS,
) -> Printed:
    """Make the sheets and pictures of labels in ``out``, proven before they appear.

    Raise AskedWrongly for an unknown stock or a folder that cannot be written, LabelFailed for
    a label that cannot be made; then nothing is left behind.
    """
    if not wanted:
        raise AudioguideError("There is no published stop to print a label for.")
    found = find_stock(stock)
    return make_sheets(wanted, found, out, draft=draft, made_on=made_on, options=options)


def calibrate(order: Order, out: Path, *, made_on: date) -> Calibration:
    """Make a page in ``out`` that shows how far a printer shifts a sheet; raise as make does."""
    how_to = _in_each(
        message(
            "Print this page at 100 %. Measure where the 100 of both rulers lies from the left and "
            "the upper edge of the paper. If it lies at 101.2 and 99.5 mm, print the labels with "
            "--shift -1.2,0.5."
        ),
        order,
    )
    return make_calibration(order.stock, out, made_on=made_on, how_to=how_to, options=order.options)


def _in_each(words: Message, order: Order) -> dict[Language, str]:
    """Say words in each language that they are said in: one that stands in for two, once."""
    museum = order.of_museum
    spoken = dict.fromkeys(said_in(words.sentence, each, museum) for each in order.languages)
    return {each: say(each, words.sentence, museum, **words.values) for each in spoken}


def keep_in_register(session: Session, order: Order, printed: Printed, *, new_base: bool) -> None:
    """Register what was printed, as `register.register` does.

    Raise LabelFailed when the PDF is no longer what was made: somebody printed at the same time.
    """
    if _digest(printed.pdf) != printed.digest:
        raise LabelFailed(
            "{file} was changed by another print at the same time. Nothing was registered; "
            "print again.",
            file=printed.pdf,
        )
    register.register(
        session,
        printed,
        order.stock,
        order.base_url,
        new_base=new_base,
        lost=order.is_reprint,
    )


def withdraw(printed: Printed) -> None:
    """Undo a print that could not be registered, unless its files are another's now.

    What it had replaced, which may be in the register, comes back; also when another print, that
    found the PDF before it was registered, has removed it.
    """
    if _digest(printed.pdf) in {printed.digest, None}:
        made = (printed.pdf, *printed.previews, *printed.pictures)
        keeping.put_back(dict.fromkeys((*made, *printed.before)), printed.before)


def pdfs_of_ours(out: Path) -> tuple[Path, ...]:
    """List the PDFs for the wall in a folder: named as ours and made by our typesetter."""
    if not out.is_dir():
        return ()
    return tuple(
        path
        for path in sorted(out.glob("*.pdf"))
        if _OURS.fullmatch(path.name)
        and path.is_file()
        and _MADE_BY_OUR_TYPESETTER in path.read_bytes()
    )


def remove_unregistered(session: Session, pdfs: Sequence[Path]) -> tuple[Path, ...]:
    """Remove those PDFs that the register does not know, and return them.

    Such a one was left by a print that was broken off. Ask with a session that writes: then no
    other print is being registered; one that is still on its way there finds its file gone, and
    says so.
    """
    gone = []
    for path in pdfs:
        digest = _digest(path)
        if digest and not register.is_registered(session, digest):
            path.unlink(missing_ok=True)
            gone.append(path)
    return tuple(gone)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
