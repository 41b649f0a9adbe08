from __future__ import annotations

import pytest

from audioguide.languages import LANGUAGES
from audioguide.words import say
from kinds_of_page import KINDS
from museum import World

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("section", 200),
        ("keypad-error", 404),
        ("not-found", 404),
        ("no-such-code", 404),
        ("retired", 410),
        ("retired-code", 410),
    ],
)
def test_the_museum_shows_what_it_is_meant_to(every_kind: World, kind: str, status: int) -> None:
    assert every_kind.phone().get(KINDS[kind].format("kk")).status_code == status


def test_the_museum_has_sounds_in_every_state(every_kind: World) -> None:
    sayings = {
        "sound-in-work": "The audio is being prepared. The whole text is already here.",
        "sound-failed": "There is no audio for this stop yet. The whole text is here.",
        "sound-outdated": "The text has changed since this was recorded. A new version is being "
        "made.",
    }
    for kind, saying in sayings.items():
        for language in LANGUAGES:
            page = every_kind.phone().get(KINDS[kind].format(language)).text
            assert say(language, saying) in page, (kind, language)
