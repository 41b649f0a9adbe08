from __future__ import annotations

import gzip

import brotli
import pytest

from audioguide.web.prebuilt import CODINGS, Headers, Prebuilt, Rendered, preferred

WORDS = b"<p>Remember them.</p>" * 200
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("ETag", 'W/"abc"')]


def ask(answer: Prebuilt, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
    had, accept = headers.get("IF_NONE_MATCH"), headers.get("ACCEPT_ENCODING", "")
    status, given, body = answer.sent(method, had, accept)
    assert isinstance(body, bytes)
    return status, dict(given), body


def prebuilt(body: bytes = WORDS, headers: Headers = HEADERS, *, best: bool = True) -> Prebuilt:
    return Prebuilt(Rendered("200 OK", headers, body), best=best)


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br", "br"),
        ("BR", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, identity; q=0.5, *;q=0", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0", "identity"),
        ("br;q=0.001", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("", "identity"),
        ("identity", "identity"),
        ("brotli, xgzip", "identity"),
        (";;,,q=", "identity"),
        ("gzip, " * 100 + "br", "identity"),
    ],
)
def test_the_coding_is_the_smallest_that_the_browser_takes(accept: str, coding: str) -> None:
    assert preferred(accept) == coding


@pytest.mark.parametrize("best", [True, False])
def test_each_coding_holds_the_same_words(best: bool) -> None:
    answer = prebuilt(best=best)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
    for coding, decoded in unpack.items():
        status, headers, body = ask(answer, ACCEPT_ENCODING=coding)
        assert status == "200 OK"
        assert decoded(body) == WORDS
        assert headers["Content-Length"] == str(len(body))
        assert headers.get("Content-Encoding", "identity") == coding
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["ETag"] == 'W/"abc"'


@pytest.mark.parametrize(("kind", "quality"), [("text/html", 11), ("application/json", 5)])
def test_a_page_is_made_small_and_an_answer_for_scripts_soon(kind: str, quality: int) -> None:
    words = b" ".join(b"%d words of %d" % (number, number**3) for number in range(500))
    _, _, body = ask(prebuilt(words, [("Content-Type", kind)]), ACCEPT_ENCODING="br")
    assert body == brotli.compress(words, mode=brotli.MODE_TEXT, quality=quality)
    assert body != brotli.compress(words, mode=brotli.MODE_TEXT, quality=16 - quality)


def test_a_question_without_reading_tells_the_length_of_the_coding() -> None:
    answer = prebuilt()
    _, read, _ = ask(answer, ACCEPT_ENCODING="br")
    status, headers, body = ask(answer, "HEAD", ACCEPT_ENCODING="br")
    assert (status, headers, body) == ("200 OK", read, b"")


@pytest.mark.parametrize("had", ['W/"abc"', '"abc"', '"x", W/"abc"', "*", ' "abc" '])
def test_what_the_browser_has_is_not_sent_again(had: str) -> None:
    status, headers, body = ask(prebuilt(), IF_NONE_MATCH=had, ACCEPT_ENCODING="br")
    assert (status, body) == ("304 NOT MODIFIED", b"")
    assert headers == {"ETag": 'W/"abc"', "Vary": "Accept-Encoding"}


@pytest.mark.parametrize("had", ['"abcd"', "", "abc", 'W/"ab"', '"ABC"', ","])
def test_what_the_browser_has_of_something_else_is_of_no_use(had: str) -> None:
    status, _, body = ask(prebuilt(), IF_NONE_MATCH=had)
    assert (status, body) == ("200 OK", WORDS)


def test_what_has_no_tag_is_always_sent() -> None:
    untagged = prebuilt(headers=HEADERS[:1])
    assert ask(untagged, IF_NONE_MATCH="*")[0] == "200 OK"
    assert ask(untagged, IF_NONE_MATCH="")[0] == "200 OK"


def test_what_does_not_become_smaller_stays_as_it_is() -> None:
    _, headers, body = ask(prebuilt(b"ab"), ACCEPT_ENCODING="br, gzip")
    assert body == b"ab"
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(
    "headers",
    [
        [("Content-Type", "audio/mpeg")],
        [("Content-Type", "image/webp")],
        [("Content-Type", "text/plain"), ("Content-Encoding", "zstd")],
        [],
    ],
)
def test_what_is_no_text_is_left_as_it_is(headers: Headers) -> None:
    _, given, body = ask(prebuilt(headers=headers), ACCEPT_ENCODING=", ".join(CODINGS))
    assert body is WORDS
    assert "Vary" not in given


def test_what_it_depends_on_besides_is_still_said() -> None:
    _, headers, _ = ask(prebuilt(headers=[*HEADERS, ("Vary", "Cookie")]))
    assert headers["Vary"] == "Cookie, Accept-Encoding"


def test_the_time_of_its_making_is_not_told_as_that_of_its_sending() -> None:
    dated = [*HEADERS, ("Date", "Sat, 01 Nov 2025 00:00:00 GMT")]
    for had in ('"abc"', '"x"'):
        assert "Date" not in ask(prebuilt(headers=dated), IF_NONE_MATCH=had)[1]
