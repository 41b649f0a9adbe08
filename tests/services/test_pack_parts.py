from __future__ import annotations

from pathlib import Path

import pytest

from audioguide import codes
from audioguide.content import writing
from audioguide.content.reading import read_pack, read_whole
from audioguide.errors import AskedWrongly, AudioguideError, PackBroken
from audioguide.kinds import KNOWN, THE_SEVEN
from audioguide.languages import LANGUAGES, Language
from audioguide.services import pack_parts
from audioguide.services.pack_parts import add_hall, add_kind, add_stop, add_tour, codes_given
from museum import ALASH, STRUCTURE, World, write_pack

RU = Language("ru")


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "media")


def structure(media: Path) -> str:
    return (media / "museum.toml").read_text(encoding="utf-8")


def test_a_stop_has_a_code_a_folder_and_a_file_in_every_language(media: Path) -> None:
    added = add_stop(media, 18, "section", "The Lamp", ())
    assert codes.is_code(added.code)
    assert added.folder == media / "stops/18-the-lamp"
    assert [path.name for path in added.files] == [f"{each}.md" for each in LANGUAGES]
    assert {path.read_text(encoding="utf-8") for path in added.files} == {"# The Lamp\n\n…\n"}
    stop = next(stop for stop in read_pack(media).stops if stop.number == 18)
    assert (stop.slug, stop.kind, stop.published) == ("the-lamp", "section", False)
    assert stop.words == {}


def test_what_museum_toml_said_before_it_says_still(media: Path) -> None:
    remarked = structure(media).replace("[[tour]]", "# Our tours, all of them:\n[[tour]]  # short")
    (media / "museum.toml").write_text(remarked, encoding="utf-8")
    added = add_stop(media, 3, "section", "The Lamp", ())
    block = (
        f'[[stop]]\nnumber = 3\ncode = "{added.code}"\nslug = "the-lamp"\nkind = "section"\n'
        'hall = "exposition"\npublished = false\n\n'
    )
    assert structure(media).replace(block, "") == remarked


def test_a_stop_stands_behind_the_one_with_the_next_lower_number(media: Path) -> None:
    added = add_stop(media, 3, "section", "The Lamp", ())
    assert [stop.number for stop in read_pack(media).stops] == [0, 1, 2, 3, 14, 101]
    assert added.after == 2


def test_a_stop_is_in_the_hall_of_the_one_before_it_or_in_that_which_is_named(media: Path) -> None:
    add_stop(media, 15, "hall", "Beside", ())
    add_stop(media, 16, "hall", "Elsewhere", (), hall="exposition", slug="elsewhere-now")
    halls = {stop.slug: stop.hall for stop in read_pack(media).stops}
    assert (halls["beside"], halls["elsewhere-now"]) == ("memorial", "exposition")


def test_a_lower_number_than_all_others_stands_first(media: Path) -> None:
    text = structure(media).replace("number = 0", "number = 5").replace("[0, 2", "[5, 2")
    (media / "museum.toml").write_text(text, encoding="utf-8")
    (media / "stops/0-welcome").rename(media / "stops/5-welcome")
    assert add_stop(media, 0, "welcome", "Hello", ()).after is None
    assert read_pack(media).stops[0].number == 0


def test_a_title_without_latin_letters_has_its_kind_and_number_for_a_slug(media: Path) -> None:
    assert add_stop(media, 18, "sculpture", "Шам", ()).slug == "sculpture-18"


