"""What CLDR has of any language, by Babel: for those that the program does not know itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from audioguide.languages.tags import Language

_WITHOUT_ONE = "en_GB"  # how days and amounts are written where CLDR knows no way of the language
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Syrc", "Thaa"})


@dataclass(frozen=True)
class Told:
    """Names, locales and direction of a language; ``voice`` is how espeak-ng would call it."""

    name: str
    short_name: str
    locale: str
    open_graph: str
    iso_639_2: str
    voice: str
    direction: str


def told(language: Language) -> Told:
    """Tell what CLDR has of a language; of one that it does not know, what its tag says."""
    locale = locale_of(language)
    right_to_left = language.script in _RIGHT_TO_LEFT
    return Told(
        name=_name(language, locale),
        short_name=language.primary.upper(),
        locale=str(locale) if locale else _WITHOUT_ONE,
        open_graph=f"{language.primary}_{language.likely_region}".rstrip("_"),
        iso_639_2=_long_codes().get(language.primary, _by_itself(language.primary)),
        voice=language.lower(),
        direction="rtl" if right_to_left else "ltr",
    )


def exists(language: Language) -> bool:
    """Tell whether there is such a language, as far as that is known: no "kz".

    Those of two letters have all a name in CLDR; of the seven thousand others few have one.
    """
    is_sure = len(language.primary) == 2
    return not is_sure or language.primary in Locale("en").languages


def locale_of(language: Language) -> Locale | None:
    """Return the locale of a language in CLDR, or None where it has no data of it."""
    for tag in language.broader:
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        return locale if locale.script in (None, language.script) else None
    return None


def of_the_country(language: Language) -> tuple[Language, ...]:
    """Return the languages of a country whose code was taken for that of a language: kz, ua."""
    if len(language) != 2 or language in Locale("en").languages:
        return ()
    country = language.upper()
    found = get_official_languages(country) or get_official_languages(country, de_facto=True)
    spoken = [tag for each in found if (tag := Language.read(each)) is not None]
    return tuple(sorted(spoken, key=lambda each: each.likely_region != country))


def _name(language: Language, locale: Locale | None) -> str:
    """Name a language as it names itself, with what tells it from others of that language."""
    if locale is None:
        return str(language)
    is_usual = language.script == Language(language.primary).script and not language.region
    name = locale.get_language_name(locale) if is_usual else locale.get_display_name(locale)
    return name[:1].title() + name[1:] if name else str(language)


def _by_itself(primary: str) -> str:
    return primary if len(primary) == 3 else "und"


@cache
def _long_codes() -> dict[str, str]:
    """Return the three-letter codes by those of two letters, of several the likest one."""
    aliases = get_global("language_aliases").items()
    pairs = [(long, short) for long, short in aliases if len(long) == 3 and len(short) == 2]
    pairs.sort(reverse=True)
    pairs.sort(key=lambda pair: (pair[0][:2] == pair[1], pair[0][0] == pair[1][0]))
    return {short: long for long, short in pairs}  # of two for one, the last
