from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from sqlalchemy import update

from audioguide.kinds import THE_SEVEN
from audioguide.models import Narration
from museum import ALASH, FAMINE, MEMORIAL, NOTES, SPARE, WELCOME, World

STOP_KEYS = ["number", "code", "slug", "kind", "hall", "scan_url", "title", "page_url", "audio"]
AUDIO_KEYS = [
    "url",
    "type",
    "size_bytes",
    "duration_ms",
    "loudness_lufs",
    "voice",
    "source",
    "made_at",
    "cues_url",
    "text_digest",
    "is_current",
    "also",
]
LANGUAGE_KEYS = ["kk", "ru", "en"]


@pytest.fixture
def phone(world: World) -> FlaskClient:
    return world.phone()


@pytest.fixture
def spoken(world: World, phone: FlaskClient) -> FlaskClient:
    world.speak_all()
    return phone


def retire_alash(world: World) -> None:
    structure = (world.media / "museum.toml").read_text(encoding="utf-8")
    start = structure.index("[[stop]]\nnumber = 1\n")
    world.edit("museum.toml", structure[start : structure.index("[[stop]]", start + 1)], "")
    world.bring()


def forget_the_second_format(world: World) -> None:
    with world.database.writing() as session:
        session.execute(update(Narration).values(webm=None, webm_size_bytes=None))


def one(phone: FlaskClient, code: str) -> dict[str, Any]:
    found: dict[str, Any] = phone.get(f"/api/v1/stops/{code}").get_json()
    return found


def test_stops_are_listed_in_walking_order_published_ones_only(phone: FlaskClient) -> None:
    answer = phone.get("/api/v1/stops")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert list(answer.get_json()) == ["stops"]
    codes = [each["code"] for each in answer.get_json()["stops"]]
    assert codes == [WELCOME, ALASH, FAMINE, MEMORIAL]


def test_a_stop_has_the_keys_of_the_contract_and_no_others(spoken: FlaskClient) -> None:
    for stop in spoken.get("/api/v1/stops").get_json()["stops"]:
        assert list(stop) == STOP_KEYS
        for name in ("title", "page_url", "audio"):
            assert list(stop[name]) == LANGUAGE_KEYS
        for audio in stop["audio"].values():
            assert list(audio) == AUDIO_KEYS


def test_one_stop_has_its_words_besides(spoken: FlaskClient) -> None:
    stop = one(spoken, FAMINE)
    assert list(stop) == [*STOP_KEYS, "text", "content_note", "cues"]
    for name in ("text", "content_note", "cues"):
        assert list(stop[name]) == LANGUAGE_KEYS
    listed = spoken.get("/api/v1/stops").get_json()["stops"][2]
    assert listed == {name: stop[name] for name in STOP_KEYS}


def test_a_stop_is_told_as_the_pack_has_it(phone: FlaskClient) -> None:
    stop = one(phone, FAMINE)
    assert (stop["number"], stop["slug"], stop["kind"]) == (2, "famine", "section")
    assert stop["hall"] == "exposition"
    assert stop["title"] == {"kk": "Ашаршылық", "ru": "Голод", "en": "The Famine"}
    assert stop["content_note"] == {str(language): note for language, note in NOTES.items()}
    assert one(phone, ALASH)["content_note"] == dict.fromkeys(LANGUAGE_KEYS)
    assert stop["text"]["en"] == (
        "This is The Famine. People are remembered here.\n\nTake your time. Read one name."
    )


def test_what_cannot_be_heard_yet_is_null(phone: FlaskClient) -> None:
    assert one(phone, ALASH)["audio"] == dict.fromkeys(LANGUAGE_KEYS)
    assert one(phone, ALASH)["cues"] == dict.fromkeys(LANGUAGE_KEYS)


def test_the_sound_can_be_fetched_as_it_is_described(spoken: FlaskClient) -> None:
    audio = one(spoken, ALASH)["audio"]["kk"]
    answer = spoken.get(audio["url"])
    assert answer.content_type == audio["type"] == "audio/mpeg"
    assert len(answer.data) == audio["size_bytes"]
    assert hashlib.sha256(answer.data).hexdigest()[:32] in audio["url"]
    assert spoken.get(audio["cues_url"]).data.startswith(b"WEBVTT")
    assert (audio["source"], audio["is_current"]) == ("generated", True)
    assert datetime.fromisoformat(audio["made_at"]).tzinfo is not None


