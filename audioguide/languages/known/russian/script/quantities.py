"""Russian numbers that count, measure and name things; dates.py has been applied before."""

from __future__ import annotations

import re

from audioguide.languages.known.russian.script.grammar import (
    LOCATIVE,
    agreement,
    case_of_count,
    gender_of_count,
    governed,
)
from audioguide.languages.known.russian.script.numerals import (
    Case,
    Gender,
    Noun,
    cardinal,
    compound,
    counted,
    figures,
    numbered,
)
from audioguide.languages.known.russian.script.ordinals import decimal, ordinal, with_suffix
from audioguide.languages.known.russian.script.signs import SIGNS
from audioguide.languages.known.russian.script.units import UNITS, WORDS
from audioguide.languages.letters import RUSSIAN_NAMES
from audioguide.languages.rules import (
    DASH,
    FRACTION,
    WHOLE,
    Rule,
    one_of,
    rule,
    spell,
    whole,
    words_after,
    words_before,
)
from audioguide.languages.signs import SIGNED, sign_of_number
from audioguide.languages.telephones import telephone_rule

_OBLIQUE = (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL)


def _case_of_unit(match: re.Match[str]) -> Case:
    case = governed(match)
    before = words_before(match)
    if case is not None:
        return case
    if before in LOCATIVE:
        after = words_after(match)
        is_place = before != "на" and (after[:1] == ("от",) or match["unit"] == "%")
        return Case.PREPOSITIONAL if is_place else Case.ACCUSATIVE
    if before in ("за", "через", "по"):
        return Case.ACCUSATIVE
    return Case.NOMINATIVE


def _half(number: int, noun: Noun, case: Case) -> str:
    """Return "полтора миллиона" for 1,5 and "два с половиной миллиона" for 2,5."""
    is_feminine = noun.gender is Gender.FEMININE
    if number == 1:
        if case in _OBLIQUE:
            return f"полутора {noun.plural[case]}"
        one_half = "полторы" if is_feminine else "полтора"
        return f"{one_half} {noun.singular[Case.GENITIVE]}"
    return f"{cardinal(number, case, noun.gender)} с половиной {counted(noun, number, case)}"


def _measured(number: int, fraction: str | None, noun: Noun, case: Case) -> str:
    if fraction == "5" and number:
        return _half(number, noun, case)
    if fraction:
        return f"{decimal(number, fraction, case)} {noun.singular[Case.GENITIVE]}"
    return f"{cardinal(number, case, noun.gender)} {counted(noun, number, case)}"


def _say_measure(match: re.Match[str]) -> str:
    number, noun = whole(match["number"]), UNITS[match["unit"]]
    sign = sign_of_number(match["minus"], SIGNS)
    case = _case_of_unit(match)
    if match["scale"]:
        # "25 тыс. га" is двадцать пять тысяч гектаров: the scale counts the unit.
        scale = UNITS[match["scale"]]
        said = _measured(number, match["fraction"], scale, case)
        return f"{sign}{said} {noun.plural[Case.GENITIVE]}"
    return sign + _measured(number, match["fraction"], noun, case)


def _say_scale(match: re.Match[str]) -> str:
    number, word = whole(match["number"]), match["unit"]
    case = _case_of_unit(match)
    noun = WORDS[word]
    if case in _OBLIQUE or match["fraction"] == "5":
        return _measured(number, match["fraction"], noun, case)
    if match["fraction"]:
        return f"{decimal(number, match['fraction'], case)} {word}"
    return f"{cardinal(number, case, noun.gender)} {word}"


def _say_measures(match: re.Match[str]) -> str:
    first, second, noun = whole(match["first"]), whole(match["second"]), UNITS[match["unit"]]
    if governed(match) is None and words_before(match) not in LOCATIVE | {"за", "через", "по"}:
        case, link, start = Case.GENITIVE, " до ", "от "
    else:
        case, link, start = _case_of_unit(match), ", ", ""
    fraction = match["first_fraction"]
    one = decimal(first, fraction, case) if fraction else cardinal(first, case, noun.gender)
    return f"{start}{one}{link}{_measured(second, match['second_fraction'], noun, case)}"


