"""Kazakh abbreviations and initials in words (dossier D1, D2); names are the lexicon's matter."""

from __future__ import annotations

import re

from audioguide.languages.known.kazakh.script.endings import attach
from audioguide.languages.letters import KAZAKH_NAMES
from audioguide.languages.rules import Rule, ends_sentence, one_of, rule, spell

# Dossier D1, column "Қазақша, say"; the last lines are today's states and bodies.
NAMES = {
    "НКВД": "эн-ка-вэ-дэ",
    "ОГПУ": "о-гэ-пэ-у",
    "ГПУ": "гэ-пэ-у",
    "КСРО": "Кеңес Одағы",
    "СССР": "Кеңес Одағы",
    "ҚазАКСР": "Қазақ автономиялық республикасы",
    "ҚазАССР": "Қазақ автономиялық республикасы",
    "КазАССР": "Қазақ автономиялық республикасы",
    "ҚазКСР": "Кеңестік Қазақстан",
    "ҚазССР": "Кеңестік Қазақстан",
    "КазССР": "Кеңестік Қазақстан",
    "ВКП(б)": "Коммунистік партия",
    "БК(б)П": "Коммунистік партия",
    "КОКП": "Коммунистік партия",
    "КПСС": "Коммунистік партия",
    "ОАК": "Орталық атқару комитеті",
    "ХКК": "Халық комиссарлары кеңесі",
    "КГБ": "мемлекеттік қауіпсіздік комитеті",
    "МҚК": "мемлекеттік қауіпсіздік комитеті",
    "ҰҚК": "Ұлттық қауіпсіздік комитеті",
    "ҚР": "Қазақстан Республикасы",
    "ГУЛАГ": "Гулаг",
    "РКФСР": "эр-ка-эф-эс-эр",
    "РСФСР": "эр-эс-эф-эс-эр",
    "АҚШ": "Америка Құрама Штаттары",
    "БҰҰ": "Біріккен Ұлттар Ұйымы",
}

# A pattern of what is written, and what is said (D2 and ordinary usage).
_SHORTENED = {
    r"т\. ?б\.": "тағы басқалар",
    r"т\. ?с\. ?с\.": "тағы сол сияқты",
    r"ж\. ?т\. ?б\.": "және тағы басқалар",
    r"ж\. ?б\.": "және басқалар",
    r"б\. ?з\. ?б\.": "біздің заманымыздан бұрынғы",
    r"б\. ?з\. ?д\.": "біздің заманымызға дейінгі",
    r"мыс\.": "мысалы",
    r"қар\.": "қараңыз",
    r"обл\.": "облысы",
    r"ауд\.": "ауданы",
    r"көш\.": "көшесі",
    r"қ\.": "қаласы",
    r"проф\.": "профессор",
    r"акад\.": "академик",
    r"ғ\.": "ғасыр",
    r"жж\.": "жылдары",
    r"ж\.": "жылы",
    r"тел\.": "телефон",
}
_INITIAL = (
    r"(?<![\w\u0301.-])([А-ЯЁӘҒҚҢӨҰҮҺІ])\. ?(?=[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі'-]|[А-ЯЁӘҒҚҢӨҰҮҺІ]\.)"
)
_LONE_INITIAL = r"(?<![\w\u0301-])([А-ЯЁӘҒҚҢӨҰҮҺІ])\.(?!\w)"
_CONSONANTS = "БВГДЖЗКЛМНПРСТФХЦЧШЩҒҚҢҺBCDFGHJKLMNPQRSTVWXZ"


def _say_name(match: re.Match[str]) -> str:
    spoken = NAMES[match["name"]]
    return attach(spoken, match["ending"]) if match["ending"] else spoken


def _say_letters(match: re.Match[str]) -> str:
    spelled = spell(match["letters"], KAZAKH_NAMES)
    return attach(spelled, match["ending"]) if match["ending"] else spelled


def _say_initial(match: re.Match[str]) -> str:
    return spell(match.group(1), KAZAKH_NAMES) + ("." if ends_sentence(match) else " ")


_ENDING = r"(?:-(?P<ending>[а-яәғқңөұүһі]+))?(?![\w\u0301])"

RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\w\u0301-])(?P<name>{one_of(NAMES)}){_ENDING}", _say_name),
    *(rule(rf"(?<![\w\u0301-]){pattern}", words + " ") for pattern, words in _SHORTENED.items()),
    rule(_INITIAL, _say_initial),
    rule(_LONE_INITIAL, _say_initial),
    rule(rf"(?<![\w\u0301-])(?P<letters>[{_CONSONANTS}]{{2,}}){_ENDING}", _say_letters),
)
