from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.cli import asking
from museum import ROOT

if TYPE_CHECKING:
    from scripts.conftest import Checkout

PREPARING = "Preparing the environment; this happens once.\n"


def test_a_fresh_checkout_takes_a_command_as_it_was_typed(quick: Checkout, tmp_path: Path) -> None:
    given = ["staff", "add", "Айгуль С.", "--role", "guide"]
    ended = quick.run("audioguide.py", *given, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, PREPARING)
    assert ended.stdout.splitlines() == [f"made in {quick.root}", *given]
    again = quick.run("audioguide.py")
    assert (again.stdout.splitlines()[0], again.stderr) == (f"made in {quick.root}", "")


def test_voices_are_installed_with_what_they_need_to_speak(quick: Checkout) -> None:
    quick.run("audioguide.py", "voices")
    stamp = quick.venv / "pins"
    held = stamp.read_text().splitlines()
    assert quick.run("audioguide.py", "voices", "install", "kk").stderr == PREPARING
    assert set(held) < set(stamp.read_text().splitlines())
    by_the_other_script = quick.run("voices.py", "install", "kk")
    assert (by_the_other_script.returncode, by_the_other_script.stderr) == (0, "")


def test_what_the_program_tells_people_to_type_is_this_script() -> None:
    python, script = asking.PROGRAM.split()
    assert python == "python3"
    assert (ROOT / script).is_file()
