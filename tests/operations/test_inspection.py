from __future__ import annotations

import pytest

from audioguide.errors import Grade
from audioguide.operations.inspection import inspect
from museum import World


def test_what_lies_beside_the_texts_is_brought_before_it_is_looked_at(spoken_world: World) -> None:
    spoken_world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    inspect(spoken_world.opened())
    assert "Go slowly." in spoken_world.phone("en").get("/en/stops/alash").text


def test_a_broken_pack_is_all_that_is_said(world: World) -> None:
    world.edit("stops/2-famine/en.md", "# ", "")
    found = inspect(world.opened())
    assert {each.grade for each in found} == {Grade.ERROR}
    assert {each.where.partition(":")[0] for each in found} == {"media/stops/2-famine/en.md"}


def test_a_recording_in_a_language_that_we_do_not_have_is_found(spoken_world: World) -> None:
    (spoken_world.media / "stops/1-alash/de.take.wav").write_bytes(b"RIFF")
    said = [each.where for each in inspect(spoken_world.opened())]
    assert [each for each in said if each.endswith("stops/1-alash/de.take.wav")]


def test_a_mistake_in_a_list_of_the_museum_leaves_the_rest_looked_at(world: World) -> None:
    (world.media / "proof").mkdir()
    (world.media / "proof/lengths.toml").write_text("[text]\nkk = [150, 105]\n", "utf-8")
    found = inspect(world.opened())
    (wrong,) = [each for each in found if each.grade is Grade.ERROR]
    assert str(wrong) == (
        "media/proof/lengths.toml:2: kk must be the fewest and the most words, in this order. "
        "For example: kk = [75, 120]"
    )
    assert [each for each in found if each.where == "sound"]


@pytest.mark.parametrize("page", ["museum", "halls/memorial", "tours/short"])
def test_a_figure_that_a_page_lacks_in_one_language_is_found(world: World, page: str) -> None:
    (world.media / "proof").mkdir()
    for language in ("kk", "en"):
        path = world.media / page / f"{language}.md"
        title, rest = path.read_text("utf-8").split("\n", 1)
        path.write_text(f"{title} 1937\n{rest}", "utf-8")
    told = [each for each in inspect(world.opened()) if "The figure 1937" in str(each)]
    assert [each.where for each in told] == [f"media/{page}/ru.md:1"]
