from __future__ import annotations

import io
import json
import re
import wave
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from audioguide.languages import LANGUAGES
from audioguide.models import Stop, Tour, TourStop, TourText, now
from audioguide.roles import Role
from audioguide.services import editions
from audioguide.services.staff import signing_in
from audioguide.web.guide import EXTENSION
from audioguide.web.presence import Presence
from audioguide.web.throttle import (
    AT_ONCE,
    WINDOW_SECONDS,
    WRONG_EACH,
    WRONG_IN_ALL,
    Throttle,
    network,
)
from audioguide.words import translator
from drawings import add_long_line
from markup import Markup
from museum import ALASH, FAMINE, MEMORIAL, WELCOME, World
from photographs import add_picture
from started import until

pytestmark = pytest.mark.thorough

JSON = {"Accept": "application/json"}


class Guide:
    """Marat with his phone, signed in, leading the short tour."""

    def __init__(self, world: World, name: str = "Marat") -> None:
        self.world = world
        self.phone = world.phone("en")
        with world.database.writing() as session:
            key = signing_in.add(session, name, Role.GUIDE)
        self.phone.post(f"/staff/invited/{key}", data={"password": "three quiet words"})
        found = re.search(r'name="form_key" value="([0-9a-f]+)"', self.phone.get("/lead/").text)
        assert found is not None
        self.form_key = found[1]
        answer = self.phone.post("/lead/", data={"tour": "short", "form_key": self.form_key})
        assert answer.status_code == 303
        self.page = answer.headers["Location"]
        shown = self.phone.get(self.page).text
        self.key = self._shown(shown, r'data-address="/live/([0-9a-f]+)"')
        self.join_code = self._shown(shown, r"<b>(\d\d \d{3})</b>").replace(" ", "")

    @staticmethod
    def _shown(page: str, what: str) -> str:
        found = re.search(what, page)
        assert found is not None
        return found[1]

    def state(self) -> Any:
        return self.phone.get(f"{self.page}/state", headers=JSON).json

    def wishes(self, **fields: Any) -> Any:
        wish = {"version": self.state()["state"]["version"], **fields}
        headers = JSON | {"Audioguide-Form-Key": self.form_key}
        return self.phone.post(f"{self.page}/command", data=wish, headers=headers)

    def ends(self) -> None:
        answer = self.phone.post(f"{self.page}/end", data={"form_key": self.form_key})
        assert answer.status_code == 303


@pytest.fixture
def marat(world: World) -> Guide:
    world.speak_all()
    return Guide(world)


@pytest.fixture
def phone(world: World) -> FlaskClient:
    return world.phone("kk")


def test_a_guide_starts_a_tour_and_phones_find_it_by_its_join_code(
    marat: Guide, phone: FlaskClient
) -> None:
    assert re.fullmatch(r"[1-9]\d{4}", marat.join_code)
    shown = phone.get(f"/live/{marat.join_code}")
    assert shown.status_code == 200
    assert marat.key in shown.text
    assert "Топпен бірге тыңдау үшін түртіңіз" in shown.text


def test_a_join_code_is_keyed_in_like_a_number(marat: Guide, phone: FlaskClient) -> None:
    typed = f"{marat.join_code[:2]} {marat.join_code[2:]}"
    answer = phone.get("/kk/number", query_string={"number": typed})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/live/{marat.join_code}"


TYPED = [
    "{}.", "{},", "{} ", "({})", "«{}»", "№{}", "№ {}", "#{}", "-{}-", "\u202a{}\u202c", "{}\u200b",
]  # fmt: skip


@pytest.fixture
def typed_otherwise(marat: Guide) -> list[str]:
    code = marat.join_code
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    arabic = "".join(chr(ord(digit) - ord("0") + 0x0660) for digit in code)
    parted = [f"{code[:2]}{mark}{code[2:]}" for mark in (" ", "-", "–", "\xa0", ".", "\u00ad")]
    likes = [code.replace("0", "О").replace("1", "l")]
    return [*(each.format(code) for each in TYPED), *parted, *likes, wide, f"{wide}．", arabic]


