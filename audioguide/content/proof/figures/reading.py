"""Read the figures of a text, told in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from audioguide.content.proof.figures.values import Figure, Sum
from audioguide.languages import Language, facts
from audioguide.languages.vocabulary import Part, Rank, Vocabulary

_GAP = re.compile(r"\s+|-")
_NOTHING = r"(?!)"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_FEWEST_OF_A_SHORT_YEAR = 11


def figures_of(text: str, language: Language) -> tuple[Figure, ...]:
    """Read the figures of a text in the order in which they stand.

    A year told by its last two figures is given its century: that of the year before it, or
    the twentieth where "year" follows.
    """
    text = text.translate(facts(language).vocabulary.read_as)
    found = sorted(
        [*_numbers(text, language), *_romans(text, language)], key=lambda each: each.start
    )
    return tuple(_with_decades(_with_centuries(found, text, language), text, language))


def _numbers(text: str, language: Language) -> Iterator[Figure]:
    vocabulary = facts(language).vocabulary
    number: Sum | None = None
    start = end = 0
    last: Part | None = None
    is_plural = False
    for part, begins, ends in _parts(text, language):
        gap = text[end:begins]
        if number and _joined(gap, last, part, vocabulary) and number.takes(part):
            end = ends
        else:
            if number and not _is_vague(number, text[:start], vocabulary):
                yield _figure(number, start, end, is_decade=is_plural)
            number, start, end = Sum(by_centuries=vocabulary.by_centuries), begins, ends
            number.takes(part)
        last, is_plural = part, part.is_plural and part.rank is Rank.TENS
    if number and not _is_vague(number, text[:start], vocabulary):
        yield _figure(number, start, end, is_decade=is_plural)


def _figure(number: Sum, start: int, end: int, *, is_decade: bool) -> Figure:
    return Figure(number.value, is_decade, number.in_digits, start, end, number.is_ordinal)


def _is_vague(number: Sum, before: str, vocabulary: Vocabulary) -> bool:
    if number.is_vague:
        return vocabulary.about is None or not vocabulary.about.search(before.lower())
    return number.value == 0


def _joined(gap: str, last: Part | None, part: Part, vocabulary: Vocabulary) -> bool:
    if part.rank is Rank.HALF or _GAP.fullmatch(gap):
        return True
    if vocabulary.joins is None or not vocabulary.joins.fullmatch(gap) or last is None:
        return False
    is_half = last.value == Fraction(1, 2) and part.rank is Rank.SCALE
    return is_half or last.rank in (Rank.HUNDRED, Rank.SCALE)


def _parts(text: str, language: Language) -> Iterator[tuple[Part, int, int]]:
    vocabulary = facts(language).vocabulary
    written = (
        rf"(?<![\w.,])(?:(?P<from>\d{{4}})[-–—](?P<to>\d\d)(?!\d)"
        rf"|(?P<grouped>\d{{1,3}}(?:[{vocabulary.grouping}]\d{{3}})+)(?!\d)|(?P<digits>\d+(?:[.,]\d+)?))"
        r"|(?P<word>[^\W\d_]+)"
    )
    position = 0
    pattern = re.compile(written)
    while found := pattern.search(text, position):
        position = found.end()
        if found["word"] is None:
            yield from _written(found)
        elif part := vocabulary.part(found["word"].lower()):
            yield part, found.start(), position
        else:
            continue
        if half := vocabulary.half.match(text, position):
            yield Part(Rank.HALF, Fraction(1, 2)), position, half.end()
            position = half.end()


def _written(found: re.Match[str]) -> Iterator[tuple[Part, int, int]]:
    if found["from"]:
        years = (found["from"], found["from"][:2] + found["to"])
        for name, year in zip(("from", "to"), years, strict=True):
            yield Part(Rank.DIGITS, Fraction(year)), found.start(name), found.end(name)
        return
    written = re.sub(r"\D", "", found["grouped"]) if found["grouped"] else found["digits"]
    yield Part(Rank.DIGITS, Fraction(written.replace(",", "."))), found.start(), found.end()


def _romans(text: str, language: Language) -> Iterator[Figure]:
    century = facts(language).vocabulary.century or _NOTHING
    for found in re.finditer(rf"\b[IVX]+\b(?=\.?\s+(?:{century}))", text):
        values = [_ROMAN_VALUES[letter] for letter in found.group()]
        following = [*values[1:], 0]
        total = sum(
            -value if value < after else value
            for value, after in zip(values, following, strict=True)
        )
        yield Figure(Fraction(total), False, False, *found.span(), is_ordinal=True)


def _with_centuries(found: list[Figure], text: str, language: Language) -> list[Figure]:
    """Give short years their century: from the one before, or from the word "year" behind."""
    year = facts(language).vocabulary.year
    years: list[Figure] = []
    for each in found:
        before = years[-1] if years else None
        if (
            before is not None
            and _is_short(each, language)
            and _follows(each, before, text, language)
        ):
            years.append(replace(each, value=before.value // 100 * 100 + each.value))
        elif each.is_ordinal and _is_short(each, language) and year.match(text, each.end):
            years.append(replace(each, value=1900 + each.value))
            _mend_before(years, text, language)
        elif each.is_decade and each.value < 100:
            years.append(replace(each, value=1900 + each.value))
        else:
            years.append(each)
    return years


def _follows(each: Figure, before: Figure, text: str, language: Language) -> bool:
    """Tell whether a short year goes on from a whole one: not "In 1937, forty people"."""
    between = text[before.end : each.start]
    if not _is_year_like(before) or not _are_beside(between, language):
        return False
    counts = not each.is_ordinal and _counts_something(text[each.end :], language)
    return each.value > before.value % 100 and not (counts and between.strip() in {"", ","})


def _mend_before(years: list[Figure], text: str, language: Language) -> None:
    """Give its century to the first of "отыз жетінші, отыз сегізінші жылдары"."""
    if len(years) < 2:
        return
    first, second = years[-2:]
    between = text[first.end : second.start]
    if first.is_ordinal and _is_short(first, language) and _are_beside(between, language):
        years[-2] = replace(first, value=1900 + first.value)


def _are_beside(between: str, language: Language) -> bool:
    """Tell whether what stands between two years joins them."""
    words = facts(language).vocabulary
    joined, to = words.between_years or _NOTHING, words.to or _NOTHING
    return re.fullmatch(rf"(?:,|\s+(?:{joined}))?\s+(?:(?:{to})\s+)?", between) is not None


def _counts_something(after: str, language: Language) -> bool:
    joined = facts(language).vocabulary.between_years or _NOTHING
    return re.match(rf"\s+(?!(?:{joined})\b)[^\W\d_]", after) is not None


def _is_short(each: Figure, language: Language) -> bool:
    is_told = each.is_ordinal or facts(language).vocabulary.are_cardinals_years
    return is_told and not each.in_digits and _FEWEST_OF_A_SHORT_YEAR <= each.value < 100


def _is_year_like(each: Figure) -> bool:
    return each.value.denominator == 1 and 1000 <= each.value < 2100


def _with_decades(found: list[Figure], text: str, language: Language) -> list[Figure]:
    """Mark the decades: "1930s", "1930-жылдары", "тысяча девятьсот тридцатые годы"."""
    decade = facts(language).vocabulary.decade
    marked: list[Figure] = []
    for each in found:
        before = marked[-1] if marked else None
        is_range = before is not None and text[before.end : each.start].strip() in ("-", "–", "—")
        may_be = _is_round(each) and (each.in_digits or each.is_ordinal)
        # "1929–1930 жылдары" are years; "1920–1930-жылдары" are decades, both.
        is_marked = text[each.end : each.end + 1] in ("-", "s")
        if may_be and decade.match(text, each.end) and (is_marked or not is_range):
            if before is not None and is_range and _is_round(before):
                marked[-1] = replace(before, is_decade=True)
            marked.append(replace(each, is_decade=True))
        else:
            marked.append(each)
    return marked


def _is_round(each: Figure) -> bool:
    return each.value % 10 == 0 and each.value >= 20
