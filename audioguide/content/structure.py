"""What museum.toml says of halls, stops and tours, and the rules between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audioguide import codes
from audioguide.content.pack import PackStop, PackTour
from audioguide.content.tables import Table
from audioguide.kinds import Kinds


def read_hall(table: Table) -> str:
    """Read a [[hall]]: its slug."""
    slug = table.slug("slug")
    table.done()
    return slug


def read_stop(table: Table, halls: Sequence[str], kinds: Kinds | None) -> PackStop:
    """Read a [[stop]]; its hall and its kind must be known.

    Where a mistake keeps it open which ``halls`` or ``kinds`` there are, these are empty or None.
    """
    stop = PackStop(
        number=table.whole("number"),
        code=_code(table),
        slug=table.slug("slug"),
        kind=table.text("kind"),
        hall=table.text("hall"),
        published=table.flag("published", default=True),
        approved_by=table.text("approved_by", needed=False) or None,
        approved_on=table.day("approved_on"),
        words={},
        quiet=table.flag("quiet", default=False),
        code_at=table.where("code"),
    )
    if stop.hall and halls and stop.hall not in halls:
        table.wrong(
            "hall",
            "The hall {hall} is not known.",
            "Allowed: {known}.",
            hall=stop.hall,
            known=", ".join(halls),
        )
    if stop.kind and kinds is not None and stop.kind not in kinds:
        table.wrong(
            "kind",
            "The kind {kind} is not known.",
            "Allowed: {known}. A kind of your own needs a block [[kind]].",
            kind=stop.kind,
            known=", ".join(kinds.slugs),
        )
    table.done()
    return stop


def read_tour(table: Table) -> PackTour:
    """Read a [[tour]]."""
    tour = PackTour(table.slug("slug"), table.whole("minutes"), table.several("stops", int), {})
    table.done()
    return tour


def check_slugs(tables: Sequence[Table], slugs: Sequence[str]) -> None:
    """Note a slug that is used twice."""
    _check_single(tables, slugs, "slug")


def check_codes(tables: Sequence[Table], stops: Sequence[PackStop]) -> None:
    """Note a code that is used twice."""
    _check_single(tables, [stop.code for stop in stops], "code")


def check_numbers(tables: Sequence[Table], stops: Sequence[PackStop]) -> None:
    """Note a stop number that is used twice."""
    _check_single(
        tables, [str(stop.number) if stop.number >= 0 else "" for stop in stops], "number"
    )


def check_tours(tables: Sequence[Table], tours: Sequence[PackTour]) -> None:
    """Note a tour with no stops, and one that leads to a stop twice."""
    check_slugs(tables, [tour.slug for tour in tours])
    for table, tour in zip(tables, tours, strict=True):
        if table.is_right("stops") and not tour.stops:
            table.wrong("stops", "The tour has no stops.", "Write their numbers: [0, 13, 1].")
        for number, times in Counter(tour.stops).items():
            if times > 1:
                table.wrong(
                    "stops",
                    "The tour leads to stop {number} twice.",
                    "Name it once.",
                    number=number,
                )


def check_tour_stops(
    tables: Sequence[Table], tours: Sequence[PackTour], stops: Sequence[PackStop]
) -> None:
    """Note a tour that leads to a stop which visitors cannot see."""
    open_numbers = {stop.number for stop in stops if stop.published}
    for table, tour in zip(tables, tours, strict=True):
        for number in sorted(set(tour.stops) - open_numbers, key=tour.stops.index):
            table.wrong(
                "stops",
                "There is no published stop {number}.",
                "Take its number out of the tour.",
                number=number,
            )


def _check_single(tables: Sequence[Table], values: Sequence[str], key: str) -> None:
    first: dict[str, Table] = {}
    for table, value in zip(tables, values, strict=True):
        if value and value in first:
            earlier = table.lines.line(table.name, first[value].index, key)
            table.wrong(
                key,
                "The {key} {value} is used twice, first in line {line}.",
                value=value,
                line=earlier,
            )
        first.setdefault(value, table)


def _code(table: Table) -> str:
    written = table.text("code")
    folded = codes.fold(written)
    if not written or codes.is_code(written):
        return written
    if not any(letter.isalnum() for letter in written):  # "?": somebody asks for one
        table.wrong("code", 'A new code for this stop: "{new}".', new=codes.make(taken=()))
        return ""
    if codes.is_code(folded):
        table.wrong(
            "code",
            '"{written}" is not a code as it is written.',
            'Write it in Latin capitals and digits: "{code}".',
            written=written,
            code=folded,
        )
        return folded
    table.wrong(
        "code",
        '"{code}" is not a code: a letter or its check character is wrong.',
        'Copy it from the label; for a new stop take "{new}".',
        code=written,
        new=codes.make(taken=()),
    )
    return ""