def test_a_join_code_is_found_however_it_was_typed(
    marat: Guide, phone: FlaskClient, typed_otherwise: list[str]
) -> None:
    for typed in typed_otherwise:
        answer = phone.get("/kk/number", query_string={"number": typed})
        assert (answer.status_code, answer.location) == (303, f"/live/{marat.join_code}"), typed
        shown = phone.get(f"/live/{quote(typed)}")
        assert shown.status_code == 200, typed
        assert f"/live/{marat.key}" in shown.text, typed
        state = phone.get(f"/live/{quote(typed)}/state")
        assert (state.status_code, state.cache_control.no_store) == (200, True), typed


@pytest.mark.parametrize("more", ["{}1", "1{}", "{}x", "x{}", "{}²", "0{}", "{}" + "." * 60])
def test_what_is_more_than_a_join_code_finds_no_group(
    marat: Guide, phone: FlaskClient, more: str
) -> None:
    assert phone.get(f"/live/{quote(more.format(marat.join_code))}").status_code == 404


def test_a_join_code_with_a_slash_leads_to_its_group(marat: Guide, phone: FlaskClient) -> None:
    answer = phone.get(f"/live/{marat.join_code}/")
    assert (answer.status_code, answer.location) == (301, f"/live/{marat.join_code}")
    answer = marat.phone.get(f"{marat.page}/")
    assert (answer.status_code, answer.location) == (301, marat.page)


def test_every_phone_is_told_the_same_state(marat: Guide, phone: FlaskClient) -> None:
    marat.wishes(do="play")
    state = phone.get(f"/live/{marat.key}/state").get_json()
    assert state["playing"]
    assert (state["stop"], state["sentence"], state["visit"]) == (WELCOME, 0, 1)
    assert not state["ended"]


def test_a_state_that_has_not_changed_costs_no_body(marat: Guide, phone: FlaskClient) -> None:
    first = phone.get(f"/live/{marat.key}/state")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert phone.get(f"/live/{marat.key}/state", headers=tag).status_code == 304
    marat.wishes(do="play")
    assert phone.get(f"/live/{marat.key}/state", headers=tag).status_code == 200


def test_the_visit_has_words_sound_and_pace_for_every_language(
    marat: Guide, phone: FlaskClient
) -> None:
    visit = phone.get(f"/live/{marat.key}/visit/1").get_json()
    assert visit["number"] == 0
    assert visit["begins_ms"] == [0]
    assert list(visit["words"]) == ["kk", "ru", "en"]
    for words in visit["words"].values():
        assert re.fullmatch(r"/audio/[0-9a-f]{32}\.mp3", words["sound"])
        assert words["cues"] == [[200, 1000]]
        assert len(words["paragraphs"]) == 2
    assert phone.get(f"/live/{marat.key}/visit/2").status_code == 404


def test_going_to_a_stop_is_another_visit(marat: Guide, phone: FlaskClient) -> None:
    assert marat.wishes(do="stop", stop=FAMINE).get_json()["visit"] == 2
    visit = phone.get(f"/live/{marat.key}/visit/2").get_json()
    assert visit["words"]["en"]["content_note"] == "This stop speaks of hunger."


def test_a_wish_without_javascript_leads_back_to_the_page(marat: Guide) -> None:
    form = {"do": "play", "version": "1", "form_key": marat.form_key}
    answer = marat.phone.post(f"{marat.page}/command", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, marat.page)
    assert marat.state()["state"]["playing"]


