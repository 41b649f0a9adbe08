"""Russian."""

from __future__ import annotations

import re

from audioguide.languages.knowledge import Facts, FullStops, Manner
from audioguide.languages.letters import LATIN, RUSSIAN
from audioguide.languages.tags import Language
from audioguide.languages.years import ONLY_A_DATE, YEAR

FACTS = Facts(
    tag=Language("ru"),
    name="Русский",
    short_name="Рус",
    locale="ru",
    open_graph="ru_RU",
    iso_639_2="rus",
    # As Kazakh: a stop of 145 words in about 85 s.
    manner=Manner("ru", rate=112, pitch=45, pitch_range=45),
    currency_signs={"KZT": "₸"},  # on every price tag of the country; CLDR has it in Kazakh
    quotes=("«", "»"),
    call="Слушать",
    full_stops=FullStops(
        never_last=frozenset(
            (
                *("г", "ул", "им", "ст", "проф", "акад", "обл", "р", "св", "см", "стр", "пос", "с"),
                *("т", "т.е", "тов", "гр", "ок", "пер", "просп"),
            )
        ),
        before_a_number=frozenset({"п", "ч", "д", "кв", "гл"}),
        maybe_last=frozenset(
            {"гг", "в", "вв", "тыс", "млн", "млрд", "т.д", "т.п", "др", "руб", "н.э"}
        ),
        year=YEAR,
        only_a_date=ONLY_A_DATE,
    ),
    called=("rus", "russian", "рус", "русский", "орыс", "орысша"),
    called_like=r"рус\w*|орыс\w*",
    sources=("источник", "источники"),
    typed={
        "copy": r"копия",
        "conflict": r"конфликт",
        "guide": r"гид|экскурсовод",
        "help": r"помощ|справк",
        "logo": r"лого",
        "note": r"прим|сноск|замет|нужн|провер|уточн|источник|ред\.",
        "notice": r"объявл|внимани",
        "picture": r"фото|снимок|картин",
        "number": r"№|номер",
        "text": r"текст",
        "title": r"название|заголовок",
        "answer": r"да|нет",
    },
    letters=frozenset(RUSSIAN + LATIN),
    alone=re.compile(r"(?<![\w(.,'’-])[ackoyACKOY](?= [«„“\"(]?[а-яёА-ЯЁ\d])"),
    typed_alone=dict(zip("ackoyACKOY", "аскоуАСКОУ", strict=True)),
    speakers={
        "piper": "ru_RU-irina-medium",
        "gtts": "ru",
        "edge-tts": "ru-RU-SvetlanaNeural",
        "festival": "msu_ru_nsh_clunits",
    },
    dictionary="ru_RU",
    dictionary_package="hunspell-ru",
    script_module=f"{__name__}.script",
    figures_module=f"{__name__}.figures",
    forms_module=f"{__name__}.forms",
    stress_module=f"{__name__}.stress",
)
