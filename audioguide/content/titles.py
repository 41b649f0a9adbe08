"""Titles and names that come from elsewhere than a file: what may be one."""

from __future__ import annotations

from audioguide import characters
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import parse_words
from audioguide.errors import AskedWrongly


def title_of(written: str, option: str) -> str:
    """Return a title in one line, as a text file may have it; raise AskedWrongly for any other.

    ``option`` is what whoever wrote it calls it.
    """
    title = " ".join(characters.plain(written).split())
    if not title:
        raise AskedWrongly("{option} is empty. Write a name.", option=option)
    mistakes = Mistakes(option)
    parse_words(f"# {title}\n", mistakes, needs_text=False)
    if hidden := [title[place] for place in characters.refused(title)]:
        raise AskedWrongly(
            "{option} contains an invisible character ({hidden}).",
            option=option,
            hidden=characters.numbered(hidden[0]),
        )
    if mistakes.findings:
        wrong = mistakes.findings[0]
        raise AskedWrongly("{option}: {what} {do}", option=option, what=wrong.what, do=wrong.do)
    return title