def test_a_stale_wish_does_nothing_and_tells_how_it_is(marat: Guide) -> None:
    assert marat.wishes(do="play").get_json()["version"] == 2
    told = marat.wishes(do="pause", version=1)
    assert told.status_code == 200
    assert told.json["playing"]


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "dance"},
        {"do": "play", "version": "x"},
        {"do": "sentence", "sentence": "x"},
        {"do": "play", "version": ""},
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(marat: Guide, wish: dict[str, str]) -> None:
    assert marat.wishes(**wish).status_code == 400


def test_a_group_of_another_guide_is_not_there(marat: Guide) -> None:
    other = Guide(marat.world, "Zhanar")
    for path in ("", "/state", "/join.svg"):
        assert other.phone.get(marat.page + path, headers=JSON).status_code == 404
    form = {"form_key": other.form_key, "do": "play", "version": "1"}
    for path in ("/command", "/end"):
        assert other.phone.post(marat.page + path, data=form).status_code == 404
    other.phone.post(f"{marat.page}/here", data=form)
    assert not marat.state()["state"]["playing"]


def test_nobody_commands_through_the_doors_of_those_who_follow(
    marat: Guide, phone: FlaskClient
) -> None:
    for path in ("state", "visit/1", "command", "end"):
        assert phone.post(f"/live/{marat.key}/{path}").status_code in (404, 405)


def test_after_the_end_the_phones_are_told_and_nobody_joins(
    marat: Guide, phone: FlaskClient
) -> None:
    marat.ends()
    state = phone.get(f"/live/{marat.key}/state")
    assert state.get_json()["ended"]
    assert phone.get(f"/live/{marat.join_code}").status_code == 410
    assert marat.phone.get(marat.page).headers["Location"] == "/lead/"
    assert marat.wishes(do="play").get_json()["ended"]


def test_a_state_tells_nothing_about_anybody(marat: Guide, phone: FlaskClient) -> None:
    told = phone.get(f"/live/{marat.key}/state").text + phone.get(f"/live/{marat.join_code}").text
    assert "Marat" not in told
    assert set(phone.get(f"/live/{marat.key}/state").get_json()) == {
        "version",
        "ended",
        "visit",
        "stop",
        "sentence",
        "playing",
        "at_ms",
        "seen_ms",
    }


def test_the_time_is_never_kept(phone: FlaskClient) -> None:
    answer = phone.get("/live/time")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["now_ms"] > 1_700_000_000_000


def says(phone: FlaskClient, key: str, word: str, **said: Any) -> None:
    told = {"phone": word, "language": "en", "in_step": True, "behind": False} | said
    assert phone.post(f"/live/{key}/here", json=told).status_code == 204


def presence(phone: FlaskClient) -> Presence:
    """What the process that a phone asks knows of the phones that follow."""
    known: Presence = phone.application.extensions[EXTENSION].presence
    return known


def following(marat: Guide) -> dict[str, list[int]]:
    counts: dict[str, list[int]] = marat.state()["present"]
    return counts


def test_phones_are_counted_for_the_guide_and_never_named(marat: Guide, phone: FlaskClient) -> None:
    says(phone, marat.key, "aaaaaaaa")
    says(phone, marat.key, "bbbbbbbb", language="kk", in_step=False, behind=True)
    until(lambda: following(marat) == {"kk": [1, 0, 1], "ru": [0, 0, 0], "en": [1, 1, 0]})


def test_the_last_of_two_reports_in_a_moment_is_kept_without_a_third(
    marat: Guide, phone: FlaskClient
) -> None:
    says(phone, marat.key, "aaaaaaaa", in_step=False, behind=True)
    until(lambda: following(marat)["en"] == [1, 0, 1])
    says(phone, marat.key, "bbbbbbbb", in_step=False, behind=True)
    says(phone, marat.key, "aaaaaaaa")
    says(phone, marat.key, "bbbbbbbb")
    until(lambda: following(marat)["en"] == [2, 2, 0])


