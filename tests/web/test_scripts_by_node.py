from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from audioguide.languages import LANGUAGES, Language
from audioguide.services.groups.pacing import Pace, pace
from audioguide.speech.cues import Cue
from museum import ROOT

pytestmark = pytest.mark.needs_npm

BROWSER = ROOT / "tests" / "browser"
PAUSE_MS, LATEST_MS, STOPS, MOMENTS = 350, 30_000, 12, 12
Cues = dict[Language, tuple[Cue, ...]]


@pytest.mark.parametrize("gate", ["format", "lint", "types"])
def test_the_scripts_pass_the_gate(gate: str) -> None:
    ended = asked_of_npm(gate)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_phone_reckons_as_the_desk_does(tmp_path: Path) -> None:
    chance = random.Random(1937)
    stops = [vector(chance, spoken(chance)) for _ in range(STOPS)]
    stops.append(vector(chance, dict.fromkeys(LANGUAGES, ())))
    vectors = tmp_path / "vectors.json"
    vectors.write_text(json.dumps(stops), encoding="utf-8")
    ended = asked_of_npm("units", VECTORS=str(vectors))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"# pass {len(stops) * MOMENTS * (1 + len(LANGUAGES)) + 1}\n" in ended.stdout


def test_a_phone_that_reckons_otherwise_is_found(tmp_path: Path) -> None:
    stop = vector(random.Random(1), spoken(random.Random(1)))
    stop["moments"][0]["sentence"] += 1
    vectors = tmp_path / "vectors.json"
    vectors.write_text(json.dumps([stop]), encoding="utf-8")
    ended = asked_of_npm("units", VECTORS=str(vectors))
    assert ended.returncode == 1
    assert f"# fail {len(LANGUAGES)}\n" in ended.stdout


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


def spoken(chance: random.Random) -> Cues:
    """Let each language say a stop, in sentences of its own length; one may lack the last ones."""
    count = chance.randint(1, 12)
    return {language: one_voice(chance, count - chance.randint(0, 1)) for language in LANGUAGES}


def one_voice(chance: random.Random, count: int) -> tuple[Cue, ...]:
    at_ms, made = 200, []
    for _ in range(count):
        length_ms = chance.randint(1, 9000)
        made.append(Cue(at_ms, at_ms + length_ms, "A sentence."))
        at_ms += length_ms + PAUSE_MS
    return tuple(made)


def vector(chance: random.Random, cues: Cues) -> dict[str, Any]:
    steps = pace(cues)
    words = {
        language: {"sound": None, "cues": [[cue.start_ms, cue.end_ms] for cue in each]}
        for language, each in cues.items()
    }
    visit = {"begins_ms": steps.begins_ms, "ends_ms": steps.ends_ms, "words": words}
    return {"visit": visit, "moments": [moment(chance, steps) for _ in range(MOMENTS)]}


def moment(chance: random.Random, steps: Pace) -> dict[str, Any]:
    """Say what is due at some moment after, or shortly before, a guide's command."""
    sentence, is_playing = chance.randint(-1, 14), chance.random() < 0.8
    at_ms, passed_ms = chance.randint(0, 10**12), chance.randint(-2000, LATEST_MS)
    gone_ms = max(passed_ms, 0) if is_playing else 0
    there = steps.within(sentence)
    left_ms = steps.ends_ms - steps.begins_ms[there] - gone_ms if steps.begins_ms else None
    is_over = is_playing and passed_ms >= 0 and left_ms is not None and left_ms <= 0
    return {
        "state": {"sentence": sentence, "at_ms": at_ms, "playing": is_playing},
        "now": at_ms + passed_ms,
        "sentence": steps.sentence_at(sentence, gone_ms),
        "left_ms": None if left_ms is None else max(left_ms, 0),
        "over": is_over,
    }
