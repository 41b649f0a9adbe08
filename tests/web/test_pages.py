from __future__ import annotations

import gzip
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup as Safe

from audioguide.languages import LANGUAGES, Language
from audioguide.web.pages import (
    counted,
    days,
    dialled,
    kept_together,
    length,
    minutes,
    shortened,
    unbroken,
)
from markup import Markup
from museum import REAL_PACK, World

pytestmark = pytest.mark.thorough

ALONG = "/tours/short/famine"
SUFFIXES = (
    "/",
    "/stops/welcome",
    "/stops/alash",
    "/stops/famine",
    "/stops/memorial-hall",
    "/tours/short",
    "/museum",
    "/number",
)
LOST = ("/number?number=77", "/stops/nothing")
MOST_BYTES = 13 * 1024
ELSEWHERE_ALLOWED = {"www.instagram.com", "museum.example.kz"}  # links to follow, never fetched


@pytest.fixture
def phone(spoken_world: World) -> FlaskClient:
    return spoken_world.phone("ru")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [*SUFFIXES, ALONG, *LOST])
def test_every_page_is_sound_in_its_structure(
    phone: FlaskClient, language: Language, suffix: str
) -> None:
    page = Markup(phone.get(f"/{language}{suffix}").text)
    _is_sound(page, language)
    assert page.one("a", class_="skip")["href"] == "#main"
    assert page.one("main")["id"] == "main"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_welcome_is_sound_in_its_structure(world: World, language: Language) -> None:
    _is_sound(Markup(world.phone(language).get("/").text), language)


def _is_sound(page: Markup, language: Language) -> None:
    assert page.html.startswith("<!doctype html>\n<html")
    assert page.one("html")["lang"] == language
    assert page.one("h1").text
    assert page.one("title").text.strip(" ·")
    assert page.one("main")
    ids = [each["id"] for each in page.elements if each.get("id")]
    assert len(ids) == len(set(ids))
    for each in page.elements:
        for name in ("aria-describedby", "aria-labelledby", "for"):
            assert each.get(name) in [None, *ids]
        if (each.get("href") or "").startswith("#"):
            assert each["href"][1:] in ids
    labelled = {each["for"] for each in page.all("label") if each.text}
    assert labelled <= {each.get("id") for each in page.all("input") + page.all("button")}
    for each in page.all("input") + page.all("select") + page.all("nav"):
        assert each.get("aria-label") or each.get("id") in labelled
    for each in page.all("a") + page.all("button"):
        assert each.text or each.get("aria-label") or each.get("id") in labelled
    assert not [each for each in page.all("p") if not each.text]


@pytest.mark.parametrize("suffix", [*SUFFIXES, ALONG, *LOST])
def test_a_page_runs_only_our_scripts_and_fetches_nothing_from_elsewhere(
    phone: FlaskClient, suffix: str
) -> None:
    page = Markup(phone.get(f"/ru{suffix}").text)
    assert not page.all("iframe") + page.all("object") + page.all("form", action="")
    for script in page.all("script"):
        assert script["src"].startswith("/script/")
        assert not script.text
    for each in page.elements:
        assert not [name for name in each.attributes if name.startswith("on") or name == "style"]
        for name in ("src", "action", "data", "srcset", "poster"):
            assert (each.get(name) or "/").startswith("/")
        host = urlsplit(each.get("href") or "").netloc
        assert host in {"", "localhost"} or (each.tag == "a" and host in ELSEWHERE_ALLOWED)
    assert "@import" not in page.html
    assert "url(" not in page.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_page_names_itself_and_its_other_languages(
    phone: FlaskClient, language: Language, suffix: str
) -> None:
    page = Markup(phone.get(f"/{language}{suffix}").text)
    others = {each["hreflang"]: each["href"] for each in page.all("link", rel="alternate")}
    assert page.one("link", rel="canonical")["href"] == f"http://localhost/{language}{suffix}"
    assert others == {each: f"http://localhost/{each}{suffix}" for each in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [*SUFFIXES, ALONG])
