"""Whether every person of the gallery is spelled one way in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audioguide.content.proof.entries import Entry, read_entries
from audioguide.content.proof.likeness import is_alike
from audioguide.content.proof.texts import StopText, Word
from audioguide.errors import Finding, message
from audioguide.languages import Language, Languages, facts


@dataclass(frozen=True)
class Spelling:
    """A person's name in one language: the one form, and others that may stand once at a stop."""

    name: str
    variants: tuple[str, ...] = ()

    @property
    def given(self) -> str:
        """The first name."""
        return self.name.split()[0]

    @property
    def surname(self) -> str:
        """The surname."""
        return self.name.split()[-1]

    @property
    def other_surnames(self) -> tuple[str, ...]:
        """The surnames of the variants."""
        return tuple(variant.split()[-1] for variant in self.variants)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the name and of its variants."""
        return tuple(" ".join((self.name, *self.variants)).split())


@dataclass(frozen=True)
class Person:
    """A person of the gallery by the slug of the portrait, and how the name is spelled."""

    slug: str
    spellings: Mapping[Language, Spelling]


def read_people(content: str, file: str, languages: Languages) -> tuple[Person, ...]:
    """Read "slug<TAB>kk<TAB>ru<TAB>en", each "Name; variant; variant", in the museum's languages.

    Raise PackBroken naming each line that has another number of columns.
    """
    entries = read_entries(content, file, columns=1 + len(languages))
    return tuple(_person(entry, languages) for entry in entries)


def check(texts: Sequence[StopText], people: Sequence[Person]) -> Iterator[Finding]:
    """Find titles of portraits and names in texts that are not spelled as listed."""
    slugs = {person.slug for person in people}
    for text in texts:
        if text.kind.is_person and text.slug not in slugs:
            yield text.error(
                1,
                message("The list of names has no {slug}.", slug=text.slug),
                message("Add a line for this portrait."),
            )
        for person in people:
            yield from _title(text, person)
            yield from _names(text, person, people)


def _person(entry: Entry, languages: Languages) -> Person:
    slug, *cells = entry.columns
    spellings = {}
    for language, cell in zip(languages, cells, strict=True):
        name, *variants = (part.strip() for part in cell.split(";"))
        spellings[language] = Spelling(name, tuple(variants))
    return Person(slug, spellings)


def _title(text: StopText, person: Person) -> Iterator[Finding]:
    name = person.spellings[text.language].name
    if text.slug == person.slug and text.kind.is_person and text.words.title != name:
        yield text.error(
            1,
            message(
                "The title is “{title}”, the listed name “{name}”.",
                title=text.words.title,
                name=name,
            ),
            message("Write the name one way, in the title and in the list of names."),
        )


def _names(text: StopText, person: Person, people: Sequence[Person]) -> Iterator[Finding]:
    spelling = person.spellings[text.language]
    variants_told = 0
    for passage in text.passages:
        words = [word for word in passage.words if word.text[0].isupper()]
        for before, word in zip([None, *words], words, strict=False):
            if facts(text.language).forms.is_form_of(word.text, spelling.surname):
                yield from _given(text, before, word, person, people)
            elif _is_any(word, spelling.other_surnames, text.language):
                variants_told += 1
                if variants_told > 1:
                    yield _twice(text, word, spelling)
            elif any(_looks_like(word, name, text.language, people) for name in _own(text, person)):
                yield _otherwise(text, word, spelling)


def _own(text: StopText, person: Person) -> tuple[str, ...]:
    """Return the names by which a person is found alone: the first name in the own portrait."""
    spelling = person.spellings[text.language]
    is_portrait = text.slug == person.slug
    return (spelling.surname, spelling.given) if is_portrait else (spelling.surname,)


def _given(
    text: StopText,
    before: Word | None,
    word: Word,
    person: Person,
    people: Sequence[Person],
) -> Iterator[Finding]:
    """Find a first name before a right surname that is nearly the person's, and is not."""
    spelling = person.spellings[text.language]
    is_beside = before and before.start + len(before.text) + 1 == word.start
    if before and is_beside and _looks_like(before, spelling.given, text.language, people):
        yield _otherwise(text, before, spelling)


def _otherwise(text: StopText, word: Word, spelling: Spelling) -> Finding:
    return text.error(
        word.line,
        message("“{word}” is another spelling of {name}.", word=word.text, name=spelling.name),
        message("Write the name one way, as in the list of names."),
    )


def _twice(text: StopText, word: Word, spelling: Spelling) -> Finding:
    return text.error(
        word.line,
        message("“{word}” stands a second time for {name}.", word=word.text, name=spelling.name),
        message("Write the name one way, as in the list of names."),
    )


def _looks_like(word: Word, name: str, language: Language, people: Sequence[Person]) -> bool:
    return is_alike(word.text, name, language) and not _is_any(
        word, _all_words(people, language), language
    )


def _all_words(people: Sequence[Person], language: Language) -> Iterator[str]:
    for person in people:
        yield from person.spellings[language].words


def _is_any(word: Word, names: Iterator[str] | Sequence[str], language: Language) -> bool:
    is_form_of = facts(language).forms.is_form_of
    return any(is_form_of(word.text, name) for name in names)
