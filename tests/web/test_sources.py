from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from audioguide.languages import LANGUAGES, Language
from audioguide.web.sources import linked
from markup import Markup
from museum import World

REL = 'rel="noopener noreferrer"'


@pytest.fixture
def phone(spoken_world: World) -> FlaskClient:
    return spoken_world.phone("ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sources_of_a_text_are_folded_under_it(phone: FlaskClient, language: Language) -> None:
    page = Markup(phone.get(f"/{language}/stops/alash").text)
    word = {"kk": "Дереккөздер", "ru": "Источники", "en": "Sources"}[language]
    folded = page.one("details", class_="sources")
    assert folded.get("open") is None
    assert page.one("summary").text == word
    assert "A witness." in folded.text
    assert "A witness." not in page.one("article").text
    assert page.place(page.one("article")) < page.place(folded)


def test_sources_are_there_along_a_tour_too(phone: FlaskClient) -> None:
    assert "A witness." in phone.get("/ru/tours/short/famine").text


def test_a_text_without_sources_has_nothing_to_unfold(world: World) -> None:
    world.edit("stops/1-alash/ru.md", "\n\n## Sources\n- A witness.", "")
    world.bring()
    assert Markup(world.phone().get("/ru/stops/alash").text).all("details") == []


def test_sources_are_no_part_of_what_is_spoken_or_digested(world: World) -> None:
    phone = world.phone()
    world.speak_all()
    before = phone.get("/api/v1/stops").get_json()["stops"]
    world.edit("stops/1-alash/ru.md", "- A witness.", "- Another: https://example.kz/book.")
    assert world.bring().changed == ["1 alash ru"]
    page = Markup(phone.get("/ru/stops/alash").text)
    assert page.one("a", href="https://example.kz/book").text == "https://example.kz/book"
    after = phone.get("/api/v1/stops").get_json()["stops"]
    digests = [
        [each["audio"][key]["text_digest"] for key in LANGUAGES] for each in (before[1], after[1])
    ]
    assert digests[0] == digests[1]
    assert all(each["audio"]["ru"]["is_current"] for each in after)
    whole = phone.get(f"/api/v1/stops/{after[1]['code']}").get_json()
    assert "Another" not in str(whole["cues"]) + str(whole["text"])


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("A book, 1938", "A book, 1938"),
        ("See https://a.kz/b.", f'See <a href="https://a.kz/b" {REL}>https://a.kz/b</a>.'),
        (
            "(https://a.kz/b_(c)), and",
            f'(<a href="https://a.kz/b_(c)" {REL}>https://a.kz/b_(c)</a>), and',
        ),
        (
            "https://a.kz/?x=1&y=2;",
            f'<a href="https://a.kz/?x=1&amp;y=2" {REL}>https://a.kz/?x=1&amp;y=2</a>;',
        ),
        ("«https://a.kz»", f'«<a href="https://a.kz" {REL}>https://a.kz</a>»'),
        ("http://a.kz and ftp://b", "http://a.kz and ftp://b"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://", "https://"),
        ("https://...", "https://..."),
        (
            "https://a.kz/'onclick='x <b>",
            (
                f'<a href="https://a.kz/&#39;onclick=&#39;x" {REL}>'
                "https://a.kz/&#39;onclick=&#39;x</a> &lt;b&gt;"
            ),
        ),
        ("a & <i>", "a &amp; &lt;i&gt;"),
    ],
)
def test_addresses_in_sources_become_links_and_all_else_is_escaped(source: str, shown: str) -> None:
    assert linked(source) == shown
