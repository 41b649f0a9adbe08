"""Locale data of our own: what the program knows of a language, one ``Facts`` for each."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import ModuleType

from audioguide.languages import generic, known
from audioguide.languages.choosing import named
from audioguide.languages.faces import SOURCE_SANS, Face, of_script
from audioguide.languages.forms import Forms
from audioguide.languages.rules import Script
from audioguide.languages.tags import Language
from audioguide.languages.vocabulary import IN_DIGITS, Vocabulary

_NEVER = re.compile(r"(?!)")
_AS_IT_STANDS = Script()


@dataclass(frozen=True)
class Manner:
    """How a language is spoken: espeak-ng's voice, words a minute, pitch and its range (0-99).

    ``word_gap`` is the pause between words, in units of 10 ms at the usual rate.
    """

    voice: str
    rate: int
    pitch: int
    pitch_range: int
    word_gap: int = 0


@dataclass(frozen=True)
class FullStops:
    """Which full stops end no sentence: words in small letters, without their last full stop.

    After ``never_last`` a name, a number or a word goes on, whatever letter it begins with. Those
    in ``before_a_number`` are words of their own too, as are those in ``before_an_article`` of a
    law: "Art. 58", "art. 58(10)", and not "art. 58 pictures". ``maybe_last`` may also end a
    sentence: then a capital letter follows.

    ``initial`` is a pattern of what a first name is shortened to, ``year`` one of a year after
    which a sentence may end, ``only_a_date`` one of what is no sentence yet, ``ordinal`` one that
    is matched at a full stop which makes an ordinal of the number before it: "3. Oktober".
    """

    never_last: frozenset[str] = frozenset()
    before_a_number: frozenset[str] = frozenset()
    before_an_article: frozenset[str] = frozenset()
    maybe_last: frozenset[str] = frozenset()
    initial: str = r"\w|Дж|Ше|Ша|Ch|Gh|Kh|Sh|Th|Ts|Ya|Yu|Zh"
    year: re.Pattern[str] = _NEVER
    only_a_date: re.Pattern[str] = _NEVER
    ordinal: re.Pattern[str] = _NEVER


@dataclass(frozen=True)
class Facts:
    """All that the program knows of a language; what it does not know has a usual value.

    ``name`` is what the language calls itself, ``short_name`` the same in three letters or so,
    for where there is little room. ``locale`` is CLDR's, as Babel spells it, ``open_graph`` the
    locale as pages tell it to others, ``iso_639_2`` the code that players know it by.
    ``currency_signs`` are signs by currency that CLDR lacks. ``quotes`` stand about quoted words,
    ``call`` is the one word on plaques that asks to listen. ``face`` is the typeface of its labels;
    without one there are none in it.

    ``called`` are names that people give it in the names of files, besides its tag, and
    ``called_like`` a pattern of more of them. ``sources`` are headings that it writes above a list
    of sources, in small letters; ``typed`` are words that people type for those of files and
    tables, as a pattern by what is meant (``any_typed``). ``letters`` are all that a voice can
    say; None where that is not known. ``typed_alone`` are words of one letter as the other
    keyboard layout types them, with what is meant, where ``alone`` finds them.

    ``speakers`` are the usual speakers by engine; an engine that is not among them does not speak
    it, but for those that speak every language. ``manner`` is how espeak-ng speaks it.
    ``dictionary`` is hunspell's, in the Debian package ``dictionary_package``.

    The last four name modules that are loaded when they are first needed: with the ``SCRIPT`` for
    voices, the ``VOCABULARY`` of numbers and the ``FORMS`` of words for the proof, and how
    espeak-ng is told the stress (``stressed``, ``rules_digest``).
    """

    tag: Language
    name: str
    short_name: str
    locale: str
    open_graph: str
    iso_639_2: str
    manner: Manner
    direction: str = "ltr"
    currency_signs: Mapping[str, str] = field(default_factory=dict)
    quotes: tuple[str, str] = ("“", "”")
    call: str = "Audio"
    face: Face | None = SOURCE_SANS
    full_stops: FullStops = FullStops()
    called: tuple[str, ...] = ()
    called_like: str = ""
    sources: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    letters: frozenset[str] | None = None
    alone: re.Pattern[str] = _NEVER
    typed_alone: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)
    dictionary: str = ""
    dictionary_package: str = ""
    script_module: str = ""
    figures_module: str = ""
    forms_module: str = ""
    stress_module: str = ""

    @property
    def script(self) -> Script:
        """How a sentence is prepared for a voice; where that is not known, the voice reads it."""
        if not self.script_module:
            return _AS_IT_STANDS
        script: Script = _loaded(self.script_module).SCRIPT
        return script

    @property
    def vocabulary(self) -> Vocabulary:
        """The words for numbers."""
        if not self.figures_module:
            return IN_DIGITS
        vocabulary: Vocabulary = _loaded(self.figures_module).VOCABULARY
        return vocabulary

    @property
    def forms(self) -> Forms:
        """The forms that words and names take."""
        forms: Forms = _loaded(self.forms_module).FORMS if self.forms_module else Forms()
        return forms

    @property
    def stress(self) -> ModuleType | None:
        """The module that tells espeak-ng the stress, or None where espeak-ng knows it."""
        return _loaded(self.stress_module) if self.stress_module else None


@cache
def all_known() -> Mapping[Language, Facts]:
    """Find the languages that the program knows: each module in ``known`` has the FACTS of one."""
    modules = (_loaded(f"{known.__name__}.{each.name}") for each in _modules())
    facts = sorted((module.FACTS for module in modules), key=lambda each: each.tag)
    return {each.tag: each for each in facts}


def drawn(languages: Iterable[Language]) -> tuple[Language, ...]:
    """Return those of languages whose letters a typeface of ours has."""
    return tuple(each for each in languages if facts(each).face is not None)


@cache
def any_typed(meant: str) -> str:
    """Return a pattern of what people type for a word, in any known language.

    It may be "conflict", "copy", "guide", "help", "logo", "notice" or "picture" in names, "note" in
    texts, "number", "text" or "title" above a column, "answer" for yes and no.
    """
    return "|".join(each.typed[meant] for each in all_known().values() if meant in each.typed)


@lru_cache(256)
def facts(language: Language) -> Facts:
    """Return what the program knows of a language: its own facts, else what Babel's CLDR has.

    A language of another region has those of the one that is known, under its own tag.
    """
    known_ones = all_known()
    if language in known_ones:
        return known_ones[language]
    like = named(language, tuple(known_ones))
    told = generic.told(language)
    if like is None or like.script != language.script:
        return Facts(
            tag=language,
            name=told.name,
            short_name=told.short_name,
            locale=told.locale,
            open_graph=told.open_graph,
            iso_639_2=told.iso_639_2,
            manner=Manner(told.voice, rate=130, pitch=45, pitch_range=45),
            direction=told.direction,
            face=of_script(language.script),
            dictionary=told.open_graph,  # so LibreOffice and Debian name most of them
            dictionary_package=f"hunspell-{language.primary}",
        )
    own = known_ones[like]
    name = told.name if language.region else own.name
    return replace(own, tag=language, name=name, locale=told.locale, open_graph=told.open_graph)


def _modules() -> list[pkgutil.ModuleInfo]:
    return list(pkgutil.iter_modules(known.__path__))


def _loaded(name: str) -> ModuleType:
    return importlib.import_module(name)
