"""Russian years, decades, days and hours in their case.

A four-digit number is a year where a form of год follows, and, bare, from 1700 to 2099 after a
preposition of time or in a range, unless a counted noun follows ("1937 человек").
"""

from __future__ import annotations

import re
from itertools import pairwise

from audioguide.languages.known.russian.script.grammar import (
    GOVERNOR,
    LOCATIVE,
    is_counted,
)
from audioguide.languages.known.russian.script.numerals import Case, Gender, Noun, cardinal, counted
from audioguide.languages.known.russian.script.ordinals import ordinal
from audioguide.languages.rules import (
    DASH,
    Rule,
    listed,
    rule,
    words_after,
    words_before,
)

MONTHS = listed("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
_YEAR = Noun(
    ("год", "года", "году", "год", "годом", "году"),
    ("годы", "годов", "годам", "годы", "годами", "годах"),
)
_HOUR = Noun(
    ("час", "часа", "часу", "час", "часом", "часе"),
    ("часы", "часов", "часам", "часы", "часами", "часах"),
)
_MINUTE = Noun(
    ("минута", "минуты", "минуте", "минуту", "минутой", "минуте"),
    ("минуты", "минут", "минутам", "минуты", "минутами", "минутах"),
    Gender.FEMININE,
)
_CASES = {
    "год": Case.ACCUSATIVE,
    "года": Case.GENITIVE,
    "годом": Case.INSTRUMENTAL,
    "годе": Case.PREPOSITIONAL,
    "годы": Case.ACCUSATIVE,
    "годов": Case.GENITIVE,
    "годам": Case.DATIVE,
    "годами": Case.INSTRUMENTAL,
    "годах": Case.PREPOSITIONAL,
}
# "по 1933 г." and "за 1937 г." take the accusative, unlike most that these words do elsewhere.
_OF_YEARS = GOVERNOR | {
    "в": Case.PREPOSITIONAL,
    "во": Case.PREPOSITIONAL,
    "на": Case.ACCUSATIVE,
    "по": Case.ACCUSATIVE,
    "за": Case.ACCUSATIVE,
    "через": Case.ACCUSATIVE,
}
_TIME_WORDS = frozenset(listed("в во на по к с со до от после между накануне о об году года"))
_G = r"(?P<noun>год(?:ами|ах|ам|ов|ом|ы|а|у|е)?(?!\w)|гг\.?(?!\w)|г\. ?г\.|г\.|г(?= |$))"

_G_AHEAD = r"(?:год|гг)"


def _case_of_year(noun: str, before: str) -> Case:
    if noun == "году":
        return Case.DATIVE if before in ("к", "ко", "по", "благодаря") else Case.PREPOSITIONAL
    if noun in _CASES:
        return _CASES[noun]
    default = Case.GENITIVE if before else Case.NOMINATIVE
    return _OF_YEARS.get(before, default)


def _noun(noun: str, case: Case, many: bool) -> str:
    if noun.startswith("год"):
        return noun
    return (_YEAR.plural if many else _YEAR.singular)[case]


def _say_year(match: re.Match[str]) -> str:
    number, noun = int(match["year"]), match["noun"]
    if number < 1000 and noun not in ("году", "годом", "годе", "г."):
        return match.group()
    if number < 100 and noun == "г." and words_before(match) not in _TIME_WORDS:
        return match.group()
    case = _case_of_year(noun, words_before(match))
    named = _noun(noun, case, many=noun.startswith(("гг", "г. г", "г.г")))
    return f"{ordinal(number, case)} {named}"


def _say_bare_year(match: re.Match[str]) -> str:
    number, before, after = int(match["year"]), words_before(match), words_after(match)
    if not 1700 <= number <= 2099 or before not in _TIME_WORDS:
        return match.group()
    if after and is_counted(after[0]):
        return match.group()
    case = _case_of_year("", before)
    if re.match(
        r"(?: по| до| и|,) (?:\d{4}(?!\d)|тысяча |две тысячи )", match.string[match.end() :]
    ):
        return ordinal(number, case)  # "с 1930 по 1933 год": the year is named once, at the end
    return f"{ordinal(number, case)} {_YEAR.singular[case]}"


def _say_years_listed(match: re.Match[str]) -> str:
    case = _case_of_year(match["noun"], words_before(match))
    parts = re.split(r"(\d{4})", match["years"])
    years = [int(year) for year in parts[1::2]]
    later = (year_pair(*pair, case, case)[1] for pair in pairwise(years))
    named = [ordinal(years[0], case), *later]
    said = "".join(year + link for year, link in zip(named, parts[2::2], strict=True))
    return f"{said} {_noun(match['noun'], case, many=True)}"


def _second(first: int, digits: str) -> int:
    return int(digits) + (first // 100 * 100 if len(digits) == 2 else 0)


def year_pair(first: int, second: int, case: Case, until: Case) -> tuple[str, str]:
    """Return two years as ordinals, the century said once where it is the same (D2)."""
    shares_century = first // 100 == second // 100 and first % 100 and second % 100 >= 10
    return ordinal(first, case), ordinal(second % 100 if shares_century else second, until)


def _say_years(match: re.Match[str]) -> str:
    first, noun = int(match["first"]), match["noun"] or ""
    second = _second(first, match["second"])
    lead = match["before"] or ""
    preposition = lead.strip().lower()
    if second <= first or not (noun or 1700 <= first < second <= 2099):
        return match.group()
    if not noun and is_counted(next(iter(words_after(match)), "")):
        return match.group()
    if second > first + 1 and preposition in ("", "в", "во", "за"):
        one, other = year_pair(first, second, Case.GENITIVE, Case.ACCUSATIVE)
        return f"{'С' if lead[:1].isupper() else 'с'} {one} по {other} год"
    case = _case_of_year(noun, preposition or words_before(match))
    one, other = year_pair(first, second, case, case)
    link = " и " if second == first + 1 else ", "
    return f"{lead}{one}{link}{other} {noun if noun in _CASES else _YEAR.plural[case]}"


def _say_span(match: re.Match[str]) -> str:
    first, second = int(match["first"]), int(match["second"])
    one, other = year_pair(first, second, Case.GENITIVE, Case.ACCUSATIVE)
    return f"{match['lead']} {one} по {other} {_noun(match['noun'], Case.ACCUSATIVE, many=False)}"


def _decade(year: int, case: Case) -> str:
    """Return the ordinal of a decade, of the twentieth century without its century (D2)."""
    return ordinal(year % 100 if 1910 <= year <= 1990 else year, case, Gender.PLURAL)


def _say_decade(match: re.Match[str]) -> str:
    before, noun = words_before(match), match["noun"] or ""
    ending = match["ending"]
    if ending.endswith("е"):
        case = Case.ACCUSATIVE
    elif ending.endswith("ми"):
        case = Case.INSTRUMENTAL
    elif ending.endswith("м"):
        case = Case.DATIVE
    else:
        case = Case.PREPOSITIONAL if before in LOCATIVE | {"о", "об"} else Case.GENITIVE
    first = f"{_decade(int(match['first']), case)} и " if match["first"] else ""
    named = noun if noun in _CASES else _YEAR.plural[case]
    return f"{first}{_decade(int(match['year']), case)} {named}"


def _say_day(match: re.Match[str]) -> str:
    day, before = int(match["day"]), words_before(match)
    if not 1 <= day <= 31:
        return match.group()
    case = _case_of_day(before)
    said = f"{ordinal(day, case, Gender.NEUTER)} {match['month']}"
    if not match["year"]:
        return said
    return f"{said} {ordinal(int(match['year']), Case.GENITIVE)} года"


def _case_of_day(before: str) -> Case:
    if before in ("на", "по", "за"):
        return Case.ACCUSATIVE
    case = GOVERNOR.get(before, Case.GENITIVE)
    return Case.GENITIVE if case is Case.PREPOSITIONAL else case


def _say_days(match: re.Match[str]) -> str:
    first, second = int(match["first"]), int(match["second"])
    if match["link"].strip() in ("и", "или", ","):
        case = _case_of_day(words_before(match))
        one, other = (ordinal(day, case, Gender.NEUTER) for day in (first, second))
        return f"{one}{match['link']}{other} {match['month']}"
    one = ordinal(first, Case.GENITIVE, Gender.NEUTER)
    if match["link"].strip() == "на":
        return f"{one} на {ordinal(second, Case.ACCUSATIVE, Gender.NEUTER)} {match['month']}"
    if match["link"].strip() == "до":
        return f"{one} до {ordinal(second, Case.GENITIVE, Gender.NEUTER)} {match['month']}"
    start = "" if words_before(match) in ("с", "со") else "с "
    return f"{start}{one} по {ordinal(second, Case.ACCUSATIVE, Gender.NEUTER)} {match['month']}"


def _say_date(match: re.Match[str]) -> str:
    day, month, year = (int(match[name]) for name in ("day", "month", "year"))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return f"{cardinal(day)}, {cardinal(month)}, {cardinal(year)}"
    case = _case_of_day(words_before(match))
    said = f"{ordinal(day, case, Gender.NEUTER)} {MONTHS[month - 1]}"
    return f"{said} {ordinal(year, Case.GENITIVE)} года"


def _say_times(match: re.Match[str]) -> str:
    start, end = match.group().replace(" ", "").replace("—", "-").replace("–", "-").split("-")
    return f"с {start} до {end}"


def _say_time(match: re.Match[str]) -> str:
    hours, minutes, before = int(match["hours"]), int(match["minutes"]), words_before(match)
    case = GOVERNOR.get(before, Case.ACCUSATIVE)
    said = f"{cardinal(hours, case)} {counted(_HOUR, hours, case)}"
    if minutes:
        few = cardinal(minutes, case, Gender.FEMININE)
        said += f" {few} {counted(_MINUTE, minutes, case)}"
    return said


_MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})(?!\w))"
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d ?"
_START = r"(?<![\d,.])"

