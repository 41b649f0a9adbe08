"""Labels of any museum on every paper that we know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from any_museum import AnyMuseum
from audioguide.labels.stocks import STOCKS
from audioguide.services.labels import printing

pytestmark = pytest.mark.any_pack

DAY = date(2026, 11, 30)
BASE = "https://guide.museum.kz"


@pytest.mark.parametrize("stock", STOCKS)
def test_every_label_fits_its_paper_and_is_read_back(
    any_museum: AnyMuseum, stock: str, tmp_path: Path
) -> None:
    with any_museum.world.database.reading() as session:
        wanted = printing.labels(session, BASE, None)
    assert [each.code for each in wanted] == [stop.code for stop in any_museum.stops]
    made = printing.print_labels(wanted, tmp_path / "out", draft=True, made_on=DAY, stock=stock)
    assert made.pdf.is_file()


def test_the_poster_says_where_to_begin_in_every_language(
    any_museum: AnyMuseum, tmp_path: Path
) -> None:
    with any_museum.world.database.reading() as session:
        order = printing.plan_poster(session, printing.Wish(), BASE)
    assert order.languages == any_museum.languages.on_labels
    assert printing.make(order, tmp_path / "out", draft=True, made_on=DAY).pdf.is_file()
