from __future__ import annotations

import pytest

from audioguide.web.local_paths import is_local
from markup import Markup
from museum import World

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "https://evil.example/",
    "https:evil.example",
    "HTTPS:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: language=xx",
    "/\x00/evil.example",
    "/\u2028/evil.example",
    "/\u202e",
    "/\ufeff/evil.example",
    "/.//evil.example",
    "/kk/..//evil.example",
    "/" + "a" * 100_000,
]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_choosing_a_language_never_leads_elsewhere(world: World, there: str) -> None:
    answer = world.phone().get("/language/ru", query_string={"to": there})
    assert (answer.status_code, answer.location) == (303, "/ru/")


@pytest.mark.parametrize(
    "there", ["/", "/ru/", "/ru/stops/alash", "/ru/number?number=9", "/q/11RR1"]
)
def test_choosing_a_language_leads_on_to_a_page_of_this_site(world: World, there: str) -> None:
    answer = world.phone().get("/language/ru", query_string={"to": there})
    assert (answer.status_code, answer.location) == (303, there)


def test_a_path_with_other_letters_stays_local() -> None:
    assert is_local("/kk/stops/ақмола")


def test_without_a_place_to_go_the_list_follows(world: World) -> None:
    assert world.phone().get("/language/en").location == "/en/"


def test_the_choice_is_kept_for_a_year_and_for_nobody_else(world: World) -> None:
    answer = world.phone().get("/language/ru?to=/ru/")
    parts = {part.strip().split("=")[0] for part in answer.headers["Set-Cookie"].split(";")}
    assert answer.headers["Set-Cookie"].startswith("language=ru;")
    assert "Max-Age=31536000" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert parts == {"language", "Expires", "Max-Age", "Path", "SameSite"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_over_https_the_choice_travels_over_https_alone(world: World) -> None:
    answer = world.phone().get("/language/ru", base_url="https://guide.museum.kz")
    assert "; Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("language", ["de", "kk-KZ", "", "kk%20x", "%00"])
def test_a_language_that_we_do_not_have_is_not_chosen(world: World, language: str) -> None:
    answer = world.phone().get(f"/language/{language}?to=/kk/")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/ru/",
        "/ru/stops/famine",
        "/ru/tours/short",
        "/ru/museum",
        "/ru/number",
        "/ru/number?number=1",
        "/ru/number?number=77",
        "/nowhere",
        "/api/v1/stops",
        "/healthz",
    ],
)
def test_reading_never_sets_a_cookie(world: World, address: str) -> None:
    phone = world.phone("en")
    phone.set_cookie("language", "kk")
    assert "Set-Cookie" not in phone.get(address).headers


@pytest.mark.parametrize(
    "address", ["/de/", "/de/stops/alash", "/kaz/", "/kk-KZ/", "/de/museum", "/k/", "/kkk/"]
)
def test_a_page_in_a_language_that_we_do_not_have_is_not_there(world: World, address: str) -> None:
    assert world.phone().get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/KK/", "/kk/"),
        ("/Ru/stops/alash", "/ru/stops/alash"),
        ("/EN/number?number=2", "/en/number?number=2"),
        ("/language/KK?to=/kk/", "/language/kk?to=/kk/"),
    ],
)
def test_a_language_in_other_letters_leads_to_its_own_address(
    world: World, address: str, there: str
) -> None:
    answer = world.phone().get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, there)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_welcome_offers_three_languages_and_the_likely_one_first(
    world: World, language: str
) -> None:
    answer = world.phone(language).get("/")
    page = Markup(answer.text)
    offered = [each["hreflang"] for each in page.all("a")]
    assert answer.status_code == 200
    assert sorted(offered) == ["en", "kk", "ru"]
    assert offered[0] == page.one("html")["lang"] == language


def test_the_welcome_is_never_a_redirect_even_for_somebody_known(world: World) -> None:
    phone = world.phone("en")
    phone.get("/language/ru")
    answer = phone.get("/")
    assert answer.status_code == 200
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)
    assert Markup(answer.text).all("a")[0]["hreflang"] == "ru"


def test_the_welcome_names_the_museum_in_every_language(world: World) -> None:
    page = Markup(world.phone("ru").get("/").text)
    assert page.one("h1").text == "Музей"
    assert [each.text for each in page.all("p", class_="name")] == ["Музей", "The Museum"]


def test_a_welcome_link_remembers_the_choice_and_opens_the_list(world: World) -> None:
    phone = world.phone("kk")
    link = Markup(phone.get("/").text).one("a", hreflang="en")["href"]
    answer = phone.get(link, follow_redirects=True)
    assert answer.request.path == "/en/"
    assert phone.get_cookie("language").value == "en"  # type: ignore[union-attr]


def test_before_the_first_import_the_welcome_still_offers_the_languages(world: World) -> None:
    empty = World(world.folder / "empty")
    try:
        page = Markup(empty.phone("en").get("/").text)
    finally:
        empty.close()
    assert page.one("h1").text
    assert len(page.all("a")) == 3
