"""A log that is not the database's own is put aside, and none that is; nothing else is touched."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from audioguide import ownership
from audioguide.db import Database
from audioguide.errors import AskedWrongly
from museum import World
from started import command

pytestmark = pytest.mark.thorough

MARKS = "guide.sqlite3-marks"

# Opens the guide as every command does, writes rows one by one, and is killed with all of them in
# the log. It says how many it has written.
WRITER = """
import sqlite3, sys, time
from audioguide.operations.opening import open_guide
from audioguide.settings import Settings
from sqlalchemy import text
opened = open_guide(Settings.from_environment(), lambda said: print(said, file=sys.stderr))
with opened.database.writing() as session:
    session.execute(text("CREATE TABLE IF NOT EXISTS tally (number INTEGER)"))
for number in range(int(sys.argv[1])):
    with opened.database.writing() as session:
        session.execute(text("INSERT INTO tally VALUES (1)"))
print("written", flush=True)
sys.stdin.readline()
if sys.argv[2:] == ["leave"]:
    sys.exit()
time.sleep(60)
"""


class Guide:
    """A data folder of its own, and what is done to it."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.environment = folder, world.environment()
        self.environment |= {"AUDIOGUIDE_DATA": str(folder)}
        self.file = folder / "guide.sqlite3"

    def writer(self, rows: int, *how: str) -> subprocess.Popen[str]:
        """Start a process that has written rows, and still has the database open."""
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(rows), *how],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        return process

    def killed(self, rows: int) -> None:
        """Write rows and be killed."""
        with self.writer(rows) as process:
            process.send_signal(signal.SIGKILL)
            process.wait(30)

    def left(self, rows: int) -> None:
        """Write rows and end in order."""
        with self.writer(rows, "leave") as process:
            process.communicate("\n", timeout=60)

    def rows(self) -> int:
        with closing(sqlite3.connect(self.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return int(connection.execute("SELECT count(*) FROM tally").fetchone()[0])

    def starts(self) -> str:
        """Open it as a command does, and return what that says."""
        done = command("staff", "list", environment=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    @property
    def log(self) -> Path:
        return self.folder / "guide.sqlite3-wal"

    def aside(self) -> list[Path]:
        return sorted(self.folder.glob("*.foreign-*"))


@pytest.fixture
def guide(tmp_path: Path, world: World) -> Guide:
    return Guide(tmp_path / "data", world)


@pytest.fixture
def backup(guide: Guide, tmp_path: Path) -> Path:
    """A copy of the database with five rows, of an earlier run of the guide."""
    guide.left(5)
    return Path(shutil.copy2(guide.file, tmp_path / "backup.sqlite3"))


def test_a_backup_copied_over_the_database_of_a_killed_guide_holds(
    guide: Guide, backup: Path
) -> None:
    guide.killed(20)
    assert guide.log.stat().st_size
    shutil.copyfile(backup, guide.file)
    said = guide.starts()
    assert said == (
        "guide.sqlite3-wal belonged to another database than the one that lies there now, "
        "and was put aside.\n"
    )
    assert guide.rows() == 5
    assert [path.name[:24] for path in guide.aside()] == ["guide.sqlite3-wal.foreign"[:24]]
    assert guide.starts() == ""
    assert guide.rows() == 5


def test_a_backup_in_the_journal_of_old_copied_over_it_holds(guide: Guide, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    guide.killed(20)
    backup.replace(guide.file)
    assert "put aside" in guide.starts()
    assert guide.rows() == 5


def test_a_whole_backup_folder_copied_over_that_of_a_killed_guide_holds(
    guide: Guide, backup: Path, tmp_path: Path
) -> None:
    shutil.copytree(guide.folder, tmp_path / "whole")
    guide.killed(20)
    shutil.copytree(tmp_path / "whole", guide.folder, dirs_exist_ok=True)
    assert "put aside" in guide.starts()
    assert guide.rows() == 5


def test_a_hot_journal_of_another_database_is_put_aside(guide: Guide, backup: Path) -> None:
    guide.killed(20)
    guide.log.unlink()
    (guide.folder / "guide.sqlite3-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 64)
    shutil.copyfile(backup, guide.file)
    assert "guide.sqlite3-journal belonged" in guide.starts()
    assert guide.rows() == 5


def test_a_killed_guide_loses_no_row(guide: Guide) -> None:
    for _ in range(3):
        guide.killed(20)
    assert guide.starts() == ""
    assert guide.rows() == 60
    assert guide.aside() == []


def test_a_folder_that_was_moved_with_its_log_loses_no_row(guide: Guide, tmp_path: Path) -> None:
    guide.killed(20)
    guide.folder.rename(tmp_path / "elsewhere")
    shutil.copytree(tmp_path / "elsewhere", guide.folder)
    assert guide.starts() == ""
    assert guide.rows() == 20


def test_a_database_that_was_moved_without_its_marks_loses_no_row(guide: Guide) -> None:
    guide.killed(20)
    (guide.folder / MARKS).unlink()
    assert guide.starts() == ""
    assert guide.rows() == 20


def test_a_log_after_a_restore_is_the_databases_own(guide: Guide, backup: Path) -> None:
    guide.killed(20)
    for path in (guide.log, guide.folder / "guide.sqlite3-shm"):
        path.unlink()
    shutil.copyfile(backup, guide.file)
    guide.killed(20)
    assert guide.starts() == ""
    assert guide.rows() == 25


def test_nothing_is_put_aside_while_another_process_has_the_database_open(
    guide: Guide, backup: Path
) -> None:
    with guide.writer(20) as running:
        shutil.copyfile(backup, guide.file)  # nobody should; it must not become worse by a start
        done = command("staff", "list", environment=guide.environment)
        assert done.returncode == 2
        assert done.stderr.startswith("guide.sqlite3-wal belongs to another database than")
        assert done.stderr.count("\n") == 1
        assert guide.log.stat().st_size
        running.kill()
    assert guide.aside() == []


def test_a_log_is_kept_that_this_very_process_has_open(guide: Guide, backup: Path) -> None:
    guide.killed(20)
    database = Database(f"sqlite:///{guide.file}")
    with database.reading() as session:
        session.connection().exec_driver_sql("SELECT 1 FROM tally").all()
    shutil.copyfile(backup, guide.file)
    with pytest.raises(AskedWrongly, match="cannot be put aside"):
        ownership.check(guide.file)
    assert guide.log.stat().st_size
    database.close()


@pytest.mark.parametrize("made_empty", [False, True])
def test_a_log_whose_database_is_away_is_kept_for_the_day_on_which_it_is_put_back(
    guide: Guide, tmp_path: Path, *, made_empty: bool
) -> None:
    guide.killed(20)
    guide.file.rename(tmp_path / "away")
    if made_empty:
        guide.file.touch()
    assert guide.starts() == (
        "guide.sqlite3-wal belongs to a database that is no longer there, and was put aside.\n"
    )
    (kept,) = guide.aside()
    for path in guide.folder.glob("guide.sqlite3*"):
        if path != kept:
            path.unlink()
    (tmp_path / "away").rename(guide.file)
    kept.rename(guide.log)
    assert guide.starts() == ""
    assert guide.rows() == 20


def test_whoever_leaves_in_order_leaves_the_database_alone(guide: Guide) -> None:
    guide.left(5)
    assert guide.names() == {"guide.sqlite3", "guide.sqlite3-reserve"}


def test_a_command_that_ends_beside_a_running_guide_leaves_its_mark(
    guide: Guide, backup: Path
) -> None:
    with guide.writer(20) as running:
        guide.starts()
        assert MARKS in guide.names()
        running.kill()
        running.wait(30)
    shutil.copyfile(backup, guide.file)
    if guide.log.stat().st_size:  # else there is nothing to undo the restore
        assert "put aside" in guide.starts()
    assert guide.rows() == 5


@pytest.fixture
def held(guide: Guide) -> Iterator[sqlite3.Connection]:
    """A connection that writes, and does not end."""
    guide.left(1)
    with closing(sqlite3.connect(guide.file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_a_mark_waits_for_nobody_who_writes(guide: Guide, held: sqlite3.Connection) -> None:
    before = guide.names() - {"guide.sqlite3-wal", "guide.sqlite3-shm"}
    ownership.mark(guide.file)
    assert guide.names() - {"guide.sqlite3-wal", "guide.sqlite3-shm"} == before
    held.execute("INSERT INTO tally VALUES (1)")
    held.execute("COMMIT")
    assert guide.rows() == 2


def test_a_reader_that_keeps_the_log_from_being_emptied_costs_no_row(guide: Guide) -> None:
    guide.left(1)
    with closing(sqlite3.connect(guide.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM tally").fetchall()
        guide.killed(20)
        guide.killed(20)
    assert guide.starts() == ""
    assert guide.rows() == 41


def test_a_full_disk_keeps_the_marks_of_before(
    guide: Guide, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    guide.killed(20)
    before = (guide.folder / MARKS).read_text()
    monkeypatch.setattr(ownership, "write_whole", full)
    ownership.mark(guide.file)
    assert (guide.folder / MARKS).read_text() == before
    monkeypatch.undo()
    assert guide.starts() == ""
    assert guide.rows() == 25


def test_a_database_of_another_program_is_refused_and_left_alone(guide: Guide) -> None:
    guide.folder.mkdir()
    with closing(sqlite3.connect(guide.file)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("CREATE TABLE photos (name TEXT)")
    before = guide.file.read_bytes()
    done = command("check", environment=guide.environment)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "guide.sqlite3 is the database of another program." in done.stderr
    assert guide.file.read_bytes() == before


def test_a_database_with_the_number_of_another_program_is_refused(guide: Guide) -> None:
    guide.left(1)
    with closing(sqlite3.connect(guide.file)) as connection:
        connection.execute("PRAGMA application_id = 252006674")  # Fossil
    with pytest.raises(AskedWrongly, match="another program"):
        ownership.check(guide.file)


def test_a_database_of_an_older_version_becomes_ours(guide: Guide) -> None:
    guide.left(1)
    with closing(sqlite3.connect(guide.file)) as connection:
        connection.execute("PRAGMA application_id = 0")
        connection.execute("PRAGMA user_version = 0")
    assert guide.starts() == ""
    with closing(sqlite3.connect(guide.file)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (ownership.APPLICATION,)
        assert connection.execute("PRAGMA user_version").fetchone() != (0,)


@pytest.mark.parametrize("content", [None, b"", b"This is no database at all, but a letter."])
def test_what_is_no_database_is_nobodys(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "guide.sqlite3"
    if content is not None:
        file.write_bytes(content)
    assert ownership.check(file) is None
    ownership.mark(tmp_path / "none.sqlite3")
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_folder_with_a_difficult_name_is_a_folder_like_another(
    world: World, tmp_path: Path
) -> None:
    guide = Guide(tmp_path / "мұражай №1?mode=memory#50%", world)
    guide.left(5)
    copied = Path(shutil.copy2(guide.file, tmp_path / "backup.sqlite3"))
    guide.killed(20)
    shutil.copyfile(copied, guide.file)
    assert "put aside" in guide.starts()
    assert guide.rows() == 5
