"""Kazakh, in Cyrillic letters."""

from __future__ import annotations

from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.letters import KAZAKH, LATIN
from audioguide.languages.tags import Language
from audioguide.languages.years import ONLY_A_DATE, YEAR

FACTS = Facts(
    tag=Language("kk"),
    name="Қазақша",
    short_name="Қаз",
    locale="kk",
    open_graph="kk_KZ",
    iso_639_2="kaz",
    # The rate gives a stop of usual length, 125 words, about 85 s: measured, since a "word a
    # minute" of the library differs from language to language. Lower and flatter than the default
    # 50 and 50, as one reads in a quiet hall.
    manner=Manner("kk", rate=140, pitch=45, pitch_range=45),
    quotes=("«", "»"),
    call="Тыңдау",
    full_stops=FullStops(
        never_last=frozenset({"проф", "акад", "қ", "обл", "см", "№"}),
        before_a_number=frozenset({"бет", "көш", "б"}),
        maybe_last=frozenset(
            {"ж", "жж", "ғ", "ғғ", "т.б", "б", "т.с.с", "б.з.д", "мың", "млн", "млрд"}
        ),
        year=YEAR,
        only_a_date=ONLY_A_DATE,
    ),
    called=("kz", "kaz", "kazakh", "қаз", "қазақша"),
    called_like=r"қаз\w*|каз\w*",
    sources=("дереккөз", "дереккөздер", "дереккөздері"),
    typed={
        "copy": r"көшірме",
        "help": r"көмек",
        "note": r"ескерт|сілтеме|тексер",
        "notice": r"хабар|ескерту",
        "picture": r"сурет",
        "number": r"нөмір|нөмірі",
        "text": r"мәтін|мәтіні",
        "title": r"атауы|тақырып|тақырыбы",
        "answer": r"иә|ия|жоқ",
    },
    letters=frozenset(KAZAKH + LATIN),
    speakers={"piper": "kk_KZ-issai-high", "edge-tts": "kk-KZ-AigulNeural"},  # Google has none
    dictionary="kk_KZ",
    dictionary_package="hunspell-kk",
    script_module=f"{__name__}.script",
    figures_module=f"{__name__}.figures",
    forms_module=f"{__name__}.forms",
)
