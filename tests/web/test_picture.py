from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from audioguide.languages import LANGUAGES, Language
from audioguide.services import drawings
from drawings import add_drawing
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


@pytest.fixture
def reader(world: World) -> FlaskClient:
    """A phone that sees a drawing at the famine's section."""
    add_drawing(world.media, "famine")
    drawings.draw(world.media)
    world.bring()
    return world.phone("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_has_its_legend_as_text_below_it(reader: FlaskClient, language: Language) -> None:
    page = Markup(reader.get(f"/{language}/stops/famine").text)
    assert page.one("img")["alt"] == f"Three dots, {language}."
    assert page.one("figcaption").text == f"Made for a test, {language}."
    entries = [each for each in page.all("li") if each.get("value")]
    assert [(each["value"], each.text.replace("\u00a0", " ")) for each in entries] == [
        ("1", f"The first, {language}"),
        ("2", f"The second, {language}"),
        ("3", f"The third, {language}"),
    ]


def test_a_drawing_is_shown_in_a_picture_alone_never_in_the_page(reader: FlaskClient) -> None:
    text = reader.get("/en/stops/famine").text
    assert "<svg" not in text
    assert Markup(text).one("img")["src"].endswith(".svg")


def test_a_drawing_takes_its_room_before_it_is_there(reader: FlaskClient) -> None:
    drawn = image(reader)
    picture = reader.get(drawn["src"]).text
    assert f'width="{drawn["width"]}" height="{drawn["height"]}"' in picture


def test_a_drawing_may_do_nothing_but_wear_its_own_style(reader: FlaskClient) -> None:
    answer = reader.get(image(reader)["src"])
    assert answer.content_type == "image/svg+xml"
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    ]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_svg_without_a_style_may_wear_none(world: World) -> None:
    name = world.store.keep(b"<svg/>", "svg")
    policy = world.phone().get(f"/picture/{name}").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'none'; ")


def test_a_file_that_somebody_laid_into_the_store_is_no_drawing(world: World) -> None:
    name = f"{'ab' * 16}.svg"
    world.store.path(name).write_bytes(b"<svg><script>alert(1)</script></svg>")
    assert world.phone().get(f"/picture/{name}").status_code == 404


def test_who_shares_a_stop_with_a_drawing_shares_no_svg(reader: FlaskClient) -> None:
    page = Markup(reader.get("/en/stops/famine").text)
    assert not page.all("meta", property="og:image")
