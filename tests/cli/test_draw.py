from __future__ import annotations

import pytest

from drawings import add_drawing
from museum import World
from started import command

pytestmark = pytest.mark.thorough


def test_draw_names_what_it_wrote_and_then_has_nothing_to_do(world: World) -> None:
    add_drawing(world.media, "famine")
    ended = command("draw", "famine", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    written = ended.stdout.splitlines()
    assert len(written) == 3
    assert all("2-famine" in line for line in written)
    again = command("draw", environment=world.environment())
    assert (again.returncode, again.stdout) == (0, "Nothing has changed.\n")
    path = world.media / "stops/2-famine/picture.kk.svg"
    path.write_text("<svg/>", encoding="utf-8")
    brought = command("import", environment=world.environment())
    assert brought.returncode == 0
    assert "Changed pictures: 2 famine" in brought.stdout
    assert "python3 scripts/audioguide.py draw famine" in brought.stdout + brought.stderr


def test_a_broken_drawing_is_named_with_its_line_and_status_1(world: World) -> None:
    path = add_drawing(world.media, "famine")
    path.write_text(path.read_text(encoding="utf-8") + "lat = 5\nthis is no TOML\n", "utf-8")
    ended = command("draw", environment=world.environment())
    assert ended.returncode == 1
    assert "media/drawings/famine.toml:" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list((world.media / "stops/2-famine").glob("picture.*"))


def test_an_unknown_drawing_is_status_2(world: World) -> None:
    ended = command("draw", "alash", environment=world.environment())
    assert (ended.returncode, ended.stderr) == (2, "There is no drawing alash. Known: —.\n")
