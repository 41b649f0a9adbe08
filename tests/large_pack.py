"""A museum with as many stops as one likes, each with its words in every language.

Every other stop has what a stop may lack: rows with gaps and rows without are written alike.
"""

from __future__ import annotations

from pathlib import Path

from audioguide import codes
from audioguide.languages import LANGUAGES
from museum import NOTES, TEXTS

STRUCTURE = """
[museum]
timezone = "Asia/Almaty"

[[hall]]
slug = "hall"
"""
STOP = """
[[stop]]
number = {number}
code = "{code}"
slug = "stop-{number}"
kind = "section"
hall = "hall"
"""
APPROVED = """
approved_by = "Zhanar"
approved_on = 2026-05-31
"""
TOUR = """
[[tour]]
slug = "all"
minutes = 600
stops = {stops}
"""


def write_large_pack(folder: Path, stops: int) -> Path:
    """Write a pack with so many stops, one hall and a tour along all of them."""
    structure = STRUCTURE
    places = [("museum", "Museum"), ("halls/hall", "Hall"), ("tours/all", "Everything")]
    for number in range(stops):
        structure += STOP.format(number=number, code=code(number)) + APPROVED * (number % 2)
        places.append((f"stops/{number}-stop-{number}", f"Stop {number}"))
    folder.mkdir(parents=True)
    walk = TOUR.format(stops=list(range(stops)))
    (folder / "museum.toml").write_text(structure + walk, encoding="utf-8")
    for where, title in places:
        (folder / where).mkdir(parents=True)
        for language in LANGUAGES:
            words = "" if where == "halls/hall" else TEXTS[language].format(title=title)
            if where.startswith("stops/") and int(title.split()[1]) % 2:
                words = f"Label: Stop\n> {NOTES[language]}\n\n{words}"
            (folder / where / f"{language}.md").write_text(f"# {title}\n{words}\n", "utf-8")
    return folder


def code(number: int) -> str:
    """Return the code of a stop: a digit first, so that it is right whatever follows."""
    body = "0"
    for power in (2, 1, 0):
        body += codes.ALPHABET[number // 32**power % 32]
    return body + codes.check_character(body)


def correct_every_text(folder: Path) -> None:
    """Correct a word of every stop in every language."""
    for path in (folder / "stops").glob("*/??.md"):
        path.write_text(path.read_text(encoding="utf-8") + "\n1937.\n", encoding="utf-8")


def touch_the_structure(folder: Path) -> None:
    """Write a remark into museum.toml, so that the pack is read again and says the same."""
    path = folder / "museum.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# the same\n", encoding="utf-8")
