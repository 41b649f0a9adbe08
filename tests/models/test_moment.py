from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, text

from audioguide.models import Stop, now
from museum import ALASH, World


def retire_at(world: World, moment: datetime) -> None:
    with world.database.writing() as session:
        session.scalars(select(Stop).where(Stop.code == ALASH)).one().retired_at = moment


def retired_at(world: World) -> datetime | None:
    with world.database.reading() as session:
        return session.scalars(select(Stop.retired_at).where(Stop.code == ALASH)).one()


def test_the_present_moment_is_aware() -> None:
    assert now().tzinfo is UTC


def test_a_moment_comes_back_as_it_went_in(world: World) -> None:
    moment = datetime(2026, 11, 22, 12, 30, 15, 123456, tzinfo=UTC)
    retire_at(world, moment)
    assert retired_at(world) == moment


def test_a_moment_of_any_clock_is_kept_in_utc(world: World) -> None:
    retire_at(world, datetime(2026, 11, 22, 4, 0, tzinfo=ZoneInfo("Asia/Almaty")))
    assert retired_at(world) == datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    with world.database.reading() as session:
        kept = session.scalar(text("SELECT retired_at FROM stop WHERE retired_at IS NOT NULL"))
    assert str(kept).startswith("2026-11-21 23:00:00")


def test_no_moment_is_no_moment(world: World) -> None:
    assert retired_at(world) is None
