from __future__ import annotations

import base64
import hashlib

import pytest
from flask.testing import FlaskClient

from audioguide.services.visitor import stop_pages
from markup import Markup
from museum import ALASH, World

EVERYTHING = (
    ("GET", "/", 200),
    ("GET", "/kk/", 200),
    ("GET", "/kk", 308),
    ("GET", "/kk/stops/alash", 200),
    ("GET", "/kk/number?number=1", 303),
    ("GET", "/kk/number?number=77", 404),
    ("GET", "/nothing", 404),
    ("GET", f"/Q/{ALASH}", 302),
    ("GET", "/Q/ZZZZZ", 404),
    ("GET", "/language/ru", 303),
    ("GET", "/icon.svg", 200),
    ("GET", "/kk/tours/short/famine", 200),
    ("GET", "/kk/tours/short/alash", 302),
    ("GET", "/audio/x", 404),
    ("GET", "/picture/x", 404),
    ("GET", "/api/v1/stops", 200),
    ("GET", "/api/v1/stops/ZZZZZ", 404),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("POST", "/kk/", 405),
    ("DELETE", "/api/v1/stops", 405),
    ("OPTIONS", "/", 200),
)


@pytest.fixture
def phone(world: World) -> FlaskClient:
    return world.phone("kk")


def _is_secure(headers: dict[str, str]) -> None:
    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert not [part for part in policy if "unsafe" in part or "http" in part or "*" in part]
    assert [part for part in policy if part.startswith("script-src")] == ["script-src 'self'"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"]


@pytest.mark.parametrize(("method", "address", "status"), EVERYTHING)
def test_every_answer_carries_the_security_headers(
    phone: FlaskClient, method: str, address: str, status: int
) -> None:
    answer = phone.open(address, method=method)
    assert answer.status_code == status
    _is_secure(dict(answer.headers))


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Range": "bytes=0-1"}, 206), ({"Range": "bytes=9999-"}, 416), ({}, 200)],
)
def test_sound_carries_the_security_headers(
    world: World, phone: FlaskClient, headers: dict[str, str], status: int
) -> None:
    answer = phone.get(f"/audio/{world.store.keep(b'sound', 'mp3')}", headers=headers)
    assert answer.status_code == status
    _is_secure(dict(answer.headers))


def test_an_answer_that_says_nothing_new_carries_the_security_headers(phone: FlaskClient) -> None:
    tag = phone.get("/kk/").headers["ETag"]
    answer = phone.get("/kk/", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    _is_secure(dict(answer.headers))


def test_a_failure_carries_the_security_headers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stop_pages, "hall_lists", fail)
    app = world.app()
    app.testing = False
    answer = app.test_client().get("/kk/")
    assert answer.status_code == 500
    _is_secure(dict(answer.headers))


@pytest.mark.parametrize(
    "address", ["/", "/kk/", "/ru/stops/famine", "/nothing", "/en/number", "/staff/sign-in"]
)
def test_the_policy_allows_the_very_style_of_the_page(phone: FlaskClient, address: str) -> None:
    answer = phone.get(address)
    style = "".join(Markup(answer.text).one("style").pieces)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert f"style-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("address", ["/icon.svg", "/kk", "/api/v1/stops", "/api/v1/stops/ZZZZZ"])
def test_what_is_no_page_of_ours_allows_no_style(phone: FlaskClient, address: str) -> None:
    assert "style-src" not in phone.get(address).headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", [each for method, each, _ in EVERYTHING if method == "GET"])
def test_wherever_one_may_read_one_may_ask_without_reading(
    phone: FlaskClient, address: str
) -> None:
    read, asked = phone.get(address), phone.head(address)
    assert asked.status_code == read.status_code
    assert asked.data == b""
    names = ("Content-Type", "Content-Length", "ETag", "Location", "Vary")
    for name in (*names, "Content-Security-Policy"):
        assert asked.headers.get(name) == read.headers.get(name)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/kk/",
        "/ru/stops/famine",
        "/en/museum",
        "/en/number",
        "/en/tours/short",
        "/api/v1/stops",
        f"/api/v1/stops/{ALASH}",
        "/api/v1/museum",
        "/api/v1/tours",
        "/api/openapi.json",
    ],
)
def test_what_has_not_changed_is_not_sent_again(phone: FlaskClient, address: str) -> None:
    first = phone.get(address)
    again = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
    assert phone.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/kk/", "/kk/?from=poster", "/en/number?number="])
def test_what_is_not_sent_again_varies_as_what_was_sent(phone: FlaskClient, address: str) -> None:
    first = phone.get(address)
    again = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Vary"] == first.headers["Vary"]


def test_a_changed_page_has_another_tag(world: World, phone: FlaskClient) -> None:
    tag = phone.get("/en/stops/alash").headers["ETag"]
    world.edit("stops/1-alash/en.md", "Read one name.", "Read two names.")
    world.bring()
    answer = phone.get("/en/stops/alash", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Read two names." in answer.text


def test_what_is_not_there_has_no_tag(phone: FlaskClient) -> None:
    assert "ETag" not in phone.get("/nothing").headers
    assert "ETag" not in phone.get("/healthz").headers


def test_an_address_with_a_stroke_too_few_leads_on_within_the_site(phone: FlaskClient) -> None:
    answer = phone.get("/kk", base_url="http://inside:8000")
    assert (answer.status_code, answer.location) == (308, "/kk/")


@pytest.mark.parametrize(
    "address", ["//evil.example/..", "/kk//evil.example", "//", "/%2F/evil.example"]
)
def test_strokes_too_many_never_lead_elsewhere(phone: FlaskClient, address: str) -> None:
    answer = phone.get("/", environ_overrides={"PATH_INFO": address, "REQUEST_URI": address})
    there = answer.location or "/"
    assert not there.startswith("//")
    assert there.startswith(("/", "http://localhost/"))
