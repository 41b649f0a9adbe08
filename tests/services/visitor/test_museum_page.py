from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audioguide.languages import LANGUAGES, Language
from audioguide.services.visitor import museum_page
from audioguide.services.visitor.museum_page import MuseumPage
from museum import World

ALMATY = ZoneInfo("Asia/Almaty")
MONDAY, SATURDAY, SUNDAY = 16, 21, 22  # of November 2026


def museum(world: World, language: Language = Language("en")) -> MuseumPage:
    with world.database.reading() as session:
        page = museum_page.museum_page(session, language)
    assert page is not None
    return page


def is_open_at(world: World, moment: datetime) -> bool:
    return museum(world).calendar.open_until(moment) is not None


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
    assert is_open_at(world, moment) is is_open
    assert is_open_at(world, moment.astimezone(UTC)) is is_open


def test_a_monday_in_the_museum_is_still_sunday_elsewhere(world: World) -> None:
    assert is_open_at(world, datetime(2026, 11, MONDAY, 4, 0, tzinfo=UTC))
    world.edit("museum.toml", "Asia/Almaty", "Pacific/Kiritimati")  # UTC+14
    world.bring()
    sunday_evening = datetime(2026, 11, MONDAY - 1, 19, 30, tzinfo=UTC)
    assert is_open_at(world, sunday_evening)


def test_the_desk_knows_name_address_and_accounts(world: World) -> None:
    page = museum(world)
    assert page.name == "The Museum"
    assert page.address == "This is The Museum. People are remembered here."
    assert page.about == "Take your time. Read one name."
    assert page.accounts[0].url == "https://www.instagram.com/our_museum/"
    assert page.openings[0].days[0] == "monday"


def test_the_museum_has_a_name_in_each_language(world: World) -> None:
    with world.database.reading() as session:
        assert museum_page.museum_name(session, Language("ru")) == "Музей"
        assert set(museum_page.museum_names(session)) == set(LANGUAGES)


def test_before_the_first_import_nothing_is_known(tmp_path: Path) -> None:
    world = World(tmp_path)
    with world.database.reading() as session:
        assert museum_page.museum_page(session, Language("kk")) is None
        assert museum_page.museum_name(session, Language("kk")) == ""
    world.close()


@pytest.mark.parametrize(
    ("day", "hour", "opens"),
    [
        (MONDAY, 8, ("monday", "09:00")),
        (MONDAY, 9, ("tuesday", "09:00")),
        (20, 19, ("monday", "09:00")),
        (SUNDAY, 12, ("monday", "09:00")),
    ],
)
def test_a_closed_museum_says_when_it_opens(
    world: World, day: int, hour: int, opens: tuple[str, str]
) -> None:
    moment = datetime(2026, 11, day, hour, 0, tzinfo=ALMATY)
    found = museum(world).calendar.opens_next(moment)
    assert found is not None
    assert (found.weekday, found.opens) == opens


def test_an_open_museum_says_until_when(world: World) -> None:
    noon = datetime(2026, 11, MONDAY, 12, 0, tzinfo=ALMATY)
    assert museum(world).calendar.open_until(noon) == "18:00"


def test_a_museum_without_hours_promises_nothing(world: World) -> None:
    structure = world.media / "museum.toml"
    before, _, rest = structure.read_text(encoding="utf-8").partition("[[museum.hours]]")
    after = rest.partition("[[museum.accounts]]")
    structure.write_text(f"{before}{after[1]}{after[2]}", encoding="utf-8")
    world.bring()
    assert (
        museum(world).calendar.opens_next(datetime(2026, 11, MONDAY, 8, 0, tzinfo=ALMATY)) is None
    )
