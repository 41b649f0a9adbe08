"""The letters a voice can say, and the names of the letters."""

from __future__ import annotations

import unicodedata

from audioguide.languages import Language
from audioguide.speech.script.rules import listed

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_KAZAKH = _RUSSIAN + "әғқңөұүһі"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    Language("kk"): frozenset(_KAZAKH + _LATIN),
    Language("ru"): frozenset(_RUSSIAN + _LATIN),
    Language("en"): frozenset(_LATIN),
}
_MARKS = frozenset(" .,?!:;'-\u0301")

_LATIN_NAMES = dict(
    zip(
        _LATIN,
        listed(
            "а бэ цэ дэ е эф гэ аш и йот ка эль эм эн о пэ ку эр эс тэ у вэ дубль-вэ икс игрек зэт"
        ),
        strict=True,
    )
)
_RUSSIAN_NAMES = dict(
    zip(
        _RUSSIAN,
        listed(
            "а бэ вэ гэ дэ е ё жэ зэ и и-краткое ка эль эм эн о пэ эр эс тэ у эф ха цэ че ша ща "
            "твёрдый-знак ы мягкий-знак э ю я"
        ),
        strict=True,
    )
)
# Dossier D1 reads НКВД as эн-ка-вэ-дэ in both languages.
_KAZAKH_NAMES = (
    _RUSSIAN_NAMES
    | {"й": "қысқа-и", "л": "эл", "ъ": "айыру-белгісі", "ь": "жіңішкелік-белгісі"}
    | {"ә": "ә", "ғ": "ға", "қ": "қа", "ң": "ың", "ө": "ө", "ұ": "ұ", "ү": "ү", "һ": "һа", "і": "і"}
)
_NAMES = {
    Language("kk"): _LATIN_NAMES | _KAZAKH_NAMES,
    Language("ru"): _LATIN_NAMES | _KAZAKH_NAMES | _RUSSIAN_NAMES,
}


def spell(letters: str, language: Language) -> str:
    """Return ``letters`` by their names: "эн-ка-вэ-дэ", and "N K V D" for an English voice."""
    if language == Language("en"):
        return " ".join(letters.upper())
    names = _NAMES[language]
    return "-".join(names.get(letter, letter) for letter in letters.lower())


def unspeakable(prepared: str, language: Language) -> tuple[str, ...]:
    """Return the characters of a script that no voice of ``language`` can say, in order, once.

    Kazakh voices also say Russian and Latin letters, Russian ones Latin letters; a Kazakh letter
    in a Russian script is named, so that the lexicon can give a form for it.
    """
    speakable = _ALPHABETS[language] | _MARKS
    composed = unicodedata.normalize("NFC", prepared)
    strange = (char for char in composed if char.lower() not in speakable)
    return tuple(dict.fromkeys(strange))