def test_no_code_is_ever_given_twice(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def make(taken: frozenset[str]) -> str:
        asked.append(taken)
        return "2BB6G"

    monkeypatch.setattr(codes, "make", make)
    add_stop(media, 18, "section", "The Lamp", {"9ZK8S"})
    assert {"9ZK8S", ALASH} <= asked[0]


def test_codes_of_stops_that_are_gone_are_taken(world: World) -> None:
    world.bring()
    world.edit("museum.toml", ALASH, "9ZK8S")
    world.bring()
    with world.database.reading() as session:
        assert {"9ZK8S", ALASH} <= codes_given(session)


@pytest.mark.parametrize(
    ("number", "kind", "title", "more", "said"),
    [
        (2, "section", "A", {}, "The number 2 is that of famine. The next free one is 3."),
        (-1, "section", "A", {}, "NUMBER must be a whole number"),
        (10_000, "section", "A", {}, "NUMBER must be a whole number"),
        (18, "lamp", "A", {}, "The kind lamp is not known. Allowed: welcome, section"),
        (18, "section", "", {}, "--title"),
        (18, "section", "**A**", {}, "--title"),
        (18, "section", "A", {"hall": "cellar"}, "The hall cellar is not known. Allowed: expo"),
        (18, "section", "A", {"slug": "The Lamp"}, "The Lamp is not a slug."),
        (18, "section", "A", {"slug": "famine"}, "The slug famine is taken."),
    ],
)
def test_what_cannot_be_a_stop_changes_nothing(
    media: Path, number: int, kind: str, title: str, more: dict[str, str], said: str
) -> None:
    before = sorted(media.rglob("*"))
    with pytest.raises(AskedWrongly) as wrong:
        add_stop(media, number, kind, title, (), **more)
    assert str(wrong.value).startswith(said)
    assert structure(media) == STRUCTURE
    assert sorted(media.rglob("*")) == before


def test_a_folder_that_is_there_is_not_written_into(media: Path) -> None:
    (media / "stops/18-the-lamp").mkdir()
    with pytest.raises(AskedWrongly, match="is there already"):
        add_stop(media, 18, "section", "The Lamp", ())
    assert list((media / "stops/18-the-lamp").iterdir()) == []
    assert structure(media) == STRUCTURE


def test_nothing_is_added_to_a_structure_that_is_broken(media: Path) -> None:
    (media / "museum.toml").write_text(STRUCTURE + "this is none\n", encoding="utf-8")
    with pytest.raises(PackBroken):
        add_stop(media, 18, "section", "The Lamp", ())
    assert not (media / "stops/18-the-lamp").exists()


def test_a_block_that_cannot_be_added_is_given_to_be_added_by_hand(media: Path) -> None:
    content = structure(media).encode("utf-16")
    (media / "museum.toml").write_bytes(content)
    with pytest.raises(AudioguideError, match=r"Add this by hand:\n\[\[hall\]\]\nslug = "):
        add_hall(media, "yard", "The Yard")
    assert (media / "museum.toml").read_bytes() == content
    assert not (media / "halls/yard").exists()


def test_whoever_saves_at_the_same_moment_loses_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(path: Path, content: bytes, taken: bytes | None) -> bool:
        path.write_bytes((taken or b"") + b"# saved\n")
        return writing.put_in_place(path, content, taken)

    monkeypatch.setattr(pack_parts, "put_in_place", saved_meanwhile)
    with pytest.raises(AudioguideError, match="was changed at the same moment"):
        add_hall(media, "yard", "The Yard")
    assert structure(media) == f"{STRUCTURE}# saved\n"
    assert not (media / "halls/yard").exists()


def test_a_hall_is_whole_at_once(media: Path) -> None:
    add_hall(media, "yard", "The Yard")
    hall = read_pack(media).halls[-1]
    assert (hall.slug, hall.words[RU].title) == ("yard", "The Yard")
    assert add_stop(media, 18, "hall", "Gate", (), hall="yard").after == 14


def kind(media: Path, slug: str, *, is_route: bool = False, is_person: bool = False) -> None:
    add_kind(media, slug, "Workshop", is_route=is_route, is_person=is_person)


def test_a_kind_is_whole_at_once_and_takes_no_other_away(media: Path) -> None:
    kind(media, "workshop")
    pack = read_pack(media)
    assert pack.all_kinds.slugs == (*THE_SEVEN.slugs, "workshop")
    for each, known in zip(pack.all_kinds, KNOWN, strict=False):
        assert (each.is_route, each.is_person) == (known.is_route, known.is_person)
    words = {language: each.title for language, each in pack.kinds[-1].words.items()}
    assert words == dict.fromkeys(LANGUAGES, "Workshop")


def test_a_further_kind_is_one_block_more(media: Path) -> None:
    kind(media, "workshop")
    before = structure(media)
    kind(media, "maker", is_person=True)
    assert structure(media) == f'{before}\n[[kind]]\nslug = "maker"\nperson = true\n'


def test_the_route_goes_over_to_a_kind_of_the_museum(media: Path) -> None:
    kind(media, "workshop", is_route=True)
    pack = read_pack(media)
    assert [each.slug for each in pack.all_kinds if each.is_route] == ["workshop"]
    added = add_stop(media, 18, None, "The Lamp", ())
    assert 'kind = "workshop"' in structure(media).partition(added.code)[2]
    before = structure(media)
    with pytest.raises(AskedWrongly, match="The route line follows the kind workshop"):
        kind(media, "maker", is_route=True)
    assert structure(media) == before
    assert not (media / "kinds/maker").exists()


@pytest.mark.parametrize("slug", ["section", "Workshop", "a b", "ұста", "a" * 65])
def test_what_cannot_be_a_kind_changes_nothing(media: Path, slug: str) -> None:
    before = sorted(media.rglob("*"))
    with pytest.raises(AskedWrongly):
        kind(media, slug)
    assert structure(media) == STRUCTURE
    assert sorted(media.rglob("*")) == before


def test_a_stop_may_be_of_a_kind_that_was_just_added(media: Path) -> None:
    kind(media, "workshop")
    add_stop(media, 18, "workshop", "The Lamp", ())
    assert {stop.kind for stop in read_pack(media).stops} > {"workshop", "section"}


def test_a_tour_awaits_its_description(media: Path) -> None:
    add_tour(media, "children", "For Children", 20, [2, 0])
    reading = read_whole(media)
    assert {each.where for each in reading.findings} == {
        f"media/tours/children/{language}.md:3" for language in LANGUAGES
    }
    for language in LANGUAGES:
        path = media / f"tours/children/{language}.md"
        path.write_text("# For Children\n\nFor all who are small.\n", encoding="utf-8")
    assert read_pack(media).tours[-1].stops == (2, 0)


@pytest.mark.parametrize(
    ("slug", "minutes", "stops", "said"),
    [
        ("short", 20, [0], "The slug short is taken."),
        ("Short", 20, [0], "Short is not a slug."),
        ("x", 0, [0], "A tour takes from 1 to 600 minutes."),
        ("x", 20, [], "A tour leads along published stops, each once. Their numbers: 0, 1, 2, 14."),
        ("x", 20, [0, 0], "A tour leads along published stops"),
        ("x", 20, [0, 101], "A tour leads along published stops"),
    ],
)
def test_what_cannot_be_a_tour_changes_nothing(
    media: Path, slug: str, minutes: int, stops: list[int], said: str
) -> None:
    with pytest.raises(AskedWrongly) as wrong:
        add_tour(media, slug, "Title", minutes, stops)
    assert str(wrong.value).startswith(said)
    assert structure(media) == STRUCTURE