def _say_range(match: re.Match[str]) -> str:
    number = whole(match["second"])
    case = case_of_count(match, number)
    gender = gender_of_count(match, number, case)
    one, other = cardinal(whole(match["first"]), case, gender), cardinal(number, case, gender)
    return f"{one}, {other}" if " " in one + other else f"{one}-{other}"


def _say_numero(match: re.Match[str]) -> str:
    is_order = re.match(r"приказ", words_before(match)) and match["number"][0] == "0"
    letter = f" {spell(match['letter'], RUSSIAN_NAMES)}" if match["letter"] else ""
    return ("" if is_order else "номер ") + numbered(match["number"]) + letter


def _say_article(match: re.Match[str]) -> str:
    """Say "ст. 58" as an ordinal before its noun: пятьдесят восьмая статья (D1)."""
    before = words_before(match)
    case = Case.PREPOSITIONAL if before in LOCATIVE else governed(match) or Case.NOMINATIVE
    if before == "по":
        case = Case.DATIVE
    forms = ("статья", "статьи", "статье", "статью", "статьёй", "статье")
    point = f", пункт {cardinal(int(match['point']))}" if match["point"] else ""
    return f"{ordinal(whole(match['number']), case, Gender.FEMININE)} {forms[case]}{point}"


def _say_fraction(match: re.Match[str]) -> str:
    """Say "1/3" as одна третья; after a comma or a house it is an address: три дробь пять."""
    parts, whole_parts = int(match["parts"]), int(match["whole"])
    if not 0 < parts < whole_parts <= 10 or words_before(match) in ("дом", "доме", "дома"):
        return f"{cardinal(parts)} дробь {cardinal(whole_parts)}"
    case = Case.NOMINATIVE if parts == 1 else Case.GENITIVE
    gender = Gender.FEMININE if parts == 1 else Gender.PLURAL
    return f"{cardinal(parts, gender=Gender.FEMININE)} {ordinal(whole_parts, case, gender)}"


def _say_suffixed(match: re.Match[str]) -> str:
    number, suffix = whole(match["number"]), match["suffix"]
    small = _say_short_cardinal(number, suffix, match)
    if small:
        return small
    forms = with_suffix(number, suffix.lstrip("ь"))
    if not forms:
        return f"{cardinal(number)}-{suffix}"
    before, after = words_before(match), words_after(match)
    wanted = agreement(after[0], before) if after else None
    best = _preferred(before)
    fitting = [form for form in forms if wanted and (form[1], form[2]) == wanted]
    fitting += [form for form in forms if form[1] is best]
    fitting += [form for form in forms if wanted and form[2] is wanted[1]]
    return (fitting or forms)[0][0]


def _preferred(before: str) -> Case:
    if before in LOCATIVE | {"о", "об", "при"}:
        return Case.PREPOSITIONAL
    return {"к": Case.DATIVE, "с": Case.INSTRUMENTAL, "перед": Case.INSTRUMENTAL}.get(
        before, Case.NOMINATIVE
    )


def _say_short_cardinal(number: int, suffix: str, match: re.Match[str]) -> str | None:
    """Read "5-ти", "2-х", "3-мя" as cardinals; "1930-х" is an ordinal."""
    last = number % 10
    if suffix in ("ти", "и") or (suffix in ("х", "ух", "ёх") and 2 <= last <= 4 and number < 1000):
        return cardinal(number, Case.GENITIVE)
    if suffix in ("мя", "ью"):
        return cardinal(number, Case.INSTRUMENTAL)
    return None


def _say_compound(match: re.Match[str]) -> str:
    half = compound(int(match["number"]))
    word = match["word"]
    return f"{half}{word}" if half else f"{cardinal(int(match['number']))} {word}"


def _say_number(match: re.Match[str]) -> str:
    written, sign = match["number"], sign_of_number(match["minus"], SIGNS)
    number = whole(written)
    case = case_of_count(match, number)
    if match["fraction"] == "5" and number == 1:
        after = words_after(match)
        is_feminine = after != () and after[0][-1] in "ыи"
        return sign + ("полутора" if case in _OBLIQUE else "полторы" if is_feminine else "полтора")
    if match["fraction"]:
        return sign + decimal(number, match["fraction"], case)
    if written[0] == "0" and len(written) > 1:
        return sign + numbered(written.replace(" ", ""))
    return sign + cardinal(number, case, gender_of_count(match, number, case))


