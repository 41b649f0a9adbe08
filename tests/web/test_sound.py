from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from audioguide.web.visitor.sound import MOST_BYTES
from museum import World, a_sound

pytestmark = pytest.mark.thorough

SOUND = a_sound("a stop", 1000)


@pytest.fixture
def phone(world: World) -> FlaskClient:
    return world.phone()


@pytest.fixture
def address(world: World) -> str:
    return f"/audio/{world.store.keep(SOUND, 'mp3')}"


def test_a_sound_is_answered_whole_and_kept_for_ever(phone: FlaskClient, address: str) -> None:
    answer = phone.get(address)
    assert (answer.status_code, answer.data) == (200, SOUND)
    assert answer.content_type == "audio/mpeg"
    assert answer.headers["Content-Length"] == "1000"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Content-Encoding" not in answer.headers


def test_a_sounds_name_and_tag_are_the_hash_of_its_bytes(phone: FlaskClient, address: str) -> None:
    digest = hashlib.sha256(SOUND).hexdigest()[:32]
    assert address == f"/audio/{digest}.mp3"
    assert phone.get(address).headers["ETag"] == f'"{digest}"'


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("mp3", "audio/mpeg"), ("webm", "audio/webm"), ("vtt", "text/vtt; charset=utf-8")],
)
def test_each_kind_of_file_says_what_it_is(
    world: World, phone: FlaskClient, kind: str, content_type: str
) -> None:
    answer = phone.get(f"/audio/{world.store.keep(b'WEBVTT', kind)}")
    assert answer.headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 2),  # what an iPhone asks first
        ("bytes=0-", 0, 1000),  # what Chromium asks first
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=990-5000", 990, 1000),
        ("bytes=999-", 999, 1000),
        ("bytes=-1", 999, 1000),
        ("bytes=-100", 900, 1000),
        ("bytes=-5000", 0, 1000),
        ("bytes= 10-19", 10, 20),
    ],
)
def test_a_range_is_answered_with_that_part(
    phone: FlaskClient, address: str, asked: str, start: int, end: int
) -> None:
    answer = phone.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, SOUND[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/1000"
    assert answer.headers["Content-Length"] == str(end - start)
    assert answer.headers["ETag"]
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("asked", ["bytes=1000-", "bytes=1000-1001", "bytes=99999999999999999999-"])
def test_a_range_behind_the_end_is_refused_with_the_length(
    phone: FlaskClient, address: str, asked: str
) -> None:
    answer = phone.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */1000"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=0-0,-1", "bytes=0-,0-,0-,0-"])
def test_several_ranges_at_once_get_the_whole_file(
    phone: FlaskClient, address: str, asked: str
) -> None:
    answer = phone.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, SOUND)
    assert "Content-Range" not in answer.headers


@pytest.mark.parametrize(
    "asked",
    ["", "bytes", "bytes=", "bytes=a-b", "bytes=5-2", "items=0-1", "bytes=--1", "0-1", "\xb2"],
)
def test_a_range_that_makes_no_sense_is_passed_over(
    phone: FlaskClient, address: str, asked: str
) -> None:
    answer = phone.get(address, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, SOUND)


def test_a_browser_that_has_the_beginning_gets_the_rest(phone: FlaskClient, address: str) -> None:
    tag = phone.get(address).headers["ETag"]
    answer = phone.get(address, headers={"Range": "bytes=500-", "If-Range": tag})
    assert (answer.status_code, answer.data) == (206, SOUND[500:])


@pytest.mark.parametrize(
    "had", ['"another"', 'W/"another"', "Sat, 01 Nov 2025 00:00:00 GMT", '"unfinished', "nonsense"]
)
def test_a_browser_that_has_the_beginning_of_something_else_gets_everything(
    phone: FlaskClient, address: str, had: str
) -> None:
    answer = phone.get(address, headers={"Range": "bytes=500-", "If-Range": had})
    assert (answer.status_code, answer.data) == (200, SOUND)


