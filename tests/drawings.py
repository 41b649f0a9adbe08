"""A drawing for the tests: a square country with three places, and words for them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audioguide.languages import LANGUAGES, Language

OUTLINE = "# A square.\n60\t40\n80\t40\n80\t50\n60\t50\n"
MAP = """\
[map]
outline = "square"
sources = ["Made for a test"]

[[dot]]
number = 1
lat = 44.5
lon = 65.0

[[dot]]
number = 2
lat = 44.5
lon = 65.1

[[dot]]
number = 3
lat = 48
lon = 75
approximate = true

[[name]]
lat = 41
lon = 70
mark = true
kk = "Қала"
ru = "Город"
en = "Town"
"""
LINE = """\
[line]
sources = ["Made for a test"]

[[event]]
number = 1
year = 1928

[[event]]
number = 2
year = 1930
until = 1933

[[event]]
number = 3
year = 1988
"""
WORDS = """\
Three dots, {language}.

Made for a test, {language}.

1 The first, {language}
2 The second, {language}
3 The third, {language}
"""


def add_drawing(
    media: Path, slug: str, points: str = MAP, languages: Iterable[Language] = LANGUAGES
) -> Path:
    """Lay what a drawing is made from into a pack, and return the file of its points."""
    folder = media / "drawings"
    (folder / "outlines").mkdir(parents=True, exist_ok=True)
    (folder / "outlines" / "square.tsv").write_text(OUTLINE, encoding="utf-8")
    for language in languages:
        words = WORDS.format(language=language)
        (folder / f"{slug}.{language}.txt").write_text(words, encoding="utf-8")
    path = folder / f"{slug}.toml"
    path.write_text(points, encoding="utf-8")
    return path


def add_long_line(media: Path, slug: str) -> None:
    """Lay a line of time into a pack whose legend is so long that it is folded."""
    events = "".join(f"[[event]]\nnumber = {at}\nyear = {1920 + at}\n" for at in range(1, 12))
    add_drawing(media, slug, f'[line]\nsources = ["x"]\n{events}')
    for language in LANGUAGES:
        entries = "".join(f"{at} Year {at}\n" for at in range(1, 12))
        path = media / "drawings" / f"{slug}.{language}.txt"
        path.write_text(f"A line.\n\nOurs.\n\n{entries}", encoding="utf-8")
