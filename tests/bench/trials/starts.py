"""What a start says: a right that is missing, a front server that nobody trusts."""

from __future__ import annotations

import re
import time

from started import without_settings

from .asking import ask
from .ground import Ground, bound
from .trial import Look, trial

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "guide.museum.kz",
    "Forwarded": "for=203.0.113.9;proto=https",
}
SAYS_FORWARDED = re.compile(r"(?i)forwarded|AUDIOGUIDE_TRUSTED_PROXIES")


@trial(
    "I",
    "A folder without a right is one line that names the right",
    done="the data folder and that of sound without w, x or r; audioguide serve as not root",
    expected="status 2; one line with the folder and the right that is missing",
)
def rights(ground: Ground) -> Look:
    look = Look()
    before = bound()
    for which in ("data", "store"):
        for mode, missing in (
            (0o555, "writ|right|запис|жаз"),
            (0o666, "enter|search|right|writ"),
            (0o000, "enter|search|right|writ|read"),
        ):
            world = ground.world()
            folder = getattr(world.settings, which)
            folder.chmod(mode)
            try:
                with ground.serving(world, *before, may_fail=True, up_in=30) as guide:
                    status = guide.process.poll()
                    said = guide.said.strip()
            finally:
                folder.chmod(0o755)
            named = str(folder) in said and re.search(f"(?i){missing}", said)
            is_right = status == 2 and said.count("\n") == 0 and named is not None
            look.at(is_right, f"{which} {mode:03o}: status {status}, {said[-200:]}")
    return look


@trial(
    "I",
    "Forwarded headers that nobody trusts are said once",
    done="3 requests with each of 4 forwarded headers and no trusted proxy; then with one trusted",
    expected="one line in all, and none where it is trusted",
)
def forwarded(ground: Ground) -> Look:
    look = Look()
    assert "AUDIOGUIDE_TRUSTED_PROXIES" not in without_settings()
    for trusted, most in (("0", 1), ("1", 0)):
        world = ground.world()
        with ground.serving(world, AUDIOGUIDE_TRUSTED_PROXIES=trusted) as guide:
            for _ in range(3):
                for name, value in FORWARDED.items():
                    if trusted == "0" or name != "Forwarded":
                        ask(guide.port, "/en/", headers={name: value})
            time.sleep(1)
            lines = [line for line in guide.said.splitlines() if SAYS_FORWARDED.search(line)]
        look.at(len(lines) == most, f"{trusted} trusted: {len(lines)} lines {lines[:1]}")
    return look
