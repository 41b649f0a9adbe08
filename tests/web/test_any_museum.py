"""Pages, scans and the API of any museum."""

from __future__ import annotations

import json
from itertools import product

import pytest

from any_museum import AnyMuseum, direction
from audioguide.words import said_in
from markup import Markup

pytestmark = [pytest.mark.any_pack, pytest.mark.thorough]


def addresses(museum: AnyMuseum) -> list[str]:
    by_number = {stop.number: stop.slug for stop in museum.stops}
    along = [f"/tours/{museum.tour.slug}/{by_number[each]}" for each in museum.tour.stops]
    stops = [f"/stops/{stop.slug}" for stop in museum.stops]
    return ["/", "/number", "/museum", f"/tours/{museum.tour.slug}", *stops, *along]


def test_every_page_is_there_in_every_language_and_runs_its_way(any_museum: AnyMuseum) -> None:
    phone = any_museum.world.phone()
    for language, path in product(any_museum.languages, addresses(any_museum)):
        answer = phone.get(f"/{language}{path}")
        assert answer.status_code == 200, (language, path)
        page = Markup(answer.get_data(as_text=True))
        assert page.one("html")["lang"] == language
        assert (page.one("html").get("dir") or "") == direction(language)
        links = [each["hreflang"] for each in page.all("link", rel="alternate")]
        assert links == list(any_museum.languages)
    assert phone.get("/xx/").status_code == 404


def test_a_page_of_staff_says_in_which_language_its_words_are(any_museum: AnyMuseum) -> None:
    for language in any_museum.languages:
        answer = any_museum.world.phone(str(language)).get("/staff/sign-in")
        page = Markup(answer.get_data(as_text=True))
        words_in = said_in("For museum staff.", language, any_museum.languages)
        assert (page.one("main").get("lang") or str(language)) == words_in
        runs = page.one("main").get("dir") or direction(language) or "ltr"
        assert runs == (direction(words_in) or "ltr")


def test_a_scan_opens_the_stop_in_the_phones_language(any_museum: AnyMuseum) -> None:
    for language, stop in product(any_museum.languages, any_museum.stops):
        answer = any_museum.world.phone(str(language)).get(f"/Q/{stop.code}")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/{language}/stops/{stop.slug}"


def test_the_api_tells_each_stop_in_the_museums_languages(any_museum: AnyMuseum) -> None:
    phone, languages = any_museum.world.phone(), list(any_museum.languages)
    told = phone.get("/api/v1/stops").get_json()["stops"]
    assert [each["code"] for each in told] == [stop.code for stop in any_museum.stops]
    for stop, each in zip(any_museum.stops, told, strict=True):
        one = phone.get(f"/api/v1/stops/{stop.code}").get_json()
        for key in ("title", "page_url", "audio"):
            assert list(each[key]) == languages
        for language in languages:
            written, words = any_museum.told(stop.words, language)
            assert each["title"][language] == words.title
            assert one["text"][language].startswith(words.paragraphs[0][:20])
            assert each["audio"][language] is not None
            assert one.get("fallback", {}).get(language, language) == written


def test_the_api_tells_of_the_museum_and_its_tours(any_museum: AnyMuseum) -> None:
    phone = any_museum.world.phone()
    museum = phone.get("/api/v1/museum").get_json()
    assert museum["languages"] == list(any_museum.languages)
    assert museum["default_language"] == any_museum.languages.default
    assert museum["timezone"] == any_museum.pack.museum.timezone
    tours = phone.get("/api/v1/tours").get_json()["tours"]
    assert [each["slug"] for each in tours] == [tour.slug for tour in any_museum.pack.tours]


def test_a_group_hears_a_stop_in_every_language(any_museum: AnyMuseum) -> None:
    phone, key = any_museum.world.phone(), any_museum.start_a_group()
    state = phone.get(f"/live/{key}/state").get_json()
    told = phone.get(f"/live/{key}/visit/{state['visit']}").get_json()["words"]
    assert sorted(told) == sorted(any_museum.languages)
    by_code = {stop.code: stop for stop in any_museum.stops}
    for language in any_museum.languages:
        written, words = any_museum.told(by_code[state["stop"]].words, language)
        assert (told[language]["title"], told[language]["language"]) == (words.title, written)
        assert told[language]["direction"] == (direction(written) or "ltr")
    page = Markup(phone.get(f"/live/{key}").get_data(as_text=True))
    said = json.loads(page.one("div", class_="follow")["data-sayings"])
    assert {each: said[each]["direction"] for each in said} == {
        str(each): direction(each) or "ltr" for each in any_museum.languages
    }
