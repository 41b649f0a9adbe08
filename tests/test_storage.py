from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audioguide import storage
from audioguide.errors import AskedWrongly
from audioguide.storage import HASH_DIGITS, FolderStore, check_file, make_folder, write_whole

HOURS_AGO = time.time() - 2 * 3600

# Writes through a pipe's worth of bytes and is killed before it could have finished.
KILLED_IN_THE_MIDDLE = """
import os, sys
from pathlib import Path
from audioguide.storage import FolderStore

def stop_before_the_end(descriptor):
    print("written, not yet named", flush=True)
    sys.stdin.read()

os.fsync = stop_before_the_end
FolderStore(Path(sys.argv[1])).keep(b"sound" * 100_000, "mp3")
"""


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    made = FolderStore(tmp_path / "generated")
    made.prepare()
    return made


def names(store: FolderStore) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir())


def test_what_is_kept_can_be_read(store: FolderStore) -> None:
    name = store.keep(b"a sound", "mp3")
    assert store.has(name)
    assert store.read(name) == b"a sound"


def test_the_name_is_the_hash_of_the_very_bytes(store: FolderStore) -> None:
    content = os.urandom(5000)
    digits, _, kind = store.keep(content, "mp3").partition(".")
    assert (digits, kind) == (hashlib.sha256(content).hexdigest()[:HASH_DIGITS], "mp3")


def test_the_same_bytes_have_one_file(store: FolderStore) -> None:
    assert store.keep(b"a sound", "mp3") == store.keep(b"a sound", "mp3")
    assert len(names(store)) == 1


def test_sound_and_cues_with_the_same_bytes_are_two_files(store: FolderStore) -> None:
    assert store.keep(b"x", "mp3") != store.keep(b"x", "vtt")


@pytest.mark.parametrize("name", ["0" * 32 + ".mp3", "", ".", ".."])
def test_what_is_not_kept_is_nothing(store: FolderStore, name: str) -> None:
    assert not store.has(name)
    assert store.read(name) is None


def test_nothing_but_the_file_is_left_behind(store: FolderStore) -> None:
    kept = store.keep(b"a sound", "mp3")
    assert names(store) == [kept]


def test_a_writer_killed_in_the_middle_leaves_no_sound(store: FolderStore) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(store.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().startswith("written")
        writer.send_signal(signal.SIGKILL)
    assert [Path(name).suffix for name in names(store)] == [".part"]
    assert store.read(store.keep(b"sound" * 100_000, "mp3")) == b"sound" * 100_000


def test_what_a_killed_writer_left_is_cleared_at_the_next_start(store: FolderStore) -> None:
    left = store.folder / "0123.mp3.abcd.part"
    left.write_bytes(b"half")
    os.utime(left, (HOURS_AGO, HOURS_AGO))
    kept = store.keep(b"a sound", "mp3")
    os.utime(store.folder / kept, (HOURS_AGO, HOURS_AGO))
    store.prepare()
    assert names(store) == [kept]


def test_a_writer_at_work_is_not_disturbed_by_a_start(store: FolderStore) -> None:
    (store.folder / "0123.mp3.abcd.part").write_bytes(b"half")
    store.prepare()
    assert names(store) == ["0123.mp3.abcd.part"]


def test_writing_again_replaces_the_whole_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"a long first key")
    write_whole(tmp_path / "key", b"short")
    assert (tmp_path / "key").read_bytes() == b"short"


def test_a_reader_of_the_old_file_never_sees_the_new_one_grow(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"a long first key")
    (tmp_path / "as opened before").hardlink_to(tmp_path / "key")
    write_whole(tmp_path / "key", b"short")
    assert (tmp_path / "as opened before").read_bytes() == b"a long first key"


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(OSError, match="key"):
        write_whole(tmp_path / "key", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_below_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AskedWrongly) as raised:
        make_folder(tmp_path / "file" / "generated")
    assert str(raised.value) == (
        f"The folder {tmp_path}/file/generated cannot be written: "
        f"{tmp_path}/file is a file, not a folder."
    )


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody may write")
def test_a_folder_nobody_may_write_is_refused_in_one_line() -> None:
    with pytest.raises(AskedWrongly, match=r"^The folder /proc/guide cannot be written: .+\.$"):
        make_folder(Path("/proc/guide"))


def test_a_part_of_a_file_is_read_alone(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    name = store.keep(b"a sound", "mp3")
    assert store.read(name, 2, 5) == b"sou"
    assert store.read(name, 2) == b"sound"
    assert store.read(name, 5, 99) == b"nd"
    assert store.size_bytes(name) == 7
    assert store.size_bytes("nothing") is None


def test_a_file_is_kept_byte_for_byte_under_the_name_of_its_bytes(
    store: FolderStore, tmp_path: Path
) -> None:
    given = tmp_path / "voice.m4a"
    given.write_bytes(b"sound" * 700_000)
    name = store.keep_file(given, "m4a")
    assert name == store.keep(given.read_bytes(), "m4a")
    assert store.path(name).read_bytes() == given.read_bytes()
    assert store.is_whole(name)
    assert names(store) == [name]


def test_a_file_that_is_gone_leaves_nothing_behind(store: FolderStore, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store.keep_file(tmp_path / "gone.m4a", "m4a")
    assert names(store) == []


def test_the_missing_right_is_named_with_folder_user_and_owner(tmp_path: Path) -> None:
    refused = storage._missing_right(tmp_path / "a" / "b", PermissionError(errno.EPERM, "no"))
    assert "open" in str(refused)  # this very user may write there
    (tmp_path / "a").mkdir()
    refused = storage._missing_right(tmp_path / "a", PermissionError(errno.EACCES, "no"))
    owner = (tmp_path / "a").owner()
    words = f"{owner} lacks the right to write in {tmp_path / 'a'}, which belongs to {owner}"
    assert str(refused) == words


def test_a_disk_that_is_mounted_read_only_is_named_as_that(tmp_path: Path) -> None:
    refused = storage._missing_right(tmp_path, OSError(errno.EROFS, "no"))
    assert str(refused) == "the disk is mounted read-only"


def test_what_another_user_left_half_written_refuses_no_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    part, ahead = tmp_path / "old.part", tmp_path / "ahead.part"
    for path, moment in ((part, 0), (ahead, time.time() + 86_400)):
        path.touch()
        os.utime(path, (moment, moment))
    monkeypatch.setattr("os.utime", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr("audioguide.storage.make_folder", lambda _: None)
    FolderStore(tmp_path).prepare()
    assert part.exists()


def test_a_file_that_may_not_be_written_names_the_missing_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "guide.sqlite3"
    check_file(file)  # it is not there yet
    file.touch()
    check_file(file)
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(AskedWrongly, match=r"lacks the right to write in .*guide\.sqlite3, which"):
        check_file(file)
