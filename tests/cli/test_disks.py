from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audioguide.cli import disks
from museum import World


def mounts(world: World, kind: str, above: Path | None = None) -> Path:
    """Write a mountinfo in which the data lies on a disk of a kind, at a name with a space."""
    place = str(above or world.folder).replace(" ", "\\040")
    file = world.folder / "mountinfo"
    file.write_text(
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        f"48 22 0:42 / {place} rw master:9 - {kind} server:/a rw\n"
        "49 22 0:43 / /proc rw - proc proc rw\n"
    )
    return file


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs", "virtiofs", "vboxsf"])
def test_a_network_drive_is_warned_of_in_one_line(world: World, kind: str) -> None:
    (said,) = disks.warnings(world.settings, mounts(world, kind))
    assert f"lies on a network drive ({kind})" in str(said)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("vfat", "a loss of power can damage"),
        ("exfat", "a loss of power can damage"),
        ("overlay", "goes with the container"),
        ("tmpfs", "gone after a restart"),
    ],
)
def test_what_does_not_keep_a_database_is_said(world: World, kind: str, words: str) -> None:
    (said,) = disks.warnings(world.settings, mounts(world, kind))
    assert words in str(said)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "fuseblk", "fuse.mergerfs"])
def test_a_disk_of_the_machine_is_not_spoken_of(world: World, kind: str) -> None:
    assert disks.warnings(world.settings, mounts(world, kind)) == ()


def test_a_volume_within_a_container_is_what_counts(world: World) -> None:
    file = mounts(world, "ext4")
    file.write_text("22 1 0:1 / / rw - overlay overlay rw\n" + file.read_text())
    assert disks.warnings(world.settings, file) == ()


def test_a_name_with_a_space_is_read_as_it_is(tmp_path: Path) -> None:
    world = World(tmp_path / "a place")
    (said,) = disks.warnings(world.settings, mounts(world, "nfs"))
    assert "a place" in str(said)
    world.close()


def test_where_there_is_no_such_file_nothing_is_said(world: World) -> None:
    assert disks.warnings(world.settings, world.folder / "none") == ()


@pytest.mark.parametrize("kind", ["nfs", "vfat"])
def test_the_setting_is_named_that_puts_the_database_there(world: World, kind: str) -> None:
    away = world.folder / "away"
    settings = replace(world.settings, database_url=f"sqlite:///{away}/guide.sqlite3")
    (said,) = disks.warnings(settings, mounts(world, kind, above=away))
    assert str(said).endswith("in AUDIOGUIDE_DATABASE_URL.")
    for said in disks.warnings(world.settings, mounts(world, kind)):
        assert str(said).endswith("in AUDIOGUIDE_DATA.")
