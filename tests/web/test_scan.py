from __future__ import annotations

import pytest

from markup import Markup
from museum import ALASH, SPARE, World


def retire_alash(world: World) -> None:
    block = "[[stop]]\nnumber = 1\n"
    structure = (world.media / "museum.toml").read_text(encoding="utf-8")
    start = structure.index(block)
    end = structure.index("[[stop]]", start + 1)
    world.edit("museum.toml", structure[start:end], "")
    world.bring()


@pytest.mark.parametrize(
    "typed",
    ["Q/11RR1", "q/11RR1", "Q/11rr1", "q/11rr1", "q/ilrri", "Q/LlRr1", "Q/11-RR1", "Q/11%20rr%201"],
)
def test_a_scan_leads_to_its_stop_in_any_case_and_with_look_alikes(
    world: World, typed: str
) -> None:
    answer = world.phone("kk").get(f"/{typed}")
    assert (answer.status_code, answer.location) == (302, "/kk/stops/alash")


@pytest.mark.parametrize("first", ["Q", "q"])
@pytest.mark.parametrize(
    "typed",
    [
        "24VRB/",
        "24vrb/",
        "24VRВ",  # the last letter is Cyrillic
        "24vrв/",
        "２４ＶＲＢ",
        "２４ｖｒｂ",
        "24VRB.",
        "24VRB,",
        "24VRB%20",
        "24VRB-",
        "24VRB%E2%80%94",
        "24%C2%ADVRB",
        "24VRB./",
    ],
)
def test_an_address_typed_by_hand_opens_its_stop(world: World, first: str, typed: str) -> None:
    answer = world.phone("kk").get(f"/{first}/{typed}")
    assert (answer.status_code, answer.location) == (302, "/kk/stops/memorial-hall")


@pytest.mark.parametrize("typed", ["24VRН", "24VRВВ", "24VRC/", "24VR/B", "４２ＶＲＢ", "24VRB//x"])
def test_a_wrong_code_is_no_better_for_its_look_alikes(world: World, typed: str) -> None:
    assert world.phone().get(f"/q/{typed}").status_code == 404


def test_the_interface_for_programs_folds_a_code_as_well(world: World) -> None:
    assert world.phone().get("/api/v1/stops/24vrв.").status_code == 200


def test_a_scan_folds_the_letter_o_to_zero(world: World) -> None:
    assert world.phone("kk").get("/q/oae86").location == "/kk/stops/welcome"


def test_a_scan_is_never_kept(world: World) -> None:
    answer = world.phone().get(f"/Q/{ALASH}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_a_scan_sets_no_cookie(world: World) -> None:
    assert "Set-Cookie" not in world.phone().get(f"/Q/{ALASH}").headers


@pytest.mark.parametrize(
    "code",
    [
        "11RR2",  # wrong check character
        "1R1R1",  # two characters changed places
        "ZZZZZ",
        SPARE,  # not published yet
        "11RR",
        "11RR11",
        "%00",
        "11RR1%00",
        "%F0%9F%98%80",
        "1" * 5000,
        "%D9%A1%D9%A1RR1",  # Arabic digits are no characters of a code
        "..%2F..%2Fmuseum.toml",
        "' OR 1=1 --",
    ],
)
def test_a_code_that_leads_nowhere_answers_404_with_the_keypad(world: World, code: str) -> None:
    answer = world.phone("en").get(f"/Q/{code}")
    page = Markup(answer.text)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.one("form")["action"] == "/en/number"
    assert page.one("input", name="number")["name"] == "number"


def test_an_unknown_code_is_told_in_the_visitors_language(world: World) -> None:
    assert Markup(world.phone("ru").get("/Q/ZZZZZ").text).one("html")["lang"] == "ru"


def test_an_unknown_code_keeps_its_address_when_the_language_is_changed(world: World) -> None:
    phone = world.phone("ru")
    page = Markup(phone.get("/Q/ZZZZZ").text)
    answer = phone.get(page.one("a", hreflang="kk")["href"], follow_redirects=True)
    assert answer.request.path == "/Q/ZZZZZ"
    assert Markup(answer.text).one("html")["lang"] == "kk"


def test_a_retired_code_answers_410_kindly_with_the_keypad(world: World) -> None:
    retire_alash(world)
    answer = world.phone("en").get(f"/Q/{ALASH}")
    page = Markup(answer.text)
    assert answer.status_code == 410
    assert page.one("h1").text == "This stop is no longer part of the guide"
    assert "We know this label" in page.one("main").text
    assert page.one("form")["action"] == "/en/number"


def test_a_retired_stops_page_answers_410(world: World) -> None:
    retire_alash(world)
    assert world.phone().get("/kk/stops/alash").status_code == 410


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en;q=0.2,kk;q=0.9", "kk"),
        ("de,fr;q=0.9,en;q=0.1", "en"),
        ("de", "kk"),
        ("", "kk"),
        ("kk;q=0,en", "en"),
        (";;q=,\x7f", "kk"),
        ("x" * 5000, "kk"),
    ],
)
def test_the_phones_languages_choose_and_the_museums_is_the_last_resort(
    world: World, accepted: str, expected: str
) -> None:
    assert world.phone(accepted).get(f"/Q/{ALASH}").location == f"/{expected}/stops/alash"


def test_the_museum_chooses_its_default_language(world: World) -> None:
    phone = world.phone("de", DEFAULT_LANGUAGE="en")
    assert phone.get(f"/Q/{ALASH}").location == "/en/stops/alash"


def test_a_language_once_chosen_goes_before_the_phones(world: World) -> None:
    phone = world.phone("ru")
    phone.get("/language/kk?to=/kk/")
    assert phone.get(f"/Q/{ALASH}").location == "/kk/stops/alash"


def test_a_cookie_that_names_no_language_is_passed_over(world: World) -> None:
    phone = world.phone("ru")
    phone.set_cookie("language", "<script>")
    assert phone.get(f"/Q/{ALASH}").location == "/ru/stops/alash"
