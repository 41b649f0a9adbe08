"""The front as it is served: by granian, over real connections."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audioguide.roles import Role
from audioguide.services.staff import signing_in
from museum import World
from served import HOST, Served, hear, posting, served

pytestmark = pytest.mark.thorough

SIGN_IN = "/staff/sign-in"
ROUTES = (SIGN_IN, "/staff/invited/any", "/live/any/here", "/lead/", "/staff/sign-out")
A_PAGE = "/en/stops/alash"


@pytest.fixture(scope="module")
def guide(all_spoken: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    world = World.copied(all_spoken, tmp_path_factory.mktemp("front"))
    with served(world) as server:
        yield server
    world.close()


@contextlib.contextmanager
def hung(guide: Served, path: str, count: int) -> Iterator[list[socket.socket]]:
    """Phones that announce a form, send one byte of it, and then nothing."""
    with contextlib.ExitStack() as stack:
        phones = [stack.enter_context(guide.connect()) for _ in range(count)]
        for phone in phones:
            phone.sendall(posting(path, 9) + b"n")
        yield phones


@pytest.mark.parametrize("path", ROUTES)
def test_bodies_that_never_come_stop_nobody(guide: Served, path: str) -> None:
    with hung(guide, path, 20):
        assert guide.get(A_PAGE).status == 200
        assert guide.get("/en/number?number=1").status == 303
        assert guide.get("/healthz").status == 200
        name = path.encode()
        for source in ("127.0.0.1", "127.0.0.2"):
            form = b"name=%s&password=y" % name
            assert guide.post(SIGN_IN, form, source=source).status == 403


def test_under_five_hundred_hung_bodies_a_good_one_is_answered(guide: Served) -> None:
    with hung(guide, "/live/any/here", 500):
        for source in ("127.0.0.1", "127.0.0.2"):
            assert guide.post("/live/any/here", b"a=b", source=source).status == 204
        assert guide.get(A_PAGE).status == 200


def test_a_body_that_never_comes_is_given_up_and_its_connection_closed(guide: Served) -> None:
    with hung(guide, "/live/any/here", 1) as (phone,):
        answer = hear(phone)
        assert answer.status == 408
        assert phone.recv(100) == b""


def test_http_2_is_not_spoken_and_holds_nothing(guide: Served) -> None:
    with guide.connect() as phone:
        phone.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
        heard = b""
        while piece := phone.recv(1000):
            heard += piece
    assert b" 200 " not in heard
    assert guide.get(A_PAGE).status == 200


def test_a_head_without_end_is_refused(guide: Served) -> None:
    assert guide.get(A_PAGE, b"X-A: " + b"a" * 30_000 + b"\r\n").status == 431
    assert guide.get("/en/?x=1", b"A: b\r\n" * 3000).status in (200, 431)
    assert guide.get(A_PAGE).status == 200


@pytest.mark.parametrize("path", ["/en/stops/%00", "/en/tours/%00", "/en/tours/short/%00"])
def test_a_nul_in_an_address_leads_nowhere(guide: Served, path: str) -> None:
    assert guide.get(path).status == 404


def test_the_end_of_the_server_waits_for_no_body(imported: Path, tmp_path: Path) -> None:
    world = World.copied(imported, tmp_path)
    with served(world) as guide, hung(guide, "/live/any/here", 20) as phones:
        assert guide.get(A_PAGE).status == 200
        os.kill(guide.pid, signal.SIGTERM)
        assert {hear(phone).status for phone in phones} == {408}
    world.close()


@pytest.mark.parametrize("path", [*ROUTES, "/en/", "/no/such/place", "/healthz"])
def test_a_body_over_its_limit_is_refused_before_it_comes(guide: Served, path: str) -> None:
    for headers in (b"", b"Expect: 100-continue\r\n"):
        answer = guide.say(posting(path, 300_000_000, headers))
        assert answer.status == 413
    assert "content-security-policy" in answer.head.lower()


def test_a_refusal_speaks_the_language_of_who_asks_and_to_machines_as_json(guide: Served) -> None:
    head = posting("/ru/", 9, b"Accept-Language: en\r\n")
    assert "Слишком много сразу" in guide.say(head).body.decode()
    head = posting("/staff/sign-in", 9_000_000, b"Cookie: a=b; language=kk\r\n")
    assert "Көлемі тым үлкен" in guide.say(head).body.decode()
    assert list(json.loads(guide.say(posting("/api/v1/stops", 9)).body)) == ["error"]


def test_chunks_over_the_limit_are_refused(guide: Served) -> None:
    head = b"POST %s HTTP/1.1\r\n" % SIGN_IN.encode() + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
    assert guide.say(head + b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n").status == 413


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 9\r\n\r\nname=",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nnam",
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nname=\r\n0\r\n\r\n",
    ],
)
def test_a_body_cut_short_is_no_body(guide: Served, sent: bytes) -> None:
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    head = b"POST /live/any/here HTTP/1.1\r\n" + HOST + kind
    assert guide.say(head + sent, cut=True).status == 400


def test_a_whole_body_in_chunks_is_taken(guide: Served) -> None:
    chunked = b"Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n2\r\nab\r\n0\r\n\r\n"
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    head = b"POST %s HTTP/1.1\r\n" % SIGN_IN.encode()
    assert guide.say(head + HOST + kind + chunked).status == 403


def test_a_body_of_a_get_is_not_waited_for(guide: Served) -> None:
    for path in (A_PAGE, "/en/number?number=1", "/Q/no"):
        head = b"GET %s HTTP/1.1\r\n" % path.encode() + HOST + b"Content-Length: 9\r\n\r\n"
        assert guide.say(head).status in (200, 303, 404)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET %s HTTP/1.0\r\n",
        b"GET %s HTTP/1.0\r\nHost: \r\n",
        b"GET %s HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
        b"GET %s HTTP/1.1\r\nHost: <b>x</b>\r\n",
        b"GET %s HTTP/1.1\r\nHost: a/b\r\n",
        b"GET %s HTTP/1.1\r\nHost: a:port\r\n",
        b"GET %s HTTP/1.1\r\nHost: a:99999\r\n",
        b"GET %s HTTP/1.1\r\nHost: xn--a\r\n",
        b"GET %s HTTP/1.1\r\nHost: [::::::]\r\n",
    ],
)
@pytest.mark.parametrize("path", [A_PAGE, "/api/v1/stops", "/", "//en//", "/en"])
def test_a_request_without_one_good_host_is_refused(
    guide: Served, request_line: bytes, path: str
) -> None:
    answer = guide.say(request_line % path.encode() + b"\r\n")
    assert answer.status == 400
    assert not answer.header("location")
    page = guide.get(A_PAGE).body.decode()
    assert 'rel="canonical" href="http://guide.test/' in page


def test_a_redirect_names_no_host(guide: Served) -> None:
    for path in ("//en//", "/en", "/q/" + "24VRB", "//evil.test/"):
        assert not guide.get(path).header("location").removeprefix("/").startswith(("/", "http"))


def test_a_sound_goes_out_from_the_disk_whole_and_in_parts(guide: Served) -> None:
    stops = json.loads(guide.get("/api/v1/stops").body)["stops"]
    path = stops[0]["audio"]["en"]["url"].removeprefix("http://guide.test")
    whole = guide.get(path)
    assert whole.status == 200
    assert len(whole.body) == int(whole.header("content-length")) == 4000
    part = guide.get(path, b"Range: bytes=100-199\r\n")
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.header("content-range") == "bytes 100-199/4000"
    head = guide.say(b"HEAD %s HTTP/1.1\r\n" % path.encode() + HOST + b"\r\n")
    assert (head.status, head.header("content-length"), head.body) == (200, "4000", b"")
    assert guide.get(path, b"Range: bytes=9000-\r\n").status == 416


def test_a_head_says_what_a_get_says(guide: Served) -> None:
    for path in (A_PAGE, "/en/museum", "/"):
        whole = guide.get(path)
        head = guide.say(b"HEAD %s HTTP/1.1\r\n" % path.encode() + HOST + b"\r\n")
        assert (head.status, head.body) == (200, b"")
        assert head.header("content-length") == whole.header("content-length")


def test_a_kept_page_is_told_apart_by_coding_and_by_tag(guide: Served) -> None:
    plain = guide.get(A_PAGE)
    small = guide.get(A_PAGE, b"Accept-Encoding: br\r\n")
    assert small.header("content-encoding") == "br"
    assert len(small.body) < len(plain.body)
    tag = plain.header("etag").encode()
    assert guide.get(A_PAGE, b"If-None-Match: " + tag + b"\r\n").status == 304


def test_many_who_ask_for_the_same_get_the_same(guide: Served) -> None:
    with ThreadPoolExecutor(20) as phones:
        answers = list(phones.map(lambda _: guide.get("/ru/stops/famine"), range(60)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


def test_a_stranger_who_guesses_keeps_no_guide_out(imported: Path, tmp_path: Path) -> None:
    world = World.copied(imported, tmp_path)
    with world.database.writing() as session:
        key = signing_in.add(session, "Marat", Role.GUIDE)
    with served(world) as guide:
        accepted = guide.post(f"/staff/invited/{key}", b"password=three+quiet+words")
        assert accepted.status == 303
        stop = threading.Event()

        def guess(number: int) -> None:
            tries = 0
            while not stop.is_set():
                tries += 1
                form = b"name=x%d-%d&password=wrongwrong" % (number, tries)
                guide.post(SIGN_IN, form, source=f"127.0.0.{2 + number % 2}")

        strangers = [threading.Thread(target=guess, args=(number,)) for number in range(8)]
        for each in strangers:
            each.start()
        try:
            right = b"name=Marat&password=three+quiet+words"
            for source in ("127.0.0.1", "127.0.0.2"):
                for _ in range(3):
                    assert guide.post(SIGN_IN, right, source=source).status == 303
                    assert guide.get(A_PAGE).status == 200
        finally:
            stop.set()
            for each in strangers:
                each.join()
    world.close()