def test_a_page_that_is_closed_is_counted_no_longer(marat: Guide, phone: FlaskClient) -> None:
    says(phone, marat.key, "aaaaaaaa")
    says(phone, marat.key, "bbbbbbbb")
    until(lambda: following(marat)["en"] == [2, 2, 0])
    says(phone, marat.key, "bbbbbbbb", left=True)
    until(lambda: following(marat)["en"] == [1, 1, 0])


def test_no_report_waits_for_a_database_that_somebody_holds(
    marat: Guide, phone: FlaskClient
) -> None:
    with marat.world.database.writing() as session:
        session.execute(select(1))  # from here on it is held
        says(phone, marat.key, "aaaaaaaa")
        says(phone, marat.key, "bbbbbbbb")
        assert following(marat)["en"] == [0, 0, 0]
    says(phone, marat.key, "aaaaaaaa")
    until(lambda: following(marat)["en"] == [2, 2, 0])


def test_one_phone_that_calls_itself_six_thousand_is_some_sixty(
    marat: Guide, phone: FlaskClient
) -> None:
    says(elsewhere(phone), marat.key, "realreal", in_step=False, behind=True)
    for number in range(600):
        says(phone, marat.key, f"{number:08}")
    until(lambda: following(marat)["en"][0] > AT_ONCE)
    followers, _, behind = following(marat)["en"]
    assert followers < 600
    assert behind == 1


def elsewhere(phone: FlaskClient) -> FlaskClient:
    """A phone that asks the same process from another address."""
    made = phone.application.test_client()
    made.environ_base["REMOTE_ADDR"] = "198.51.100.9"
    return made


@pytest.mark.parametrize(
    "said",
    [
        *(None, [], "x", {}, {"phone": 1, "language": "kk"}),
        {"phone": "aaaaaaaa", "language": "xx"},
        {"phone": "aaaaaaaa", "language": "kk", "more": "x" * 500},
        {"phone": "aaaaaaaa", "left": True},
    ],
)
def test_a_report_that_makes_no_sense_counts_nobody(
    marat: Guide, phone: FlaskClient, said: Any
) -> None:
    answer = phone.post(f"/live/{marat.key}/here", data=json.dumps(said))
    assert answer.status_code == 204
    says(phone, marat.key, "bbbbbbbb")  # what follows is kept, and says how many there were
    until(lambda: sum(each[0] for each in following(marat).values()) == 1)


def test_ten_thousand_wrong_codes_find_nothing_and_stop_nobody(
    marat: Guide, phone: FlaskClient
) -> None:
    statuses = set()
    for number in range(10_000, 20_000):
        code = str(number)
        if code == marat.join_code:
            continue
        statuses.add(phone.get(f"/live/{code}/state").status_code)
        if 429 in statuses and number > 10_000 + 3 * WRONG_EACH:
            break
    assert statuses == {404, 429}
    assert phone.get(f"/live/{marat.join_code}").status_code == 429
    assert phone.get(f"/live/{marat.key}/state").status_code == 200
    assert phone.get(f"/live/{marat.key}").status_code == 200  # who scans the symbol
    elsewhere = {"REMOTE_ADDR": "198.51.100.9"}
    assert phone.get(f"/live/{marat.join_code}", environ_overrides=elsewhere).status_code == 200


def test_wrong_codes_of_a_minute_are_forgiven_in_the_next() -> None:
    moment = [0.0]
    throttle = Throttle(clock=lambda: moment[0])
    for _ in range(WRONG_EACH):
        assert not throttle.is_closed("hall")
        throttle.note_wrong("hall")
    assert throttle.is_closed("hall")
    assert not throttle.is_closed("street")
    moment[0] = WINDOW_SECONDS
    assert not throttle.is_closed("hall")


def test_a_hall_that_tried_too_much_at_one_process_is_let_in_by_another(
    marat: Guide, phone: FlaskClient
) -> None:
    wrong = "10000" if marat.join_code != "10000" else "10001"
    for _ in range(WRONG_EACH):
        assert phone.get(f"/live/{wrong}").status_code == 404
    assert phone.get(f"/live/{marat.join_code}").status_code == 429
    assert marat.world.phone("kk").get(f"/live/{marat.join_code}").status_code == 200


