"""Letters, and the names by which Kazakh and Russian readers say them."""

from __future__ import annotations

from audioguide.languages.rules import listed

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = RUSSIAN + "әғқңөұүһі"

_LATIN_NAMES = dict(
    zip(
        LATIN,
        listed(
            "а бэ цэ дэ е эф гэ аш и йот ка эль эм эн о пэ ку эр эс тэ у вэ дубль-вэ икс игрек зэт"
        ),
        strict=True,
    )
)
_RUSSIAN_NAMES = dict(
    zip(
        RUSSIAN,
        listed(
            "а бэ вэ гэ дэ е ё жэ зэ и и-краткое ка эль эм эн о пэ эр эс тэ у эф ха цэ че ша ща "
            "твёрдый-знак ы мягкий-знак э ю я"
        ),
        strict=True,
    )
)
# Dossier D1 reads НКВД as эн-ка-вэ-дэ in both languages.
KAZAKH_NAMES = (
    _LATIN_NAMES
    | _RUSSIAN_NAMES
    | {"й": "қысқа-и", "л": "эл", "ъ": "айыру-белгісі", "ь": "жіңішкелік-белгісі"}
    | {"ә": "ә", "ғ": "ға", "қ": "қа", "ң": "ың", "ө": "ө", "ұ": "ұ", "ү": "ү", "һ": "һа", "і": "і"}
)
RUSSIAN_NAMES = KAZAKH_NAMES | _RUSSIAN_NAMES
