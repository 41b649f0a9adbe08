"""Kazakh words for numbers, with their endings."""

from __future__ import annotations

import re
from fractions import Fraction

from audioguide.languages.vocabulary import Part, Rank, Vocabulary

_UNITS = ("бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
_TENS = ("он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
_VALUES = {
    **{word: (Rank.UNIT, value) for value, word in enumerate(_UNITS, start=1)},
    **{word: (Rank.TENS, value * 10) for value, word in enumerate(_TENS, start=1)},
    "жиырмасы": (Rank.TENS, 20),
    "жүз": (Rank.HUNDRED, 100),
    "мың": (Rank.SCALE, 1000),
    "миллион": (Rank.SCALE, 10**6),
    "млн": (Rank.SCALE, 10**6),
    "миллиард": (Rank.SCALE, 10**9),
}
_ORDINAL = r"(?P<ordinal>[ыі]?нш[ыі])"
_CASE = (
    r"(?P<ending>[нтд][ыі]ң|[ғгқк][ае]|[нтд][ыі]|[нтд]?[тд][ае]|[нтд][ае]н|[мбп]ен|[тд][ае]й"
    r"|[тд][ае][ғг][ыі]|с?[ыі])"
)
_FORM = re.compile(
    rf"(?P<word>{'|'.join(sorted(_VALUES, key=len, reverse=True))}){_ORDINAL}?{_CASE}?"
)
# оның, онда, оны: he and it; жүзі, жүзін, жүзге: a face. Neither is a number.
_SAFE_ENDINGS = {"он": {"ға"}, "жүз": {"ден", "дей"}}


def _part(word: str) -> Part | None:
    if word == "жарты":
        return Part(Rank.UNIT, Fraction(1, 2))
    found = _FORM.fullmatch(word)
    if found is None:
        return None
    ending, is_ordinal = found["ending"], found["ordinal"] is not None
    is_doubtful = found["word"] in _SAFE_ENDINGS and ending and not is_ordinal
    if is_doubtful and ending not in _SAFE_ENDINGS[found["word"]]:
        return None
    is_of_them = found["word"] == "жиырмасы" and not is_ordinal
    rank, value = _VALUES[found["word"]]
    return Part(rank, Fraction(value), is_ordinal, is_closing=bool(ending) or is_of_them)


VOCABULARY = Vocabulary(
    part=_part,
    half=re.compile(r"\s+жарым\b"),
    joins=None,
    decade=re.compile(r"-?\s?жылдар"),
    year=re.compile(r"\s+(?:жыл|ж\.|жж\.)"),
    century=r"ғасыр",
    between_years=r"және|мен|бен",
)
