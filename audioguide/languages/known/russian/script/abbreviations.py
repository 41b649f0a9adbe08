"""Russian abbreviations and initials in words, declined (dossier D1, D2); no names of people."""

from __future__ import annotations

import re

from audioguide.languages.known.russian.script.grammar import GOVERNOR, LOCATIVE
from audioguide.languages.known.russian.script.numerals import Case
from audioguide.languages.letters import RUSSIAN_NAMES
from audioguide.languages.rules import (
    Rule,
    ends_sentence,
    last_words,
    one_of,
    rule,
    spell,
    words_before,
)

# What is said in every case alike: dossier D1; the last lines are ordinary usage.
NAMES = {
    "НКВД": "эн-ка-вэ-дэ",
    "ОГПУ": "о-гэ-пэ-у",
    "ГПУ": "гэ-пэ-у",
    "ВЧК": "вэ-че-ка",
    "ЧК": "че-ка",
    "МВД": "эм-вэ-дэ",
    "РСФСР": "эр-эс-эф-эс-эр",
    "ЦК": "цэ-ка",
    "УК": "у-ка",
    "США": "сэ-шэ-а",
    "ООН": "о-о-эн",
    "ГУЛАГ": "Гулаг",
}


def _soviet(noun: str) -> tuple[str, ...]:
    endings = ("ий", "ого", "ому", "ий", "им", "ом")
    nouns = _decline_noun(noun)
    return tuple(f"Советск{end} {form}" for end, form in zip(endings, nouns, strict=True))


def _decline_noun(noun: str, rest: str = "") -> tuple[str, ...]:
    return tuple(f"{noun}{end}{rest}" for end in ("", "а", "у", "", "ом", "е"))


_PARTY = (
    "Коммунистическая партия",
    "Коммунистической партии",
    "Коммунистической партии",
    "Коммунистическую партию",
    "Коммунистической партией",
    "Коммунистической партии",
)
_AUTONOMY = (
    "Казахская автономная республика",
    "Казахской автономной республики",
    "Казахской автономной республике",
    "Казахскую автономную республику",
    "Казахской автономной республикой",
    "Казахской автономной республике",
)
_REPUBLIC = (
    "Республика Казахстан",
    "Республики Казахстан",
    "Республике Казахстан",
    "Республику Казахстан",
    "Республикой Казахстан",
    "Республике Казахстан",
)
_COMMITTEE = (
    "Центральный исполнительный комитет",
    "Центрального исполнительного комитета",
    "Центральному исполнительному комитету",
    "Центральный исполнительный комитет",
    "Центральным исполнительным комитетом",
    "Центральном исполнительном комитете",
)
# Dossier D1, column "Русский, say".
DECLINED = {
    "СССР": _soviet("Союз"),
    "КазАССР": _AUTONOMY,
    "КазССР": _soviet("Казахстан"),
    "ВКП(б)": _PARTY,
    "КПСС": _PARTY,
    "ЦИК": _COMMITTEE,
    "СНК": _decline_noun("Совет", " народных комиссаров"),
    "КГБ": _decline_noun("Комитет", " государственной безопасности"),
    "КНБ": _decline_noun("Комитет", " национальной безопасности"),
    "РК": _REPUBLIC,
}

# A pattern of what is written, and what is said.
_SHORTENED = {
    r"и т\. ?д\.": "и так далее",
    r"и т\. ?п\.": "и тому подобное",
    r"т\. ?д\.": "так далее",
    r"т\. ?п\.": "тому подобное",
    r"т\. ?е\.": "то есть",
    r"т\. ?к\.": "так как",
    r"и др\.": "и другие",
    r"др\.": "другие",
    r"и пр\.": "и прочее",
    r"до н\. ?э\.": "до нашей эры",
    r"н\. ?э\.": "нашей эры",
    r"[Сс]м\. ?также": "смотрите также",
    r"[Сс]м\.": "смотрите",
    r"напр\.": "например",
    r"им\.": "имени",
    r"ул\.": "улица",
    r"пр\.": "проспект",
    r"пос\.": "посёлок",
    r"обл\.": "область",
    r"р-н": "район",
    r"проф\.": "профессор",
    r"акад\.": "академик",
    r"тел\.": "телефон",
    r"гг\.": "годы",
    r"вв\.": "века",
    r"род\.": "родился",
    r"[Сс]т\. ?ст\.": "старого стиля",
}
_LETTER = "[А-ЯЁӘҒҚҢӨҰҮҺІ]"
_NAME = "[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі'-]"
_CONSONANTS = "БВГДЖЗЙКЛМНПРСТФХЦЧШЩBCDFGHJKLMNPQRSTVWXZ"
_CITY = {Case.PREPOSITIONAL: "городе", Case.GENITIVE: "города", Case.DATIVE: "городу"}
_PAST = re.compile(r"\w{2,}(?:л|ла|ло|ли|лся|лась|лось|лись)$")


def _case_after(text: str) -> Case:
    """Return the case that a declined name takes: by preposition, else after a noun genitive."""
    if pair := re.search(rf"{one_of(DECLINED)} (?:и|или) $", text):
        return _case_after(text[: pair.start()])
    before = last_words(text)
    if before in GOVERNOR:
        is_with = before in ("с", "со")
        return Case.INSTRUMENTAL if is_with else GOVERNOR[before]
    if before in LOCATIVE:
        return Case.PREPOSITIONAL
    is_clause = not before or before in ("и", "а", "но", "что", "когда", "где", "как", "или", "не")
    return Case.NOMINATIVE if is_clause or _PAST.match(before) else Case.GENITIVE


def _say_declined(match: re.Match[str]) -> str:
    return DECLINED[match["name"]][_case_after(match.string[: match.start()])]


def _say_city(match: re.Match[str]) -> str:
    before = words_before(match)
    case = Case.PREPOSITIONAL if before in LOCATIVE else GOVERNOR.get(before, Case.NOMINATIVE)
    return _CITY.get(case, "город") + " "


def _say_initial(match: re.Match[str]) -> str:
    return spell(match.group(1), RUSSIAN_NAMES) + ("." if ends_sentence(match) else " ")


_EDGE = r"(?<![\w\u0301-])"

RULES: tuple[Rule, ...] = (
    rule(rf"{_EDGE}(?P<name>{one_of(DECLINED)})(?![\w\u0301])", _say_declined),
    rule(rf"{_EDGE}{one_of(NAMES)}(?![\w\u0301])", lambda match: NAMES[match.group()]),
    *(rule(rf"{_EDGE}{pattern}(?!\w)", words + " ") for pattern, words in _SHORTENED.items()),
    rule(rf"{_EDGE}г\. ?(?={_NAME})", _say_city),
    rule(rf"{_EDGE}с\. ?(?={_NAME})", "село "),
    rule(rf"{_EDGE}({_LETTER})\. ?(?={_NAME}|{_LETTER}\.)", _say_initial),
    rule(rf"{_EDGE}({_LETTER})\.(?!\w)", _say_initial),
    rule(
        rf"{_EDGE}([{_CONSONANTS}]{{2,}})(?![\w\u0301])",
        lambda match: spell(match.group(1), RUSSIAN_NAMES),
    ),
)
