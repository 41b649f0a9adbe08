"""Kazakh numerals in words, in the house form: "бір мың тоғыз жүз отыз жеті" (dossier D2, H2)."""

from __future__ import annotations

from audioguide.languages.rules import listed

_UNITS = listed("нөл бір екі үш төрт бес алты жеті сегіз тоғыз")
_TENS = listed("_ он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан")
_SCALES = ((10**9, "миллиард"), (10**6, "миллион"), (10**3, "мың"))
_LARGEST = 10**12

# -ыншы, -інші after a consonant, -ншы, -нші after a vowel; жиырмасыншы is irregular (D4).
_ORDINALS = {
    "нөл": "нөлінші",
    "бір": "бірінші",
    "екі": "екінші",
    "үш": "үшінші",
    "төрт": "төртінші",
    "бес": "бесінші",
    "алты": "алтыншы",
    "жеті": "жетінші",
    "сегіз": "сегізінші",
    "тоғыз": "тоғызыншы",
    "он": "оныншы",
    "жиырма": "жиырмасыншы",
    "отыз": "отызыншы",
    "қырық": "қырқыншы",
    "елу": "елуінші",
    "алпыс": "алпысыншы",
    "жетпіс": "жетпісінші",
    "сексен": "сексенінші",
    "тоқсан": "тоқсаныншы",
    "жүз": "жүзінші",
    "мың": "мыңыншы",
    "миллион": "миллионыншы",
    "миллиард": "миллиардыншы",
}
_COLLECTIVES = {1: "бір", 2: "екеу", 3: "үшеу", 4: "төртеу", 5: "бесеу", 6: "алтау", 7: "жетеу"}
_FRACTIONS = {1: "оннан", 2: "жүзден", 3: "мыңнан"}


def cardinal(number: int) -> str:
    """Return a number from 0 in words; one too long for a name is said figure by figure."""
    if number >= _LARGEST:
        return figures(str(number))
    if number < 1000:
        return _below_thousand(number)
    for scale, name in _SCALES:
        if number >= scale:
            rest = number % scale
            many = f"{_below_thousand(number // scale)} {name}"
            return f"{many} {cardinal(rest)}" if rest else many
    raise AssertionError(number)


def _below_thousand(number: int) -> str:
    if number < 10:
        return _UNITS[number]
    words = []
    hundreds, rest = divmod(number, 100)
    if hundreds:
        words += [_UNITS[hundreds], "жүз"] if hundreds > 1 else ["жүз"]
    if rest >= 10:
        words.append(_TENS[rest // 10])
    if rest % 10:
        words.append(_UNITS[rest % 10])
    return " ".join(words)


def ordinal(number: int) -> str:
    """Return the ordinal: only the last word takes the ending (D4)."""
    return made_ordinal(cardinal(number))


def made_ordinal(words: str) -> str:
    """Turn a cardinal in words into its ordinal."""
    before, space, last = words.rpartition(" ")
    return f"{before}{space}{_ORDINALS[last]}"


def collective(number: int) -> str | None:
    """Return "екеу" for 2 and so on to 7, or None."""
    return _COLLECTIVES.get(number)


def decimal(whole: int, fraction: str) -> str:
    """Return a decimal: "бір жарым", "отыз сегіз бүтін оннан бір"."""
    if fraction == "5":
        return f"{cardinal(whole)} жарым" if whole else "жарты"
    if len(fraction) not in _FRACTIONS:
        return f"{cardinal(whole)} бүтін {figures(fraction)}"
    return f"{cardinal(whole)} бүтін {_FRACTIONS[len(fraction)]} {cardinal(int(fraction))}"


def figures(digits: str) -> str:
    """Return the digits one by one."""
    return " ".join(_UNITS[int(digit)] for digit in digits)


def numbered(digits: str) -> str:
    """Return the number of a paper, its leading zeros said: "нөл-нөл төрт жүз қырық жеті" (D1)."""
    zeros = len(digits) - len(digits.lstrip("0"))
    if zeros == len(digits):
        return "-".join(["нөл"] * zeros)
    return " ".join(filter(None, ["-".join(["нөл"] * zeros), cardinal(int(digits))]))
