"""What an import asks the database does not grow with the number of stops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from audioguide.operations.pack import bring_what_is_whole
from large_pack import correct_every_text, touch_the_structure, write_large_pack
from museum import World
from photographs import add_picture, photograph, saved
from statements import counted

FEW, MANY = 4, 12
MOST = 80


def nothing(_folder: Path) -> None:
    """Change nothing: the guide is empty yet, and all is new."""


def statements(folder: Path, stops: int, change: Callable[[Path], None]) -> list[str]:
    """Bring a museum in, change its pack, and say what is asked at the next import."""
    pack = write_large_pack(folder / f"pack-{stops}", stops)
    picture = saved(photograph(640, 480))
    for number in range(stops):
        stop = pack / f"stops/{number}-stop-{number}"
        add_picture(stop, picture)
        (stop / "guide.en.md").write_text("Tell of the year.\n", encoding="utf-8")
    world = World(folder / f"museum-{stops}", pack)
    opened = world.opened()
    if change is not nothing:
        bring_what_is_whole(opened)
        change(world.media)
    try:
        with counted() as said:
            report = bring_what_is_whole(opened)
    finally:
        world.close()
    assert report is not None
    assert not report.broken
    return said


def kinds(said: Iterable[str]) -> Counter[str]:
    """Count statements by what they say, however many values they were given."""
    return Counter(re.sub(r"\((\?, )*\?\)", "(?)", each) for each in said)


@pytest.mark.parametrize("change", [nothing, touch_the_structure, correct_every_text])
def test_three_times_the_stops_are_as_many_statements(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    few, many = (kinds(statements(tmp_path, stops, change)) for stops in (FEW, MANY))
    assert many == few
    assert few.total() < MOST
