"""English years, decades, days, hours and centuries.

A four-digit number without a comma from 1100 to 2099 is a year, unless a word of quantity stands
before it ("some 1500"), or a counted plural or a unit after it ("1500 people", "1200 km"). From
1800 a plural may follow, where a word of time stands before: "In 1928 animals were taken", "In
1937 and 1938 people heard shots".
"""

from __future__ import annotations

import re

from audioguide.languages.known.english.script.numerals import cardinal, decade, ordinal, year
from audioguide.languages.rules import (
    DASH,
    ROMAN,
    SHORT_ROMAN,
    Rule,
    listed,
    roman,
    rule,
    words_after,
    words_before,
)

MONTHS = listed(
    "January February March April May June July August September October November December"
)
_SHORT = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT)})(?:\.|(?= \d)))(?!\w)"
_QUANTITY_WORDS = frozenset(
    listed("some over nearly almost than least most exactly only another hundred thousand number")
)
_COUNTED = frozenset(
    listed(
        "people men women children names victims prisoners families households persons sheep "
        "cattle km kg ha m cm mm t sq per percent tenge copies of"
    )
)
_UNITS = frozenset(listed("km kg ha m cm mm t sq per percent tenge of"))
_TIME_WORDS = frozenset(listed("in since from by until till before after during year"))
_SECOND_YEAR = re.compile(rf"\b(?:{'|'.join(_TIME_WORDS)}) \d{{4}} (?:and|or|to) $", re.IGNORECASE)
_NOT_PLURAL = frozenset(
    listed("was is has does as this his its us thus famous perhaps across besides always")
)
_UP_TO = frozenset(listed("the a an this that of his her their its our these those between"))
_REGNAL = r"(?:Nicholas|Alexander|Peter|Paul|Catherine|Louis|Charles|Ivan|Elizabeth|Frederick)"


def is_year(match: re.Match[str], number: int) -> bool:
    """Tell whether a bare four-digit number reads as a year, by the words beside it."""
    after = words_after(match)
    before = words_before(match)
    if not 1100 <= number <= 2099 or before in _QUANTITY_WORDS:
        return False
    if not after:
        return True
    word = after[0]
    in_time = before in _TIME_WORDS or _SECOND_YEAR.search(match.string[: match.start()])
    if in_time and number >= 1800 and word not in _UNITS:
        return True
    is_plural = word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word not in _COUNTED and (not is_plural or word in _NOT_PLURAL or "'" in word)


def _month(match: re.Match[str]) -> str:
    return _SHORT.get(match["month"].rstrip("."), match["month"])


def _the(match: re.Match[str]) -> str:
    return "" if words_before(match) == "the" else "the "


def _say_day(match: re.Match[str]) -> str:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return match.group()
    said = f"{_the(match)}{ordinal(day)} of {_month(match)}"
    if not match["year"]:
        return said
    # Dossier H4: "On the eighth of December, nineteen thirty-seven, he was shot".
    goes_on = words_before(match) == "on" and words_after(match)
    return f"{said}, {year(int(match['year']))}{',' if goes_on else ''}"


def _say_days(match: re.Match[str]) -> str:
    first, second = ordinal(int(match["first"])), ordinal(int(match["second"]))
    said = f"{_the(match)}{first} to the {second} of {_month(match)}"
    return f"{said}, {year(int(match['year']))}" if match["year"] else said


def _say_month_first(match: re.Match[str]) -> str:
    if not 1 <= int(match["day"]) <= 31:
        return match.group()
    said = f"{_month(match)} the {ordinal(int(match['day']))}"
    return f"{said}, {year(int(match['year']))}" if match["year"] else said


def _say_month_year(match: re.Match[str]) -> str:
    return f"{_month(match)} {year(int(match['year']))}"


def _say_date(match: re.Match[str]) -> str:
    day, month, number = (int(match[name]) for name in ("day", "month", "year"))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return f"{cardinal(day)}, {cardinal(month)}, {cardinal(number)}"
    return f"{_the(match)}{ordinal(day)} of {MONTHS[month - 1]}, {year(number)}"


def _say_times(match: re.Match[str]) -> str:
    start, end = re.split("[–—-]", match.group().replace(" ", ""))
    return f"{'' if words_before(match) == 'from' else 'from '}{start} to {end}"


def _say_time(match: re.Match[str]) -> str:
    """Say a time by the twelve-hour clock: "10:00", "six thirty in the evening"."""
    hours, minutes, noon = int(match["hours"]), int(match["minutes"]), match["noon"]
    if hours in (0, 12) and not minutes and not noon:
        return "noon" if hours else "midnight"
    part = f" {noon.upper()} M" if noon else _part_of_day(hours)
    hour = cardinal(hours % 12 or 12)
    if minutes:
        return f"{hour} {'oh ' if minutes < 10 else ''}{cardinal(minutes)}{part}"
    return hour + (part if noon else f" o'clock{part}")


def _part_of_day(hours: int) -> str:
    if hours <= 12:
        return " at night" if hours < 1 else ""
    return " in the afternoon" if hours < 18 else " in the evening"


