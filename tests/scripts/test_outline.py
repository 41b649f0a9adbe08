from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from museum import ROOT


@pytest.fixture(scope="module")
def outline() -> ModuleType:
    """The script, as a module: nothing of it fetches anything before it is asked to."""
    spec = importlib.util.spec_from_file_location("outline", ROOT / "scripts" / "outline.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TRANSFORM = {"scale": [0.5, 2.0], "translate": [60.0, 40.0]}


def test_an_arc_goes_in_steps_from_its_first_point(outline: ModuleType) -> None:
    points = outline.decoded([[2, 1], [1, 0], [-1, 3]], TRANSFORM)
    assert points == [(61.0, 42.0), (61.5, 42.0), (61.0, 48.0)]


def test_a_ring_is_joined_of_arcs_that_may_be_walked_backwards(outline: ModuleType) -> None:
    one, other = [(0, 0), (1, 0), (1, 1)], [(0, 0), (0, 1), (1, 1)]
    assert outline.joined([0, ~1], [one, other]) == [(0, 0), (1, 0), (1, 1), (0, 1)]


def test_every_part_of_a_country_is_taken_and_no_lake(outline: ModuleType) -> None:
    mainland, lake, island = [0, 1], [2], [3]
    country = {"type": "MultiPolygon", "arcs": [[mainland, lake], [island]]}
    assert outline.outer_rings(country) == [mainland, island]
    assert outline.outer_rings({"type": "Polygon", "arcs": [mainland, lake]}) == [mainland]
