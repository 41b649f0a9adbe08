from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from audioguide.languages import LANGUAGES, Language
from audioguide.operations.pack import bring_what_is_whole
from audioguide.services import editions
from audioguide.services.importing import Imported
from audioguide.services.visitor import museum_page
from audioguide.services.visitor.museum_page import Help, MuseumPage
from museum import World, write_facts

pytestmark = pytest.mark.thorough

EN = Language("en")
MONDAY = datetime(2026, 11, 30, 18, 59, tzinfo=UTC)  # one minute before midnight in Almaty


@pytest.fixture
def described(world: World) -> World:
    write_facts(world.media)
    world.bring()
    return world


def page(world: World, language: Language = EN) -> MuseumPage:
    with world.database.reading() as session:
        found = museum_page.museum_page(session, language)
    assert found is not None
    return found


def bring_whole(world: World) -> Imported:
    """Import as a running guide does: what is broken waits, the rest comes in."""
    report = bring_what_is_whole(world.opened())
    assert report is not None
    return report


def test_the_desk_knows_prices_map_and_mail(described: World) -> None:
    found = page(described, Language("ru"))
    assert (found.email, found.map_url) == ("museum@example.kz", "https://go.2gis.com/abc12")
    assert [(each.title, each.amount, each.currency) for each in found.prices] == [
        ("Взрослые", Decimal(500), "KZT"),
        ("Группы", Decimal("1500.5"), "KZT"),
        ("Дети", Decimal(0), "KZT"),
    ]
    assert found.prices[2].text == "До семи лет."
    assert len(found.calendar.closed) == 2
    assert found.help is None


def test_a_notice_holds_up_to_the_end_of_its_last_day_in_the_museum(described: World) -> None:
    with described.database.reading() as session:
        notice = museum_page.notice(session, EN)
    assert notice is not None
    assert notice.at(MONDAY) == notice
    assert notice.text == "The hall is being mended.\n\nCome to the exposition."
    assert notice.at(MONDAY.replace(hour=19, minute=0)) is None


def _no_closed_day(media: Path) -> None:
    path = media / "museum.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[[museum.closed]]\nfrom = 2026-12-16\n", ""), encoding="utf-8")


def _in(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(media: Path) -> None:
        text = (media / file).read_text(encoding="utf-8")
        assert old in text
        (media / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (_no_closed_day, ["closed"]),
        (_in("museum.toml", "amount = 500", "amount = 600"), ["price"]),
        (_in("museum/prices/adults/kk.md", "Ересектер", "Үлкендер"), ["price"]),
        (_in("museum/notice.kk.md", "Зал", "Бұл зал"), ["notice"]),
        (_in("museum.toml", "notice_until = 2026-11-30", "notice_until = 2026-12-01"), ["notice"]),
        (_in("museum.toml", "museum@example.kz", "desk@example.kz"), ["contact"]),
        (_in("museum.toml", "18:00", "19:00"), ["hours"]),
        (_in("museum/en.md", "Take your time", "Take time"), ["words"]),
    ],
)
def test_a_change_is_named_and_raises_the_edition(
    described: World, change: Callable[[Path], None], parts: list[str]
) -> None:
    with described.database.reading() as session:
        before = editions.edition_number(session)
    change(described.media)
    report = described.bring()
    assert report.museum == parts
    assert report.anything
    with described.database.reading() as session:
        assert editions.edition_number(session) == before + 1
    assert not described.bring().anything


def test_a_price_that_is_taken_out_is_gone_with_its_words(described: World) -> None:
    _in("museum.toml", '[[museum.price]]\nslug = "adults"\namount = 500\n', "")(described.media)
    _in("museum.toml", 'currency = "KZT"  # adults\n', "")(described.media)
    assert described.bring().museum == ["price"]
    assert [each.slug for each in page(described).prices] == ["groups", "children"]


def test_a_broken_notice_waits_as_a_whole_and_nothing_else_does(described: World) -> None:
    _in("museum/notice.en.md", "The hall", "The **new** hall")(described.media)
    _in("museum/notice.ru.md", "Зал ремонтируют", "Новый зал")(described.media)
    _in("museum.toml", "2026-11-30", "2026-12-24")(described.media)
    _in("museum.toml", "amount = 500", "amount = 600")(described.media)
    report = bring_whole(described)
    assert report.museum == ["price"]
    found = page(described, Language("ru"))
    assert found.notice is not None
    assert found.notice.text.startswith("Зал ремонтируют.")
    assert str(found.notice.until) == "2026-11-30"
    assert found.prices[0].amount == 600


def test_a_broken_price_list_stays_as_it_was(described: World) -> None:
    _in("museum.toml", "amount = 500", "amount = 600")(described.media)
    (described.media / "museum/prices/groups/kk.md").unlink()
    bring_whole(described)
    assert page(described).prices[0].amount == 500


def test_words_come_in_while_the_structure_is_broken(described: World) -> None:
    _in("museum.toml", 'hall = "memorial"', 'hall = "cellar"')(described.media)
    _in("museum/notice.en.md", "The hall", "A hall")(described.media)
    _in("museum/prices/adults/en.md", "Adults", "Grown-ups")(described.media)
    assert bring_whole(described).museum == ["price", "notice"]
    found = page(described)
    assert found.notice is not None
    assert found.notice.text.startswith("A hall")
    assert found.prices[0].title == "Grown-ups"
    assert found.email == "museum@example.kz"


def test_a_notice_whose_files_are_taken_out_is_gone(described: World) -> None:
    for path in (described.media / "museum").glob("notice.*.md"):
        path.unlink()
    assert described.bring().museum == ["notice"]
    assert page(described).notice is None


def test_help_in_the_museums_own_words_is_kept(described: World) -> None:
    for language in LANGUAGES:
        path = described.media / f"museum/help.{language}.md"
        path.write_text("Ask at the door.\n", encoding="utf-8")
    assert described.bring().museum == ["help"]
    assert page(described).help == Help(EN, "Ask at the door.")


@pytest.mark.parametrize(
    "on_database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)],
    indirect=True,
)
def test_facts_come_change_and_go_on_both_databases(on_database: World) -> None:
    world = on_database
    before = (world.media / "museum.toml").read_text(encoding="utf-8")
    write_facts(world.media)
    assert world.bring().museum == ["closed", "price", "notice", "contact"]
    _in("museum.toml", "amount = 500", "amount = 99999998.99")(world.media)
    assert world.bring().museum == ["price"]
    assert page(world).prices[0].amount == Decimal("99999998.99")
    assert len(page(world).calendar.closed) == 2
    (world.media / "museum.toml").write_text(before, encoding="utf-8")
    for path in (world.media / "museum").glob("notice.*.md"):
        path.unlink()
    assert world.bring().museum == ["closed", "price", "notice", "contact"]
    assert (page(world).prices, page(world).calendar.closed, page(world).notice) == ((), (), None)