def test_a_page_that_is_shared_says_what_it_is(
    phone: FlaskClient, language: Language, suffix: str
) -> None:
    page = Markup(phone.get(f"/{language}{suffix}").text)
    told = [
        (each["property"], each["content"])
        for each in page.all("meta")
        if "property" in each.attributes
    ]
    assert dict(told)["og:title"] == page.one("title").text
    assert dict(told)["og:description"] == page.one("meta", name="description")["content"]
    assert dict(told)["og:url"] == page.one("link", rel="canonical")["href"]
    assert dict(told)["og:locale"] == {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_GB"}[language]
    assert len([name for name, _ in told if name == "og:locale:alternate"]) == 2


def test_the_welcome_says_what_it_is_in_every_language(phone: FlaskClient) -> None:
    page = Markup(phone.get("/").text)
    told = {each["property"]: each["content"] for each in page.all("meta") if each.get("property")}
    assert told["og:title"] == "Музей"
    assert told["og:url"] == page.one("link", rel="canonical")["href"] == "http://localhost/"
    assert page.one("meta", name="description")["content"] == "Музей · Музей · The Museum"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_language_is_one_tap_away_and_leads_to_the_same_page(
    phone: FlaskClient, suffix: str
) -> None:
    page = Markup(phone.get(f"/ru{suffix}").text)
    links = [each for each in page.all("a") if each.get("hreflang")]
    assert [each["hreflang"] for each in links] == ["kk", "ru", "en"]
    for each in links:
        answer = phone.get(each["href"])
        assert (answer.status_code, answer.location) == (303, f"/{each['hreflang']}{suffix}")


@pytest.mark.parametrize("address", ["/ru/", "/ru/stops/alash", "/ru/nothing", "/Q/ZZZZZ"])
def test_the_language_of_the_page_is_marked_for_ears_too(phone: FlaskClient, address: str) -> None:
    page = Markup(phone.get(address).text)
    marked = page.all("a", aria_current="true")
    assert [(each["lang"], each.text) for each in marked] == [("ru", "РусРусский")]


def test_the_short_name_of_a_language_begins_its_spoken_name(phone: FlaskClient) -> None:
    page = Markup(phone.get("/ru/").text)
    for link in [each for each in page.all("a") if each.get("hreflang")]:
        seen, heard = (each.text for each in page.elements[page.place(link) + 1 :][:2])
        assert heard.startswith(seen)


@pytest.mark.parametrize("way", ["", "number", "museum"])
def test_the_foot_of_a_page_marks_where_one_is(phone: FlaskClient, way: str) -> None:
    page = Markup(phone.get(f"/ru/{way}").text)
    foot = [each for each in page.all("a") if "footer" in each.around]
    assert [each["href"] for each in foot if each.get("aria-current") == "page"] == [f"/ru/{way}"]


def test_a_page_that_is_not_there_claims_no_address(phone: FlaskClient) -> None:
    page = Markup(phone.get("/ru/stops/nothing").text)
    assert not page.all("link", rel="canonical") + page.all("link", rel="alternate")
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_addresses_follow_the_public_address(world: World) -> None:
    phone = world.phone("ru", BASE_URL="https://guide.museum.kz")
    page = Markup(phone.get("/ru/stops/alash").text)
    assert page.one("link", rel="canonical")["href"] == "https://guide.museum.kz/ru/stops/alash"


def test_a_forged_host_cannot_write_into_a_page(world: World) -> None:
    answer = world.phone().get("/ru/", headers={"Host": '"><script>alert(1)</script>'})
    assert "alert" not in answer.text.replace("&lt;script&gt;alert", "")


def test_hidden_numbers_are_spoken_once(phone: FlaskClient) -> None:
    page = Markup(phone.get("/ru/stops/alash").text)
    assert page.one("span", class_="number")["aria-hidden"] == "true"
    assert page.one("h1").text == "1. Лидеры Алаша"


def test_the_sign_in_the_browsers_tab_is_there(phone: FlaskClient) -> None:
    page = Markup(phone.get("/ru/").text)
    for address in (page.one("link", rel="icon")["href"], "/favicon.ico"):
        answer = phone.get(address)
        assert (answer.status_code, answer.content_type) == (200, "image/svg+xml")
        assert "max-age=604800" in answer.headers["Cache-Control"]


@pytest.fixture(scope="module")
def real_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("real"), REAL_PACK)
    made.bring()
    made.speak_all()
    yield made
    made.close()


def test_every_real_page_fits_the_first_packets(real_world: World) -> None:
    phone = real_world.phone()
    pages = phone.get("/api/v1/stops").get_json()["stops"]
    sizes = {
        address: len(gzip.compress(phone.get(urlsplit(address).path).data, 6))
        for stop in pages
        for address in stop["page_url"].values()
    }
    assert len(sizes) == 3 * len(pages) >= 54
    longest = max(phone.get("/api/v1/tours").get_json()["tours"], key=lambda t: len(t["stops"]))
    slugs = {stop["code"]: stop["slug"] for stop in pages}
    along = [f"/tours/{longest['slug']}/{slugs[code]}" for code in longest["stops"]]
    for way in ["/", "/number", "/museum", f"/tours/{longest['slug']}", *along]:
        address = f"/kk{way}"
        sizes[address] = len(gzip.compress(phone.get(address).data, 6))
    assert max(sizes.values()) <= MOST_BYTES, max(sizes, key=lambda each: sizes[each])


