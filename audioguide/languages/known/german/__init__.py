"""German, as it is written in Germany; nobody whose language it is has heard it yet."""

from __future__ import annotations

import re

from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.known.german.months import MONTHS
from audioguide.languages.tags import Language

_COUNTED = ("Jahrhundert", "Jh", "Jahrestag", "Todestag", "Geburtstag", "Klasse", "Auflage")
_NUMBERED = ("Stock", "Etage", "Armee", "Division", "Kapitel", "Mal", "Weltkrieg", "Kongress")
_ARTICLES = ("der", "die", "das", "dem", "den", "des", "im", "am", "vom", "zum", "zur", "beim")
# No sentence ends in "im 3.": whatever is counted follows. A look back is of one length only.
_AFTER_AN_ARTICLE = "|".join(
    rf"(?<=\b{word.replace(word[0], f'[{word[0]}{word[0].upper()}]', 1)} {figures})"
    for word in _ARTICLES
    for figures in (r"\d", r"\d\d")
)

FACTS = Facts(
    tag=Language("de"),
    name="Deutsch",
    short_name="Deu",
    locale="de",
    open_graph="de_DE",
    iso_639_2="deu",
    manner=Manner("de", rate=125, pitch=45, pitch_range=45),
    quotes=("„", "“"),
    call="Anhören",
    full_stops=FullStops(
        never_last=frozenset(
            (
                *("dr", "prof", "hl", "st", "nr", "bzw", "z.b", "d.h", "geb", "gest", "ca", "vgl"),
                *("z", "d", "u", "i", "o", "v", "n"),  # z. B., d. h., v. Chr., with a space
                *("bd", "abb", "hrsg", "ing", "frhr", "sog", "evtl", "inkl", "i.d.r", "s.o", "s.u"),
            )
        ),
        before_a_number=frozenset({"s", "art", "kap", "tel", "abs"}),
        maybe_last=frozenset(
            {"usw", "etc", "u.a", "jh", "jhs", "v.chr", "n.chr", "mio", "mrd", "str", "o.ä"}
        ),
        # "am 3. Oktober", "im 3. Saal", "20. Jahrhundert", and not "Sie war 12. Danach".
        ordinal=re.compile(
            rf"(?<=[\dIVX])\.\s+(?:{'|'.join((*MONTHS, *_COUNTED, *_NUMBERED))})"
            rf"|(?:{_AFTER_AN_ARTICLE})\."
        ),
    ),
    called=("ger", "deu", "german", "deutsch", "нем", "немецкий", "неміс", "немісше"),
    called_like=r"нем\w*|неміс\w*",
    sources=("quelle", "quellen"),
    typed={
        "copy": r"kopie",
        "guide": r"führer|führung",
        "help": r"hilfe",
        "note": r"anm\.|anmerk|quelle|prüfen|siehe",
        "notice": r"hinweis|aushang|mitteilung",
        "picture": r"foto|bild",
        "number": r"nr|nummer",
        "text": r"text",
        "title": r"titel",
        "answer": r"ja|nein",
    },
    letters=frozenset("abcdefghijklmnopqrstuvwxyzäöüßéèêàáôçñ"),
    speakers={"piper": "de_DE-thorsten-medium", "gtts": "de", "edge-tts": "de-DE-KatjaNeural"},
    dictionary="de_DE",
    dictionary_package="hunspell-de-de",
    script_module=f"{__name__}.script",
    figures_module=f"{__name__}.figures",
    forms_module=f"{__name__}.forms",
)
