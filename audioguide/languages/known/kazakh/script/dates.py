"""Kazakh years, decades, centuries, days and hours.

A four-digit number is a year where a form of жыл or "ж." follows, and in a range from 1700 to 2099;
any other is a quantity, since Kazakh nouns look alike after both.
"""

from __future__ import annotations

import re

from audioguide.languages.known.kazakh.script.endings import (
    Ending,
    attach,
    attach_to_number,
    decline,
    joined,
)
from audioguide.languages.known.kazakh.script.numerals import cardinal, ordinal
from audioguide.languages.rules import DASH, ROMAN, SHORT_ROMAN, Rule, listed, roman, rule

MONTHS = listed(
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})\w*"
_ORD = r"(?:-?(?:ыншы|інші|ншы|нші|шы|ші)(?!\w))?"
_YEARS = r"(?:[ -]?жыл(?!ды[қғ])\w*|[ -]?жж\.?(?!\w)|[ -]?ж\. ?ж\.|[ -]?ж\.|[ -]?ж(?= |$))"
_BETWEEN = re.compile(r"жылдар\w* (?=арал|арас)")


def year_pair(first: int, second: int) -> tuple[str, str]:
    """Return two years as ordinals, the century said once where it is the same (D2)."""
    shares_century = first // 100 == second // 100 and first % 100 and second % 100 >= 10
    return ordinal(first), ordinal(second % 100 if shares_century else second)


def decade(year: int) -> str:
    """Return the ordinal of a decade, of the twentieth century without its century (D2)."""
    return ordinal(year % 100 if 1910 <= year <= 1990 else year)


def _say_year(match: re.Match[str]) -> str:
    number, noun = int(match["year"]), match["noun"].lstrip(" -")
    is_date = re.match(rf" \d{{1,2}}{_ORD}[ -]{_MONTH}", match.string[match.end() :])
    if number < 1000 and not noun.startswith("жылы"):
        return match.group()
    if noun == "жыл" and number < 1700 and number % 100 == 0:
        return f"{cardinal(number)} жыл"
    if noun.startswith("жылдар") and number % 10 == 0 and not noun.startswith("жылдары "):
        return f"{decade(number)} {noun}"
    if noun.rstrip(".") in ("ж", "ж. ж", "жж"):
        noun = "жылдары" if noun.count("ж") > 1 else "жылғы" if is_date else "жылы"
    return f"{ordinal(number)} {noun}"


def _say_decade(match: re.Match[str]) -> str:
    noun = match["noun"] if match["noun"].startswith("жыл") else "жылдары"
    if match["first"]:
        return f"{decade(int(match['first']))}, {decade(int(match['year']))} {noun}"
    return f"{decade(int(match['year']))} {noun}"


def _say_years(match: re.Match[str]) -> str:
    first = int(match["first"])
    second = int(match["second"])
    if len(match["second"]) == 2:
        second += first // 100 * 100
    noun = (match["noun"] or "").lstrip(" -")
    is_named = noun.startswith("жыл")
    if second <= first or not (is_named or noun or 1700 <= first < second <= 2099):
        return match.group()
    if first % 10 == 0 and second % 10 == 0 and noun.startswith(("жылдар", "жж")):
        return f"{decade(first)}, {decade(second)} {noun if is_named else 'жылдары'}"
    one, other = year_pair(first, second)
    if _BETWEEN.match(noun + match.string[match.end() :]):
        return f"{joined(one, other)} {noun}"
    if second == first + 1:
        if not noun and re.match(r" \w+ жыл", _rest(match)):
            return f"{one}, {other}"  # "2021-2022 оқу жылы" names its year itself
        return f"{one}, {other} {noun if is_named else 'жылдары'}"
    until = "дейінгі" if re.search("(?:[ғд][ыі]|[дт][ыі]ң)$", noun) else "дейін"
    return f"{one} жылдан {other} жылға {until}"


def _say_years_listed(match: re.Match[str]) -> str:
    return re.sub(r"\d{4}", lambda year: ordinal(int(year.group())), match.group())


def _say_times(match: re.Match[str]) -> str:
    start, end = re.split("[–—-]", match.group().replace(" ", ""))
    return f"{start}-дан {end}-ға дейін"


def _say_date(match: re.Match[str]) -> str:
    day, month, year = (int(match[name]) for name in ("day", "month", "year"))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return f"{cardinal(day)}, {cardinal(month)}, {cardinal(year)}"
    said = f"{ordinal(year)} жылғы {ordinal(day)}"
    ending = match["ending"]
    named = MONTHS[month - 1]
    return f"{said} {attach(named, ending) if ending else decline(named, Ending.LOCATIVE)}"


