from __future__ import annotations

import json
import os
import random
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

import reckoned
from audioguide.languages import LANGUAGES
from audioguide.web.javascript import scripts
from museum import ROOT

pytestmark = pytest.mark.needs_npm

BROWSER = ROOT / "tests" / "browser"
SEED = 1937
LOOK_AT_NEWER_WORDS = """
import { ESLint } from "eslint";
const [cwd, ...files] = process.argv.slice(1);
const eslint = new ESLint({ cwd, overrideConfigFile: "tests/browser/eslint.config.js" });
for (const file of files) {
  const filePath = `audioguide/web/static/${file}`;
  const [{ messages }] = await eslint.lintText("export class A { #b = 1; }", { filePath });
  if (messages.some((each) => each.fatal)) console.log(file);
}
"""
Vectors = dict[str, list[dict[str, Any]]]


@pytest.mark.parametrize("gate", ["format", "lint", "types"])
def test_the_scripts_pass_the_gate(gate: str) -> None:
    ended = asked_of_npm(gate)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_newer_words_than_phones_of_2020_know_are_found_in_a_script_of_a_stop() -> None:
    begun = ("page.js", "player.js")
    files = [each for one in scripts() if one.sources[-1] in begun for each in one.sources]
    assert {*begun, "player/cues.js", "rows.js"} <= set(files)
    looked = subprocess.run(
        ["node", "--input-type=module", "--eval", LOOK_AT_NEWER_WORDS, ROOT, *files],
        cwd=BROWSER,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert looked.stdout.split() == files, looked.stdout + looked.stderr


def test_the_joined_scripts_are_scripts(tmp_path: Path) -> None:
    for script in scripts():
        path = tmp_path / f"{script.name}.mjs"
        path.write_text(script.text, encoding="utf-8")
        subprocess.run(["node", "--check", path], check=True)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    chance = random.Random(SEED)
    return {
        "pace": reckoned.paces(chance, 12, 12),
        "clock": reckoned.clocks(chance, 12, 60),
        "group": reckoned.groups(chance, 40),
        "cues": reckoned.cues(chance, 12),
        "places": reckoned.places(),
    }


def test_every_phone_reckons_as_python_does(vectors: Vectors, tmp_path: Path) -> None:
    assert told(vectors, tmp_path) == (0, [])


def test_a_phone_that_reckons_otherwise_is_found(vectors: Vectors, tmp_path: Path) -> None:
    spoilt = json.loads(json.dumps(vectors))
    first, *others = (each for stop in spoilt["pace"] for each in stop["moments"])
    late = next(each for each in others if each["sound"]["kk"]["moves"])
    early = next(each for each in others if each["sound"]["ru"]["moves"] and each is not late)
    first["sentence"] += 1
    late["sound"]["kk"]["moves"] = False
    early["sound"]["ru"]["second_ms"] -= 1
    spoilt["clock"][0]["exchanges"][-1]["wrong_by"] += 1
    spoilt["group"][0]["steps"][-1]["holds"] -= 1
    spoilt["cues"][0]["parts"].reverse()
    spoilt["places"][0]["sentences"][-1]["there"][0] -= 1
    code, failed = told(spoilt, tmp_path)
    assert code == 1
    wrong = [
        *(rf'due in {language}: .*"now":{first["now"]}' for language in LANGUAGES),
        rf'due in kk: .*"now":{late["now"]}',
        rf'due in ru: .*"now":{early["now"]}',
        r"the clock of phone 0$",
        r"the states that phone 0 hears of$",
        r"where each sentence is heard, of this text: ",
        r"what is heard at a moment, of this text: ",
        r"the places of \[",
    ]
    for name in wrong:
        assert sum(bool(re.match(name, each)) for each in failed) == 1, name
    assert len(failed) == len(wrong)


def told(vectors: Vectors, folder: Path) -> tuple[int, list[str]]:
    """Let Node test the scripts; return how it ended, and the names of the tests that failed."""
    for name, each in vectors.items():
        (folder / f"{name}.json").write_text(json.dumps(each), encoding="utf-8")
    ended = asked_of_npm("units", VECTORS=str(folder))
    failed = re.findall(r"^ *not ok \d+ - (.+)$", ended.stdout, re.MULTILINE)
    assert len(re.findall(r"^ *ok \d+ - ", ended.stdout, re.MULTILINE)) > 100
    return ended.returncode, [each for each in failed if not each.endswith(".test.js")]


def asked_of_npm(script: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npm", "run", "--silent", script],
        cwd=BROWSER,
        env=os.environ | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
