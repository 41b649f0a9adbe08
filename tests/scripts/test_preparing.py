from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from scripts.conftest import Checkout

PREPARING = "Preparing the environment; this happens once."
WAITING = "Another script is preparing the environment; waiting."


@contextmanager
def preparing(quick: Checkout) -> Iterator[subprocess.Popen[str]]:
    """A script in the middle of preparing, ended with all it started."""
    quick.hold.touch()
    script = quick.start("serve.py")
    try:
        while not quick.begun.exists():
            assert script.poll() is None
            time.sleep(0.05)
        yield script
    finally:
        quick.hold.unlink(missing_ok=True)
        if script.poll() is None:
            os.killpg(script.pid, signal.SIGKILL)
        script.communicate()


def ended_pid() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_second_start_makes_nothing(quick: Checkout) -> None:
    quick.run()
    again = quick.run()
    assert (again.returncode, again.stderr, quick.times_made()) == (0, "", 1)


def test_a_copied_checkout_makes_its_own_environment(quick: Checkout, tmp_path: Path) -> None:
    quick.run()
    copy = quick.at(Path(shutil.copytree(quick.root, tmp_path / "guide2", symlinks=True)))
    assert copy.run().stdout.startswith(f"made in {copy.root}\n")


def test_a_moved_checkout_makes_its_environment_anew(quick: Checkout, tmp_path: Path) -> None:
    quick.run()
    moved = quick.at(quick.root.rename(tmp_path / "музей guide"))
    assert moved.run().stdout.startswith(f"made in {moved.root}\n")
    assert moved.run().stderr == ""


def test_another_python_makes_the_environment_anew(quick: Checkout) -> None:
    quick.run()
    stamp = quick.venv / "pins"
    stamp.write_text(stamp.read_text().replace(sys.version.split()[0], "3.11.0", 1))
    assert quick.run().returncode == 0
    assert quick.times_made() == 2


def test_a_stamp_that_names_no_folder_is_not_trusted(quick: Checkout) -> None:
    quick.run()
    stamp = quick.venv / "pins"
    stamp.write_text(" ".join(stamp.read_text().splitlines()[1:]))
    quick.run()
    assert quick.times_made() == 2


@pytest.mark.parametrize("name", ["python", "uv"])
def test_an_environment_without_its_first_programs_is_made_anew(quick: Checkout, name: str) -> None:
    quick.run()
    (quick.venv / "bin" / name).unlink()
    assert quick.run().returncode == 0
    assert quick.times_made() == 2


def test_changed_pins_are_installed_into_the_environment_there_is(quick: Checkout) -> None:
    quick.run()
    with (quick.root / "requirements/run.txt").open("a") as pins:
        pins.write("# renewed\n")
    assert quick.run().stderr == PREPARING + "\n"
    assert quick.times_made() == 1


@pytest.mark.parametrize("script", ["serve.py", "check.py"])
def test_a_program_that_cannot_start_is_named_in_one_line(quick: Checkout, script: str) -> None:
    quick.run(script, "--without-tests")
    (quick.venv / "bin" / "audioguide").unlink(missing_ok=True)
    ended = quick.run(script)
    assert ended.returncode == 1
    assert "could not be started; remove the folder .venv and try again" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_told_in_one_line(quick: Checkout) -> None:
    quick.venv.write_text("a file where the folder should be")
    ended = quick.run()
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("The environment could not be prepared: ")
    assert "Traceback" not in ended.stderr


def test_an_interrupted_preparing_ends_with_130_and_one_line(quick: Checkout) -> None:
    with preparing(quick) as script:
        os.killpg(script.pid, signal.SIGINT)
        _, said = script.communicate(timeout=60)
    assert script.returncode == 130
    assert said.splitlines() == [PREPARING, "Interrupted."]
    assert not quick.lock.exists()


def test_what_was_interrupted_is_made_at_the_next_start(quick: Checkout) -> None:
    with preparing(quick) as script:
        os.killpg(script.pid, signal.SIGINT)
        script.communicate(timeout=60)
    assert quick.run().returncode == 0
    assert quick.times_made() == 2


def test_of_two_scripts_started_at_once_the_second_waits_and_makes_nothing(quick: Checkout) -> None:
    with preparing(quick) as first:
        second = quick.start("serve.py")
        assert second.stderr is not None
        assert second.stderr.readline() == WAITING + "\n"
        quick.hold.unlink()
        _, said = second.communicate(timeout=60)
        first.communicate(timeout=60)
    assert (first.returncode, second.returncode, said) == (0, 0, "")
    assert quick.times_made() == 1


def test_the_lock_names_its_owner_and_goes_with_it(quick: Checkout) -> None:
    with preparing(quick) as script:
        assert quick.lock.read_text() == str(script.pid)
        quick.hold.unlink()
        script.communicate(timeout=60)
    assert not quick.lock.exists()


def test_a_lock_whose_owner_is_gone_is_taken_over(quick: Checkout) -> None:
    quick.lock.write_text(str(ended_pid()))
    ended = quick.run()
    assert (ended.returncode, ended.stderr) == (0, PREPARING + "\n")
    assert not quick.lock.exists()


def test_a_lock_older_than_any_preparing_is_taken_over(quick: Checkout) -> None:
    quick.lock.write_text(str(os.getpid()))
    os.utime(quick.lock, (0, 0))
    assert quick.run().stderr == PREPARING + "\n"