def _say_days(match: re.Match[str]) -> str:
    month = next(name for name in MONTHS if match["month"].startswith(name))
    first, second = int(match["first"]), int(match["second"])
    # Two days on end are named as two years are (D2); the month keeps its own ending.
    if second == first + 1 or re.search("[ыі]н?(?:да|де)?$", match["month"]):
        return f"{ordinal(first)}, {ordinal(second)} {match['month']}"
    start = f"{ordinal(int(match['first']))} {decline(month, Ending.ABLATIVE)}"
    end = f"{ordinal(int(match['second']))} {decline(month, Ending.DATIVE)}"
    return f"{start} {end} дейін"


def _say_day(match: re.Match[str]) -> str:
    if int(match["day"]) > 31:
        return match.group()
    return f"{ordinal(int(match['day']))} {match['month']}"


def _say_time(match: re.Match[str]) -> str:
    hours, minutes = int(match["hours"]), int(match["minutes"])
    said = cardinal(hours) + (f" {cardinal(minutes)}" if minutes else "")
    if match["ending"]:
        said = attach_to_number(said, match["ending"])
    is_told = re.search(r"сағат|\d[:.]\d\d(?!\d)", match.string[: match.start()].lower())
    return said if is_told else f"сағат {said}"


def _century(written: str) -> int | None:
    return int(written) if written.isdigit() else roman(written)


def _say_century(match: re.Match[str]) -> str:
    first, noun = _century(match["first"]), match["noun"]
    second = _century(match["second"]) if match["second"] else None
    if first is None or (match["second"] and second is None):
        return match.group()
    many = second is not None
    if noun.endswith("."):
        noun = "ғасырлар" if many else "ғасыр"
        # "басында" and its like own the century: ғасырдың басында.
        if re.match(
            " (?:бас|соң|орта|аяғы|аяқ|бірінші жарт|екінші жарт|\\d0-жыл|\\d0 жылдар)", _rest(match)
        ):
            noun = decline(noun, Ending.GENITIVE)
    said = ordinal(first) if second is None else f"{ordinal(first)}, {ordinal(second)}"
    return f"{said} {noun}"


def _say_roman(match: re.Match[str]) -> str:
    number = roman(match["numeral"])
    is_single = len(match["numeral"]) == 1
    if number is None or (is_single and not re.match("[ -][а-яәғқңөұүһі]", _rest(match))):
        return match.group()
    return ordinal(number)


def _rest(match: re.Match[str]) -> str:
    return match.string[match.end() :]


_YEAR = r"(?<![\d,.])(?P<year>\d{3,4})(?!\d)"
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d ?"
_NUMERAL = rf"(?:{ROMAN}|(?<!\d)\d{{1,2}})"

RULES: tuple[Rule, ...] = (
    rule(
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\d.]\d)"
        r"(?: ?ж\.| ?жылы?(?!\w))?(?:-(?P<ending>[а-яәғқңөұүһі]+))?",
        _say_date,
    ),
    rule(rf"(?<![\d.,:])(?:{_CLOCK})[–—-](?:{_CLOCK})(?![\d.,:]\d|-?[а-я])", _say_times),
    rule(
        r"(?<![\d.,:])(?P<hours>[01]?\d|2[0-3])[:.](?P<minutes>[0-5]\d)(?![\d:%]|[.,]\d| ?%)"
        r"(?:-(?P<ending>[а-яәғқңөұүһі]+))?",
        _say_time,
    ),
    rule(
        rf"(?P<first>{_NUMERAL})(?:{DASH}(?P<second>{_NUMERAL}))?{_ORD}[ -]?"
        r"(?P<noun>ғасыр\w*|ғғ\.|ғ\. ?ғ\.|ғ\.)",
        _say_century,
    ),
    rule(
        rf"(?<![\d,.])(?P<first>\d{{4}})(?:-?ш[ыі])?{DASH}(?P<second>\d{{4}}|\d\d)(?!\d){_ORD}"
        rf"(?P<noun>{_YEARS})?",
        _say_years,
    ),
    rule(
        rf"(?<![\d,.])(?:(?P<first>\d{{3}}0|[1-9]0){DASH})?"
        rf"(?P<year>\d{{3}}0|[1-9]0){_ORD}[ -](?P<noun>жылдар\w*|жж\.?(?!\w))",
        _say_decade,
    ),
    rule(r"(?<![\d,.])\d{4}(?:(?:, | және | [мбп]ен )\d{4})+(?= жылд)", _say_years_listed),
    rule(rf"{_YEAR}{_ORD}(?P<noun>{_YEARS})", _say_year),
    rule(
        rf"(?<![\d,.])(?P<first>\d{{1,2}}){DASH}(?P<second>\d{{1,2}}) (?P<month>{_MONTH})",
        _say_days,
    ),
    rule(rf"(?<![\d,.])(?P<day>\d{{1,2}}){_ORD}[ -](?P<month>{_MONTH})", _say_day),
    rule(rf"(?P<numeral>{SHORT_ROMAN}){_ORD}(?=\W|$)", _say_roman),
)
