from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide import codes

BODIES = st.text(codes.ALPHABET, min_size=4, max_size=4)


def check_by_polynomials(body: str) -> str:
    """The same field worked out another way: carry-less products, then one long division."""
    total = 0
    for power, character in enumerate(body, start=1):
        total ^= codes.ALPHABET.index(character) << power  # times x^power
    for degree in range(9, 4, -1):
        if total >> degree & 1:
            total ^= 0b100101 << (degree - 5)
    return codes.ALPHABET[total]


def with_check(body: str) -> str:
    return body + codes.check_character(body)


@pytest.mark.parametrize(("body", "check"), [("0001", "G"), ("7K2M", "Z"), ("Z9Z9", "X")])
def test_the_three_vectors_of_the_record_hold(body: str, check: str) -> None:
    assert codes.check_character(body) == check == check_by_polynomials(body)


def test_the_first_vector_can_be_worked_out_by_hand() -> None:
    # 0001: x^4 is 16, and the sixteenth character of the alphabet, counted from 0, is G.
    assert codes.ALPHABET[16] == "G" == codes.check_character("0001")


@given(BODIES)
def test_the_check_character_is_that_of_the_field(body: str) -> None:
    assert codes.check_character(body) == check_by_polynomials(body)


def test_every_single_wrong_character_is_found() -> None:
    chosen = random.Random(58)
    for _ in range(300):
        code = with_check("".join(chosen.choices(codes.ALPHABET, k=4)))
        for place, wrong in itertools.product(range(5), codes.ALPHABET):
            if wrong != code[place]:
                assert not codes.is_code(code[:place] + wrong + code[place + 1 :]), code


def test_every_two_characters_that_changed_places_are_found() -> None:
    chosen = random.Random(1937)
    for _ in range(3000):
        code = with_check("".join(chosen.choices(codes.ALPHABET, k=4)))
        for first, second in itertools.combinations(range(5), 2):
            swapped = list(code)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if swapped[first] != swapped[second]:
                assert not codes.is_code("".join(swapped)), code


@pytest.mark.parametrize(
    "typed", ["0ae86", "OAE86", "oae86", " 0A-E8 6 ", "0A E86\n", "0\u00a0A\u2009E86", "0-A-E-8-6"]
)
def test_what_a_person_types_folds_to_the_code(typed: str) -> None:
    assert codes.fold(typed) == "0AE86"


@pytest.mark.parametrize("typed", ["11RR1", "ilRRi", "LIrrL", "I1-RR-l"])
def test_letters_that_look_like_a_one_are_a_one(typed: str) -> None:
    assert codes.fold(typed) == "11RR1"


# Each letter that a Cyrillic keyboard has and that is drawn like a character of a code.
LOOK_ALIKES = {
    "А": "A", "В": "B", "Е": "E", "Н": "H", "К": "K", "М": "M", "Р": "P", "С": "C", "Т": "T",
    "У": "Y", "Ү": "Y", "Х": "X", "Һ": "H", "О": "0", "І": "1", "З": "3", "Ј": "J", "Ѕ": "S",
}  # fmt: skip


@pytest.mark.parametrize(("letter", "meant"), LOOK_ALIKES.items())
def test_a_cyrillic_letter_is_the_one_that_it_looks_like_in_either_case(
    letter: str, meant: str
) -> None:
    assert codes.fold(f"2{letter}4") == codes.fold(f"2{letter.lower()}4") == f"2{meant}4"


@pytest.mark.parametrize("letter", "БГҒДЖИЙҚЛҢӨПҰФЦЧШЩЪЫЬЭЮЯӘЁ")
def test_a_cyrillic_letter_that_is_drawn_otherwise_makes_no_code(letter: str) -> None:
    for place in range(5):
        typed = "24VRB"[:place] + letter + "24VRB"[place + 1 :]
        assert not codes.is_code(codes.fold(typed))


