"""Mistakes in a pack that have always been named: texts, structure, pictures, recordings."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from functools import partial

import photographs

from .ground import Ground, Running, in_time, until
from .packs import SEEN_IN_S, follows, has_old_words
from .trial import Look, trial

TEXT = "stops/2-famine/en.md"
MISTAKES = {
    "museum.toml": b'[museum]\ntimezone = "Asia/Almaty\n',
    TEXT: "# The Famine\n\nслова\n".encode("cp1251"),
    "stops/2-famine/ru.md": b"",
    "stops/2-famine/kk.md": "# Ашаршылық\n\nслова\n".encode("utf-16"),
    "halls/exposition/en.md": b"# A\x00B\n",
}
PICTURES = {
    "cut": photographs.saved(photographs.photograph(800, 600))[:3000],
    "HTML": b"<!doctype html><p>no picture",
    "empty": b"",
}


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.mp3", b"\0" * 50_000_000)
    return made.getvalue()


TAKES = {
    "a picture": ("en.take.m4a", photographs.saved(photographs.photograph(80, 60))),
    "a zip": ("en.take.mp3", _zip()),
    "a play list": ("en.take.mp3", b"#EXTM3U\nfile:///etc/passwd\n"),
}


def _is_said(guide: Running, words: str, since: int) -> bool:
    return words in guide.said[since:]


def _named(files: Mapping[str, bytes], ground: Ground) -> Look:
    """Break files one after the other while the guide runs; each is named, then mended."""
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        for where, content in files.items():
            path = world.media / where
            had, before = path.read_bytes(), len(guide.said)
            path.write_bytes(content)
            name = where.removeprefix("stops/")
            took = until(partial(_is_said, guide, name, before), SEEN_IN_S)
            look.at(bool(took), f"{where} is named {in_time(took)}")
            look.must(has_old_words(guide), f"{where}: the old words are gone")
            path.write_bytes(had)
        follows(look, guide, "Take heart.")
        look.must("Traceback" not in guide.said, "a traceback")
    return look


trial(
    "Z",
    "Mistakes in texts and structure are named and the old words stay",
    done="5 broken files, one after the other, under audioguide serve",
    expected="each is named within 12 s, the page stays, a correction afterwards is seen",
)(partial(_named, MISTAKES))


@trial(
    "Z",
    "Bad pictures are named and the old ones stay",
    done="3 files that are no picture in the place of one, under audioguide serve",
    expected="each is named within 12 s, the page stays",
)
def pictures(ground: Ground) -> Look:
    look = Look()
    for name, content in PICTURES.items():
        each = _named({"stops/2-famine/picture.jpg": content}, ground)
        look.at(each.has_held, f"{name}: {each.seen}")
    return look


@trial(
    "Z",
    "Bad recordings are refused and the old sound stays",
    done="a picture, a zip and a play list as a recording, under audioguide serve",
    expected="the page and its sound stay, no file of the machine is read",
)
def recordings(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        before = guide.get("/api/v1/stops").body
        for what, (name, content) in TAKES.items():
            path = world.media / "stops/2-famine" / name
            at = len(guide.said)
            path.write_bytes(content)
            took = until(partial(_is_said, guide, "famine en", at), SEEN_IN_S)
            look.at(bool(took), f"{what} is noticed {in_time(took)}")
            time.sleep(3)
            look.must(guide.get("/api/v1/stops").body == before, f"{what} changed what is heard")
            look.must(has_old_words(guide), f"{what}: no page")
            path.unlink()
        look.must("root:x:0" not in guide.said, "a file of the machine was read")
        look.must("Traceback" not in guide.said, "a traceback")
    return look
