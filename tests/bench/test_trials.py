from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

from bench.trials import h2, modules
from bench.trials.asking import percentile, status_of
from bench.trials.trial import (
    FELL_SHORT,
    HELD,
    LEFT_OUT,
    LeftOut,
    Look,
    Trial,
    Verdict,
    chosen,
    judge,
    totals,
)
from museum import ROOT


def made(run: Any, part: str = "A", name: str = "Nobody waits") -> Trial:
    return Trial(part, name, "a thing", "another", run)


def verdict(run: Any) -> Verdict:
    return judge(made(run), None, lambda: 0.0)  # type: ignore[arg-type]


def looked(*points: bool) -> Any:
    look = Look()
    for number, is_right in enumerate(points):
        look.at(is_right, f"point {number}")
    return lambda _: look


def test_one_wrong_point_fells_a_trial_and_is_the_one_that_is_said() -> None:
    assert verdict(looked(True, True)).kind == HELD
    fallen = verdict(looked(True, False, True))
    assert (fallen.kind, fallen.seen) == (FELL_SHORT, "point 1")


def test_a_trial_that_saw_nothing_has_not_held() -> None:
    assert verdict(looked()).kind == FELL_SHORT


def test_a_trial_that_cannot_be_made_is_left_out_with_the_reason() -> None:
    def run(_: object) -> Look:
        raise LeftOut("no compiler")

    assert (verdict(run).kind, verdict(run).seen) == (LEFT_OUT, "no compiler")


def test_a_trial_that_breaks_has_fallen_short() -> None:
    def run(_: object) -> Look:
        raise OSError("gone")

    assert (verdict(run).kind, verdict(run).seen) == (FELL_SHORT, "OSError: gone")


def test_a_verdict_is_one_line() -> None:
    def run(_: object) -> Look:
        look = Look()
        look.at(True, "two\nlines")
        return look

    assert "\n" not in verdict(run).line


def test_trials_are_chosen_by_part_or_by_words_of_the_name() -> None:
    first, second = made(None), made(None, "B", "A lock is held")
    assert chosen([first, second], []) == [first, second]
    assert chosen([first, second], ["B"]) == [second]
    assert chosen([first, second], ["nobody"]) == [first]


def test_the_totals_name_every_kind() -> None:
    verdicts = [verdict(looked(True)), verdict(looked(False)), verdict(looked(False))]
    assert totals(verdicts) == "1 held, 2 fell short, 0 left out"


def test_every_module_that_has_trials_is_loaded() -> None:
    folder = ROOT / "tests" / "bench" / "trials"
    having = {
        path.stem
        for path in folder.glob("*.py")
        if re.search(r"^\s*@?trial\(\n", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert having == set(modules.NAMES)


def test_the_list_names_trials_of_every_part_and_makes_none() -> None:
    bench = [sys.executable, str(ROOT / "tests" / "bench" / "faults.py"), "--list"]
    said = subprocess.run(bench, capture_output=True, text=True, timeout=120, check=True).stdout
    lines = said.splitlines()
    assert {line[0] for line in lines} == set("ABCDEFGHIZ")
    assert len(lines) == len(set(lines)) > 70


def test_a_frame_of_http_2_is_as_the_standard_draws_it() -> None:
    assert h2.frame(h2.SETTINGS, 0, 0) == bytes.fromhex("000000 04 00 00000000")
    assert h2.frame(h2.DATA, 1, 3, b"ab") == bytes.fromhex("000002 00 01 00000003 6162")
    assert h2.literal("a", "bc") == b"\x00\x01a\x02bc"


def test_a_status_is_read_from_what_came() -> None:
    assert status_of(b"HTTP/1.1 408 Request Timeout\r\n\r\n") == 408
    assert status_of(b"") == 0


def test_a_percentile_lies_among_what_was_seen() -> None:
    assert percentile([], 99) == 0
    assert percentile([3.0], 99) == 3
    assert percentile([float(each) for each in range(101)], 99) == 99
