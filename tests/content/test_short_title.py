from __future__ import annotations

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.text import Words, parse_words
from audioguide.errors import PackBroken
from museum import World

TEXT = "\n\nOne. Two.\n\n## Sources\n- A book.\n"


def parse(content: str, *, has_label: bool = True) -> tuple[Words | None, list[str]]:
    mistakes = Mistakes("en.md")
    words = parse_words(content, mistakes, needs_text=True, has_label=has_label)
    return words, [str(each) for each in mistakes.findings]


@pytest.mark.parametrize(
    "line", ["Label: Camps", "label:Camps", "LABEL :  Camps ", "\tLabel: Camps"]
)
def test_the_line_below_the_title_is_the_short_title(line: str) -> None:
    words, _ = parse(f"# Map of Labour Camps\n{line}{TEXT}")
    assert words == Words("Map of Labour Camps", None, "One. Two.", ("A book.",), "Camps")


def test_a_content_note_follows_the_short_title() -> None:
    words, _ = parse(f"# Map of Labour Camps\nLabel: Camps\n> Of hunger.{TEXT}")
    assert words is not None
    assert (words.label, words.content_note) == ("Camps", "Of hunger.")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"# The Famine\n\nLabel: Famine{TEXT}", 3),
        (f"Label: Famine\n# The Famine{TEXT}", 1),
        (f"# The Famine\n> A note.\nLabel: Famine{TEXT}", 3),
        ("# The Famine\n\nOne.\nLabel: Famine\nTwo.\n", 4),
        (f"# The Famine{TEXT}Label: Famine\n", 7),
        (f"# The Famine\nLabel: Famine\nLabel: Hunger{TEXT}", 3),
    ],
)
def test_a_short_title_in_another_place_is_refused_with_its_line(content: str, line: int) -> None:
    words, said = parse(content)
    assert words is None
    assert f"en.md:{line}: The line Label: is in the wrong place." in said[0]


@pytest.mark.parametrize("short", ["", "  ", "The Famine", "The Famine of the years"])
def test_a_short_title_that_is_not_shorter_is_refused(short: str) -> None:
    words, said = parse(f"# The Famine\nLabel: {short}{TEXT}")
    assert words is None
    assert said[0].startswith("en.md:2: The line Label: is for a title that is shorter")


def test_marks_in_a_short_title_are_refused_with_its_line() -> None:
    words, said = parse(f"# The Great Famine\nLabel: **Famine**{TEXT}")
    assert words is None
    assert said[0].startswith("en.md:2: **Famine** would appear with these symbols.")


def test_what_stands_below_a_short_title_keeps_its_line() -> None:
    _, said = parse("# The Famine\nLabel: Famine\n\n- A list.\n")
    assert said[0].startswith("en.md:4: Lists do not work when spoken.")


def test_a_text_without_a_short_title_has_the_digest_that_it_had() -> None:
    words = Words("T", None, "One.", ("A.",))
    assert words.digest == Words("T", None, "One.", ("A.",), None).digest
    assert words.digest != Words("T", None, "One.", ("A.",), "S").digest


@pytest.mark.parametrize("file", ["museum/ru.md", "halls/exposition/ru.md", "tours/short/ru.md"])
def test_only_a_stop_has_a_label(world: World, file: str) -> None:
    path = world.media / file
    title, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{title}\nLabel: К\n{rest}", encoding="utf-8")
    with pytest.raises(PackBroken, match=f"{file}:2: Only a stop has a label"):
        world.bring()