def _say_years(match: re.Match[str]) -> str:
    first = int(match["first"])
    second = int(match["second"]) + (first // 100 * 100 if len(match["second"]) == 2 else 0)
    after = words_after(match)
    if not 1100 <= first < second <= 2099 or (after and after[0] in _COUNTED):
        return match.group()
    shares_century = first // 100 == second // 100 and first % 100 and second % 100 >= 10
    # 2010 and after are said in pairs, so "twenty ten to fifteen" keeps its century.
    other = cardinal(second % 100) if shares_century and first < 2000 else year(second)
    lead = match["before"] or ""
    preposition = lead.strip().lower()
    if second == first + 1:
        return f"{lead}{year(first)} and {other}"
    if preposition in ("in", "during", "from") or (not preposition and _is_bare(match)):
        start = "From" if lead[:1].isupper() else "from"
        return f"{start} {year(first)} to {other}"
    return f"{lead}{year(first)} to {other}"


def _is_bare(match: re.Match[str]) -> bool:
    return words_before(match) not in _UP_TO


def _say_decade(match: re.Match[str]) -> str:
    first = f"{decade(int(match['first']))} and " if match["first"] else ""
    return first + decade(int(match["year"]))


def _value(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if written.isdigit() else roman(written)


def _say_century(match: re.Match[str]) -> str:
    first, second = _value(match["first"]), _value(match["second"])
    if first is None or (match["second"] and second is None):
        return match.group()
    said = ordinal(first) if second is None else f"{ordinal(first)} and {ordinal(second)}"
    noun = {"c.": "century", "cc.": "centuries"}.get(match["noun"], match["noun"])
    return f"{said} {noun}"


def _say_ruler(match: re.Match[str]) -> str:
    number = roman(match["numeral"])
    return (
        match.group()
        if number is None
        else f"{match['name']} the {ordinal(number).title()}{match['owner'] or ''}"
    )


def _say_roman(match: re.Match[str]) -> str:
    number = roman(match["numeral"])
    is_single = len(match["numeral"]) == 1
    is_part = re.search(
        r"(?:World War|Chapter|Part|Volume|Book|Section|Article|Hall|Act) $",
        match.string[: match.start()],
    )
    if number is None or (is_single and not is_part):
        return match.group()
    return cardinal(number).capitalize() if is_part else cardinal(number)


def _say_year(match: re.Match[str]) -> str:
    number = int(match["year"])
    return year(number) if is_year(match, number) else match.group()


_DAY = r"(?<![\d,.])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TH = r"(?:st|nd|rd|th)?"
_OPTIONAL_YEAR = r"(?:,? (?P<year>\d{4})(?![\d-]|,\d))?"
_NUMERAL = rf"(?:{ROMAN}|(?<![\d,.])\d{{1,2}})"

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d ?"

RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\d.,:])(?:{_CLOCK})[–—-](?:{_CLOCK})(?![\d.,:]\d)", _say_times),
    rule(
        r"(?:(?<=[a-z])|(?<=\d{4}))(?: ?[–—] ?)"
        rf"(?=\d{{1,2}}{_TH} (?:{'|'.join(MONTHS)}))",
        " to ",
    ),
    rule(
        r"(?<![\d./])(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
        r"(?![\d/]|\.\d)",
        _say_date,
    ),
    rule(
        r"(?<![\d.,:])(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?![\d:%])"
        r"(?: ?(?P<noon>[ap])\.?m\b\.?)?",
        _say_time,
    ),
    rule(
        rf"(?<![\d,.])(?P<first>\d{{1,2}}){_TH}{DASH}(?P<second>\d{{1,2}}){_TH} {_MONTH}"
        rf"{_OPTIONAL_YEAR}",
        _say_days,
    ),
    rule(rf"{_DAY}(?: of)? {_MONTH}{_OPTIONAL_YEAR}", _say_day),
    rule(
        rf"{_MONTH} (?:the )?(?P<day>\d{{1,2}}){_TH}(?![\d,.]\d|\w){_OPTIONAL_YEAR}",
        _say_month_first,
    ),
    rule(rf"{_MONTH},? (?P<year>\d{{4}})(?![\d–—-]|,\d)", _say_month_year),
    rule(
        rf"(?P<first>{_NUMERAL}){_TH}(?:(?:{DASH}| and )(?P<second>{_NUMERAL}){_TH})?[ -]"
        r"(?P<noun>centur(?:y|ies)\b|cc?\.(?! \d))",
        _say_century,
    ),
    rule(
        rf"(?<![\d,.])(?:(?P<first>\d{{4}})s?(?:{DASH}| and ))?(?P<year>\d{{3}}0|[1-9]0)'?s\b",
        _say_decade,
    ),
    rule(
        r"(?P<before>\b(?:[Ii]n|[Dd]uring|[Ff]rom) )?"
        rf"(?<![\d,.])(?P<first>\d{{4}}){DASH}(?P<second>\d{{4}}|\d\d)(?![\d%]|,\d| ?%)",
        _say_years,
    ),
    rule(rf"(?P<name>\b{_REGNAL}) (?P<numeral>[IVX]+)(?P<owner>'s)?(?!\w)", _say_ruler),
    rule(rf"(?P<numeral>{SHORT_ROMAN})", _say_roman),
    rule(
        r"(?<![\d,.№$£€])(?<!\d-)(?<! -)(?P<year>\d{4})(?![\d%°]|[.,]\d| ?[%°]|-\d)(?!\w)",
        _say_year,
    ),
)
