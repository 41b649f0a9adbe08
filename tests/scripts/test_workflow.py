"""The public CI calls what a newcomer calls, on the Pythons that the package promises."""

from __future__ import annotations

import configparser
import re
from typing import Any

import yaml

from museum import ROOT

SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
PROMISED = re.findall(r"Python :: (3\.\d+)", SETUP["metadata"]["classifiers"])


def job() -> dict[str, Any]:
    read = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert {"push", "pull_request"} == set(read[True])  # YAML 1.1 takes the word on for true
    (only,) = read["jobs"].values()
    assert isinstance(only, dict)
    return only


def test_it_runs_on_each_python_that_is_promised() -> None:
    assert job()["strategy"]["matrix"]["python"] == PROMISED
    assert SETUP["options"]["python_requires"] == f">={PROMISED[0]}"
    assert "${{ matrix.python }}" in job()["container"]


def test_it_takes_the_sources_and_calls_the_one_script() -> None:
    checkout, run = job()["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    script = run["run"].removeprefix("bash ")
    assert (ROOT / script).is_file()
    assert script == ".ci/run"


def test_that_script_calls_scripts_that_are_there() -> None:
    called = re.findall(r"^python3 (\S+)", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert {"scripts/check.py", "scripts/test.py"} <= set(called)
    assert [path for path in called if not (ROOT / path).is_file()] == []