def _say_lettered(match: re.Match[str]) -> str:
    case = governed(match) or Case.NOMINATIVE
    return f"{cardinal(int(match['number']), case)} {spell(match['letter'], RUSSIAN_NAMES)}"


_NUMBER = rf"(?P<number>{WHOLE})(?:,(?P<fraction>\d+))?"
# Only these are abbreviated with a full stop; after the others it ends the sentence.
_DOT = r"(?:(?:(?<=тыс|млн|руб|коп|чел|экз|мин|сек)|(?<=млрд))\.)"
_UNIT = rf"(?P<unit>{one_of(UNITS)})(?![\w\u0301]){_DOT}?"
_SCALE = r"(?:(?P<scale>тыс|млн|млрд)\.? )?"
_RANGE = (
    rf"(?P<first>{WHOLE})(?:,(?P<first_fraction>\d+))?{DASH}"
    r"(?P<second>(?:\d{1,3}(?: \d{3})+(?!\d)|\d+))(?:,(?P<second_fraction>\d+))?"
)
_LETTER = r"[А-ЯЁA-Z](?![\w\u0301])"
_COMPOUNDS = r"(?:лети|летн|этажн|комнатн|процентн|месячн|дневн|тонн|местн|част|минутн|часов|кратн)"

PHONE = telephone_rule("плюс", cardinal, figures)

RULES: tuple[Rule, ...] = (
    # "18.000" and "25,000" are thousands typed abroad; "1.5" is a decimal typed so.
    rule(
        r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3})+|,000)(?![\d.,]*\d)",
        lambda match: re.sub("[.,]", "", match.group()),
    ),
    rule(r"(?<![\d.,])\d+\.\d(?![\d.])", lambda match: match.group().replace(".", ",")),
    rule(r"(?<![\w\u0301-])д\. ?(?=\d)", "дом "),
    rule(r"(?<=\d)½", ",5"),
    rule(rf"(?:№|N°) ?(?P<number>\d+)(?:-?(?P<letter>{_LETTER}))?", _say_numero),
    rule(r"(?<![\w-])[Сс]т\. ?(?P<number>\d+)(?:-(?P<point>\d+))?(?!\d|,\d)", _say_article),
    rule(rf"(?P<number>(?<![\d,.])\d+)[- ]?%?-?(?P<word>{_COMPOUNDS}[а-яё]+)", _say_compound),
    rule(rf"{_RANGE} ?{_UNIT}", _say_measures),
    rule(rf"{SIGNED}{_NUMBER} ?{_SCALE}{_UNIT}", _say_measure),
    rule(rf"{_NUMBER} (?P<unit>{one_of(WORDS)})(?![\w\u0301])", _say_scale),
    rule(
        rf"(?P<first>{WHOLE}){DASH}(?P<second>(?:\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+))(?![\w,-])",
        _say_range,
    ),
    rule(rf"(?P<number>{WHOLE})-(?P<suffix>[а-яё]{{1,4}})(?![\w-])", _say_suffixed),
    rule(rf"(?P<number>(?<!\w)\d+)[ -]?(?P<letter>{_LETTER})(?!\.)", _say_lettered),
    rule(rf"(?P<number>(?<!\w)\d+)(?P<letter>{_LETTER})", _say_lettered),
)

REST: tuple[Rule, ...] = (
    rule(r"½", "половина"),
    rule(FRACTION, _say_fraction),
    rule(r"(?<=\d) ?/ ?(?=\d)", " дробь "),
    rule(rf"(?<![^\W\d_]){SIGNED}{_NUMBER}(?![^\W\d_])", _say_number),
    rule(r"\d+", lambda match: f" {numbered(match.group())} "),
    rule(r"(?<!\w)тыс\.", "тысяч "),
    rule(r"(?<!\w)млн\.?(?!\w)", "миллионов "),
    rule(r"(?<!\w)млрд\.?(?!\w)", "миллиардов "),
    rule(r" ?& ?", " и "),
    rule(r" ?% ?", " процентов "),
    rule(r"№ ?", "номер "),
)
