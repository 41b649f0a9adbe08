from __future__ import annotations

import subprocess
import sys

from audioguide import clock
from conftest import Date

ASK = "from audioguide import clock; print(clock.boot().name)"


def test_setting_the_date_does_not_move_the_running_clock(date: Date) -> None:
    before = clock.server_ms()
    date.move(days=1)
    after = clock.server_ms()
    date.move(days=-2)
    assert before <= after <= clock.server_ms() < before + 60_000


def test_a_process_that_is_started_again_finds_the_date_of_now(date: Date) -> None:
    before = clock.server_ms()
    date.move(days=1)
    date.is_found_anew()
    assert clock.server_ms() - before > 23 * 3600 * 1000


def test_the_moment_is_that_of_the_milliseconds(date: Date) -> None:
    before = clock.server_ms()
    assert before / 1000 <= clock.moment().timestamp() <= clock.server_ms() / 1000


def test_all_processes_of_a_machine_name_its_run_alike_where_it_has_a_name() -> None:
    said = [subprocess.check_output([sys.executable, "-c", ASK], text=True) for _ in range(2)]
    assert (len(set(said)) == 1) == sys.platform.startswith("linux")
