"""Russian words for numbers in all their cases."""

from __future__ import annotations

import re
from fractions import Fraction

from audioguide.languages.vocabulary import Part, Rank, Vocabulary, scale, unit

_CARDINALS = {
    1: "один одна одно одного одной одну одному одним одном",
    2: "два две двух двум двумя",
    3: "три трёх трём тремя",
    4: "четыре четырёх четырём четырьмя",
    40: "сорок сорока",
    90: "девяносто девяноста",
}
_SOFT = {5: "пят", 6: "шест", 7: "сем", 9: "девят", 10: "десят", 20: "двадцат", 30: "тридцат"}
_TEENS = ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
_TENFOLD = {50: ("пять", "пяти"), 60: ("шесть", "шести"), 70: ("семь", "семи")}
_HUNDREDS = {
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трёхсот трёмстам тремястами трёхстах",
    400: "четыреста четырёхсот четырёмстам четырьмястами четырёхстах",
}
_FOLD_OF_HUNDREDS = {
    500: ("пять", "пяти", "пятью"),
    600: ("шесть", "шести", "шестью"),
    700: ("семь", "семи", "семью"),
    800: ("восемь", "восьми", "восемью"),
    900: ("девять", "девяти", "девятью"),
}
_ORDINAL_STEMS = {
    **{1: "перв", 2: "втор", 4: "четвёрт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм"},
    **{9: "девят", 10: "десят", 20: "двадцат", 30: "тридцат", 40: "сороков"},
    **{50: "пятидесят", 60: "шестидесят", 70: "семидесят", 80: "восьмидесят", 90: "девяност"},
    **{100: "сот", 200: "двухсот", 300: "трёхсот", 400: "четырёхсот", 500: "пятисот"},
    **{600: "шестисот", 700: "семисот", 800: "восьмисот", 900: "девятисот"},
    **{11 + index: f"{stem}надцат" for index, stem in enumerate(_TEENS)},
}
_THIRD = "третий третья третье третьего третьей третьему третьим третьем третью третьи третьих"
_SCALES = {
    1000: ("тысяч", "а у е ей ью", "и ам ами ах", "тысяч тыс"),
    10**6: ("миллион", " а у ом е", "ы ов ам ами ах", "млн"),
    10**9: ("миллиард", " а у ом е", "ы ов ам ами ах", "млрд"),
}
_ADJECTIVE = ["ый", "ой", "ий", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ых", "ыми", "ую"]
_AGED = re.compile(r"(?P<tens>[а-я]+?(?:цати|десяти|сорока|девяноста))(?P<unit>[а-я]*?)лет[ни].*")
_BEFORE_YEARS = {"одно": 1, "двух": 2, "трех": 3, "четырех": 4}


def _words() -> dict[str, Part]:
    words: dict[str, Part] = {}
    for value, forms in _CARDINALS.items():
        words |= dict.fromkeys(forms.split(), unit(value))
    soft = _SOFT | {11 + index: f"{stem}надцат" for index, stem in enumerate(_TEENS)}
    for value, stem in soft.items():
        words |= {stem + ending: unit(value) for ending in ("ь", "и", "ью")}
    words |= dict.fromkeys(("восемь", "восьми", "восемью", "восьмью"), unit(8))
    tenfold = _TENFOLD | {80: ("восемь", "восьми")}
    for value, (plain, oblique) in tenfold.items():
        cases = (f"{plain}десят", f"{oblique}десяти", f"{plain}юдесятью")
        words |= dict.fromkeys(cases, unit(value))
    words |= _hundreds()
    words["полтора"] = words["полторы"] = words["полутора"] = Part(Rank.UNIT, Fraction(3, 2))
    words["пол"] = Part(Rank.UNIT, Fraction(1, 2))
    words["полмиллиона"] = Part(Rank.DIGITS, Fraction(500_000))
    return words | _scales() | _ordinals()


def _hundreds() -> dict[str, Part]:
    words: dict[str, Part] = {}
    for value, forms in _HUNDREDS.items():
        words |= dict.fromkeys(forms.split(), Part(Rank.HUNDREDS, Fraction(value)))
    for value, (plain, oblique, by) in _FOLD_OF_HUNDREDS.items():
        forms_of = (
            f"{plain}сот",
            f"{oblique}сот",
            f"{oblique}стам",
            f"{by}стами",
            f"{oblique}стах",
        )
        words |= dict.fromkeys(forms_of, Part(Rank.HUNDREDS, Fraction(value)))
    return words


def _scales() -> dict[str, Part]:
    words: dict[str, Part] = {}
    for value, (stem, singular, plural, others) in _SCALES.items():
        one, many = scale(value), Part(Rank.SCALE, Fraction(value), is_plural=True)
        words |= {stem + ending: one for ending in singular.split(" ")}
        words |= {stem + ending: many for ending in plural.split()}
        words |= dict.fromkeys(others.split(), many)
        words |= {stem + "н" + ending: scale(value, is_ordinal=True) for ending in _ADJECTIVE}
    return words


def _ordinals() -> dict[str, Part]:
    words = dict.fromkeys(_THIRD.split(), unit(3, is_ordinal=True))
    for value, stem in _ORDINAL_STEMS.items():
        part = (
            unit(value, is_ordinal=True)
            if value < 100
            else Part(Rank.HUNDREDS, Fraction(value), is_ordinal=True)
        )
        words |= {stem + ending: part for ending in _ADJECTIVE}
    return words


_WORDS = {word.replace("ё", "е"): part for word, part in _words().items()}


def _part(word: str) -> Part | None:
    plain = word.replace("ё", "е")
    return _WORDS.get(plain) or _aged(plain)


def _aged(word: str) -> Part | None:
    """Read what is said of years in one word: двадцатидвухлетний, пятидесятилетие."""
    found = _AGED.fullmatch(word)
    if found is None or found["tens"] not in _WORDS:
        return None
    rest = _BEFORE_YEARS.get(found["unit"]) or _WORDS.get(found["unit"])
    more = rest.value if isinstance(rest, Part) else Fraction(rest or 0)
    if found["unit"] and not more:
        return None
    return Part(Rank.DIGITS, _WORDS[found["tens"]].value + more, is_closing=True)


VOCABULARY = Vocabulary(
    part=_part,
    half=re.compile(r"\s+с\s+половиной\b"),
    joins=None,
    decade=re.compile(r"(?:-[ех]|-ми?|-ые|-ых)?\s+год(?:ы|ов|ах|ам)\b|-[ех]\b"),
    year=re.compile(r"\s+(?:год(?!\w*\s+жизни)|г\.|гг\.)"),
    about=re.compile(r"(?:около|более|свыше|больше|менее|меньше|порядка|до)\s+$"),
    century=r"век",
    between_years=r"и|по|до|или",
    to=r"по",
)