def test_codes_tried_from_many_places_are_slowed_down_together() -> None:
    throttle = Throttle(clock=lambda: 0.0)
    for place in range(WRONG_IN_ALL):
        throttle.note_wrong(str(place))
    assert throttle.is_closed("0")
    assert throttle.is_closed("another one who begins to try")


def test_one_house_is_one_place_however_many_addresses_it_has() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::9") != network("2001:db8::1")
    assert network("192.0.2.1") != network("192.0.2.2")
    assert network(None) == ""


@pytest.mark.parametrize("key", ["0" * 24, "x", "9" * 24])
def test_a_report_for_a_group_that_somebody_made_up_leaves_nothing(world: World, key: str) -> None:
    phone = world.phone()
    says(phone, key, "cccccccc")
    assert not presence(phone).knows(key)


def test_a_report_for_a_group_that_has_ended_leaves_nothing(
    marat: Guide, phone: FlaskClient
) -> None:
    marat.ends()
    says(phone, marat.key, "cccccccc")
    assert not presence(phone).knows(marat.key)


def test_a_group_that_ends_while_it_is_counted_is_forgotten(
    marat: Guide, phone: FlaskClient
) -> None:
    says(phone, marat.key, "cccccccc")
    until(lambda: following(marat)["en"] == [1, 1, 0])
    marat.ends()
    says(phone, marat.key, "dddddddd")
    until(lambda: not presence(phone).knows(marat.key))


def test_a_stop_that_closes_meanwhile_is_said_at_once(marat: Guide, phone: FlaskClient) -> None:
    assert phone.get(f"/live/{marat.key}/state").get_json()["stop"] == WELCOME
    with marat.world.database.writing() as session:
        stop = session.scalars(select(Stop).where(Stop.code == WELCOME)).one()
        stop.retired_at, stop.published = now(), False
        editions.raise_edition(session)
    assert phone.get(f"/live/{marat.key}/state").get_json()["stop"] is None


def test_the_join_symbol_is_drawn_for_the_guide(marat: Guide) -> None:
    answer = marat.phone.get(f"{marat.page}/join.svg")
    assert answer.content_type == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_the_stops_of_the_tour_can_be_led_to_off_the_order(marat: Guide) -> None:
    assert marat.wishes(do="stop", stop=ALASH).get_json()["stop"] == ALASH
    assert marat.state()["place"] is None


def test_the_visit_says_whether_silence_is_kept(marat: Guide, phone: FlaskClient) -> None:
    assert phone.get(f"/live/{marat.key}/visit/1").get_json()["quiet"] is False
    marat.wishes(do="stop", stop=MEMORIAL)
    assert phone.get(f"/live/{marat.key}/visit/2").get_json()["quiet"] is True


def test_who_follows_sees_the_picture_of_the_stop_with_its_words(
    marat: Guide, phone: FlaskClient
) -> None:
    assert phone.get(f"/live/{marat.key}/visit/1").get_json()["words"]["kk"]["picture"] is None
    add_picture(marat.world.media / "stops" / "0-welcome")
    marat.world.bring()
    words = phone.get(f"/live/{marat.key}/visit/1").get_json()["words"]
    figures = {language: Markup(each["picture"]) for language, each in words.items()}
    own = {each: Markup(phone.get(f"/{each}/stops/welcome").text) for each in figures}
    for language, figure in figures.items():
        assert figure.one("img").attributes == own[language].one("img").attributes
        assert figure.one("figcaption").text == own[language].one("figcaption").text


