from __future__ import annotations

import gzip
import re
from hashlib import sha256

import brotli
import pytest
from flask.testing import FlaskClient

from audioguide.web.javascript import find_script, script_address, scripts
from audioguide.web.warming import addresses
from markup import Markup
from museum import World

MOST_BYTES = 8 * 1024  # of all scripts of a page, compressed
OF_SOME_PAGES = ("player.js", "follow.js", "lead.js")
DECODED = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


@pytest.fixture
def phone(spoken_world: World) -> FlaskClient:
    return spoken_world.phone("en")


def scripts_of(phone: FlaskClient, address: str) -> list[str]:
    return [each["src"] for each in Markup(phone.get(address).text).all("script")]


def test_a_script_is_named_by_the_hash_of_what_it_says_and_kept_for_ever(
    phone: FlaskClient,
) -> None:
    for address in scripts_of(phone, "/en/stops/alash"):
        answer = phone.get(address)
        assert address == f"/script/{sha256(answer.data).hexdigest()[:32]}.js"
        assert answer.content_type == "text/javascript; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("encoding", DECODED)
def test_a_script_is_compressed_as_the_browser_asks(phone: FlaskClient, encoding: str) -> None:
    plain = phone.get(script_address("player.js")).data
    answer = phone.get(script_address("player.js"), headers={"Accept-Encoding": encoding})
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    assert DECODED[encoding](answer.data) == plain
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_script_that_is_there_already_is_not_sent_again(phone: FlaskClient) -> None:
    tag = phone.get(script_address("player.js")).headers["ETag"]
    again = phone.get(script_address("player.js"), headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_scripts_are_compressed_before_the_first_visitor_comes(world: World) -> None:
    for file in ("page.js", "player.js"):
        assert script_address(file) in list(addresses(world.database))


def test_what_a_script_imports_is_served_under_the_name_that_it_uses(phone: FlaskClient) -> None:
    every_page = phone.get(script_address("page.js")).text
    exported = set(re.findall(r"export ?{(.+?)}", every_page)[0].split(","))
    for file in OF_SOME_PAGES:
        ((names, name),) = re.findall(
            r'import ?{(.+?)} ?from ?"\./([^"]+)"', phone.get(script_address(file)).text
        )
        assert f"/script/{name}" == script_address("page.js")
        assert find_script(name)
        assert set(names.split(",")) <= exported


@pytest.mark.parametrize("name", ["player.js", "0" * 32 + ".js", "..", "%00.js"])
def test_a_script_of_another_name_is_not_there(phone: FlaskClient, name: str) -> None:
    answer = phone.get(f"/script/{name}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_stop_has_two_scripts(phone: FlaskClient) -> None:
    addresses = [script_address("page.js"), script_address("player.js")]
    assert sorted(scripts_of(phone, "/en/stops/alash")) == sorted(addresses)


@pytest.mark.parametrize("file", OF_SOME_PAGES)
def test_all_scripts_of_a_page_are_small(phone: FlaskClient, file: str) -> None:
    addresses = [script_address("page.js"), script_address(file)]
    sizes = [len(phone.get(each, headers={"Accept-Encoding": "gzip"}).data) for each in addresses]
    assert sum(sizes) <= MOST_BYTES


def test_no_script_leaves_anything_of_its_own_in_the_window() -> None:
    for script in scripts():
        assert not re.search(r"(window|globalThis|self)(\.\w+ ?=[^=]|,)", script.text)


@pytest.mark.parametrize("address", ["/en/", "/en/number", "/en/museum", "/en/nothing"])
def test_a_page_without_a_sound_has_no_player(phone: FlaskClient, address: str) -> None:
    assert scripts_of(phone, address) == [script_address("page.js")]


def test_a_stop_that_does_not_sound_yet_has_no_player(world: World) -> None:
    assert scripts_of(world.phone(), "/en/stops/alash") == [script_address("page.js")]
