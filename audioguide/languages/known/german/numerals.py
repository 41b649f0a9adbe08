"""German numbers in words."""

from __future__ import annotations

from audioguide.languages.rules import listed

_SMALL = listed(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
)
_TENS = listed("- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_SCALES = ((10**9, "Milliarde", "Milliarden"), (10**6, "Million", "Millionen"))
_ODD_ORDINALS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
LARGEST = 10**12


def cardinal(number: int) -> str:
    """Return a number in words, as it is counted: eins, hunderteins."""
    words = counted(number)
    return f"{words}s" if words.endswith("ein") else words


def counted(number: int) -> str:
    """Return a number in words as it stands before what is counted: ein, hundertein."""
    if number >= LARGEST:
        return " ".join(cardinal(int(figure)) for figure in str(number))
    for scale, one, many in _SCALES:
        if number >= scale:
            head, rest = divmod(number, scale)
            said = f"eine {one}" if head == 1 else f"{counted(head)} {many}"
            return f"{said} {counted(rest)}" if rest else said
    if number >= 1000:
        head, rest = divmod(number, 1000)
        return f"{_below_thousand(head)}tausend{_below_thousand(rest) if rest else ''}"
    return _below_thousand(number)


def year(number: int) -> str:
    """Return a year in words: neunzehnhundertsiebenunddreißig, zweitausendfünfzehn."""
    if 1100 <= number < 2000:
        head, rest = divmod(number, 100)
        return f"{_below_hundred(head)}hundert{cardinal(rest) if rest else ''}"
    return cardinal(number)


def ordinal(number: int, ending: str) -> str:
    """Return an ordinal with its ending: dritt-en, zwanzigst-e, erst-er."""
    rest = number % 100
    if rest in _ODD_ORDINALS:
        before = number - rest
        return (counted(before) if before else "") + _ODD_ORDINALS[rest] + ending
    return counted(number) + ("t" if 0 < rest < 20 else "st") + ending


def _below_thousand(number: int) -> str:
    head, rest = divmod(number, 100)
    if not head:
        return _below_hundred(rest)
    return f"{_SMALL[head] if head > 1 else 'ein'}hundert{_below_hundred(rest) if rest else ''}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, rest = divmod(number, 10)
    return f"{_SMALL[rest]}und{_TENS[tens]}" if rest else _TENS[tens]