def test_who_follows_sees_a_drawing_with_its_folded_legend_in_each_language(
    marat: Guide, phone: FlaskClient
) -> None:
    add_long_line(marat.world.media, "welcome")
    marat.world.bring()
    said = {str(each): translator(each)("What the numbers stand for") for each in LANGUAGES}
    for who in (phone, marat.phone):
        answer = who.get(f"/live/{marat.key}/visit/1")
        assert answer.status_code == 200
        words = answer.get_json()["words"]
        assert set(words) == set(said)
        for language, each in words.items():
            figure = Markup(each["picture"])
            assert figure.one("summary").text == said[language]
            assert len(figure.all("li")) == 11


def test_numbers_and_years_stay_on_one_line_as_on_the_page_of_the_stop(
    marat: Guide, phone: FlaskClient
) -> None:
    marat.world.edit("stops/0-welcome/en.md", "People", "In 1937-38 some 2 500 people")
    marat.world.edit("stops/0-welcome/en.md", "# Welcome", "# Welcome, 1937-1938, 16 691 names")
    marat.world.bring()
    words = phone.get(f"/live/{marat.key}/visit/1").get_json()["words"]["en"]
    said = " ".join(each for part in words["paragraphs"] for each in part)
    assert "2\N{NO-BREAK SPACE}500" in said
    assert words["heading"] == (
        'Welcome, <span class="whole">1937-1938</span>, 16\N{NO-BREAK SPACE}691 names'
    )


def test_the_silence_that_unlocks_a_phone_is_silent_and_comes_in_ranges(
    phone: FlaskClient,
) -> None:
    answer = phone.get("/live/silence.wav")
    assert answer.content_type == "audio/wav"
    with wave.open(io.BytesIO(answer.data)) as sound:
        frames = sound.readframes(sound.getnframes())
    assert len(frames) > 1000
    assert not any(frames)
    part = phone.get("/live/silence.wav", headers={"Range": "bytes=0-1"})  # an iPhone's first
    assert (part.status_code, part.data) == (206, answer.data[:2])
    assert part.headers["Content-Range"] == f"bytes 0-1/{len(answer.data)}"


@pytest.mark.parametrize(
    ("code", "status", "asked"),
    [
        ("00000", 404, "Enter the five digits that your guide says."),
        ("x", 404, "Enter the five digits that your guide says."),
        (None, 410, "Enter the number on the label."),
    ],
)
def test_a_code_that_leads_to_no_group_is_answered_with_one_thing_to_key_in(
    marat: Guide, code: str | None, status: int, asked: str
) -> None:
    if code is None:
        marat.ends()
    answer = marat.world.phone("en").get(f"/live/{code or marat.join_code}")
    page = Markup(answer.text)
    assert answer.status_code == status
    assert page.one("label", for_="number").text == asked
    (sentence, *others) = [each.text for each in page.all("p") if "main" in each.around]
    assert others == []
    assert "digits" not in sentence
    assert "number" not in sentence


def test_a_tour_is_ended_from_the_list_whatever_became_of_it(marat: Guide) -> None:
    listed = marat.phone.get("/lead/")
    assert "A short tour" in listed.text
    assert "Started at" in listed.text
    assert "0 min ago" in listed.text
    with marat.world.database.writing() as session:
        session.execute(delete(TourStop))
        session.execute(delete(TourText))
        session.execute(delete(Tour))
    listed = marat.phone.get("/lead/")
    assert f'action="{marat.page}/end"' in listed.text
    marat.ends()
    assert f'action="{marat.page}/end"' not in marat.phone.get("/lead/").text


def test_the_guides_page_has_every_stop_with_its_code_and_those_of_the_tour_first(
    marat: Guide,
) -> None:
    page = Markup(marat.phone.get(marat.page).text)
    codes = [each["value"] for each in page.all("button") if each.get("name") == "stop"]
    assert codes == [WELCOME, FAMINE, MEMORIAL, ALASH]
    lasts = [each.get("data-lasts") for each in page.all("button") if each.get("name") == "stop"]
    assert lasts == ["1:01", "1:01", "1:01", None]