def test_a_sound_that_the_browser_has_is_not_sent_again(phone: FlaskClient, address: str) -> None:
    tag = phone.get(address).headers["ETag"]
    answer = phone.get(address, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert "immutable" in answer.headers["Cache-Control"]


def test_what_the_browser_has_goes_before_a_range(phone: FlaskClient, address: str) -> None:
    tag = phone.get(address).headers["ETag"]
    answer = phone.get(address, headers={"If-None-Match": tag, "Range": "bytes=0-1"})
    assert answer.status_code == 304


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1"}, {"Range": "bytes=5000-"}])
def test_a_question_about_a_sound_tells_its_length_without_sending_it(
    phone: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    answer = phone.head(address, headers=headers)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == "1000"
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "name",
    [
        "0" * 32 + ".mp3",
        "0" * 32,
        "0" * 32 + ".wav",
        "0" * 31 + ".mp3",
        "0" * 33 + ".mp3",
        "A" * 32 + ".mp3",
        "\u0660" * 32 + ".mp3",
        "",
        ".",
        "..",
        "..%2F..%2Finstance%2Fguide.sqlite3",
        "%2Fetc%2Fpasswd",
        "..%5C..%5Cmuseum.toml",
        "../museum.toml",
        "%00",
    ],
)
def test_a_name_that_is_none_is_not_there(phone: FlaskClient, name: str) -> None:
    answer = phone.get(f"/audio/{name}")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("ending", ["%0A", "%00", ".part", "/x", "%20", "?%0A/.."])
def test_nothing_may_follow_the_name_of_a_sound(
    phone: FlaskClient, address: str, ending: str
) -> None:
    assert phone.get(address + ending).status_code == (200 if ending.startswith("?") else 404)


def test_a_file_that_is_still_being_written_is_not_there(world: World, phone: FlaskClient) -> None:
    name = "0" * 32 + ".mp3.0000.part"
    (world.store.folder / name).write_bytes(b"half")
    assert phone.get(f"/audio/{name}").status_code == 404


def test_a_sound_that_was_lost_is_not_there(world: World, phone: FlaskClient, address: str) -> None:
    (world.store.folder / address.removeprefix("/audio/")).unlink()
    assert phone.get(address).status_code == 404


LONG = a_sound("a long stop", 3 * MOST_BYTES - 1000)


@pytest.fixture
def long_address(world: World) -> str:
    return f"/audio/{world.store.keep(LONG, 'mp3')}"


@pytest.mark.parametrize("start", [0, 1000])
def test_a_long_range_without_an_end_is_answered_with_its_beginning(
    phone: FlaskClient, long_address: str, start: int
) -> None:
    answer = phone.get(long_address, headers={"Range": f"bytes={start}-"})
    assert (answer.status_code, answer.data) == (206, LONG[start : start + MOST_BYTES])
    end = start + MOST_BYTES - 1
    assert answer.headers["Content-Range"] == f"bytes {start}-{end}/{len(LONG)}"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        (f"bytes=0-{3 * MOST_BYTES - 1001}", 0, 3 * MOST_BYTES - 1000),  # an iPhone after 0-1
        (f"bytes=1000-{2 * MOST_BYTES + 999}", 1000, 2 * MOST_BYTES + 1000),
        (f"bytes=1000-{9 * MOST_BYTES}", 1000, 3 * MOST_BYTES - 1000),
        (f"bytes=-{2 * MOST_BYTES}", MOST_BYTES - 1000, 3 * MOST_BYTES - 1000),
        (f"bytes=-{9 * MOST_BYTES}", 0, 3 * MOST_BYTES - 1000),
    ],
)
def test_a_long_range_whose_end_was_said_is_answered_whole(
    phone: FlaskClient, long_address: str, asked: str, start: int, end: int
) -> None:
    answer = phone.get(long_address, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, LONG[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(LONG)}"


def test_a_phone_that_asks_on_gets_the_whole_sound(phone: FlaskClient, long_address: str) -> None:
    had = b""
    while len(had) < len(LONG):
        had += phone.get(long_address, headers={"Range": f"bytes={len(had)}-"}).data
    assert had == LONG


def test_a_sound_asked_for_as_a_whole_comes_as_a_whole(
    phone: FlaskClient, long_address: str
) -> None:
    answer = phone.get(long_address)
    assert (answer.status_code, answer.data) == (200, LONG)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_front_server_is_told_which_sound_to_send(
    world: World, address: str, method: str
) -> None:
    phone = world.phone(SEND_SOUND="x-accel")
    answer = phone.open(address, method=method, headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == address.replace("/audio/", "/inside/sound/")
    assert answer.content_type == "audio/mpeg"
    assert "immutable" in answer.headers["Cache-Control"]
    assert phone.get("/audio/" + "0" * 32 + ".mp3").status_code == 404


def test_the_front_server_sends_no_cues(world: World) -> None:
    phone = world.phone(SEND_SOUND="x-accel")
    answer = phone.get(f"/audio/{world.store.keep(b'WEBVTT', 'vtt')}")
    assert (answer.status_code, answer.data) == (200, b"WEBVTT")
    assert "X-Accel-Redirect" not in answer.headers


def test_cues_go_out_whole_because_they_go_out_compressed(world: World) -> None:
    words = b"WEBVTT\n" * 50
    answer = world.phone().get(
        f"/audio/{world.store.keep(words, 'vtt')}", headers={"Range": "bytes=0-1"}
    )
    assert (answer.status_code, answer.data) == (200, words)
    assert "Accept-Ranges" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["If-Modified-Since", "If-Unmodified-Since", "If-Range"])
@pytest.mark.parametrize(
    "date",
    [
        "Sat, 29 Oct 9999999999 19:43:31 GMT",
        "Sat, 29 Oct 1994 99999999999:43:31 GMT",
        "Sat, 29 Oct 1994 19:43:31 GMT",
        "Sat, 31 Feb 2026 25:61:61 +9999",
        "0",
        "x" * 5000,
    ],
)
def test_a_condition_by_date_is_no_condition(spoken_world: World, name: str, date: str) -> None:
    phone = spoken_world.phone("en")
    sound = phone.get("/api/v1/stops").json["stops"][0]["audio"]["en"]  # type: ignore[index]
    for path in (urlsplit(sound["url"]).path, urlsplit(sound["cues_url"]).path):
        headers = {name: date, "Range": "bytes=0-9"} if name == "If-Range" else {name: date}
        for method in ("GET", "HEAD"):
            assert phone.open(path, method=method, headers=headers).status_code == 200
    for path in ("/en/number?x=1", "/en/museum", "/", "/Q/no", "/icon.svg"):
        assert phone.get(path, headers={name: date}).status_code < 500
