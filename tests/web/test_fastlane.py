"""The lane alone, before an application of a few lines, with editions and a clock of our own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse, create_environ
from werkzeug.wrappers import Request, Response

from audioguide.web import fastlane, warming
from audioguide.web.fastlane import FastLane
from audioguide.web.lane import LONGEST_KEY, MOST_BYTES_EACH, Lane
from audioguide.web.prebuilt import Sent

THREADS = 8


class FakeEditions:
    """Editions that are as the test says."""

    def __init__(self) -> None:
        self.now: dict[str, str] | None = {"guide": "first"}
        self.looks_soon = False

    @property
    def known(self) -> dict[str, str] | None:
        return self.now

    def is_due(self, _moment: float) -> bool:
        return False

    def marks(self, _moment: float) -> dict[str, str] | None:
        return self.now

    def look_soon(self) -> None:
        self.looks_soon = True


class Refusing:
    """Says no in one word."""

    def sent(self, status: int, _environ: object) -> Sent:
        return f"{status} NO", [], b"no"


class House:
    """An application behind a lane, which counts how often it was asked."""

    def __init__(self, **options: Any) -> None:
        self.editions = FakeEditions()
        self.seconds = 0.0
        self.asked: list[str] = []
        self.words = "first"
        self.headers = {"Audioguide-Edition": "guide"}
        self.status = 200
        self.before: Callable[[], object] = lambda: None
        options.setdefault("by_host", False)
        warm = options.pop("warm", None)
        kept = Lane(self.app, self.editions, clock=lambda: self.seconds, **options)
        self.lane = FastLane(kept, Refusing(), warm=warm)

    def app(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        self.asked.append(request.path)
        words = self.words
        self.before()
        answer = Response(words, self.status, self.headers, content_type="text/html")
        answer.add_etag(weak=True)
        return answer(environ, start_response)

    def get(self, path: str = "/", method: str = "GET", **options: Any) -> TestResponse:
        return Client(self.lane).open(path, method=method, **options)


@pytest.fixture
def house() -> House:
    return House()


def test_a_declared_answer_is_rendered_once(house: House) -> None:
    assert [house.get("/a").text for _ in range(3)] == ["first"] * 3
    assert house.asked == ["/a"]


def test_each_path_has_an_answer_of_its_own(house: House) -> None:
    for path in ("/a", "/b", "/a", "/a/", "/A"):
        house.get(path)
    assert house.asked == ["/a", "/b", "/a/", "/A"]


def test_an_undeclared_answer_is_rendered_each_time(house: House) -> None:
    house.headers = {}
    house.get()
    house.get()
    assert len(house.asked) == 2


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", ["/", "/?x=1", "/" + "a" * LONGEST_KEY])
def test_what_was_declared_goes_no_further(house: House, method: str, path: str) -> None:
    house.headers["Audioguide-Seconds"] = "60"
    for _ in range(2):
        names = house.get(path, method).headers.keys()
        assert not [name for name in names if name.startswith("Audioguide")]


def test_a_raised_edition_is_seen_at_the_next_request(house: House) -> None:
    house.get()
    house.words, house.editions.now = "second", {"guide": "second"}
    assert house.get().text == "second"
    assert house.get().text == "second"
    assert len(house.asked) == 2


def test_an_edition_that_goes_back_is_a_change_too(house: House) -> None:
    for words in ("first", "second", "first again"):
        house.words, house.editions.now = words, {"guide": words.split()[0]}
        assert house.get().text == words


def test_an_answer_may_depend_on_several_editions(house: House) -> None:
    house.headers = {"Audioguide-Edition": "guide, group:12345"}
    house.get()
    for marks in ({"guide": "first", "group:12345": "x"}, {"guide": "2", "group:12345": "x"}, {}):
        house.editions.now = marks
        house.get()
        house.get()
    assert len(house.asked) == 4


def test_another_group_is_no_concern_of_a_page(house: House) -> None:
    house.get()
    house.editions.now = {"guide": "first", "group:12345": "x"}
    house.get()
    assert len(house.asked) == 1


def test_before_the_editions_are_known_nothing_is_kept(house: House) -> None:
    house.editions.now = None
    house.get()
    house.get()
    house.editions.now = {"guide": "first"}
    house.get()
    assert len(house.asked) == 3


def test_what_changes_while_a_page_is_rendered_is_not_missed(house: House) -> None:
    """The race: rendered from old rows, while another thread sees the new edition."""

    def change() -> None:
        house.words, house.editions.now = "second", {"guide": "second"}

    house.before = change
    assert house.get().text == "first"  # as it was when it was asked for
    assert house.get().text == "second"


def test_an_answer_that_depends_on_the_time_is_kept_so_long(house: House) -> None:
    house.headers["Audioguide-Seconds"] = "42"
    for house.seconds in (0, 20, 41.9, 42, 83.9, 84):
        house.get()
    assert len(house.asked) == 3


def test_the_time_to_keep_runs_from_before_the_rendering(house: House) -> None:
    house.headers["Audioguide-Seconds"] = "10"

    def take_long() -> None:
        house.seconds += 6

    house.before = take_long
    house.get()
    house.seconds += 5
    house.get()
    assert len(house.asked) == 2


@pytest.mark.parametrize("path", ["/?", "/?x=1", "/?utm_source=poster"])
def test_a_question_with_a_query_is_the_applications(house: House, path: str) -> None:
    house.get("/")
    house.get(path)
    assert len(house.asked) == (1 if path == "/?" else 2)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_what_may_write_is_the_applications_and_is_looked_for(house: House, method: str) -> None:
    house.get("/")
    assert not house.editions.looks_soon
    house.get("/", method)
    assert len(house.asked) == 2
    assert house.editions.looks_soon


def test_a_range_of_a_page_is_the_whole_page(house: House) -> None:
    house.get("/")
    answer = house.get("/", headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.text) == (200, "first")


def test_a_path_too_long_is_the_applications(house: House) -> None:
    for _ in range(2):
        house.get("/" + "a" * LONGEST_KEY)
    assert len(house.asked) == 2


def test_cookies_and_languages_play_no_part(house: House) -> None:
    house.get("/", headers={"Cookie": "language=ru", "Accept-Language": "ru"})
    house.get("/", headers={"Accept-Language": "en"})
    assert len(house.asked) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("Set-Cookie", "language=ru"), ("Vary", "Cookie"), ("Cache-Control", "private, no-store")],
)
def test_what_is_somebodys_own_is_never_kept_though_declared(
    house: House, name: str, value: str
) -> None:
    house.headers[name] = value
    house.get()
    assert house.get().headers[name].startswith(value)
    assert len(house.asked) == 2


@pytest.mark.parametrize("status", [404, 301, 410, 500, 204])
def test_only_what_is_there_is_kept(house: House, status: int) -> None:
    house.status = status
    house.get()
    house.get()
    assert len(house.asked) == 2


def test_ten_thousand_wrong_paths_push_no_page_out() -> None:
    house = House(most_bytes=20_000)
    house.get("/page")
    house.status = 404
    for number in range(10_000):
        house.get(f"/{number}")
    house.asked.clear()
    assert house.get("/page").status_code == 200
    assert house.asked == []


def test_what_was_not_asked_for_longest_goes_first() -> None:
    house = House(most_bytes=20_000)  # four small pages
    for path in ("/a", "/b", "/c", "/d", "/a", "/e"):
        house.get(path)
    house.asked.clear()
    for path in ("/a", "/c", "/d", "/e", "/b"):
        house.get(path)
    assert house.asked == ["/b"]


def test_memory_stays_within_its_bound_and_is_given_back() -> None:
    house = House(most_bytes=1_000_000)
    house.words = "x" * 100_000
    for number in range(50):
        house.get(f"/{number % 20}")
        house.editions.now = {"guide": str(number)}
    assert 500_000 < house.lane.lane._shelf.size_bytes <= 1_000_000


def test_an_answer_that_is_too_large_is_sent_and_not_kept() -> None:
    house = House()
    house.words = "x" * (MOST_BYTES_EACH + 1)
    house.get()
    assert len(house.get().data) == MOST_BYTES_EACH + 1
    assert len(house.asked) == 2


def test_whoever_asks_with_a_tag_first_is_answered_and_the_whole_is_kept(house: House) -> None:
    tag = house.get("/elsewhere").headers["ETag"]
    answer = house.get("/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert house.get("/").text == "first"
    assert house.asked == ["/elsewhere", "/"]


def test_a_kept_page_answers_a_question_without_reading(house: House) -> None:
    read, asked = house.get(), house.get(method="HEAD")
    assert dict(asked.headers) == dict(read.headers)
    assert asked.data == b""
    assert len(house.asked) == 1


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_not_kept_says_too_that_it_goes_out_in_several_codings(
    house: House, method: str
) -> None:
    house.headers = {}
    answer = house.get(method=method)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Length"] == "5"


def test_without_a_public_address_each_host_has_its_own_pages() -> None:
    house = House(by_host=True)
    for base in ("http://a", "http://b", "https://a", "http://a"):
        house.get("/", base_url=base)
    assert len(house.asked) == 3


@pytest.mark.parametrize("host", ["", "<b>", "a/b", "a:port", "a b", "a@b", ":80", "a" * 300])
@pytest.mark.parametrize("path", ["/", "/?x=1"])
def test_a_host_that_is_none_is_refused_where_pages_name_it(host: str, path: str) -> None:
    house = House(by_host=True)
    assert house.get(path, headers={"Host": host}).status_code == 400
    assert house.asked == []


def test_with_a_public_address_the_host_plays_no_part(house: House) -> None:
    for base in ("http://a", "http://b", "https://a"):
        house.get("/", base_url=base)
    assert len(house.asked) == 1


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time to start the threads."""
    monkeypatch.setattr(fastlane, "PATIENCE_SECONDS", 60)


