"""English numerals in words, British fashion ("and" after the hundred); years as they are said."""

from __future__ import annotations

from audioguide.languages.rules import listed

_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = listed("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_LARGEST = 10**12
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


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
            if not rest:
                return many
            return f"{many} {'and ' if rest < 100 else ''}{cardinal(rest)}"
    raise AssertionError(number)


def _below_thousand(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
    hundreds = f"{_SMALL[number // 100]} hundred"
    return f"{hundreds} and {_below_thousand(number % 100)}" if number % 100 else hundreds


def ordinal(number: int) -> str:
    """Return the ordinal in words: "twenty-sixth"."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _ORDINALS:
        return words[:cut] + _ORDINALS[last]
    return words[:cut] + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(number: int) -> str:
    """Return a year as it is said: "nineteen oh five", "two thousand and one"."""
    century, rest = divmod(number, 100)
    if (century % 10 == 0 and rest < 10) or not 11 <= century <= 99:
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(number: int) -> str:
    """Return a decade: "nineteen-thirties", "two-thousands", "nineteen-hundreds"."""
    if number % 1000 == 0:
        return f"{cardinal(number // 1000)}-thousands"
    if number % 100 == 0:
        return f"{cardinal(number // 100)}-hundreds"
    tens = plural(cardinal(number % 100))
    return f"{cardinal(number // 100)}-{tens}" if number >= 100 else tens


def plural(word: str) -> str:
    """Return the plural of a numeral: "thirties"."""
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def decimal(whole: int, fraction: str) -> str:
    """Return a decimal: "ninety-seven point seven"."""
    return f"{cardinal(whole)} point {figures(fraction)}"


def figures(digits: str) -> str:
    """Return the digits one by one."""
    return " ".join(_SMALL[int(digit)] for digit in digits)


def numbered(digits: str) -> str:
    """Return the number of a paper; after zeros, figures: "zero-zero four-four-seven" (D1)."""
    rest = digits.lstrip("0")
    zeros = "-".join(["zero"] * (len(digits) - len(rest)))
    if not zeros:
        return cardinal(int(digits))
    return f"{zeros} {'-'.join(_SMALL[int(digit)] for digit in rest)}".strip()
