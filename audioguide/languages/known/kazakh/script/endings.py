"""Case endings of Kazakh words by vowel harmony."""

from __future__ import annotations

import re
from enum import StrEnum


class Ending(StrEnum):
    """A case ending by its name."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    LOCATIVE = "locative"
    ATTRIBUTIVE = "attributive"
    ABLATIVE = "ablative"
    INSTRUMENTAL = "instrumental"
    APPROXIMATE = "approximate"


# Every shape in which an ending is met, those of possessive stems (-сы, -ы) last.
_SHAPES = {
    Ending.GENITIVE: "ның нің дың дің тың тің",
    Ending.ATTRIBUTIVE: "дағы дегі тағы тегі ндағы ндегі",
    Ending.DATIVE: "ға ге қа ке на не",
    Ending.ACCUSATIVE: "ны ні ды ді ты ті",
    Ending.LOCATIVE: "да де та те нда нде",
    Ending.ABLATIVE: "дан ден тан тен нан нен",
    Ending.INSTRUMENTAL: "менен мен бен пен",
    Ending.APPROXIMATE: "дай дей тай тей",
}
_NAMED = {shape: ending for ending, shapes in _SHAPES.items() for shape in shapes.split()}

ENDING = "(?:" + "|".join(sorted(_NAMED, key=len, reverse=True)) + ")"
"""A pattern for any case ending."""

# Hard form after a vowel, after р л й у и, after a nasal, after з ж, after a voiceless sound.
# Қазіргі қазақ тілі, септік жалғаулары: the seven cases, four of them with three variants.
_BY_SOUND = {
    Ending.GENITIVE: ("ның", "дың", "ның", "дың", "тың"),
    Ending.DATIVE: ("ға", "ға", "ға", "ға", "қа"),
    Ending.ACCUSATIVE: ("ны", "ды", "ды", "ды", "ты"),
    Ending.LOCATIVE: ("да", "да", "да", "да", "та"),
    Ending.ATTRIBUTIVE: ("дағы", "дағы", "дағы", "дағы", "тағы"),
    Ending.ABLATIVE: ("дан", "дан", "нан", "дан", "тан"),
    Ending.INSTRUMENTAL: ("мен", "мен", "мен", "бен", "пен"),
    Ending.APPROXIMATE: ("дай", "дай", "дай", "дай", "тай"),
}
_AFTER_POSSESSIVE = {
    Ending.GENITIVE: "ның",
    Ending.DATIVE: "на",
    Ending.ACCUSATIVE: "н",
    Ending.LOCATIVE: "нда",
    Ending.ATTRIBUTIVE: "ндағы",
    Ending.ABLATIVE: "нан",
    Ending.INSTRUMENTAL: "мен",
    Ending.APPROXIMATE: "ндай",
}
_SOUNDS = ("аәеёыіоөұүэюя", "рлйуи", "мнң", "зж", "кқпбвгдтсшщчцфхһғ")
_SOFTENED = str.maketrans("аығқ", "еігк")
_SOFT, _HARD = "әеіөүэ", "аоұыяё"


def attach(word: str, ending: str) -> str:
    """Join a case ending to ``word`` in the shape that its last sounds ask for.

    ``ending`` is any shape of it: "1917-да" and "1917-де" are both said "он жетіде". What is not
    a case ending is joined as it is written.
    """
    if ending not in _NAMED:
        return word + ending
    return decline(word, _NAMED[ending])


def attach_to_number(words: str, ending: str) -> str:
    """Join an ending to a number in words; "алты" and "жеті" only look like possessives."""
    before, space, last = words.rpartition(" ")
    return before + space + attach(last, ending)


def decline(word: str, ending: Ending) -> str:
    """Return ``word`` with ``ending``; of a phrase, the last word takes it."""
    if is_possessive(word):
        shape = _AFTER_POSSESSIVE[ending]
    else:
        last = word.rstrip("ь")[-1].lower()
        place = next((at for at, sounds in enumerate(_SOUNDS) if last in sounds), 0)
        shape = _BY_SOUND[ending][place]
    if ending is not Ending.INSTRUMENTAL and is_soft(word):
        shape = shape.translate(_SOFTENED)
    return word + shape


def joined(first: str, second: str) -> str:
    """Return "first and second" with the conjunction мен, бен or пен after the sound it follows."""
    conjunction = decline(first, Ending.INSTRUMENTAL)[len(first) :]
    return f"{first} {conjunction} {second}"


def is_soft(word: str) -> bool:
    """Tell whether the last vowel of ``word`` is a front one; и, у and ю follow the one before."""
    for letter in reversed(word.lower()):
        if letter in _SOFT:
            return True
        if letter in _HARD:
            return False
    return re.search("[иь]", word.lower()) is not None


def is_possessive(phrase: str) -> bool:
    """Tell whether ``phrase`` ends as "Кеңес Одағы" or "Байтұрсынұлы" do and declines with -н-."""
    return phrase.endswith("ұлы") or (" " in phrase and phrase[-1:] in ("ы", "і"))
