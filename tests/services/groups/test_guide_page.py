from __future__ import annotations

from sqlalchemy import select

from audioguide.languages import Language
from audioguide.models import Stop
from audioguide.roles import Role
from audioguide.services import editions
from audioguide.services.groups import guide_page, leading
from audioguide.services.staff import signing_in
from museum import FAMINE, World

RU = Language("ru")
POINTS = "Сначала помолчите.\n\nДождитесь вопроса."


def write_points(world: World, text: str) -> None:
    (world.media / "stops" / "2-famine" / "guide.ru.md").write_text(text, encoding="utf-8")


def points(world: World) -> tuple[str, ...]:
    with world.database.reading() as session:
        stop = session.scalars(select(Stop).where(Stop.code == FAMINE)).one()
        return guide_page.talking_points(session, stop.id, RU)


def edition(world: World) -> int:
    with world.database.reading() as session:
        return editions.edition_number(session)


def test_talking_points_come_with_the_pack_and_go_with_it(world: World) -> None:
    assert points(world) == ()
    write_points(world, POINTS)
    world.bring()
    assert points(world) == ("Сначала помолчите.", "Дождитесь вопроса.")
    write_points(world, "Только молчание.")
    world.bring()
    assert points(world) == ("Только молчание.",)
    (world.media / "stops" / "2-famine" / "guide.ru.md").unlink()
    world.bring()
    assert points(world) == ()


def test_no_visitor_sees_them_so_no_page_is_made_anew(world: World) -> None:
    before = edition(world)
    write_points(world, POINTS)
    world.bring()
    assert edition(world) == before
    for path in ("/ru/stops/famine", "/api/v1/stops"):
        assert "помолчите" not in world.phone("ru").get(path).text


def test_a_guide_sees_her_group_its_stops_and_what_she_may_say(world: World) -> None:
    write_points(world, POINTS)
    world.bring()
    with world.database.writing() as session:
        key = signing_in.add(session, "Marat", Role.GUIDE)
    with world.database.writing() as session:
        who = signing_in.invited(session, key)
        assert who is not None
        group = leading.start(session, who.person_id, "short")
        stop = session.scalars(select(Stop).where(Stop.code == FAMINE)).one()
        wished = leading.Command(leading.Verb.STOP, 1, stop=stop.code)
        leading.command(session, world.store, group, who.person_id, wished)
    with world.database.reading() as session:
        led = guide_page.led(session, group, who.person_id, RU)
        assert guide_page.led(session, group, who.person_id + 1, RU) is None
        assert guide_page.led(session, group + 1, who.person_id, RU) is None
    assert led is not None
    assert led.points == ("Сначала помолчите.", "Дождитесь вопроса.")
    assert [stop.number for stop in led.stops] == [0, 2, 14]
    assert led.place == 1
