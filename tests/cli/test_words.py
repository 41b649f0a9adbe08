"""`audioguide words`, as somebody types it who translates buttons and pages."""

from __future__ import annotations

import pytest

from museum import World
from started import command


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("kz", "kz is the code of a country and of no language. There they write: kk, ru."),
        ("kazakh", "“kazakh” is no language. Write its tag as BCP 47 does"),
    ],
)
def test_what_is_no_language_gets_no_catalogue(world: World, given: str, said: str) -> None:
    done = command("words", "missing", given, environment=world.environment())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
