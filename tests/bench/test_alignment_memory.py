from __future__ import annotations

import re
import subprocess
import sys

import pytest

from museum import ROOT

BENCH = ROOT / "tests" / "bench" / "alignment.py"


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_half_an_hour_is_made_in_less_than_400_mb() -> None:
    told = subprocess.run(
        [sys.executable, str(BENCH), "--memory"], capture_output=True, text=True, check=True
    ).stdout
    peak = re.search(r"peak memory +(\d+) MB", told)
    median = re.search(r"start error, median +(\d+) ms", told)

    assert peak is not None, told
    assert median is not None, told
    assert int(peak.group(1)) < 400
    assert int(median.group(1)) < 60
