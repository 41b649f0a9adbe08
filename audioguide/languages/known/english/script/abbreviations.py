"""English abbreviations and initials in words (dossier D1); names are the lexicon's matter."""

from __future__ import annotations

import re

from audioguide.languages.rules import (
    Rule,
    ends_sentence,
    listed,
    one_of,
    rule,
    spell,
    words_before,
)

# Dossier D1, column "English, say".
NAMES = {
    "CEC": "Central Executive Committee",
    "CPSU": "Communist Party",
    "USSR": "Soviet Union",
    "RK": "Republic of Kazakhstan",
    "KazASSR": "Kazakh autonomous republic",
    "SNK": "Council of People's Commissars",
    "KNB": "National Security Committee",
}
_PLAIN = {
    "KazSSR": "Soviet Kazakhstan",
    "GULAG": "Gulag",
    "OGPU": "O G P U",
    "GPU": "G P U",
    "US": "U S",
    "USA": "U S A",
    "UK": "U K",
    "UN": "U N",
    "EU": "E U",
    "AD": "A D",
    "CE": "C E",
    "BCE": "B C E",
    "RSFSR": "R S F S R",
}

# A pattern of what is written, and what is said.
_SHORTENED = {
    r"a\. ?m\.": "A M",
    r"p\. ?m\.": "P M",
    r"Dr\.?(?!\w)": "Doctor",
    r"Mr\.?(?!\w)": "Mister",
    r"Mrs\.?(?!\w)": "Missus",
    r"Ms\.?(?!\w)": "Miz",
    r"Prof\.(?!\w)": "Professor",
    r"Gen\.(?= [A-Z])": "General",
    r"Capt\.(?= [A-Z])": "Captain",
    r"(?<!\w )St\.? (?=[A-Z])": "Saint",
    r"(?<=[a-z] )St\.(?= [A-Z])": "Saint",
    r"St\.?(?!\w)": "Street",
    r"Ave\.?(?!\w)": "Avenue",
    r"Rd\.?(?!\w)": "Road",
    r"e\. ?g\.,?": "for example",
    r"i\. ?e\.,?": "that is",
    r"etc\.?(?!\w)": "and so on",
    r"vs\.?(?!\w)": "versus",
    r"approx\.": "approximately",
    r"(?:c|ca)\. ?(?=\w)": "about",
    r"b\. ?(?=\w)": "born",
    r"d\. ?(?=\w)": "died",
    r"pp\. ?(?=\w)": "pages",
    r"p\. ?(?=\w)": "page",
    r"[Vv]ol\. ?(?=\w)": "volume",
    r"[Cc]h\. ?(?=\w)": "chapter",
    r"[Aa]rt\. ?(?=\w)": "Article",
    r"[Ff]ig\. ?(?=\w)": "figure",
    r"[Tt]el\.": "telephone",
}
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_EDGE = r"(?<![\w\u0301'-])"
_OWN_ARTICLE = frozenset(listed("the a an this that every former"))


def _say_name(match: re.Match[str]) -> str:
    """Say a name that wants its article: "in the USSR", "in USSR" both in the Soviet Union."""
    spoken = NAMES[match["name"]]
    needs_article = words_before(match) not in _OWN_ARTICLE
    is_attribute = not match["owner"] and re.match(" [A-Z]", _rest(match))
    article = "the " if needs_article and not is_attribute else ""
    return f"{article}{spoken}{match['owner'] or ''}"


def _rest(match: re.Match[str]) -> str:
    return match.string[match.end() :]


def _say_initial(match: re.Match[str]) -> str:
    return match.group(1) + ("." if ends_sentence(match) else " ")


RULES: tuple[Rule, ...] = (
    rule(rf"{_EDGE}(?P<name>{one_of(NAMES)})(?P<owner>'s)?(?![\w\u0301])", _say_name),
    rule(rf"{_EDGE}{one_of(_PLAIN)}(?![\w\u0301])", lambda match: _PLAIN[match.group()]),
    *(rule(_EDGE + pattern, words + " ") for pattern, words in _SHORTENED.items()),
    rule(rf"{_EDGE}([A-Z])\. ?(?=[A-Z][a-z'-]|[A-Z]\.)", _say_initial),
    rule(rf"{_EDGE}([A-Z])\.(?!\w)", _say_initial),
    rule(
        rf"{_EDGE}([{_CONSONANTS}]{{2,}})(?![\w\u0301])",
        lambda match: spell(match.group(1)),
    ),
    rule(
        rf"{_EDGE}([{_CONSONANTS}]{{2,}})s(?![\w\u0301])",
        lambda match: spell(match.group(1)) + "s",
    ),
)
