"""A disk that is full, or whose file system is none for a database: on file systems of memory."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from museum import World

from .asking import KEPT, as_json
from .ground import Ground, Running, in_time, until
from .packs import has_old_words
from .signed_in import sign_in
from .trial import LeftOut, Look, trial

DISK = "24m"
AGAIN_S = 90.0  # what failed for want of room is tried again within so long
NETWORK_OR_FAT = re.compile(r"(?i)\bv?fat\b|file system|filesystem")


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount something over an empty folder; left out where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise LeftOut("only root can mount a file system")
    ended = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if ended.returncode:
        raise LeftOut(f"mount: {ended.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


@contextlib.contextmanager
def small_disk(world: World) -> Iterator[Path]:
    """Move a world's data and sound to a disk of 24 MB; give its folder."""
    data, store = world.settings.data, world.settings.store
    kept = world.folder / "kept"
    kept.mkdir()
    for each in (data, store):
        if each.exists():
            shutil.move(each, kept / each.name)
    disk = world.folder / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", f"size={DISK}", "none"):
        for each in (data, store):
            (disk / each.name).mkdir()
            if (kept / each.name).exists():
                shutil.copytree(kept / each.name, disk / each.name, dirs_exist_ok=True)
            each.symlink_to(disk / each.name)
        yield disk


def fill(disk: Path) -> Path:
    """Fill a disk to its last byte; return the file that does."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 65536)
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0")
    return filler


@trial(
    "F",
    "A start on a full disk serves what is there",
    done="data and sound on a tmpfs of 24 MB; the guide is killed, the disk filled; a new start",
    expected="the pages answer within 30 s; no line advises to move the folder away",
)
def full_start(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with small_disk(world) as disk:
        with ground.serving(world) as guide:
            guide.get(KEPT)
            for each in guide.web:
                os.kill(each, 9)
            guide.process.kill()
            time.sleep(1.5)
        fill(disk)
        with ground.serving(world, may_fail=True) as guide:
            _is_served(look, guide)
    return look


def _is_served(look: Look, guide: Running) -> None:
    up = until(lambda: has_old_words(guide), 3)
    status = guide.process.poll()
    look.at(bool(up), f"the page {in_time(up)}, status {status}; {guide.said[-200:]}")
    look.must("move the folder" not in guide.said, "advises to move the folder away")
    look.must("Traceback" not in guide.said, "a traceback")
    if up:
        page = guide.get("/staff/sign-in")
        look.at(page.status == 200, f"the sign-in page {page.said}")


@trial(
    "F",
    "What failed for want of room is tried again by itself",
    done="unspoken stops, a full disk until narrations failed; then room, and nothing is typed",
    expected="every stop sounds within 90 s",
)
def room_again(ground: Ground) -> Look:
    look = Look()
    world = ground.world(spoken=False)
    with small_disk(world) as disk, ground.serving(world, AUDIOGUIDE_WORKERS="2") as guide:
        filler = fill(disk)
        until(lambda: "failed" in guide.said, 60)
        before = sounding(guide)
        time.sleep(3)
        filler.unlink()
        whole = 12
        took = until(lambda: sounding(guide) == whole, AGAIN_S)
        look.at(bool(took), f"{before} of {whole} before, {sounding(guide)} {in_time(took)}")
    return look


def sounding(guide: Running) -> int:
    answer = as_json(guide.get("/api/v1/stops", timeout=2)) or {"stops": []}
    return sum(sound is not None for stop in answer["stops"] for sound in stop["audio"].values())


@trial(
    "F",
    "A full disk takes no page from anybody",
    done="the disk is filled under audioguide serve; pages, a sign-in, the web process killed",
    expected="pages answer, the sign-in is answered, and afterwards lets in",
)
def full_running(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with small_disk(world) as disk, ground.serving(world) as guide:
        filler = fill(disk)
        look.must(has_old_words(guide), "no page on a full disk")
        refused = sign_in(guide.port, timeout=10)
        look.at(refused.status in (303, 500, 503), f"a sign-in {refused.said}")
        for each in guide.web:
            os.kill(each, 9)
        took = until(lambda: has_old_words(guide), 12)
        look.at(bool(took), f"a killed web process is back {in_time(took)}")
        filler.unlink()
        let_in = sign_in(guide.port, timeout=10)
        look.at(let_in.status == 303, f"with room again {let_in.said}")
    return look


@trial(
    "I",
    "A data folder on a FAT file system is said in one line",
    done="the data folder on a vfat image, mounted by a loop device; audioguide serve",
    expected="the guide is up, and one line names the folder and its file system",
)
def fat(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    image = world.folder / "image"
    make = shutil.which("mkfs.vfat") or shutil.which("mkfs.fat")
    if make is None:
        raise LeftOut("mkfs.vfat is not here (Debian: dosfstools)")
    with image.open("wb") as file:
        file.truncate(48 << 20)
    subprocess.run([make, str(image)], check=True, capture_output=True)
    kept = world.folder / "kept"
    shutil.move(world.settings.data, kept)
    with mounted(world.settings.data, "-o", "loop", str(image)):
        shutil.copytree(kept, world.settings.data, dirs_exist_ok=True)
        with ground.serving(world, may_fail=True) as guide:
            up = until(lambda: has_old_words(guide), 3)
            time.sleep(1)
            lines = [line for line in guide.said.splitlines() if NETWORK_OR_FAT.search(line)]
            look.at(bool(up), f"the page {in_time(up)}; {guide.said[-160:]}")
            look.at(len(lines) == 1, f"{len(lines)} lines say so: {lines[:1]}")
    return look
