"""Arabic, as it is written and read aloud; nobody whose language it is has heard it yet.

espeak-ng reads figures itself, Arabic-Indic ones too: which form a number takes depends on the
gender and the case of what is counted, which nothing here knows. Titles are said of a man, for the
same reason; where that is wrong, they are to be written out.
"""

from __future__ import annotations

import re

from audioguide.languages.faces import NOTO_SANS_ARABIC
from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.letters import LATIN
from audioguide.languages.tags import Language

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةىٱـ"
_VOWEL_SIGNS = "ًٌٍَُِّْٰ"

FACTS = Facts(
    tag=Language("ar"),
    name="العربية",
    short_name="عر",
    locale="ar",
    open_graph="ar_AR",
    iso_639_2="ara",
    manner=Manner("ar", rate=120, pitch=45, pitch_range=45),
    direction="rtl",
    quotes=("«", "»"),
    call="استمع",
    face=NOTO_SANS_ARABIC,
    full_stops=FullStops(
        never_last=frozenset({"د", "أ", "أ.د", "م", "ص"}),
        # "م." before a name is an engineer, behind a year "of the Christian era".
        year=re.compile(r"[0-9٠-٩] ?(?:م|هـ|ق\. ?م)\.$"),
    ),
    called=("ara", "arabic", "arab", "араб", "арабский", "арабша", "عربي"),
    called_like=r"араб\w*",
    sources=("المصدر", "المصادر", "مصادر", "المراجع"),
    typed={
        "copy": r"نسخة",
        "guide": r"دليل|مرشد",
        "help": r"مساعدة",
        "notice": r"إعلان|تنبيه",
        "picture": r"صورة",
        "number": r"رقم|الرقم",
        "text": r"نص|النص",
        "title": r"عنوان|العنوان",
        "answer": r"نعم|لا",
    },
    letters=frozenset(_LETTERS + _VOWEL_SIGNS + LATIN + "0123456789٠١٢٣٤٥٦٧٨٩،؛؟"),
    speakers={"gtts": "ar", "edge-tts": "ar-SA-ZariyahNeural", "piper": "ar_JO-kareem-medium"},
    dictionary="ar",
    dictionary_package="hunspell-ar",
    script_module=f"{__name__}.script",
)
