from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from audioguide.languages import LANGUAGES, Language
from markup import Element, Markup
from museum import World
from photographs import add_picture, opened, photograph, saved

pytestmark = pytest.mark.thorough


@pytest.fixture
def phone(world: World) -> FlaskClient:
    add_picture(world.media / "stops/2-famine")
    world.bring()
    return world.phone("en")


def image(phone: FlaskClient, address: str = "/en/stops/famine") -> Element:
    return Markup(phone.get(address).text).one("img")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_has_an_alternative_and_a_credit(phone: FlaskClient, language: Language) -> None:
    page = Markup(phone.get(f"/{language}/stops/famine").text)
    assert page.one("img")["alt"] == f"Light falls from {language}."
    assert page.one("figcaption").text == f"Made for a test, {language}."


def test_a_picture_takes_its_room_before_it_is_there(phone: FlaskClient) -> None:
    assert (image(phone)["width"], image(phone)["height"]) == ("1280", "960")


def test_a_phone_chooses_the_width_it_needs(phone: FlaskClient) -> None:
    chosen = [each.split() for each in image(phone)["srcset"].split(", ")]
    assert [width for _, width in chosen] == ["640w", "1280w"]
    for address, width in chosen:
        picture = opened(phone.get(address).data)
        assert (picture.format, f"{picture.width}w") == ("WEBP", width)


def test_the_sound_comes_before_the_picture_and_the_picture_before_the_words(
    phone: FlaskClient,
) -> None:
    page = Markup(phone.get("/en/stops/famine").text)
    places = [page.place(page.one(tag)) for tag in ("aside", "section", "figure", "article")]
    assert places == sorted(places)
    assert page.one("img")["loading"] == "lazy"


def test_a_stop_along_a_tour_has_its_picture(phone: FlaskClient) -> None:
    assert image(phone, "/en/tours/short/famine").attributes == image(phone).attributes


def test_a_stop_without_a_picture_has_no_empty_place_for_one(phone: FlaskClient) -> None:
    page = Markup(phone.get("/en/stops/alash").text)
    assert not page.all("figure") + page.all("img")
    assert not page.all("meta", property="og:image")


def test_who_shares_a_stop_shares_its_picture(phone: FlaskClient) -> None:
    page = Markup(phone.get("/ru/stops/famine").text)
    told = {each["property"]: each["content"] for each in page.all("meta") if each.get("property")}
    assert told["og:image"].startswith("http://localhost/picture/")
    shared = opened(phone.get(urlsplit(told["og:image"]).path).data)
    assert (told["og:image:width"], told["og:image:height"]) == tuple(map(str, shared.size))
    assert told["og:image:alt"] == "Light falls from ru."


def test_words_of_a_picture_are_never_markup(world: World) -> None:
    add_picture(world.media / "stops/2-famine")
    world.edit("stops/2-famine/picture.en.txt", "Light", '"> Light < dark & “shade”')
    world.bring()
    page = Markup(world.phone().get("/en/stops/famine").text)
    assert page.one("img")["alt"].startswith('"> Light < dark & “shade”')


def test_a_picture_is_kept_for_ever(phone: FlaskClient) -> None:
    address = image(phone)["src"]
    answer = phone.get(address)
    assert answer.content_type == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["ETag"].strip('"') in address
    head = phone.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]
    again = phone.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "name", ["x", "0" * 32 + ".webp", "0" * 32 + ".mp3", "..%2fguide.sqlite3", "%00.webp", ""]
)
def test_a_picture_that_is_not_there_is_404(phone: FlaskClient, name: str) -> None:
    assert phone.get(f"/picture/{name}").status_code == 404


def test_a_sound_is_no_picture(world: World) -> None:
    name = world.store.keep(saved(photograph(300, 200)), "mp3")
    assert world.phone().get(f"/picture/{name}").status_code == 404
