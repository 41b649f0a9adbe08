"""The letters a voice can say."""

from __future__ import annotations

import unicodedata

from audioguide.languages import Language, facts

_MARKS = frozenset(" .,?!:;'-\u0301\u200c\u200d")
_UNKNOWN_KINDS = ("So", "Sk", "Cc", "Cf", "Co", "Cn")


def unspeakable(prepared: str, language: Language) -> tuple[str, ...]:
    """Return the characters of a script that no voice of ``language`` can say, in order, once.

    Kazakh voices also say Russian and Latin letters, Russian ones Latin letters; a Kazakh letter
    in a Russian script is named, so that the lexicon can give a form for it. Of a language whose
    letters are not known, only pictures and the like are named.
    """
    composed = unicodedata.normalize("NFC", prepared)
    letters = facts(language).letters
    if letters is None:
        kinds = {char: unicodedata.category(char) for char in composed if char not in _MARKS}
        strange = (char for char, kind in kinds.items() if kind in _UNKNOWN_KINDS)
    else:
        strange = (char for char in composed if char.lower() not in letters | _MARKS)
    return tuple(dict.fromkeys(strange))
