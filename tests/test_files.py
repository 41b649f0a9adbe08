from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide import files
from audioguide.errors import is_no_room, plain_reason, reason_of_system


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # the whole path may be longer than a socket's name


NO_FILES: dict[str, Callable[[Path], object]] = {
    "it is a pipe between programs, not a file": os.mkfifo,
    "it is a socket of a program, not a file": _socket,
    "it is a folder, not a file": Path.mkdir,
    "it is a device, not a file": lambda path: path.symlink_to("/dev/zero"),
    "it is a link that leads back to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("reason", NO_FILES)
def test_what_is_no_file_is_refused_in_plain_words_and_nothing_waits(
    tmp_path: Path, reason: str
) -> None:
    path = tmp_path / "en.md"
    NO_FILES[reason](path)
    with pytest.raises(OSError, match=r".") as raised:
        files.read(path)
    assert str(plain_reason(raised.value)) == reason
    assert files.is_there(path)
    assert files.digest(path, 1000).startswith("unreadable")


def test_a_pipe_that_somebody_writes_to_is_no_file_either(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "en.md")
    writer = os.open(tmp_path / "en.md", os.O_RDWR)
    os.write(writer, b"# A title")
    with pytest.raises(OSError, match="pipe"):
        files.read(tmp_path / "en.md")
    os.close(writer)


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_bytes(b"a" * 200_001)
    with pytest.raises(OSError, match="it has more than 200 KB"):
        files.read(tmp_path / "en.md")
    assert files.digest(tmp_path / "en.md", 200_000) == "200001 bytes"


def test_what_is_absent_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nothing")
    (tmp_path / "file").touch()
    assert not any(files.is_there(tmp_path / name) for name in ("no", "link", "file/en.md"))


def test_folders_within_folders_beyond_any_recursion_are_walked_through(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(1200):
        deep /= "d"
        deep.mkdir()
    (deep / "en.md").touch()
    (tmp_path / "round").symlink_to(tmp_path)
    found, closed = files.below(tmp_path)
    assert found == [deep / "en.md", tmp_path / "round"]
    assert closed == []
    (deep / "en.md").unlink()
    for folder in (deep, *deep.parents[:1199]):  # deeper than what tidies up after tests can go
        folder.rmdir()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_and_a_used_up_share_are_one(number: int) -> None:
    error = OSError(number, os.strerror(number))
    assert is_no_room(error)
    assert str(reason_of_system(error)) == "The disk is full."


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOENT])
def test_the_reason_is_not_the_systems_words(number: int) -> None:
    assert str(plain_reason(OSError(number, os.strerror(number)))) != os.strerror(number)
