"""Prepare the scripts of texts, and notice which of them a changed lexicon or rule changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import characters, languages
from audioguide.content import sentences
from audioguide.errors import PackBroken
from audioguide.languages import Language
from audioguide.models import Transcript
from audioguide.services import museum_languages
from audioguide.services.narration.lexicons import lexicon
from audioguide.speech import script as rules
from audioguide.speech.script import Lexicon, prepare

if TYPE_CHECKING:
    from audioguide.speech.narration import Line

Script: TypeAlias = "tuple[tuple[Line, ...], ...]"
"""What a voice is given: by paragraph and sentence, as shown and as spoken."""


@dataclass(frozen=True)
class Prepared:
    """The digest of a text's script, and the key of all that it was prepared from."""

    digest: str
    key: str


def script(text: str, language: Language, words: Lexicon) -> Script:
    """Prepare a text for the voice: by paragraph and sentence, as shown and as spoken."""
    from audioguide.speech.narration import Line  # noqa: PLC0415  loads av, and most need no line

    return tuple(
        tuple(Line(shown=each, spoken=prepare(each, language, words)) for each in paragraph)
        for paragraph in sentences.split_text(text, language)
    )


def script_digest(lines: Script, espeak: str = "") -> str:
    """Compute the SHA-256 of what a voice is given to say, and as which voice of espeak-ng.

    ``espeak`` is the museum's choice among those, or nothing: the digests of most texts stay.
    """
    spoken = [[line.spoken for line in paragraph] for paragraph in lines]
    return _sha256(json.dumps([spoken, espeak] if espeak else spoken, ensure_ascii=False))


def prepare_changed(session: Session, media: Path) -> Mapping[int, Prepared]:
    """Prepare the texts whose words, lexicon or rules have changed, by the id of the transcript.

    Reads only, and costs next to nothing where nothing has changed. The texts of a language whose
    lexicon has mistakes keep their scripts.
    """
    languages = museum_languages.of_museum(session)
    lexicons = {each: found for each in languages if (found := _lexicon(media, each)) is not None}
    digests = {each: _sha256(repr(words.entries)) for each, words in lexicons.items()}
    changed = {}
    for text in session.scalars(select(Transcript)):
        language = text.language
        if language not in lexicons:
            continue
        espeak = languages.espeak(language)
        key = _sha256(f"{text.digest} {digests[language]} {_rules_digest()}{espeak}")
        if text.script_key != key:
            lines = script(text.text, language, lexicons[language])
            changed[text.id] = Prepared(script_digest(lines, espeak), key)
    return changed


def _lexicon(media: Path, language: Language) -> Lexicon | None:
    try:
        return lexicon(media, language)
    except PackBroken:
        return None


def keep(session: Session, changed: Mapping[int, Prepared]) -> None:
    """Write down the digests of scripts."""
    texts = session.scalars(select(Transcript)) if changed else ()
    for text in texts:
        if prepared := changed.get(text.id):
            text.script_digest, text.script_key = prepared.digest, prepared.key
    session.flush()


@cache
def _rules_digest() -> str:
    """Digest the code that prepares scripts: an update of the program may change what is said."""
    folders = (Path(rules.__file__).parent, Path(languages.__file__).parent)
    beside = (sentences, characters)
    files = [
        *sorted(path for each in folders for path in each.rglob("*.py")),
        *(Path(str(each.__file__)) for each in beside),
    ]
    return _sha256("\0".join(path.read_text(encoding="utf-8") for path in files))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
