"""The languages of one museum: which, in what order, and what stands in for a missing text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from audioguide.languages.choosing import LANGUAGES, choose, parse
from audioguide.languages.knowledge import facts
from audioguide.languages.tags import Language

_FIRST_WORD = re.compile(r"\w{2,}")
USUAL = LANGUAGES
"""What a museum has that names none."""


@dataclass(frozen=True)
class Declared:
    """What a museum says itself of a language; what is empty the program knows, or CLDR."""

    name: str = ""
    short_name: str = ""
    espeak: str = ""
    fallback: Language | None = None


@dataclass(frozen=True)
class Languages:
    """The museum's languages in its own order, the first its default.

    Texts may be missing in those that are ``partial``, never in the first. ``shown_on_labels`` are
    those of labels, none where all are. ``words`` are the museum's own interface words: English
    sentence -> sentence.
    """

    tags: tuple[Language, ...] = USUAL
    partial: frozenset[Language] = frozenset()
    shown_on_labels: tuple[Language, ...] = ()
    declared: Mapping[Language, Declared] = field(default_factory=dict, hash=False)
    words: Mapping[Language, Mapping[str, str]] = field(default_factory=dict, hash=False)

    def __iter__(self) -> Iterator[Language]:
        return iter(self.tags)

    def __len__(self) -> int:
        return len(self.tags)

    def __contains__(self, language: object) -> bool:
        return language in self.tags

    @property
    def default(self) -> Language:
        """The first: every text is there in it."""
        return self.tags[0]

    @property
    def complete(self) -> tuple[Language, ...]:
        """Those in which no text may be missing."""
        return tuple(each for each in self.tags if each not in self.partial)

    @property
    def on_labels(self) -> tuple[Language, ...]:
        """Those in which labels are printed."""
        return self.shown_on_labels or self.tags

    def parse(self, text: str | None) -> Language | None:
        """Return which of them ``text`` names, as `languages.parse` reads it, or None."""
        return parse(text, self.tags)

    def preferred(self, wished: Language | None) -> Language:
        """Return the default, unless another one of them is ``wished`` in its place."""
        return self.parse(wished) or self.default

    def choose(
        self, chosen: str | None, accepted: str | None, wished: Language | None = None
    ) -> Language:
        """Choose a visitor's language, as `languages.choose` does; ``wished`` is the default."""
        return choose(chosen, accepted, self.preferred(wished), self.tags)

    def chain(self, language: Language) -> tuple[Language, ...]:
        """Return a language and those whose texts stand in where it has none, the nearest first."""
        return self._chains.get(language) or self._chain(language)

    @cached_property
    def _chains(self) -> Mapping[Language, tuple[Language, ...]]:
        return {language: self._chain(language) for language in self.tags}

    def _chain(self, language: Language) -> tuple[Language, ...]:
        chain = [language]
        while (following := self._fallback(chain[-1])) is not None and following not in chain:
            chain.append(following)
        return tuple(chain)

    def fallbacks(self, language: Language) -> tuple[Language, ...]:
        """Return the languages whose texts stand in for missing ones, the nearest first."""
        return self.chain(language)[1:]

    def with_words(self, words: Mapping[Language, Mapping[str, str]]) -> Languages:
        """Return the same with these interface words in the place of those that it had in them."""
        among = {each: known for each, known in {**self.words, **words}.items() if each in self}
        return replace(self, words=among)

    def _fallback(self, language: Language) -> Language | None:
        of_museum = self.declared.get(language, Declared()).fallback
        if of_museum is not None and of_museum in self.tags:
            return of_museum
        return None if language == self.default else self.default

    def espeak(self, language: Language) -> str:
        """Return how espeak-ng calls a language, or "" where the museum does not say."""
        return self.declared.get(language, Declared()).espeak

    def name(self, language: Language) -> str:
        """Return what speakers of a language call it."""
        return self.declared.get(language, Declared()).name or facts(language).name

    def short_name(self, language: Language) -> str:
        """Return the name in as few letters as buttons have; of two that are alike, the tag."""
        name = self._short_names.get(language) or self._short_name(language)
        others = (said for each, said in self._short_names.items() if each != language)
        return str(language) if name in others else name

    @cached_property
    def _short_names(self) -> Mapping[Language, str]:
        return {language: self._short_name(language) for language in self.tags}

    def _short_name(self, language: Language) -> str:
        return self.declared.get(language, Declared()).short_name or facts(language).short_name

    def called(self, language: Language) -> tuple[str, ...]:
        """Return what people call a language in the names of files, in small letters."""
        known = facts(language)
        own_name = _FIRST_WORD.search(self.name(language).lower())
        names = (language.lower(), known.iso_639_2, *known.called)
        return (*names, own_name.group()) if own_name else names