IN_A_YEAR = rule(
    r"(?<![\w\u0301-])(?P<before>[\w\u0301-]*м(?: же)?|[Вв]) году(?![\w\u0301-])",
    lambda match: f"{match['before']} году\u0301",
)
"""The locative: "в седьмом году́", where every Russian voice says го́ду, as "к седьмому го́ду"."""

RULES: tuple[Rule, ...] = (
    rule(
        r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\d.]\d)"
        r"(?: ?г\.| года(?!\w))?",
        _say_date,
    ),
    rule(rf"(?<![\d.,:])(?<!с )(?:{_CLOCK})[–—-](?:{_CLOCK})(?![\d.,:]\d)", _say_times),
    rule(
        r"(?<![\d.,:])(?P<hours>[01]?\d|2[0-3])[:.](?P<minutes>[0-5]\d)(?![\d:%]|[.,]\d| ?%)"
        r"(?: ?ч\.| час(?:ов|а)?(?!\w))?",
        _say_time,
    ),
    rule(
        rf"{_START}(?P<first>\d{{1,2}})(?:-?го)?(?P<link>{DASH}| по | до | на | и | или |, )"
        rf"(?P<second>\d{{1,2}})(?:-?го|-?е)? {_MONTH}",
        _say_days,
    ),
    rule(
        rf"{_START}(?P<day>\d{{1,2}})(?:-?го)? {_MONTH}"
        r"(?: (?P<year>\d{4})(?!\d)(?: ?(?P<noun>года(?!\w)|г\.|г(?= |$)))?)?",
        _say_day,
    ),
    rule(
        rf"{_START}(?:(?P<first>\d{{4}}|[1-9]0)(?:-?[ехй])?(?:{DASH}| и ))?"
        rf"(?P<year>\d{{3}}0|[1-9]0(?=-?\w+ ?{_G_AHEAD}))"
        rf"-?(?P<ending>ые|ых|ыми|е|х|ми|ы?м(?= годам))(?!\w)(?: ?{_G})?",
        _say_decade,
    ),
    rule(
        r"(?P<before>(?<!\w)(?:[Вв]о?|[Зз]а|[Сс]о?|[Кк]|[Дд]о|[Пп]осле|[Оо]т|[Оо]б?) )?"
        rf"{_START}(?P<first>\d{{4}})(?:{DASH}|/)(?P<second>\d{{4}}|\d\d)"
        rf"(?!\d|-?[а-яё])(?: ?{_G})?",
        _say_years,
    ),
    rule(rf"(?P<lead>(?<!\w)[Сс]о?) (?P<first>\d{{4}}) по (?P<second>\d{{4}}) ?{_G}", _say_span),
    rule(
        rf"{_START}(?P<years>\d{{4}}(?:(?:, | и | или |, а также )\d{{4}})+) ?{_G}",
        _say_years_listed,
    ),
    rule(
        rf"{_START}(?P<year>\d{{4}}) ?г\. ?р\.",
        lambda match: f"{ordinal(int(match['year']), Case.GENITIVE)} года рождения",
    ),
    rule(rf"{_START}(?P<year>\d{{1,4}})(?:-?(?:го|му|ом|ем|м|й|е))? ?{_G}", _say_year),
    rule(
        rf"{_START}(?P<year>\d{{4}})(?![\d%°-]|[ ,.]\d| ?(?:%|тыс|млн|км|га|м |руб))",
        _say_bare_year,
    ),
)
