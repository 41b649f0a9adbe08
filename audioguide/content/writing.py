"""Write words as the text file of a pack has them, so that reading it gives the same words."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from audioguide import files
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import SOURCES, Words, parse_words
from audioguide.errors import PackBroken


def text_file(words: Words) -> str:
    """Write the words of a stop as its text file, a paragraph a line."""
    head = [f"# {words.title}", *([f"Label: {words.label}"] if words.label else [])]
    parts = ["\n".join(head)]
    if words.content_note:
        parts.append(f"> {words.content_note}")
    parts += words.paragraphs
    if words.sources:
        parts.append("\n".join((SOURCES, *(f"- {each}" for each in words.sources))))
    return "\n\n".join(parts) + "\n"


def readable_file(words: Words, shown_as: str) -> str:
    """Write the words of a stop as its text file; raise PackBroken where it would be refused.

    A rule may be younger than an old version.
    """
    written = text_file(words)
    mistakes = Mistakes(shown_as)
    parse_words(written, mistakes, needs_text=True)
    if mistakes.findings:
        raise PackBroken(mistakes.findings)
    return written


def put_in_place(path: Path, content: bytes, taken: bytes | None) -> bool:
    """Write a file whole, if it still holds what was ``taken`` or, for None, is not there.

    Return False, with the file as somebody has just saved it, otherwise. The old file is moved
    away before it is compared, and ours never takes a name that is in use: so no save is lost that
    comes between, by whatever way an editor saves. Raise OSError, with the old file in its place.
    """
    mark = secrets.token_hex(4)
    part, aside = (path.with_name(f"{path.name}.{mark}.{end}") for end in ("part", "aside"))
    try:
        _write(part, content, path)
        if taken is None:
            return _link(part, path)
        path.rename(aside)
        try:
            if files.read(aside) == taken and _link(part, path):
                if files.read(aside) == taken:
                    return True
                aside.replace(path)  # it was written to meanwhile by who had it open
        finally:
            if not files.is_there(path):
                _link(aside, path)
        return False
    finally:
        for each in (part, aside):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)


def _write(part: Path, content: bytes, like: Path) -> None:
    """Write a file that has the rights and, where that may be, the owner of another."""
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if files.is_there(like):
        known = like.stat()
        if hasattr(os, "chown"):
            with contextlib.suppress(OSError):  # only its owner and root may give it away
                os.chown(part, known.st_uid, known.st_gid)
        part.chmod(known.st_mode & 0o7777)


def _link(part: Path, path: Path) -> bool:
    """Give a file its name, unless that is in use; tell whether it was free."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links, as FAT: nearly as good
        if files.is_there(path):
            return False
        part.rename(path)
    return True
