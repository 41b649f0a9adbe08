from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audioguide.languages import Language
from audioguide.services import welcoming
from audioguide.services.welcoming import MuseumPage
from museum import World

ALMATY = ZoneInfo("Asia/Almaty")
MONDAY, SATURDAY, SUNDAY = 16, 21, 22  # of November 2026


def museum(world: World, language: Language = Language.EN) -> MuseumPage:
    with world.database.reading() as session:
        page = welcoming.museum_page(session, language)
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        (MONDAY, 8, 59, False),
        (MONDAY, 9, 0, True),
        (MONDAY, 17, 59, True),
        (MONDAY, 18, 0, False),
        (MONDAY, 0, 0, False),
        (SATURDAY, 12, 0, False),
        (SUNDAY, 12, 0, False),
    ],
)
def test_the_museum_is_open_by_its_own_clock(
    world: World, day: int, hour: int, minute: int, is_open: bool
) -> None:
    moment = datetime(2026, 11, day, hour, minute, tzinfo=ALMATY)
    assert museum(world).is_open(moment) is is_open
    assert museum(world).is_open(moment.astimezone(UTC)) is is_open


def test_a_monday_in_the_museum_is_still_sunday_elsewhere(world: World) -> None:
    assert museum(world).is_open(datetime(2026, 11, MONDAY, 4, 0, tzinfo=UTC))
    world.edit("museum.toml", "Asia/Almaty", "Pacific/Kiritimati")  # UTC+14
    world.bring()
    sunday_evening = datetime(2026, 11, MONDAY - 1, 19, 30, tzinfo=UTC)
    assert museum(world).is_open(sunday_evening)


def test_the_desk_knows_name_address_and_accounts(world: World) -> None:
    page = museum(world)
    assert page.name == "The Museum"
    assert page.address == "This is The Museum. People are remembered here."
    assert page.about == "Take your time. Read one name."
    assert page.accounts[0].url == "https://www.instagram.com/our_museum/"
    assert page.openings[0].days[0] == "monday"


def test_the_museum_has_a_name_in_each_language(world: World) -> None:
    with world.database.reading() as session:
        assert welcoming.museum_name(session, Language.RU) == "Музей"
        assert set(welcoming.museum_names(session)) == set(Language)


def test_before_the_first_import_nothing_is_known(tmp_path: Path) -> None:
    world = World(tmp_path)
    with world.database.reading() as session:
        assert welcoming.museum_page(session, Language.KK) is None
        assert welcoming.museum_name(session, Language.KK) == ""
    world.close()