def test_the_other_format_can_be_fetched_as_it_is_described(spoken: FlaskClient) -> None:
    (webm,) = one(spoken, ALASH)["audio"]["kk"]["also"]
    answer = spoken.get(webm["url"])
    assert answer.content_type == webm["type"] == "audio/webm"
    assert len(answer.data) == webm["size_bytes"]
    assert hashlib.sha256(answer.data).hexdigest()[:32] in webm["url"]


def test_a_sound_of_before_there_was_a_second_format_has_none(
    world: World, spoken: FlaskClient
) -> None:
    forget_the_second_format(world)
    assert one(spoken, ALASH)["audio"]["kk"]["also"] == []


def test_cues_are_told_in_milliseconds(spoken: FlaskClient) -> None:
    assert one(spoken, ALASH)["cues"]["ru"] == [{"start_ms": 200, "end_ms": 1000, "text": "Hello."}]


def test_the_digest_is_that_of_the_transcript_as_shown(spoken: FlaskClient) -> None:
    stop = one(spoken, FAMINE)
    for language in LANGUAGE_KEYS:
        text = stop["text"][language]
        assert unicodedata.is_normalized("NFC", text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        assert stop["audio"][language]["text_digest"] == digest


def test_a_sound_older_than_its_text_says_so(world: World, spoken: FlaskClient) -> None:
    world.edit("stops/1-alash/en.md", "Read one name.", "Read two names.")
    world.bring()
    audio = one(spoken, ALASH)["audio"]
    assert (audio["en"]["is_current"], audio["ru"]["is_current"]) == (False, True)


@pytest.mark.parametrize("typed", ["11rr1", "ilrri", "11-RR1", "11%20rr1"])
def test_a_code_is_folded(phone: FlaskClient, typed: str) -> None:
    assert one(phone, typed)["code"] == ALASH


@pytest.mark.parametrize(
    "code", ["ZZZZZ", "11RR2", SPARE, "alash", "1", "%00", "1" * 5000, "%F0%9F%98%80"]
)
def test_an_unknown_code_is_404(phone: FlaskClient, code: str) -> None:
    answer = phone.get(f"/api/v1/stops/{code}")
    assert (answer.status_code, answer.content_type) == (404, "application/json")
    assert list(answer.get_json()) == ["error"]


def test_a_retired_code_is_410(world: World, phone: FlaskClient) -> None:
    retire_alash(world)
    answer = phone.get(f"/api/v1/stops/{ALASH}")
    assert (answer.status_code, list(answer.get_json())) == (410, ["error"])
    assert ALASH not in [each["code"] for each in phone.get("/api/v1/stops").get_json()["stops"]]


def test_a_stop_that_comes_back_is_found_again(world: World, phone: FlaskClient) -> None:
    before = (world.media / "museum.toml").read_text(encoding="utf-8")
    retire_alash(world)
    (world.media / "museum.toml").write_text(before, encoding="utf-8")
    world.bring()
    assert one(phone, ALASH)["number"] == 1


def _addresses(anything: Any) -> list[str]:
    if isinstance(anything, dict):
        return [each for value in anything.values() for each in _addresses(value)]
    if isinstance(anything, list):
        return [each for value in anything for each in _addresses(value)]
    return [anything] if isinstance(anything, str) and "://" in anything else []


def test_every_address_is_absolute_as_the_request_came_in(spoken: FlaskClient) -> None:
    answer = spoken.get("/api/v1/stops", base_url="http://10.0.0.5:8000")
    addresses = _addresses(answer.get_json())
    assert len(addresses) == 4 * (1 + 3 + 3 * 3)
    assert all(each.startswith("http://10.0.0.5:8000/") for each in addresses)


def test_every_address_is_absolute_at_the_public_address(world: World) -> None:
    world.speak_all()
    phone = world.phone(BASE_URL="https://guide.museum.kz/")
    stop = one(phone, FAMINE)
    assert stop["scan_url"] == "https://guide.museum.kz/Q/193VQ"
    assert stop["page_url"]["ru"] == "https://guide.museum.kz/ru/stops/famine"
    assert all(each.startswith("https://guide.museum.kz/") for each in _addresses(stop))


FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "guide.museum.kz",
    "X-Forwarded-For": "203.0.113.9",
}


def test_a_trusted_proxy_tells_the_address(world: World) -> None:
    answer = world.phone(TRUSTED_PROXIES="1").get("/api/v1/stops", headers=FORWARDED)
    assert answer.get_json()["stops"][0]["scan_url"] == "https://guide.museum.kz/Q/0AE86"


