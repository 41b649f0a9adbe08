"""The museum's page, its notice on other pages, and what a date that moves on does to them."""

from __future__ import annotations

import datetime as calendar
import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from audioguide.languages import LANGUAGES, Language
from audioguide.web.pages import money, stretch
from conftest import Date
from markup import Markup
from museum import NOTICES, World, write_facts

ALMATY = ZoneInfo("Asia/Almaty")
SPACE = "\N{NO-BREAK SPACE}"
LAST_MINUTE = datetime(2026, 11, 30, 23, 59, 30, tzinfo=ALMATY)
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=ALMATY)


def set_date(date: Date, moment: datetime) -> None:
    date.move(seconds=moment.timestamp() - time.time())


@pytest.fixture
def described(world: World) -> World:
    write_facts(world.media)
    world.bring()
    return world


@pytest.fixture
def at_noon(described: World, date: Date) -> FlaskClient:
    set_date(date, NOON)
    return described.phone("ru")


def plain(text: str) -> str:
    """Write all spaces as one plain one: which of them CLDR takes is its own affair."""
    return " ".join(text.replace(SPACE, " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def notice_of(page: Markup) -> str:
    page.one("aside")
    return "\n\n".join(each.text for each in page.all("p") if "aside" in each.around)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language("kk"),
            ["Ересектер 500 ₸", "Топтар 1 500,50 ₸", "Балалар тегін", "2026 ж. 16 желтоқсан",
             "2026 ж. 31 жел. – 2027 ж. 2 қаң.", "Картадан көру", "Музей жабық күндер"],
        ),
        (
            Language("ru"),
            ["Взрослые 500 ₸", "Группы 1 500,50 ₸", "Дети бесплатно", "16 декабря 2026 г.",
             "31 дек. 2026 г. – 2 янв. 2027 г.", "Показать на карте", "До семи лет."],
        ),
        (
            Language("en"),
            ["Adults KZT 500", "Groups KZT 1,500.50", "Children free", "16 December 2026",
             "31 Dec 2026 – 2 Jan 2027", "Show on a map", "Up to seven years."],
        ),
    ],
)  # fmt: skip
def test_the_museums_page_has_all_facts_as_each_language_writes_them(
    at_noon: FlaskClient, language: Language, said: list[str]
) -> None:
    page = Markup(at_noon.get(f"/{language}/museum").text)
    shown = plain(page.one("main").text)
    assert [each for each in said if each not in shown] == [], shown
    assert page.one("a", href="mailto:museum@example.kz").text == "museum@example.kz"
    assert page.one("a", href="https://go.2gis.com/abc12")["rel"] == "noopener noreferrer"
    assert notice_of(page) == NOTICES[LANGUAGES.index(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_museum_without_such_facts_shows_no_empty_place_for_them(
    world: World, language: Language
) -> None:
    page = Markup(world.phone().get(f"/{language}/museum").text)
    assert len(page.all("dt")) == 5  # hours, address, telephone, website, Instagram
    assert page.all("aside") == []
    assert "mailto:" not in page.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_stands_on_the_list_and_at_the_welcome(
    described: World, date: Date, language: Language
) -> None:
    set_date(date, NOON)
    phone = described.phone(language)
    for address in ("/", f"/{language}/"):
        page = Markup(phone.get(address).text)
        assert notice_of(page) == NOTICES[LANGUAGES.index(language)]
    assert Markup(phone.get(f"/{language}/stops/alash").text).all("aside") == []


def moved_on(phone: FlaskClient, date: Date, seconds: float) -> None:
    """Let so many seconds pass, for the date and for what is kept."""
    date.move(seconds=seconds)
    lane: Any = phone.application.wsgi_app
    kept = lane.lane
    before = kept.clock
    kept.clock = lambda: before() + seconds


@pytest.mark.parametrize("address", ["/", "/ru/", "/ru/museum", "/api/v1/museum"])
def test_a_notice_ends_with_its_day_though_nobody_saves_anything(
    described: World, date: Date, address: str
) -> None:
    set_date(date, LAST_MINUTE)
    phone = described.phone("ru")
    assert "Зал ремонтируют" in said_at(phone, address)
    moved_on(phone, date, 31)
    assert "Зал ремонтируют" not in said_at(phone, address)


def said_at(phone: FlaskClient, address: str) -> str:
    answer = phone.get(address)
    return str(answer.get_json() if answer.is_json else answer.text)


def test_a_date_that_is_set_right_is_on_every_page_within_a_minute(
    described: World, date: Date
) -> None:
    set_date(date, LAST_MINUTE.replace(year=2031))
    phone = described.phone("ru")
    assert "Зал ремонтируют" not in phone.get("/ru/").text
    set_date(date, NOON)
    moved_on(phone, date, 60)
    assert "Зал ремонтируют" in phone.get("/ru/").text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 12, 15, 17, 59), "Open now, until 18:00."),
        (datetime(2026, 12, 15, 19, 0), "Closed now. Opens: Thu, 09:00."),
        (datetime(2026, 12, 16, 10, 0), "Closed now. Opens: Thu, 09:00."),
        (datetime(2026, 12, 17, 9, 0), "Open now, until 18:00."),
        (datetime(2026, 12, 31, 10, 0), "Closed now. Opens: Mon, 09:00."),
    ],
)
def test_open_and_closed_go_by_the_closed_days(
    described: World, date: Date, moment: datetime, said: str
) -> None:
    set_date(date, moment.replace(tzinfo=ALMATY))
    assert said in Markup(described.phone("en").get("/en/museum").text).one("main").text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language("kk"), "2027 ж. 1 ақпан, 09:00."),
        (Language("ru"), "Откроется: 1 февраля 2027 г., 09:00."),
        (Language("en"), "Opens: 1 February 2027, 09:00."),
    ],
)
def test_closed_for_weeks_it_names_the_date(
    described: World, date: Date, language: Language, said: str
) -> None:
    described.edit("museum.toml", "to = 2027-01-02", "to = 2027-01-31")
    described.bring()
    set_date(date, datetime(2026, 12, 31, 10, 0, tzinfo=ALMATY))
    page = Markup(described.phone().get(f"/{language}/museum").text)
    assert said in plain(page.one("main").text)


