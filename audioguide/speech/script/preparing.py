"""Normalize one sentence: from what stands on the page to the words that a voice says."""

from __future__ import annotations

import re

from audioguide.languages import Language, facts, lookalikes
from audioguide.speech.script.lexicon import EMPTY, Lexicon
from audioguide.speech.script.punctuation import closed, for_the_ear, plain

# A mark taken away may bring two signs together that only then mean something ("I«I"); three
# rounds settle every such text that was tried, the last one only to see that nothing changes.
_ROUNDS = 4
# A row of figures that has no name as a number, in any language, is said figure by figure.
_ENDLESS = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉]{41,}")


def prepare(sentence: str, language: Language, lexicon: Lexicon = EMPTY) -> str:
    """Return one sentence as it is to be said: words and pauses, no numeral, no abbreviation.

    Characters that nothing here knows stay where they are; ``unspeakable`` names them. A script
    that is prepared again does not change. The forms are the house's: dossier, parts D and H.
    """
    script = sentence
    for _ in range(_ROUNDS):
        before, script = script, _prepare_once(script, language, lexicon)
        if script == before:
            break
    return script


def _prepare_once(sentence: str, language: Language, lexicon: Lexicon) -> str:
    written = lookalikes.folded(plain(sentence), language)
    written = _ENDLESS.sub(lambda row: ", ".join(row.group()), written)
    rules = facts(language).script
    if rules.attach is not None:
        text = lexicon.apply_declined(written, rules.attach, rules.endings)
    else:
        text = lexicon.apply(written)
    for rule in rules.rules:
        text = rule.apply(text)
    return closed(for_the_ear(text), written)
