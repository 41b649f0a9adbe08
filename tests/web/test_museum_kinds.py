from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from flask.testing import FlaskClient

from audioguide.kinds import THE_SEVEN
from museum import FAMINE, ROOT, World

FOLK = ROOT / "tests/packs/folk-museum"


@pytest.fixture
def folk(tmp_path: Path) -> Iterator[World]:
    """The invented museum whose objects are a kind of their own, imported."""
    world = World(tmp_path / "folk", FOLK)
    world.bring()
    yield world
    world.close()


@pytest.mark.parametrize(("language", "said"), [("kk", "Жәдігер 2/4"), ("ru", "Предмет 2 из 4")])
def test_the_route_line_follows_the_kind_that_is_marked_for_it(
    folk: World, language: str, said: str
) -> None:
    page = folk.phone().get(f"/{language}/stops/loom").text
    assert f"<span>{said.partition(' ')[0]}</span> {said.partition(' ')[2]}" in page
    assert f'aria-label="{said.partition(" ")[0]}"' in page
    route = page.partition('class="route"')[2].partition("</ol>")[0]
    assert [route.count(f"/{slug}") for slug in ("kiyiz-uy", "loom", "dombra", "milling")] == [
        1
    ] * 4
    assert "/welcome" not in route
    assert "/schoolroom" not in route


def test_a_stop_of_another_kind_is_not_on_the_route(folk: World) -> None:
    assert 'class="route"' not in folk.phone().get("/kk/stops/schoolroom").text


def test_a_museum_without_a_route_shows_none(folk: World) -> None:
    folk.edit("museum.toml", "route = true\n", "")
    folk.bring()
    assert 'class="route"' not in folk.phone().get("/kk/stops/loom").text


def test_one_of_the_seven_that_is_the_route_is_called_by_its_name(folk: World) -> None:
    folk.edit("museum.toml", "route = true\n", "")
    folk.edit("museum.toml", 'slug = "hall"', 'slug = "hall"\nroute = true')
    folk.bring()
    assert "<span>Зал</span> 1 из 1" in folk.phone().get("/ru/stops/schoolroom").text


def test_sections_are_counted_as_they_always_were(world: World) -> None:
    page = world.phone("en").get("/en/stops/famine").text
    assert "Exposition Hall · section 2 of 2" in page
    assert 'aria-label="The sections"' in page


def test_the_sections_may_have_a_name_of_the_museum(world: World) -> None:
    blocks = "".join(
        f'[[kind]]\nslug = "{kind.slug}"\n{"route = true" if kind.is_route else ""}\n\n'
        for kind in THE_SEVEN
    )
    world.edit(
        "museum.toml", '[[hall]]\nslug = "exposition"', f'{blocks}[[hall]]\nslug = "exposition"'
    )
    for language in ("kk", "ru", "en"):
        path = world.media / f"kinds/section/{language}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Room\n", encoding="utf-8")
    world.bring()
    assert "<span>Room</span> 2 of 2" in world.phone("en").get("/en/stops/famine").text


def test_a_list_of_people_follows_the_kind_that_is_about_people(folk: World) -> None:
    assert 'class="list people"' not in folk.phone().get("/kk/").text
    folk.edit("museum.toml", 'slug = "object"', 'slug = "object"\nperson = true')
    folk.bring()
    assert 'class="list people"' in folk.phone().get("/kk/").text


def _described(phone: FlaskClient, path: str) -> dict[str, object]:
    description = phone.get("/api/openapi.json").get_json()
    answer = description["paths"][path]["get"]["responses"]["200"]
    schema: dict[str, object] = answer["content"]["application/json"]["schema"]
    return schema | {"components": description["components"]}


def test_a_kind_is_a_slug_in_the_api_and_the_museum_names_it(folk: World) -> None:
    phone = folk.phone()
    stops = phone.get("/api/v1/stops").get_json()
    assert [stop["kind"] for stop in stops["stops"]] == ["welcome", *["object"] * 4, "hall"]
    jsonschema.validate(stops, _described(phone, "/api/v1/stops"))
    museum = phone.get("/api/v1/museum").get_json()
    assert museum["kinds"] == [
        {"slug": "welcome", "route": False, "name": {"kk": "Сәлемдесу", "ru": "Приветствие"}},
        {"slug": "object", "route": True, "name": {"kk": "Жәдігер", "ru": "Предмет"}},
        {"slug": "hall", "route": False, "name": {"kk": "Зал", "ru": "Зал"}},
    ]
    jsonschema.validate(museum, _described(phone, "/api/v1/museum"))


def test_the_seven_keep_their_slugs_in_the_api(world: World) -> None:
    phone = world.phone()
    assert phone.get(f"/api/v1/stops/{FAMINE}").get_json()["kind"] == "section"
    kinds = phone.get("/api/v1/museum").get_json()["kinds"]
    assert [kind["slug"] for kind in kinds] == list(THE_SEVEN.slugs)
    described = phone.get("/api/openapi.json").get_json()["components"]["schemas"]["Stop"]
    assert described["properties"]["kind"] == {"enum": list(THE_SEVEN.slugs)}
