from __future__ import annotations

import pytest

from audioguide.languages import Language
from audioguide.web.visitor import keypad
from audioguide.words import say
from markup import Markup
from museum import ALASH, World


@pytest.mark.parametrize(
    "typed",
    [
        "1",
        " 1 ",
        "01",
        "\u0661",
        "\u06f1",
        "\uff11",
        "1.",
        "1,",
        "\uff11\uff0e",
        "1 \u2013",
        "1\u200b",
        "\u202a1\u202c",
        "1\x00",
        "\xa01",
    ],
)
def test_a_number_leads_to_its_stop_however_it_was_typed(world: World, typed: str) -> None:
    answer = world.phone().get("/ru/number", query_string={"number": typed})
    assert (answer.status_code, answer.location) == (303, "/ru/stops/alash")


@pytest.mark.parametrize(
    "typed",
    ["№1", "№ 1", "#1", "N1", "n1", "No 1", "No. 1", "Nº1", "＃１", "(1)", "«1»", "(№1).", "[1]"],
)
def test_a_number_with_its_sign_leads_to_its_stop(world: World, typed: str) -> None:
    answer = world.phone().get("/ru/number", query_string={"number": typed})
    assert (answer.status_code, answer.location) == (303, "/ru/stops/alash")


def test_a_number_typed_with_spaces_is_one_number(world: World) -> None:
    answer = world.phone().get("/ru/number", query_string={"number": "1 4"})
    assert answer.location == "/ru/stops/memorial-hall"


@pytest.mark.parametrize(
    "typed",
    [
        "24VRВ",
        "24vrв.",
        "２４ＶＲＢ",
        "24\u00adVRB",
        "24VRB/",
        "№24VRB",
        "№ 24vrb",
        "#24VRB",
        "N24VRB",
        "No. 24VRB",
        "(24VRB)",
    ],
)
def test_a_code_is_found_however_it_was_typed(world: World, typed: str) -> None:
    answer = world.phone().get("/ru/number", query_string={"number": typed})
    assert (answer.status_code, answer.location) == (303, "/ru/stops/memorial-hall")


def test_zero_is_a_number(world: World) -> None:
    assert world.phone().get("/en/number?number=0").location == "/en/stops/welcome"


def test_a_code_typed_into_the_keypad_is_found_as_well(world: World) -> None:
    answer = world.phone().get("/ru/number", query_string={"number": ALASH.lower()})
    assert (answer.status_code, answer.location) == (303, "/ru/stops/alash")


@pytest.mark.parametrize(
    "typed",
    [
        "9",
        "101",  # not published yet
        "-1",
        "1.0",
        "1e0",
        "0x1",
        "9" * 5000,
        "\u00b2",
        "\u2460",
        "\U0001f600",
        "<script>alert(1)</script>",
        "{number}",
        "{0}",
        "%s",
        "11RR2",
        "' OR 1=1 --",
        "\ufffd",
    ],
)
def test_a_number_that_is_none_answers_404_with_the_keypad_and_a_sentence(
    world: World, typed: str
) -> None:
    answer = world.phone().get("/en/number", query_string={"number": typed})
    page = Markup(answer.text)
    problem = page.one("p", role="alert")
    assert answer.status_code == 404
    assert problem.text.startswith(f"There is no stop {typed[:12].strip()}")
    assert page.one("input", name="number")["aria-describedby"] == problem["id"]
    assert page.one("input", name="number")["aria-invalid"] == "true"
    assert page.one("title").text.startswith("There is no stop")
    assert [each.get("type") for each in page.all("script")] == ["module"]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\n\t", "\u200b"])
def test_nothing_typed_shows_the_keypad(world: World, typed: str) -> None:
    answer = world.phone().get("/en/number", query_string={"number": typed})
    assert answer.status_code == 200
    assert not Markup(answer.text).all("p", role="alert")


def test_no_control_character_reaches_the_page(world: World) -> None:
    answer = world.phone().get("/en/number", query_string={"number": "7\x00\x1b\u202e7"})
    assert "There is no stop 77." in answer.text
    assert not {"\x00", "\x1b", "\u202e"} & set(answer.text)


def test_the_keypad_has_a_label_and_asks_the_phone_for_digits(world: World) -> None:
    page = Markup(world.phone().get("/kk/number").text)
    assert page.one("label", for_="number")["for"] == page.one("input", name="number")["id"]
    assert page.one("label", for_="number").text == say(
        Language("kk"), "Enter the number on the label."
    )
    assert page.one("input", name="number")["inputmode"] == "numeric"
    assert page.one("form")["action"] == "/kk/number"


def test_the_keypad_says_when_a_typed_code_was_retired(world: World) -> None:
    structure = (world.media / "museum.toml").read_text(encoding="utf-8")
    start = structure.index("[[stop]]\nnumber = 1\n")
    world.edit("museum.toml", structure[start : structure.index("[[stop]]", start + 1)], "")
    world.bring()
    answer = world.phone().get("/en/number", query_string={"number": ALASH})
    assert answer.status_code == 404
    assert Markup(answer.text).one("p", role="alert").text.startswith("This stop is no longer part")


def test_whoever_has_no_keys_taps_a_number(world: World) -> None:
    for address in ("/ru/number", "/ru/number?number=77"):
        page = Markup(world.phone().get(address).text)
        links = [each for each in page.all("a") if "main" in each.around]
        assert [(each.text, each["href"]) for each in links] == [
            ("0. Добро пожаловать", "/ru/stops/welcome"),
            ("1. Лидеры Алаша", "/ru/stops/alash"),
            ("2. Голод", "/ru/stops/famine"),
            ("14. Зал поклонения", "/ru/stops/memorial-hall"),
        ]


def test_a_guide_with_very_many_stops_has_its_keypad_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keypad, "MOST_TO_CHOOSE_FROM", 3)
    page = Markup(world.phone().get("/ru/number").text)
    assert page.one("input", name="number")
    assert not [each for each in page.all("a") if "main" in each.around]
