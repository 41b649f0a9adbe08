"""Which language of the museum a visitor most likely reads."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.languages.tags import Language

LANGUAGES = (Language("kk"), Language("ru"), Language("en"))
LONGEST_HEADER = 1000  # phones send some fifty characters
_LONGEST_NAME = 100


def parse(text: str | None, among: Sequence[Language] = LANGUAGES) -> Language | None:
    """Return which of some languages ``text`` names ("kk", "KK", "kk-KZ", "kaz"), or None.

    What a tag has behind it is passed over, as a phone's wish for hours: "en-US-u-hc-h12".
    """
    left = (text or "")[:_LONGEST_NAME].replace("_", "-")
    while left and (wished := Language.read(left)) is None:
        left = left.rpartition("-")[0]
    return named(wished, among) if left and wished else None


def named(wished: Language, among: Sequence[Language]) -> Language | None:
    """Return which of some languages a tag names, or None.

    Without its region, then without its script, a tag names them (RFC 4647, 3.4: "uz-Latn-UZ" the
    museum's "uz-Latn"); so does one whose likely script is theirs ("uz", but no "uz-Cyrl").
    """
    found = next((tag for tag in wished.broader if tag in among), None)
    if found is not None:
        return Language(found)
    alike = [
        each
        for each in among
        if each.primary == wished.primary and each.script and each.script == wished.script
    ]
    return next((each for each in alike if each.region == wished.region), next(iter(alike), None))


def choose(
    chosen: str | None,
    accepted: str | None,
    default: Language,
    among: Sequence[Language] = LANGUAGES,
) -> Language:
    """Choose a visitor's language: chosen before, else the phone's, else the museum's.

    ``accepted`` is an Accept-Language header (RFC 9110, 12.5.4); what cannot be read in it
    is passed over.
    """
    return parse(chosen, among) or _preferred(accepted or "", default, among)


def _preferred(header: str, default: Language, among: Sequence[Language]) -> Language:
    """Return the language that is wished most; else the default, unless it is refused (q=0)."""
    wished: dict[Language, float] = {}
    for part in header[:LONGEST_HEADER].split(","):
        name, *parameters = part.split(";")
        language, quality = parse(name, among), _quality(parameters)
        if language:
            wished[language] = max(quality, wished.get(language, 0.0))
    best = max(wished, key=lambda each: wished[each], default=default)
    if wished.get(best, 1.0) > 0:
        return best
    return next((each for each in (default, *among) if each not in wished), default)


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return min(quality, 1.0) if quality > 0 else 0.0  # no number at all is neither
    return 1.0
