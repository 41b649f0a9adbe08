from __future__ import annotations

import ast
from pathlib import Path

import audioguide
from audioguide.kinds import SECTION, THE_SEVEN, Kind, Kinds, known

LOOM, HOUSE = Kind("loom"), Kind("house", is_route=True)


def test_a_museum_that_declares_none_has_the_seven() -> None:
    assert Kinds() == THE_SEVEN
    assert len(THE_SEVEN.slugs) == 7
    assert [kind.slug for kind in THE_SEVEN if kind.is_person] == ["portrait"]


def test_the_route_line_follows_sections_where_nothing_else_is_said() -> None:
    assert THE_SEVEN.route == known(SECTION)


def test_a_museum_need_not_have_a_route() -> None:
    assert Kinds((LOOM,)).route is None
    assert Kinds((LOOM, HOUSE)).route == HOUSE


def test_a_new_stop_is_on_the_route_or_of_the_first_kind() -> None:
    assert Kinds((LOOM, HOUSE)).usual == HOUSE
    assert Kinds((LOOM,)).usual == LOOM


def test_of_a_kind_that_is_gone_nothing_is_known_but_its_slug() -> None:
    assert "section" not in Kinds((LOOM,))
    assert Kinds((LOOM,)).of("section") == Kind("section")
    assert known("loom") is None


def test_no_kind_is_named_anywhere_else_in_the_program() -> None:
    """`hall` and `welcome` are other things as well: of the rest none is looked for by its slug."""
    slugs = set(THE_SEVEN.slugs) - {"hall", "welcome"}
    program = Path(audioguide.__file__).parent
    named = {
        path.relative_to(program).as_posix()
        for path in program.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in slugs
    }
    assert named == {"kinds.py", "languages/known/english/script/signs.py"}  # how § is said