@given(BODIES, st.data())
def test_a_code_typed_on_a_cyrillic_keyboard_is_that_code(body: str, data: st.DataObject) -> None:
    code = with_check(body)
    twins: dict[str, list[str]] = {each: [each] for each in codes.ALPHABET}
    for letter, meant in LOOK_ALIKES.items():
        twins[meant] += [letter, letter.lower()]
    typed = "".join(data.draw(st.sampled_from(twins[each])) for each in code)
    assert codes.fold(typed) == code


def test_no_character_of_a_code_is_folded_to_another() -> None:
    assert codes.fold(codes.ALPHABET) == codes.ALPHABET


def test_a_wrong_letter_typed_in_cyrillic_is_found_by_the_check_character() -> None:
    assert codes.is_code(codes.fold("24VRВ"))
    assert not codes.is_code(codes.fold("24VRН"))
    assert not codes.is_code(codes.fold("24RVВ"))


@pytest.mark.parametrize(
    "typed",
    [
        "０ＡＥ８６",
        "０ａｅ８６．",
        "0AE86.",
        "0AE86,",
        "0AE86 ",
        "0AE86-",
        "0AE86\N{EN DASH}",
        "0AE86\N{EM DASH}",
        "0AE86/",
        "0AE86?!",
        "0AE86\N{HORIZONTAL ELLIPSIS}",
        "«0AE86»",
        "(0ae86).",
        "0AE\N{SOFT HYPHEN}86",
        "0AE86\N{SOFT HYPHEN}",
        "0AE\N{NON-BREAKING HYPHEN}86",
        "0AE\N{ZERO WIDTH SPACE}86",
        "\N{LEFT-TO-RIGHT MARK}0AE86",
        "0АЕ86.",
        "№0AE86",
        "№ 0ae86.",
        "(№0AE86)",
        "#0AE86",
    ],
)
def test_what_clings_to_a_code_is_no_part_of_it(typed: str) -> None:
    assert codes.fold(typed) == "0AE86"


@pytest.mark.parametrize("typed", ["0AE.86", "0A/E86", "0AE86=", "0AE86\x00", "0AE866", "²AE86"])
def test_what_stands_within_a_code_makes_it_none(typed: str) -> None:
    assert not codes.is_code(codes.fold(typed))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(typed: str) -> None:
    assert codes.fold(codes.fold(typed)) == codes.fold(typed)


@given(BODIES, st.data())
def test_a_code_is_read_however_it_is_written(body: str, data: st.DataObject) -> None:
    code = with_check(body)
    shapes = {"1": "1iIlL", "0": "0oO"}
    typed = "".join(
        data.draw(st.sampled_from(shapes.get(each, each + each.lower())))
        + data.draw(st.sampled_from(["", " ", "-", " - "]))
        for each in code
    )
    assert codes.fold(typed) == code


@given(st.text(max_size=8))
def test_any_text_is_a_code_or_none_without_a_crash(text: str) -> None:
    if codes.is_code(text):
        assert text[4] == check_by_polynomials(text[:4])


@pytest.mark.parametrize("text", ["", "0AE8", "0AE866", "0ae86", "UAE86", "0AE8é", "０AE86"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert not codes.is_code(text)


def test_four_letters_without_a_digit_are_no_code() -> None:
    assert not codes.is_code(with_check("ABCD"))


def test_a_character_outside_the_alphabet_has_no_check() -> None:
    with pytest.raises(ValueError, match="substring"):
        codes.check_character("UUUU")


def test_new_codes_are_codes_and_differ() -> None:
    made: set[str] = set()
    for _ in range(2000):
        made.add(codes.make(taken=made))
    assert len(made) == 2000
    assert all(codes.is_code(code) for code in made)


def test_a_code_that_was_ever_taken_is_not_made_again() -> None:
    class AllButOne:
        """Everything is taken until the thousandth time of asking."""

        asked = 0

        def __contains__(self, code: object) -> bool:
            self.asked += 1
            return self.asked < 1000

    taken = AllButOne()
    assert codes.is_code(codes.make(taken))
    assert taken.asked == 1000