def test_every_real_page_is_sound_in_its_structure(real_world: World) -> None:
    phone = real_world.phone()
    stops = [each["slug"] for each in phone.get("/api/v1/stops").get_json()["stops"]]
    tours = [each["slug"] for each in phone.get("/api/v1/tours").get_json()["tours"]]
    ways = [f"/stops/{slug}" for slug in stops] + [f"/tours/{slug}" for slug in tours]
    for language in LANGUAGES:
        for way in ["/", "/museum", *ways]:
            page = Markup(phone.get(f"/{language}{way}").text)
            _is_sound(page, language)
            assert 0 < len(page.one("meta", name="description")["content"]) <= 160


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Short &amp; plain.", "Short & plain."),
        ("  Two\n lines ", "Two lines"),
        ("", ""),
        ("a" * 160, "a" * 160),
        ("word " * 40, "word " * 30 + "word…"),
        ("one " * 39 + "two, three", "one " * 38 + "one…"),
        ("&#34;" * 160, '"' * 160),
    ],
)
def test_a_summary_is_cut_between_words_after_160_characters(said: str, shown: str) -> None:
    assert shortened(Safe(said)) == shown
    assert len(shortened(Safe(said))) <= 160


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("16 691 people", "16\N{NO-BREAK SPACE}691 people"),
        ("1 234 567", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"),
        ("in 1938 there were 12", "in 1938 there were 12"),
        ("1937 1938", "1937 1938"),
        ("5 camps", "5 camps"),
    ],
)
def test_a_long_number_stays_on_one_line(written: str, shown: str) -> None:
    assert kept_together(written) == shown


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("The Aday Uprising, 1929-31", 'The Aday Uprising, <span class="whole">1929-31</span>'),
        ("Восстание, 1929–1931", 'Восстание, <span class="whole">1929–1931</span>'),
        ("Саяси қуғын-сүргін", 'Саяси <span class="whole">қуғын-сүргін</span>'),
        ("Исправительно-трудовой", "Исправительно-трудовой"),
        ("Names & <b>", "Names &amp; &lt;b&gt;"),
    ],
)
def test_years_and_short_compounds_in_a_title_stay_whole(title: str, marked: str) -> None:
    assert unbroken(title) == marked


@pytest.mark.parametrize(
    ("duration_ms", "shown"),
    [(0, "0:00"), (61_000, "1:01"), (59_700, "1:00"), (600_000, "10:00"), (9_400, "0:09")],
)
def test_a_duration_is_minutes_and_seconds(duration_ms: int, shown: str) -> None:
    assert minutes(duration_ms) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["monday", "tuesday", "wednesday"], "Mon–Wed"),
        (["saturday"], "Sat"),
        (["monday", "tuesday"], "Mon, Tue"),
        (["monday", "wednesday", "friday"], "Mon, Wed, Fri"),
    ],
)
def test_days_that_follow_each_other_become_a_range(names: list[str], shown: str) -> None:
    assert days(names, Language("en")) == shown


def test_days_in_arabic_letters_stand_apart_by_their_own_comma() -> None:
    assert days(["saturday", "sunday"], Language("ar")) == "السبت، الأحد"


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("kk", 30, "30 минут"),
        ("ru", 21, "21 минута"),
        ("ru", 32, "32 минуты"),
        ("en", 1, "1 minute"),
        ("de", 15, "15 Minuten"),
        ("ar", 5, "5 دقائق"),
        ("ar", 15, "15 دقيقة"),
        ("uz-Latn", 15, "15 daqiqa"),
    ],
)
def test_a_length_takes_the_form_that_its_number_asks_for(
    language: str, number: int, said: str
) -> None:
    assert length(number, Language(language)) == said


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {"one", "other"}),
        ("ru", {"one", "few", "many"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
    ],
)
def test_every_form_of_a_unit_has_its_turn(language: str, forms: set[str]) -> None:
    assert set(counted("minute", Language(language))) == forms


def test_a_telephone_number_is_dialled_without_its_ornaments() -> None:
    assert dialled("+7 (7252) 21-01-40") == "+77252210140"
