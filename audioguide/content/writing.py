"""Write words as the text file of a pack has them, so that reading it gives the same words."""

from __future__ import annotations

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
