from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from audioguide.languages import Language
from listening import word
from museum import ROOT
from programs import running

pytestmark = [pytest.mark.needs_firefox, pytest.mark.needs_npm, pytest.mark.timeout(300)]

VISIT = ROOT / "tests" / "browser" / "firefox.js"
PATIENCE_SECONDS = 150


def test_in_firefox_ivan_opens_listens_goes_on_and_changes_to_kazakh(
    guide: str, tmp_path: Path
) -> None:
    firefox = shutil.which("firefox-esr") or ""
    address, listen = f"{guide}/ru/stops/famine", word(Language("ru"))
    command: list[str | Path] = ["node", VISIT, firefox, address, listen, "kk"]
    with running(command, tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as visit:
        told, trouble = visit.communicate(timeout=PATIENCE_SECONDS)
    assert visit.returncode == 0, trouble
    seen = json.loads(told)
    assert "Голод" in seen["opened"]
    assert seen["error"] is None
    assert 0 < seen["played"] <= seen["length"]
    assert seen["sought"] >= seen["length"] * 0.45
    assert seen["changed"] == f"{guide}/kk/stops/famine"
    assert "Ашаршылық" in seen["then"]
