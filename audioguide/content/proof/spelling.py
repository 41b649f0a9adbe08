"""Whether every word is in a dictionary or in our own list, and our list holds nothing unused.

Our list is for proper names and museum terms alone. A Kazakh word is known too when hunspell
knows what is left of it without its endings: its affixes join one ending to a word, the
language joins several.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audioguide.content.proof import hunspell
from audioguide.content.proof.entries import Entry, read_entries
from audioguide.content.proof.texts import StopText, Word
from audioguide.errors import Finding, Grade, message
from audioguide.languages import Language, facts, lookalikes

_LETTERS_THAT_STAY = 0.7  # адаевец, адаевцев: an ending may change the end of a word


@dataclass(frozen=True)
class OwnWord:
    """A word of our list, the model whose endings it takes or "", and the stop that needs it."""

    word: str
    model: str
    stop: str
    entry: Entry

    @property
    def listed(self) -> str:
        """The line for hunspell's personal dictionary."""
        return f"{self.word}/{self.model}" if self.model else self.word

    def may_be(self, word: str) -> bool:
        """Tell whether a word may be this one, with an ending if it has a model."""
        if word in (self.word, self.word.upper(), _capitalised(self.word)):
            return True
        letters = min(math.ceil(len(self.word) * _LETTERS_THAT_STAY), len(self.word) - 1)
        stem = self.word[:letters]
        return bool(self.model) and word.lower().startswith(stem.lower())


def read_own_words(content: str, file: str) -> tuple[OwnWord, ...]:
    """Read a list "word<TAB>stop" or "word/model<TAB>stop"; raise PackBroken naming bad lines."""
    return tuple(_own_word(entry) for entry in read_entries(content, file, columns=2))


def check(
    texts: Sequence[StopText], own_words: Mapping[Language, Sequence[OwnWord]]
) -> Iterator[Finding]:
    """Find words that nobody knows, entries of our lists that no text uses, and a missing hunspell.

    hunspell is called once for each language that has a text.
    """
    for language in dict.fromkeys((*own_words, *(text.language for text in texts))):
        told = [text for text in texts if text.language == language]
        listed = own_words.get(language, ())
        yield from _unused(told, listed)
        if told:
            yield from _unknown(told, language, listed)


def _own_word(entry: Entry) -> OwnWord:
    word, _, model = entry.columns[0].partition("/")
    return OwnWord(word, model, entry.columns[1], entry)


def _unused(texts: Sequence[StopText], listed: Sequence[OwnWord]) -> Iterator[Finding]:
    used = {str(text.number): set(_parts_of(text)) for text in texts}
    for each in listed:
        if not any(each.may_be(word) for word in used.get(each.stop, ())):
            yield each.entry.error(
                message("Stop {stop} does not use “{word}”.", stop=each.stop, word=each.word),
                message("Delete the line, or write the number of a stop that needs it."),
            )


def _unknown(
    texts: Sequence[StopText], language: Language, listed: Sequence[OwnWord]
) -> Iterator[Finding]:
    words = {part for text in texts for part in _parts_of(text)}
    asked = {form for word in words for form in _forms(word, language)}
    missing = hunspell.unknown(sorted(asked), language, [each.listed for each in listed])
    if missing is None:
        yield _not_checked(language)
        return
    unknown = {word for word in words if not _forms(word, language) - missing}
    for text in texts:
        for word in _words_of(text):
            if unknown & set(_parts(word.text)) and not _is_mixed(word.text, language):
                yield text.error(
                    word.line,
                    message("The dictionary does not know “{word}”.", word=word.text),
                    message(
                        "Correct it; a proper name or a museum term goes into "
                        "media/proof/spelling.{language}.txt.",
                        language=language,
                    ),
                )


def _is_mixed(word: str, language: Language) -> bool:
    """Tell whether a word has letters of another alphabet: no dictionary is to learn it so."""
    return next(lookalikes.strays(word, language), None) is not None


def _not_checked(language: Language) -> Finding:
    return Finding(
        Grade.NOTE,
        f"spelling {language}",
        message(
            "The spelling was not checked: hunspell or its dictionary is not installed, or does "
            "not answer."
        ),
        message(
            "On Debian: apt install hunspell {package}.", package=facts(language).dictionary_package
        ),
    )


def _words_of(text: StopText) -> Iterator[Word]:
    for passage in text.passages:
        yield from passage.words


def _parts_of(text: StopText) -> Iterator[str]:
    for word in _words_of(text):
        yield from _parts(word.text)


def _parts(word: str) -> list[str]:
    return word.replace("’", "'").split("-")


def _forms(word: str, language: Language) -> set[str]:
    forms = facts(language).forms
    if not forms.has_stems:
        return {word}
    return {form for each in (word, word[:1].lower() + word[1:]) for form in forms.stems(each)}


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]
