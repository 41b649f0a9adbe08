from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from audioguide.languages import Declared, Language, Languages
from audioguide.models import Narration, State
from audioguide.words import say
from museum import EN, FAMINE, KK, RU, World
from statements import counted

pytestmark = pytest.mark.thorough

DE, AR, UZ = Language("de"), Language("ar"), Language("uz-Latn")
UZBEK = Languages((KK, RU, UZ), frozenset((UZ,)), declared={UZ: Declared("O‘zbekcha", fallback=RU)})
Make = Callable[..., World]
INSTEAD = say(
    UZ,
    "This stop has no text in this language yet. Here it is in another one: {language}.",
    language="Русский",
)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Make a museum with languages of its own, imported and spoken by a tone."""
    made: list[World] = []

    def world(languages: Languages, *without: str) -> World:
        made.append(World(tmp_path / str(len(made)), languages=languages, without=without))
        made[-1].bring()
        made[-1].speak_all()
        return made[-1]

    yield world
    for each in made:
        each.close()


def answered(phone: FlaskClient, address: str) -> Any:
    """What the API answers there."""
    return phone.get(address).get_json()


@pytest.mark.parametrize("tags", [(DE, EN), (KK, RU), (EN, DE, AR), (UZ,)])
def test_a_museum_has_its_own_languages_on_every_page(
    make: Make, tags: tuple[Language, ...]
) -> None:
    phone = make(Languages(tags)).phone(tags[-1])
    for tag in tags:
        for page in ("", "number", "museum", "stops/famine", "tours/short", "tours/short/famine"):
            answer = phone.get(f"/{tag}/{page}")
            assert answer.status_code == 200, page
            assert f'<html lang="{tag}"' in answer.text
            assert answer.text.count('rel="alternate" hreflang=') == len(tags)
    for other in {"kk", "ru", "en", "fr"} - set(tags):
        assert phone.get(f"/{other}/").status_code == 404
    found = phone.get(f"/Q/{FAMINE}")
    assert found.headers["Location"] == f"/{tags[-1]}/stops/famine"
    assert phone.get("/").status_code == 200


def test_who_reads_none_of_the_languages_gets_the_first(make: Make) -> None:
    phone = make(Languages((DE, EN))).phone("kk, ru;q=0.8")
    assert phone.get(f"/Q/{FAMINE}").headers["Location"] == "/de/stops/famine"


def test_a_tag_with_a_script_stands_in_addresses_as_it_is_spelt(make: Make) -> None:
    phone = make(Languages((KK, UZ))).phone("uz-UZ")
    assert phone.get(f"/Q/{FAMINE}").headers["Location"] == "/uz-Latn/stops/famine"
    assert phone.get("/UZ-LATN/museum").headers["Location"] == "/uz-Latn/museum"
    assert phone.get("/uz/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/KK/stops/famine/?number=1", "/kk/stops/famine?number=1"),
        ("/UZ-latn/tours/short/", "/uz-Latn/tours/short"),
        ("/RU/stops/ru", "/ru/stops/ru"),
        ("/language/RU?to=/ru/", "/language/ru?to=/ru/"),
    ],
)
def test_another_letter_case_leads_to_the_address_in_one_step(
    make: Make, asked: str, there: str
) -> None:
    answer = make(UZBEK).phone().get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, there)


def test_what_stands_in_on_the_museums_page_and_before_a_guide_is_marked(make: Make) -> None:
    world = make(UZBEK, "museum", "tours/short")
    soon = date.today() + timedelta(days=30)
    (world.media / "museum/notice.ru.md").write_text("Зал закрыт.\n", encoding="utf-8")
    (world.media / "museum/notice.kk.md").write_text("Зал жабық.\n", encoding="utf-8")
    (world.media / "museum/help.ru.md").write_text("Спросите у входа.\n", encoding="utf-8")
    (world.media / "museum/help.kk.md").write_text("Есік алдында сұраңыз.\n", encoding="utf-8")
    world.edit("museum.toml", "[museum]", f"[museum]\nnotice_until = {soon}")
    world.bring()
    phone = world.phone("uz")
    page = phone.get("/uz-Latn/museum").text
    assert '<p lang="ru">Зал закрыт.</p>' in page
    assert '<p lang="ru">Спросите у входа.</p>' in page
    welcome = phone.get("/").text
    assert '<p lang="ru">Зал закрыт.</p>' in welcome
    assert 'class="name" lang="uz-Latn"' not in welcome


def test_a_page_in_a_language_from_right_to_left_says_so(make: Make) -> None:
    phone = make(Languages((EN, AR))).phone()
    assert '<html lang="ar" dir="rtl">' in phone.get("/ar/").text
    assert " dir=" not in phone.get("/en/").text.partition("<body")[2]


def test_the_api_has_the_museums_languages_as_keys(make: Make) -> None:
    phone = make(Languages((DE, EN))).phone()
    for stop in answered(phone, "/api/v1/stops")["stops"]:
        for key in ("title", "page_url", "audio"):
            assert list(stop[key]) == ["de", "en"]
        assert "fallback" not in stop
    museum = answered(phone, "/api/v1/museum")
    assert (museum["languages"], museum["default_language"]) == (["de", "en"], "de")


def test_a_missing_text_is_shown_in_another_language_and_marked(make: Make) -> None:
    phone = make(UZBEK, "stops/2-famine").phone()
    page = phone.get("/uz-Latn/stops/famine").text
    assert '<html lang="uz-Latn">' in page
    assert '<h1 lang="ru">' in page
    assert '<article class="text" id="text" lang="ru">' in page
    assert 'srclang="ru"' in page
    assert INSTEAD in page
    assert page.count("/audio/") == phone.get("/ru/stops/famine").text.count("/audio/")
    own = phone.get("/uz-Latn/stops/alash").text
    assert INSTEAD not in own
    assert 'lang="ru"' in phone.get("/uz-Latn/").text.partition("<main")[2]


def test_whoever_waits_for_a_sound_that_stands_in_asks_for_that_one(make: Make) -> None:
    world = make(UZBEK, "stops/2-famine")
    world.edit("stops/2-famine/ru.md", "Не торопитесь.", "Не спешите.")
    world.bring()
    with world.database.writing() as session:
        session.execute(delete(Narration).where(Narration.state != State.WANTED))
    world.phone().get("/uz-Latn/stops/famine")
    with world.database.reading() as session:
        rows = session.scalars(select(Narration).where(Narration.asked_at.is_not(None))).all()
    assert {row.language for row in rows} == {RU}


def test_no_sound_is_promised_where_the_one_that_stands_in_has_failed(make: Make) -> None:
    world = make(UZBEK, "stops/2-famine")
    with world.database.writing() as session:
        for row in session.scalars(select(Narration).where(Narration.language == RU)):
            row.lose_files(but_webm=False)
            row.fail("the voice is mute")
    page = world.phone().get("/uz-Latn/stops/famine").text
    assert say(UZ, "There is no audio for this stop yet. The whole text is here.") in page


def test_the_languages_are_asked_for_once_in_an_edition(make: Make) -> None:
    phone = make(UZBEK, "stops/2-famine").phone()
    phone.get(f"/Q/{FAMINE}")
    with counted() as said:
        phone.get(f"/Q/{FAMINE}")
    assert [each.partition(" ")[0] for each in said] == ["BEGIN", "SELECT"]


def test_a_notice_and_help_of_another_language_are_marked(make: Make) -> None:
    world = make(UZBEK, "museum")
    for language in (KK, RU):
        for name in ("notice", "help"):
            words = f"{name} {language}"
            (world.media / f"museum/{name}.{language}.md").write_text(words, encoding="utf-8")
    world.edit("museum.toml", "[museum]", "[museum]\nnotice_until = 2099-12-31")
    world.bring()
    phone = world.phone()
    assert '<p lang="ru">notice ru</p>' in phone.get("/uz-Latn/").text
    page = phone.get("/uz-Latn/museum").text
    assert '<p lang="ru">notice ru</p>' in page
    assert '<p lang="ru">help ru</p>' in page
    assert "<p>notice ru</p>" in phone.get("/ru/museum").text
    assert answered(phone, "/api/v1/museum")["notice"]["uz-Latn"] == "notice ru"


def test_a_name_that_stands_in_is_no_name_in_that_language(make: Make) -> None:
    page = make(UZBEK, "museum").phone("kk").get("/").text
    assert page.count('<p class="name" lang="ru">') == 1
    assert '<p class="name" lang="uz-Latn">' not in page


def test_the_api_says_whose_words_stand_in(make: Make) -> None:
    phone = make(UZBEK, "stops/2-famine", "tours/short").phone()
    stops = {stop["slug"]: stop for stop in answered(phone, "/api/v1/stops")["stops"]}
    famine = answered(phone, f"/api/v1/stops/{FAMINE}")
    for stop in (stops["famine"], famine):
        assert stop["fallback"] == {"uz-Latn": "ru"}
        assert stop["title"]["uz-Latn"] == stop["title"]["ru"] == "Голод"
        assert stop["audio"]["uz-Latn"] == stop["audio"]["ru"] is not None
    assert famine["text"]["uz-Latn"] == famine["text"]["ru"]
    assert "fallback" not in stops["alash"]
    (tour,) = answered(phone, "/api/v1/tours")["tours"]
    assert (tour["title"]["uz-Latn"], tour["fallback"]) == (tour["title"]["ru"], {"uz-Latn": "ru"})
    described = answered(phone, "/api/openapi.json")
    schema = {"$ref": "#/components/schemas/WholeStop", "components": described["components"]}
    jsonschema.validate(famine, schema)


@pytest.mark.parametrize(
    "lacks",
    [
        ["museum"],
        ["halls/exposition", "halls/memorial"],
        ["tours/short"],
        ["museum", "stops/0-welcome"],
    ],
)
def test_whatever_lacks_in_an_incomplete_language_no_page_fails(
    make: Make, lacks: list[str]
) -> None:
    phone = make(UZBEK, *lacks).phone("uz")
    for page in ("", "number", "museum", "stops/welcome", "tours/short", "tours/short/welcome"):
        assert phone.get(f"/uz-Latn/{page}").status_code == 200, page
    for address in ("/", "/api/v1/museum", "/api/v1/stops", "/api/v1/tours"):
        assert phone.get(address).status_code == 200


def test_a_language_that_comes_is_seen_with_the_next_import(make: Make) -> None:
    world = make(Languages((KK, RU, EN), frozenset((EN,))), "stops/2-famine")
    phone = world.phone()
    assert phone.get("/de/").status_code == 404
    world.edit("museum.toml", '["kk", "ru", "en"]', '["kk", "ru", "en", "de"]')
    world.edit("museum.toml", '["en"]', '["en", "de"]')
    world.bring()
    assert phone.get("/de/stops/famine").status_code == 200
    world.edit("museum.toml", ', "de"', "")
    world.bring()
    assert phone.get("/de/stops/famine").status_code == 404
