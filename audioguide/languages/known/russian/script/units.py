"""Russian units of measure as nouns that decline."""

from __future__ import annotations

from audioguide.languages.known.russian.script.numerals import (
    MILLIARD,
    MILLION,
    THOUSAND,
    Gender,
    Noun,
)


def _regular(name: str, tail: str = "") -> Noun:
    one, many = ("", "а", "у", "", "ом", "е"), ("ы", "ов", "ам", "ы", "ами", "ах")
    return Noun(
        tuple(f"{name}{end}{tail}" for end in one), tuple(f"{name}{end}{tail}" for end in many)
    )


def _feminine(stem: str, many: str) -> Noun:
    one, plural = ("а", "ы", "е", "у", "ой", "е"), ("ы", "", "ам", "ы", "ами", "ах")
    if stem.endswith("к"):
        one, plural = ("а", "и", "е", "у", "ой", "е"), ("и", "", "ам", "и", "ами", "ах")
    forms = tuple(many if end == "" else stem + end for end in plural)
    return Noun(tuple(stem + end for end in one), forms, Gender.FEMININE)


def _described(adjective: str, noun: Noun) -> Noun:
    stem = adjective[:-2]
    one = (adjective, stem + "ого", stem + "ому", adjective, stem + "ым", stem + "ом")
    many = (stem + "ые", stem + "ых", stem + "ым", stem + "ые", stem + "ыми", stem + "ых")
    return Noun(
        tuple(f"{first} {second}" for first, second in zip(one, noun.singular, strict=True)),
        tuple(f"{first} {second}" for first, second in zip(many, noun.plural, strict=True)),
    )


PER_CENT = _regular("процент")
_METRE, _KILOMETRE = _regular("метр"), _regular("километр")
_ROUBLE = Noun(
    ("рубль", "рубля", "рублю", "рубль", "рублём", "рубле"),
    ("рубли", "рублей", "рублям", "рубли", "рублями", "рублях"),
)
_KOPECK = _feminine("копейк", "копеек")
_PERSON = Noun(
    ("человек", "человека", "человеку", "человека", "человеком", "человеке"),
    ("люди", "человек", "человекам", "человек", "людьми", "людях"),
)
_TENGE = Noun(("тенге",) * 6, ("тенге",) * 6)

UNITS = {
    "%": PER_CENT,
    "°C": _regular("градус", " Цельсия"),
    "°С": _regular("градус", " Цельсия"),
    "ºC": _regular("градус", " Цельсия"),
    "ºС": _regular("градус", " Цельсия"),
    "°": _regular("градус"),
    "тыс": THOUSAND,
    "млн": MILLION,
    "млрд": MILLIARD,
    "‰": Noun(("промилле",) * 6, ("промилле",) * 6),
    "км/ч": _regular("километр", " в час"),
    "км": _KILOMETRE,
    "м": _METRE,
    "см": _regular("сантиметр"),
    "мм": _regular("миллиметр"),
    "кв. км": _described("квадратный", _KILOMETRE),
    "кв.км": _described("квадратный", _KILOMETRE),
    "км²": _described("квадратный", _KILOMETRE),
    "кв. м": _described("квадратный", _METRE),
    "кв.м": _described("квадратный", _METRE),
    "м²": _described("квадратный", _METRE),
    "м³": _described("кубический", _METRE),
    "куб. м": _described("кубический", _METRE),
    "га": _regular("гектар"),
    "кг": _regular("килограмм"),
    "г": _regular("грамм"),
    "ц": _regular("центнер"),
    "т": _feminine("тонн", "тонн"),
    "л": _regular("литр"),
    "руб": _ROUBLE,
    "₽": _ROUBLE,
    "коп": _KOPECK,
    "тг": _TENGE,
    "₸": _TENGE,
    "$": _regular("доллар"),
    "€": Noun(("евро",) * 6, ("евро",) * 6),
    "чел": _PERSON,
    "экз": _regular("экземпляр"),
    "мин": _feminine("минут", "минут"),
    "сек": _feminine("секунд", "секунд"),
    "ч": Noun(
        ("час", "часа", "часу", "час", "часом", "часе"),
        ("часы", "часов", "часам", "часы", "часами", "часах"),
    ),
}
WORDS = {
    "тысяч": THOUSAND,
    "тысячи": THOUSAND,
    "тысяча": THOUSAND,
    "миллион": MILLION,
    "миллиона": MILLION,
    "миллионов": MILLION,
    "миллиард": MILLIARD,
    "миллиарда": MILLIARD,
    "миллиардов": MILLIARD,
}
"""Scales written out: with a numeral in an oblique case they decline as a part of it (D2)."""
