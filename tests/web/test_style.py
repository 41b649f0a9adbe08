from __future__ import annotations

import re
from pathlib import Path

import pytest

import audioguide
from audioguide.web.style import BY_CHOICE, SECTIONS, sheet

STATIC, TEMPLATES = (
    Path(audioguide.__file__).parent / "web" / each for each in ("static", "templates")
)
PAGES = sorted(each for each in TEMPLATES.glob("*.html") if "{% extends" in each.read_text("utf-8"))
STYLE = sheet(BY_CHOICE).text
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


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_says_what_it_is_for_and_is_written_to_be_read(section: str) -> None:
    written = (STATIC / f"{section}.css").read_text(encoding="utf-8")
    assert re.match(r"/\* [A-Z].{20,}\. \*/\n", written)
    assert [each for each in written.splitlines() if each.count(";") > 1] == []
    assert max(map(len, written.splitlines())) <= 100


def test_a_page_carries_what_every_page_does_and_what_it_has_chosen() -> None:
    assert ".thumb{" in STYLE
    assert ".docked{" in STYLE
    assert ".docked{" not in sheet(["visitor"]).text
    assert ".thumb{" not in sheet(["visitor", "player"]).text
    for chosen in ([], ["visitor"], ["guide", "player"]):
        assert sheet(chosen).text.startswith(":root{color-scheme:")
        assert "@media print{html{" in sheet(chosen).text


def test_the_heading_of_a_legend_goes_from_paper_only_where_the_legend_opens_there() -> None:
    before, _, inside = sheet().text.partition("@supports selector(::details-content){")
    assert inside.startswith("figure summary{display:none}figure details::details-content{")
    assert "summary{display:none}" not in before + inside.partition("}}")[2]


def test_sections_stand_in_one_order_whatever_the_order_in_which_they_are_chosen() -> None:
    assert sheet(["guide", "player"]) == sheet(["player", "guide"])


def test_a_section_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no section of the style: \['players'\]"):
        sheet(["players"])


def test_what_is_sent_has_no_comment_and_keeps_the_spaces_that_count() -> None:
    assert "/*" not in STYLE
    assert "\n" not in STYLE
    assert "calc(50vw - 17.75rem)" in STYLE


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.name)
def test_a_page_names_the_sections_that_it_uses_and_no_other(template: Path) -> None:
    written = template.read_text(encoding="utf-8")
    for part in re.findall(r'{% include "([^"]+)"', written):
        written += (TEMPLATES / part).read_text(encoding="utf-8")
    named = re.search(r"{% set sections = \[(.*)\] %}", written)
    assert named
    chosen = re.findall(r"\w+", named[1])
    used = set(re.sub(r"{%.*?%}", " ", " ".join(re.findall(r'class="([^"]*)', written))).split())
    there = set().union(*(classes_of(each) for each in ("base", *chosen)))
    assert used & set().union(*map(classes_of, BY_CHOICE)) <= there
    assert [each for each in chosen if not used & (classes_of(each) - classes_of("base"))] == []


def classes_of(section: str) -> set[str]:
    written = (STATIC / f"{section}.css").read_text(encoding="utf-8")
    return set(re.findall(r"\.([a-z][\w-]*)", written))