def test_a_closed_day_begins_and_ends_by_itself(described: World, date: Date) -> None:
    set_date(date, datetime(2026, 12, 15, 17, 59, 50, tzinfo=ALMATY))
    phone = described.phone("en")
    page: Callable[[], str] = lambda: phone.get("/en/museum").text  # noqa: E731
    assert "Open now" in page()
    moved_on(phone, date, 16 * 3600)
    assert "Closed now. Opens: Thu, 09:00." in page()
    moved_on(phone, date, 24 * 3600)
    assert "Open now" in page()
    assert "16 December" not in page()


def test_the_api_tells_facts_by_language_and_as_it_is_described(at_noon: FlaskClient) -> None:
    museum = at_noon.get("/api/v1/museum").get_json()
    description = at_noon.get("/api/openapi.json").get_json()
    schema = {"$ref": "#/components/schemas/Museum", "components": description["components"]}
    Draft202012Validator(schema).validate(museum)
    assert (museum["email"], museum["map_url"]) == (
        "museum@example.kz",
        "https://go.2gis.com/abc12",
    )
    assert museum["closed_days"] == [
        {"from": "2026-12-16", "to": "2026-12-16"},
        {"from": "2026-12-31", "to": "2027-01-02"},
    ]
    assert [(each["slug"], each["amount"], each["currency"]) for each in museum["prices"]] == [
        ("adults", "500", "KZT"),
        ("groups", "1500.5", "KZT"),
        ("children", "0", "KZT"),
    ]
    assert museum["prices"][0]["title"] == {"kk": "Ересектер", "ru": "Взрослые", "en": "Adults"}
    assert museum["notice"] == dict(zip(["kk", "ru", "en"], NOTICES, strict=True))


def test_the_api_of_a_museum_without_them_says_so(world: World) -> None:
    museum = world.phone().get("/api/v1/museum").get_json()
    assert (museum["email"], museum["map_url"]) == (None, None)
    assert (museum["closed_days"], museum["prices"]) == ([], [])
    assert museum["notice"] == {"kk": None, "ru": None, "en": None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_no_earphones_or_phone_is_told_what_to_do(world: World, language: Language) -> None:
    phone = world.phone()
    said = {
        Language("kk"): "Құлаққабыңыз жоқ па?",
        Language("ru"): "Нет наушников?",
        Language("en"): "No earphones?",
    }[language]
    for way in ("", "museum"):
        assert said in phone.get(f"/{language}/{way}").text


def test_a_museum_says_its_own_words_to_those_without_a_phone(world: World) -> None:
    for language in LANGUAGES:
        (world.media / f"museum/help.{language}.md").write_text("Ask <us>.\n", encoding="utf-8")
    world.edit("museum/help.ru.md", "Ask <us>.", "Спросите нас & всех.")
    for language in (Language("kk"), Language("en")):
        world.edit(f"museum/help.{language}.md", "Ask <us>.", "Ask us.")
    world.bring()
    page = world.phone().get("/ru/museum").text
    assert "<p>Спросите нас &amp; всех.</p>" in page
    assert "Нет наушников?" not in page


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        ("500", "KZT", Language("ru"), "500 ₸"),
        ("500.50", "KZT", Language("ru"), "500,50 ₸"),
        ("500.5", "KZT", Language("kk"), "500,50 ₸"),
        ("1500", "KZT", Language("en"), "KZT 1,500"),
        ("5", "USD", Language("en"), "US$5"),
        ("5", "USD", Language("ru"), "5 $"),
        ("300", "JPY", Language("en"), "JP¥300"),
        ("1.250", "KWD", Language("ru"), "1,250 KWD"),
    ],
)
def test_an_amount_has_no_hundredths_where_there_are_none(
    amount: str, currency: str, language: Language, written: str
) -> None:
    assert plain(money(Decimal(amount), currency, language)) == written


def test_days_within_a_month_name_it_once() -> None:
    first, last = calendar.date(2026, 11, 3), calendar.date(2026, 11, 9)
    assert plain(stretch(first, last, Language("ru"))) == "3–9 нояб. 2026 г."
