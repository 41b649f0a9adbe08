from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audioguide.errors import AskedWrongly, AudioguideError
from audioguide.languages import Language
from audioguide.services.labels import printing
from museum import ALASH, FAMINE, MEMORIAL, WELCOME, World

HOST = "https://guide.museum.kz"
TODAY = date(2026, 11, 22)


def test_there_is_a_label_for_each_published_stop_by_number(world: World) -> None:
    with world.database.reading() as session:
        labels = printing.labels(session, HOST)
    assert [label.code for label in labels] == [WELCOME, ALASH, FAMINE, MEMORIAL]
    assert [label.stem for label in labels][1:3] == ["1-alash", "2-famine"]
    assert labels[1].payload == f"https://GUIDE.MUSEUM.KZ/Q/{ALASH}"
    assert labels[1].titles[Language("kk")] == "Алаш көсемдері"


def test_labels_stand_by_number_whatever_the_walk(world: World) -> None:
    path = world.media / "museum.toml"
    head, *tables = path.read_text(encoding="utf-8").split("[[")
    tables.sort(key=lambda table: MEMORIAL not in table)  # the memorial comes first
    path.write_text("[[".join([head, *tables]), encoding="utf-8")
    world.bring()
    with world.database.reading() as session:
        assert [label.number for label in printing.labels(session, HOST)] == [0, 1, 2, 14]


def test_without_a_stop_there_is_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(AudioguideError, match="no published stop"):
        printing.print_labels([], tmp_path / "out", draft=False, made_on=TODAY)
    assert not (tmp_path / "out").exists()


def test_an_unknown_stock_is_asked_wrongly_and_leaves_nothing(world: World) -> None:
    with world.database.reading() as session:
        labels = printing.labels(session, HOST)
    out = world.folder / "out"
    with pytest.raises(AskedWrongly):
        printing.print_labels(labels, out, draft=False, made_on=TODAY, stock="A1")
    assert not out.exists()