def at_once(house: House, path: str = "/") -> list[str]:
    """Ask from several threads; the application answers when all others stand in the lane."""
    entered = threading.Semaphore(0)
    look = house.editions.marks

    def marks(moment: float) -> dict[str, str] | None:
        entered.release()
        return look(moment)

    def wait_for_the_others() -> None:
        house.before = lambda: None
        for _ in range(THREADS + 1):  # each looks as it comes in, and who renders once more
            entered.acquire()

    house.editions.marks = marks  # type: ignore[method-assign,assignment]
    house.before = wait_for_the_others
    with ThreadPoolExecutor(THREADS) as threads:
        return [answer.text for answer in threads.map(lambda _: house.get(path), range(THREADS))]


@pytest.mark.usefixtures("patient")
def test_a_page_is_rendered_once_however_many_ask_at_the_same_moment(house: House) -> None:
    assert at_once(house) == ["first"] * THREADS
    assert house.asked == ["/"]


@pytest.mark.usefixtures("patient")
def test_after_a_change_one_renders_for_all(house: House) -> None:
    house.get()
    house.words, house.editions.now = "second", {"guide": "second"}
    assert at_once(house) == ["second"] * THREADS
    assert house.asked == ["/", "/"]


@pytest.mark.usefixtures("patient")
def test_who_waited_for_what_is_not_for_everybody_renders_for_himself(house: House) -> None:
    house.headers = {}
    assert at_once(house) == ["first"] * THREADS
    assert len(house.asked) == THREADS


