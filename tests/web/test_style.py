from __future__ import annotations

import re

import pytest

from audioguide.web.pages import STYLE

LIGHT, DARK = "light", "dark"
TEXT_PAIRS = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("ember", "paper"),
    ("paper", "ink"),
    ("ink", "mark"),
]
SIGN_PAIRS = [("ember", "paper"), ("soft", "paper")]  # borders of fields, dots, outlines


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root\{[^}]*?(--[^}]*)\}", STYLE)
    return dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", light if scheme == LIGHT else dark))


def luminance(colour: str) -> float:
    """Compute the relative luminance (WCAG 2.2, definition of the same name)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_agrees_with_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, ink: str, ground: str) -> None:
    known = colours(scheme)
    assert contrast(known[ink], known[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize(("sign", "ground"), SIGN_PAIRS)
def test_signs_stand_out_from_their_ground(scheme: str, sign: str, ground: str) -> None:
    known = colours(scheme)
    assert contrast(known[sign], known[ground]) >= 3


def test_both_schemes_know_the_same_colours() -> None:
    assert colours(LIGHT).keys() == colours(DARK).keys() >= {"paper", "ink", "soft", "ember"}


def test_no_colour_is_used_that_was_not_looked_at() -> None:
    rules = re.sub(r":root\{[^}]*\}", "", STYLE)
    assert not re.findall(r"#[0-9a-f]{3,8}\b", rules)
    assert set(re.findall(r"[^-\w]color:([^;}]+)", rules)) <= {
        "inherit",
        "var(--ink)",
        "var(--soft)",
        "var(--ember)",
        "var(--paper)",
        "CanvasText",
        "MarkText",
    }


def test_an_older_browser_loses_no_rule_beside_one_that_it_does_not_know() -> None:
    """A list of selectors is dropped whole where one of them is unknown, as :has() once was."""
    selectors = re.findall(r"(?:^|[{}])([^{}@]+)\{", STYLE)
    having = [each for each in selectors if ":has(" in each]
    assert len(having) == 2
    assert [each for each in having if "," in each] == []
