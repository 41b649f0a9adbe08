"""German days, years, decades, centuries, rulers and hours."""

from __future__ import annotations

import re

from audioguide.languages.known.german.months import MONTHS
from audioguide.languages.known.german.numerals import cardinal, ordinal, year
from audioguide.languages.rules import (
    DASH,
    SHORT_ROMAN,
    Rule,
    listed,
    one_of,
    roman,
    rule,
    words_before,
)

# The ending that an ordinal takes is told by the word before it.
_WEAK = frozenset(
    listed(
        "am vom zum beim im dem den des einem einen einer seinem ihrem diesem diesen jenem zur ab"
    )
)
_PLAIN = frozenset(listed("der die das dieser diese dieses jener jene jenes"))
_NEAR = 60  # characters: more than a word with a number behind it
# "im 19. und 20. Jahrhundert", "im 18./19. Jahrhundert": both take the ending of the first.
_BESIDE = re.compile(r"([^\W\d]+) \d{1,3}\.(?: ?/ ?|,? (?:und|oder|bis|sowie) )$")
_YEAR = r"(?P<year>\d{3,4})"
_MONTH = f"(?P<month>{one_of(MONTHS)})"
_COUNTED = r"(?P<noun>Jahrhunderts?|Jhs?\b\.?|Weltkriegs?|Jahrestag\w*|Geburtstag\w*|Todestag\w*)"
_CENTURY = {"Jh": "Jahrhundert", "Jhs": "Jahrhunderts"}
_NO_RULER = r"(?:Kapitel|Teil|Band|Saal|Raum|Akt|Abschnitt|Klasse|Halle|Abteilung|Tafel|Bild)\b"
_UNITS = r"(?! ?(?:%|€|\$|°|[kcm]?m[²³]?\b|[km]?g\b|ha\b|km\b|t\b|l\b|Euro|Mark|Mio|Mrd))"


def _ending(match: re.Match[str], alone: str) -> str:
    beside = _BESIDE.search(match.string[: match.start()][-_NEAR:])
    before = beside.group(1).lower() if beside else words_before(match)
    if before in _WEAK:
        return "en"
    return "e" if before in _PLAIN else alone


def _say_day(match: re.Match[str]) -> str:
    ending = _ending(match, "er")
    first = f"{ordinal(int(match['first']), ending)} bis " if match["first"] else ""
    said = f"{first}{ordinal(int(match['day']), ending)} {match['month']}"
    return f"{said} {year(int(match['year']))}" if match["year"] else said


def _say_date(match: re.Match[str]) -> str:
    month = int(match["number"])
    if not (1 <= int(match["day"]) <= 31 and 1 <= month <= 12):
        return match.group()
    said = f"{ordinal(int(match['day']), _ending(match, 'er'))} {MONTHS[month - 1]}"
    return f"{said} {year(int(match['year']))}"


def _say_counted(match: re.Match[str]) -> str:
    value = int(match["number"]) if match["number"] else roman(match["roman"])
    if value is None:
        return match.group()
    noun = match["noun"].rstrip(".")
    noun = _CENTURY.get(noun, noun)
    alone = "es" if noun.startswith("Jahrhundert") else "er"
    return f"{ordinal(value, _ending(match, alone))} {noun}"


def _say_ordinal(match: re.Match[str]) -> str:
    return ordinal(int(match["number"]), _ending(match, "e"))


def _say_ruler(match: re.Match[str]) -> str:
    value = roman(match["roman"])
    if value is None:
        return match.group()
    before = words_before(match)
    if match["name"].endswith("s") and before not in _PLAIN:
        return f"{match['name']} des {ordinal(value, 'en').capitalize()}"
    is_dative = before in {"von", "mit", "unter", "bei", "zu", "nach", "seit"}
    article, ending = ("dem", "en") if is_dative else ("der", "e")
    return f"{match['name']} {article} {ordinal(value, ending).capitalize()}"


def _say_hours(match: re.Match[str]) -> str:
    minutes = int(match["minutes"])
    hours = cardinal(int(match["hours"])) if int(match["hours"]) != 1 else "ein"
    return f"{hours} Uhr {cardinal(minutes)}" if minutes else f"{hours} Uhr"


RULES: tuple[Rule, ...] = (
    rule(
        rf"(?<![\d.,])(?:(?P<first>\d{{1,2}})\.{DASH})?(?P<day>\d{{1,2}})\. ?{_MONTH}"
        rf"(?: {_YEAR}(?!\d))?",
        _say_day,
    ),
    rule(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)", _say_date),
    rule(
        rf"(?<![\d.,])(?:(?P<number>\d{{1,2}})|(?P<roman>{SHORT_ROMAN}))\. {_COUNTED}", _say_counted
    ),
    # "im 19. und 20. Jahrhundert", "im 2. Stock": within a sentence a point makes an ordinal.
    rule(r"(?<![\w.,:/])(?P<number>\d{1,3})\.(?=[ /][a-zäöüßA-ZÄÖÜ])", _say_ordinal),
    rule(
        rf"(?P<name>(?!{_NO_RULER})[A-ZÄÖÜ][a-zäöüß]{{2,}}) "
        rf"(?P<roman>{SHORT_ROMAN})\.(?! [A-ZÄÖÜ]\.)",
        _say_ruler,
    ),
    rule(r"(?<![\d:])(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?: Uhr)?(?![\d:])", _say_hours),
    rule(r"(?<!\d)(?P<year>\d{4})er(?=\b)", lambda found: f"{year(int(found['year']))}er"),
    rule(r"(?<!\d)(?P<tens>[2-9]0)er(?=\b)", lambda found: f"{cardinal(int(found['tens']))}er"),
    rule(
        rf"(?<![\d.,])(?P<from>1[1-9]\d\d|20\d\d){DASH}(?P<to>1[1-9]\d\d|20\d\d)(?![\d.,]\d|\d)",
        lambda found: f"{year(int(found['from']))} bis {year(int(found['to']))}",
    ),
    rule(
        rf"(?<![\d.,])(?P<year>1[1-9]\d\d|20\d\d)(?![\d]|[.,]\d){_UNITS}",
        lambda found: year(int(found["year"])),
    ),
)