def test_a_rendering_that_fails_leaves_nobody_waiting(house: House) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    house.before = fail
    with pytest.raises(ZeroDivisionError):
        house.get()
    house.before = lambda: None
    assert house.get().text == "first"
    assert house.lane._rendering == {}


def test_one_slow_page_keeps_nobody_from_a_kept_one(house: House) -> None:
    house.get("/kept")
    renders, may_end = threading.Event(), threading.Event()

    def wait() -> None:
        renders.set()
        assert may_end.wait(20)

    house.before = wait
    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(house.get, "/slow")
        assert renders.wait(20)
        assert house.get("/kept").text == "first"
        may_end.set()
        assert slow.result().text == "first"


def test_nobody_waits_for_long_for_who_renders_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fastlane, "PATIENCE_SECONDS", 0.05)
    renders, may_end = threading.Event(), threading.Event()

    def wait() -> None:
        house.before = lambda: None
        renders.set()
        assert may_end.wait(20)

    house.before = wait
    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(house.get, "/slow")
        assert renders.wait(20)
        assert house.get("/slow").text == "first"
        assert not slow.done()
        may_end.set()
        assert slow.result().text == "first"
    assert house.lane._rendering == {}


def test_every_answer_is_one_list_of_bytes_so_that_no_thread_is_held() -> None:
    closed = []

    class Streamed:
        def __iter__(self) -> Any:
            return iter([b"so", b"und"])

        def close(self) -> None:
            closed.append(True)

    def app(_environ: Any, start_response: Any) -> Streamed:
        start_response("206 PARTIAL CONTENT", [("Content-Type", "audio/mpeg")])
        return Streamed()

    lane = FastLane(Lane(app, FakeEditions(), by_host=False), Refusing())
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/a", "wsgi.url_scheme": "http"}
    environ |= {"HTTP_HOST": "guide.test"}
    assert lane(environ, lambda *_: lambda _: None) == [b"sound"]
    assert closed == [True]


def test_a_server_that_adds_to_the_headers_adds_to_its_own(house: House) -> None:
    for _ in range(3):
        given: list[list[tuple[str, str]]] = []
        environ = create_environ("/")
        house.lane(environ, lambda _status, headers, *_, seen=given: seen.append(headers))
        assert ("X-Server", "new") not in given[0]
        given[0].append(("X-Server", "new"))


def test_warming_begins_once_after_the_first_request_and_knows_the_host() -> None:
    warmed = threading.Event()
    places = []

    def warm(lane: Any, place: str) -> None:
        places.append(place)
        Client(lane).get("/page", base_url=place)
        warmed.set()

    house = House(by_host=True, warm=warm)
    for _ in range(3):
        house.get("/healthz", base_url="http://127.0.0.1:8000")
    assert warmed.wait(20)
    house.asked.clear()
    house.get("/page", base_url="http://127.0.0.1:8000")
    assert (places, house.asked) == (["http://127.0.0.1:8000"], [])


def test_warming_ends_when_there_is_no_room_left(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(most_bytes=200_000)  # some fifty small pages
    monkeypatch.setattr(warming, "BEGIN_SECONDS", 0)
    monkeypatch.setattr(warming, "addresses", lambda _: [f"/{number}" for number in range(99)])
    database: Any = None

    warming.warm(database, house.lane, "http://localhost")

    warmed = len(house.asked)
    assert 40 < warmed < 60
    for number in range(warmed):  # the first one is still there
        house.get(f"/{number}")
    assert len(house.asked) == warmed
