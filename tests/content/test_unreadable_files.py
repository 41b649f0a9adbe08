from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide.content.pack_files import pack_digest
from audioguide.content.proof.reading import read_lists
from audioguide.errors import PackBroken
from audioguide.services import importing, pack_watch
from museum import THREE, write_pack
from photographs import photograph

READ = [
    "museum.toml",
    "museum/kk.md",
    "halls/memorial/ru.md",
    "tours/short/en.md",
    "stops/1-alash/en.md",
    "stops/1-alash/guide.en.md",
    "stops/1-alash/picture.jpg",
    "stops/1-alash/picture.kk.txt",
    "lexicon/kk.tsv",
]


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "media")
    stop = folder / "stops/1-alash"
    (stop / "guide.en.md").write_text("Wait here.", "utf-8")
    photograph(400, 300).save(stop / "picture.jpg")
    for language in ("kk", "ru", "en"):
        (stop / f"picture.{language}.txt").write_text("A wall.\n\nThe museum.", "utf-8")
    (folder / "lexicon").mkdir()
    (folder / "lexicon/kk.tsv").write_text("АЛЖИР\tалжир\n", "utf-8")
    importing.read(folder)
    return folder


def named(media: Path) -> list[str]:
    with pytest.raises(PackBroken) as raised:
        importing.read(media)
    return [str(each) for each in raised.value.findings]


@pytest.mark.parametrize("where", READ)
def test_a_pipe_in_place_of_a_file_is_named(media: Path, where: str) -> None:
    (media / where).unlink()
    os.mkfifo(media / where)
    (said,) = [each for each in named(media) if "cannot be read" in each]
    assert said.startswith(f"media/{where}:1: The file cannot be read: it is a pipe")


@pytest.mark.parametrize("where", READ)
def test_a_folder_in_place_of_a_file_is_named(media: Path, where: str) -> None:
    (media / where).unlink()
    (media / where).mkdir()
    (said,) = [each for each in named(media) if "cannot be read" in each]
    assert said.startswith(f"media/{where}:1: The file cannot be read: it is a folder")


@pytest.mark.parametrize("where", READ)
def test_what_is_put_in_place_of_a_file_and_taken_out_again_is_seen(
    media: Path, where: str
) -> None:
    stamp, digest = pack_watch.pack_stamp(media), pack_digest(media)
    (media / where).rename(media.parent / "away")
    (media / where).symlink_to(Path(where).name)
    assert pack_watch.pack_stamp(media) != stamp
    (media / where).unlink()
    (media.parent / "away").rename(media / where)
    assert pack_watch.pack_stamp(media) != stamp  # moved: read once more
    assert pack_digest(media) == digest


@pytest.mark.parametrize("name", ["names.tsv", "avoid.kk.txt", "spelling.ru.txt", "lengths.toml"])
def test_a_pipe_among_the_lists_of_the_proof_room_is_named(media: Path, name: str) -> None:
    (media / "proof").mkdir()
    os.mkfifo(media / "proof" / name)
    with pytest.raises(PackBroken, match=f"media/proof/{name}:1: .* it is a pipe"):
        read_lists(media, THREE)


def test_a_change_of_rights_alone_is_seen(media: Path) -> None:
    stamp = pack_watch.pack_stamp(media)
    (media / "stops/1-alash/en.md").chmod(0o600)
    assert pack_watch.pack_stamp(media) != stamp
