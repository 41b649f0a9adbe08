"""English, as it is written and spoken in Britain."""

from __future__ import annotations

import re

from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.letters import LATIN
from audioguide.languages.tags import Language

FACTS = Facts(
    tag=Language("en"),
    name="English",
    short_name="Eng",
    locale="en_GB",
    open_graph="en_GB",
    iso_639_2="eng",
    # As Kazakh: a stop of 160 words in about 85 s.
    manner=Manner("en-gb-x-rp", rate=116, pitch=45, pitch_range=45),
    call="Listen",
    full_stops=FullStops(
        never_last=frozenset(
            (
                *("mr", "mrs", "ms", "dr", "st", "prof", "vol", "gen", "col", "lt", "capt", "sgt"),
                *("rev", "e.g", "i.e", "vs", "cf", "approx"),
            )
        ),
        before_a_number=frozenset({"no", "nos", "p", "pp", "fig", "ch"}),
        before_an_article=frozenset(
            (
                *("art", "arts", "sec", "secs", "sect", "sects", "subsec", "para", "paras"),
                *("cl", "cls", "reg", "regs"),
            )
        ),
        maybe_last=frozenset(
            ("etc", "a.m", "p.m", "A.M", "P.M", "b.c", "a.d", "B.C", "A.D", "c", "ca")
        ),
    ),
    called=("eng", "english", "англ", "английский", "ағыл", "ағылшынша"),
    called_like=r"англ\w*|ағыл\w*",
    sources=("source", "sources"),
    typed={
        "copy": r"cop(?:y|ie)",
        "conflict": r"conflict",
        "guide": r"guide|points",
        "help": r"help",
        "logo": r"logo",
        "note": r"citation|note|check|source|ed\.|to do",
        "notice": r"noti[cf]|announ",
        "picture": r"pictur|photo|image|img|\bpic\b",
        "number": r"number|no|num|n",
        "text": r"text",
        "title": r"title|name",
        "answer": r"yes|no|on|off",
    },
    letters=frozenset(LATIN),
    alone=re.compile(r"(?<![\w(.,'’-])[аАІ](?= [“‘\"(]?[a-zA-Z\d])"),
    typed_alone={"а": "a", "А": "A", "І": "I"},
    speakers={
        "piper": "en_GB-alba-medium",
        "gtts": "en",
        "edge-tts": "en-GB-SoniaNeural",
        "hibari": "heart",
    },
    dictionary="en_GB",
    dictionary_package="hunspell-en-gb",
    script_module=f"{__name__}.script",
    figures_module=f"{__name__}.figures",
    forms_module=f"{__name__}.forms",
)