def test_a_proxy_that_nobody_trusts_is_not_believed(world: World) -> None:
    answer = world.phone().get("/api/v1/stops", headers=FORWARDED)
    assert answer.get_json()["stops"][0]["scan_url"] == "http://localhost/Q/0AE86"


def test_of_several_proxies_only_the_nearest_is_believed(world: World) -> None:
    told = {"X-Forwarded-Host": "evil.example, guide.museum.kz", "X-Forwarded-Proto": "http, https"}
    answer = world.phone(TRUSTED_PROXIES="1").get("/api/v1/stops", headers=told)
    assert answer.get_json()["stops"][0]["scan_url"] == "https://guide.museum.kz/Q/0AE86"


def test_the_museum_tells_what_a_visitor_asks(phone: FlaskClient) -> None:
    museum = phone.get("/api/v1/museum").get_json()
    assert museum["name"] == {"kk": "Музей", "ru": "Музей", "en": "The Museum"}
    assert museum["languages"] == LANGUAGE_KEYS
    assert museum["default_language"] == "kk"
    assert museum["timezone"] == "Asia/Almaty"
    assert museum["opening_hours"] == [
        {
            "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "opens": "09:00",
            "closes": "18:00",
        }
    ]


def test_tours_name_their_stops_by_code(phone: FlaskClient) -> None:
    (tour,) = phone.get("/api/v1/tours").get_json()["tours"]
    assert list(tour) == ["slug", "title", "description", "minutes", "stops"]
    assert (tour["slug"], tour["minutes"]) == ("short", 10)
    assert tour["stops"] == [WELCOME, FAMINE, MEMORIAL]
    assert list(tour["title"]) == LANGUAGE_KEYS


def test_a_kind_that_the_contract_names_is_one_of_ours() -> None:
    assert set(THE_SEVEN.slugs) == {
        "welcome",
        "section",
        "sculpture",
        "hall",
        "gallery",
        "portrait",
        "farewell",
    }


def _described(phone: FlaskClient, path: str, status: str) -> dict[str, Any]:
    description = phone.get("/api/openapi.json").get_json()
    answer = description["paths"][path]["get"]["responses"][status]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema | {"components": description["components"]}


@pytest.mark.parametrize("is_spoken", [True, False])
@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/api/v1/stops", "/api/v1/stops", 200),
        ("/api/v1/stops/{code}", f"/api/v1/stops/{FAMINE}", 200),
        ("/api/v1/stops/{code}", f"/api/v1/stops/{WELCOME}", 200),
        ("/api/v1/stops/{code}", "/api/v1/stops/ZZZZZ", 404),
        ("/api/v1/stops/{code}", f"/api/v1/stops/{ALASH}", 410),
        ("/api/v1/museum", "/api/v1/museum", 200),
        ("/api/v1/tours", "/api/v1/tours", 200),
    ],
)
def test_every_answer_is_as_described(
    world: World, phone: FlaskClient, path: str, address: str, status: int, is_spoken: bool
) -> None:
    if is_spoken:
        world.speak_all()
    retire_alash(world)
    answer = phone.get(address)
    assert answer.status_code == status
    schema = _described(phone, path, str(status))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer.get_json())


def test_the_description_would_notice_a_missing_key(spoken: FlaskClient) -> None:
    answer = spoken.get("/api/v1/stops").get_json()
    del answer["stops"][0]["audio"]["kk"]["cues_url"]
    assert not Draft202012Validator(_described(spoken, "/api/v1/stops", "200")).is_valid(answer)


def test_the_description_names_every_address_of_the_api(world: World, phone: FlaskClient) -> None:
    described = set(phone.get("/api/openapi.json").get_json()["paths"])
    served = {
        str(rule).replace("<code>", "{code}")
        for rule in world.app().url_map.iter_rules()
        if str(rule).startswith("/api/v1/")
    }
    assert described == served


def test_the_description_points_at_nothing_that_is_not_there(phone: FlaskClient) -> None:
    description = phone.get("/api/openapi.json").get_json()
    named = set(_references(description))
    assert named
    assert named <= {
        f"#/components/schemas/{name}" for name in description["components"]["schemas"]
    }


def _references(anything: Any) -> list[str]:
    if isinstance(anything, dict):
        here = [anything["$ref"]] if "$ref" in anything else []
        return here + [each for value in anything.values() for each in _references(value)]
    if isinstance(anything, list):
        return [each for value in anything for each in _references(value)]
    return []
