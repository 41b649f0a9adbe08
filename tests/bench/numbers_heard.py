"""Know a number by any of its forms, as "девятого" and "девять", "ninth" and "nine".

A recogniser writes figures, and from figures nobody can tell which form was spoken.
"""

from __future__ import annotations

from audioguide.languages import Language

_CARDINAL = ("ь", "и", "ью")
_ORDINAL = ("ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ых", "ыми")

# Numbers that decline alike, by what stands before the ending.
_FIVE_TO_THIRTY = """пят шест девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат
    шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат"""
# Plain number, whole forms, and after a bar what ordinal endings are put to.
_RUSSIAN = """
    ноль нуль ноля нуля | нулев
    один одна одно одни одного одному одним одном одной одну одних одними | перв
    два две двух двум двумя | втор
    три трех трем тремя третий третьего третьему третьем третьим третья третьей третью третьи |
    четыре четырех четырем четырьмя | четверт
    семь семи семью | седьм
    восемь восьми восемью восьмью | восьм
    сорок сорока | сороков
    пятьдесят пятидесяти | пятидесят
    шестьдесят шестидесяти | шестидесят
    семьдесят семидесяти | семидесят
    восемьдесят восьмидесяти | восьмидесят
    девяносто девяноста | девяност
    сто ста сот | сот
    двести двухсот двумстам | двухсот
    триста трехсот тремстам | трехсот
    четыреста четырехсот | четырехсот
    пятьсот пятисот | пятисот
    шестьсот шестисот | шестисот
    семьсот семисот | семисот
    восемьсот восьмисот | восьмисот
    девятьсот девятисот | девятисот
    тысяча тысячи тысяч тысячу тысячей тысячью тысячам тысячами тысячах | тысячн
    миллион миллиона миллионов миллиону миллионом миллионе миллионы | миллионн
    миллиард миллиарда миллиардов миллиарды |
"""
_ENGLISH = """
    zero
    one first
    two second
    three third
    four fourth
    five fifth
    six sixth
    seven seventh
    eight eighth
    nine ninth
    ten tenth tens
    eleven eleventh
    twelve twelfth
    thirteen thirteenth
    fourteen fourteenth
    fifteen fifteenth
    sixteen sixteenth
    seventeen seventeenth
    eighteen eighteenth
    nineteen nineteenth
    twenty twentieth twenties
    thirty thirtieth thirties
    forty fortieth forties
    fifty fiftieth fifties
    sixty sixtieth sixties
    seventy seventieth seventies
    eighty eightieth eighties
    ninety ninetieth nineties
    hundred hundreds hundredth
    thousand thousands thousandth
    million millions
    billion billions
"""


def plain_number(word: str, language: Language) -> str | None:
    """Give the plain number of which a word is a form, or None for what is no number."""
    return _FORMS[language].get(word)


def _russian() -> dict[str, str]:
    forms: dict[str, str] = {}
    for stem in _FIVE_TO_THIRTY.split():
        forms |= {stem + ending: f"{stem}ь" for ending in (*_CARDINAL, *_ORDINAL)}
    for line in _RUSSIAN.strip().splitlines():
        whole, _, stem = line.partition("|")
        plain, *others = whole.split()
        forms |= dict.fromkeys((plain, *others), plain)
        if stem.strip():
            forms |= {stem.strip() + ending: plain for ending in _ORDINAL}
    return forms


def _english() -> dict[str, str]:
    rows = (line.split() for line in _ENGLISH.strip().splitlines())
    return {form: plain for plain, *others in rows for form in (plain, *others)}


_FORMS: dict[Language, dict[str, str]] = {
    Language("kk"): {},
    Language("ru"): _russian(),
    Language("en"): _english(),
}
