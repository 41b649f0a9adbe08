"""Open what people put into a folder, so that nothing that lies there holds the guide up."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path

from audioguide.errors import Unreadable, message

MOST_TEXT_BYTES = 200_000  # a hundred times what is said at a stop; more was never meant as a text
# A pipe that nobody writes to is waited for in open() without end. Windows has none of these.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def open_file(path: Path) -> io.BufferedReader:
    """Open a file for reading; raise OSError, and Unreadable for a pipe, a device, a folder.

    It is looked at before it is opened, since opening alone moves some devices, and again once it
    is open, since another may have taken its place.
    """
    _refuse_others(path, os.stat(path).st_mode)  # noqa: PTH116  as below
    descriptor = os.open(path, _FLAGS)
    try:
        _refuse_others(path, os.fstat(descriptor).st_mode)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read(path: Path, most_bytes: int = MOST_TEXT_BYTES) -> bytes:
    """Read a file; raise OSError as ``open_file`` does, and Unreadable for a larger one."""
    with open_file(path) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        most_kb = most_bytes // 1000
        raise Unreadable(path, message("it has more than {most} KB", most=most_kb))
    return content


def is_there(path: Path) -> bool:
    """Tell whether something lies there, though it may be no file, or one that nobody may read."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_folder(path: Path) -> bool:
    """Tell whether a folder lies there, though it may be one that nobody may look into."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def entries(folder: Path) -> list[Path]:
    """Give what lies in a folder itself, in order; nothing where it cannot be listed."""
    try:
        return sorted(folder.iterdir())
    except OSError:  # named with what should lie in it
        return []


def below(folder: Path) -> tuple[list[Path], list[Path]]:
    """Give all that lies in a folder and its folders, in order, and the folders nobody may list.

    Links to folders are not followed: they may lead round in a circle.
    """
    found: list[Path] = []
    closed: list[Path] = []
    waiting = [folder]
    while waiting:  # no recursion: folders may lie in one another more deeply than it goes
        each = waiting.pop()
        try:
            with os.scandir(each) as entries:
                for entry in entries:
                    is_folder = entry.is_dir(follow_symlinks=False)
                    (waiting if is_folder else found).append(each / entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            closed.append(each)
    return sorted(found), sorted(closed)


def digest(path: Path, most_bytes: int) -> str:
    """Compute the SHA-256 of a file; what cannot be read, or is larger, has a mark instead."""
    try:
        with open_file(path) as file:
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes > most_bytes:
                return f"{size_bytes} bytes"
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.errno}"


def holds(path: Path, content: bytes) -> bool:
    """Tell whether a file is there and has this content, byte for byte."""
    return digest(path, len(content)) == hashlib.sha256(content).hexdigest()


def _refuse_others(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise Unreadable(path, message("it is a folder, not a file"))
    if stat.S_ISFIFO(mode):
        raise Unreadable(path, message("it is a pipe between programs, not a file"))
    if stat.S_ISSOCK(mode):
        raise Unreadable(path, message("it is a socket of a program, not a file"))
    raise Unreadable(path, message("it is a device, not a file"))
