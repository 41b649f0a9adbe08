from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from audioguide.errors import LabelFailed
from audioguide.models import LabelBatch
from audioguide.operations.label_printing import Address, print_labels
from audioguide.services.labels import printing
from audioguide.services.labels.printing import Wish
from museum import World

WALL = Address("https://guide.museum.kz", draft=False, new_base=False)
ONE = Wish(stops="1", previews=False)


def batches(world: World) -> int:
    with world.database.reading() as session:
        return session.scalar(select(func.count()).select_from(LabelBatch)) or 0


def pdfs(out: Path) -> list[str]:
    return sorted(path.name for path in out.glob("*.pdf"))


def test_what_is_printed_for_the_wall_is_registered(world: World, tmp_path: Path) -> None:
    done = print_labels(world.opened(), ONE, WALL, tmp_path / "labels")
    assert done.printed is not None
    assert (done.printed.labels, done.elsewhere, done.removed) == (1, (), ())
    assert batches(world) == 1


def test_files_that_cannot_be_registered_are_taken_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("database or disk is full"))

    monkeypatch.setattr(printing, "keep_in_register", full)
    with pytest.raises(LabelFailed, match="disk is full"):
        print_labels(world.opened(), ONE, WALL, tmp_path / "labels")
    assert pdfs(tmp_path / "labels") == []
    assert batches(world) == 0


def test_what_a_broken_off_print_left_is_removed_and_said_before_the_next_is_made(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "labels"
    print_labels(world.opened(), ONE, WALL, out)
    (left,) = out.glob("*.pdf")
    orphan = left.with_name(left.name.replace(".pdf", "-2.pdf"))
    orphan.write_bytes(left.read_bytes() + b"%")
    heard: list[Sequence[Path]] = []

    def broken(*_: object, **__: object) -> None:
        raise LabelFailed("The printing failed.")

    monkeypatch.setattr(printing, "make", broken)
    with pytest.raises(LabelFailed):
        print_labels(world.opened(), ONE, WALL, out, planned=heard.append)
    assert heard == [(orphan,)]
    assert pdfs(out) == [left.name]
