"""German abbreviations, initials and names of letters."""

from __future__ import annotations

import re

from audioguide.languages.known.german.months import MONTHS
from audioguide.languages.rules import Rule, ends_sentence, one_of, rule, spell

_SHORTENED = {
    r"z\. ?B\.": "zum Beispiel",
    r"d\. ?h\.": "das heißt",
    r"u\. ?a\.": "unter anderem",
    r"o\. ?Ä\.": "oder Ähnliches",
    r"i\. ?d\. ?R\.": "in der Regel",
    r"v\. ?Chr\.": "vor Christus",
    r"n\. ?Chr\.": "nach Christus",
    r"usw\.": "und so weiter",
    r"etc\.": "et cetera",
    r"bzw\.": "beziehungsweise",
    r"ca\.": "zirka",
    r"vgl\.": "vergleiche",
    r"Dr\.": "Doktor",
    r"Prof\.": "Professor",
    r"St\.": "Sankt",
    r"hl\.": "heilige",
    r"Nr\.": "Nummer",
    r"Str\.": "Straße",
    r"Std\.": "Stunden",
    r"Min\.": "Minuten",
    # "geb. Klein" is whose name she had; "geb. 1902", "geb. Januar 1902" when.
    rf"geb\.(?= ?(?!{one_of(MONTHS)})[A-ZÄÖÜ])": "geborene",
    r"geb\.": "geboren",
    r"gest\.": "gestorben",
    r"sog\.": "sogenannte",
    r"S\.(?= ?\d)": "Seite",
    r"Bd\.": "Band",
    r"Abb\.": "Abbildung",
    r"Art\.(?= ?\d)": "Artikel",
    r"Abs\.(?= ?\d)": "Absatz",
    r"Kap\.(?= ?\d)": "Kapitel",
    r"Jh\.": "Jahrhundert",
    r"Tel\.": "Telefon",
    r"Hrsg\.": "Herausgeber",
    r"evtl\.": "eventuell",
    r"inkl\.": "inklusive",
}
_EDGE = r"(?<![\w\u0301-])"


def _say(words: str, match: re.Match[str]) -> str:
    return f"{words}. " if ends_sentence(match) else f"{words} "


def _rule(pattern: str, words: str) -> Rule:
    return rule(rf"{_EDGE}{pattern} ?", lambda match: _say(words, match))


RULES: tuple[Rule, ...] = (
    *(_rule(pattern, words) for pattern, words in _SHORTENED.items()),
    rule(rf"{_EDGE}([A-ZÄÖÜ])\. ?(?=[A-ZÄÖÜ])", lambda match: f"{match.group(1)} "),
    # DDR, NKWD: no vowel to be read as a word, or two or three letters that nobody reads so.
    rule(
        rf"{_EDGE}([B-DF-HJ-NP-TV-XZ]{{2,}}|DDR|EU|USA|UdSSR)(?!\w)",
        lambda match: spell(match.group(1)),
    ),
)
