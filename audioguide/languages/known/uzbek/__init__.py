"""Uzbek in Latin letters; nobody whose language it is has heard it yet."""

from __future__ import annotations

from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.letters import LATIN
from audioguide.languages.tags import Language

FACTS = Facts(
    tag=Language("uz-Latn"),
    name="Oʻzbekcha",
    short_name="Oʻzb",
    locale="uz_Latn",
    open_graph="uz_UZ",
    iso_639_2="uzb",
    manner=Manner("uz", rate=125, pitch=45, pitch_range=45),
    call="Tinglang",
    full_stops=FullStops(
        never_last=frozenset({"prof", "akad", "dots", "sh", "tum", "vil", "koʻch", "t.f.n", "qar"}),
        before_a_number=frozenset({"b", "bet"}),
        maybe_last=frozenset({"y", "yy", "h.k", "m.a", "mln", "mlrd", "t"}),
        initial=r"\w|Oʻ|Gʻ|O['‘’]|G['‘’]|Sh|Ch|Yo|Yu|Ya",
    ),
    called=("uz", "uzb", "uzbek", "oʻzbek", "ozbek", "узб", "узбекский", "өзбек", "өзбекше"),
    called_like=r"узб\w*|өзбек\w*",
    sources=("manba", "manbalar"),
    typed={
        "copy": r"nusxa",
        "guide": r"gid\b",
        "help": r"yordam",
        "notice": r"eʼlon|elon|xabar",
        "picture": r"rasm|surat",
        "number": r"raqam|raqami",
        "text": r"matn|matni",
        "title": r"nomi|sarlavha",
        "answer": r"ha|yoʻq",
    },
    letters=frozenset(LATIN + "ʻʼ"),
    speakers={"edge-tts": "uz-UZ-MadinaNeural"},
    dictionary="uz_UZ",
    dictionary_package="hunspell-uz",
    script_module=f"{__name__}.script",
    figures_module=f"{__name__}.figures",
)
