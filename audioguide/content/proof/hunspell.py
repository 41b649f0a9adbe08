"""Spell checking by the program hunspell: which words it knows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from audioguide.languages import Language, facts

PROGRAM = "hunspell"
_LONGEST_SECONDS = 120


def unknown(
    words: Iterable[str], language: Language, own_entries: Sequence[str]
) -> frozenset[str] | None:
    """Return the words that hunspell does not know, or None where it or its dictionary is absent.

    None, too, where it does not answer. Some dictionaries take a word with an apostrophe for two;
    such a word is unknown when one of them is.
    ``own_entries`` are added to its dictionary: a word, or word/model for a word that takes the
    endings of a model (hunspell(1), personal dictionaries). Words must be of letters alone.
    """
    asked = tuple(words)
    program = shutil.which(PROGRAM)
    dictionary = facts(language).dictionary
    if program is None or not dictionary:
        return None
    with TemporaryDirectory() as folder:
        own = Path(folder) / "own"
        own.write_text("".join(f"{entry}\n" for entry in own_entries), encoding="utf-8")
        command = [program, "-l", "-i", "UTF-8", "-d", dictionary, "-p", str(own)]
        try:
            ended = subprocess.run(
                command,
                input="".join(f"{word}\n" for word in asked),
                capture_output=True,
                encoding="utf-8",
                timeout=_LONGEST_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return None
    if ended.returncode:
        return None
    said = set(ended.stdout.split())
    return frozenset(word for word in asked if word in said or said & set(word.split("'")))
