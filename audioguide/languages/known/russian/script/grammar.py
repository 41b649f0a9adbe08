"""Which case and gender a Russian numeral takes, read from the words beside it.

Two witnesses are asked, in this order: the ending of the word that is counted, where it is clear,
and the preposition before. Where both are silent the numeral stands in the nominative.
"""

from __future__ import annotations

import re

from audioguide.languages.known.russian.script.numerals import Case, Gender
from audioguide.languages.rules import listed, words_after, words_before

_GOVERNED = {
    Case.GENITIVE: (
        "до от из без для у около после против среди кроме вместо ради вокруг возле из-за из-под"
        " более менее свыше больше меньше старше младше выше ниже порядка накануне с со течение"
        " возрасте количестве числе протяжении достигает достигло достигла достигли достиг"
        " начала конца середины начало конец середина началу концу середине началом концом"
        " половины половина половине"
    ),
    Case.DATIVE: "к ко благодаря согласно вопреки равно равна равен равняется",
    Case.INSTRUMENTAL: "между над перед",
    Case.PREPOSITIONAL: "о об обо при",
}
GOVERNOR = {word: case for case, words in _GOVERNED.items() for word in words.split()}
QUANTITY_WORDS = frozenset(
    listed(
        "более менее свыше больше меньше около почти порядка примерно приблизительно ровно "
        "лишь только всего целых"
    )
)
LOCATIVE = frozenset(listed("в во на"))

# Nouns that own what follows: "имена 2 500 человек" is имена двух тысяч пятисот человек (I2).
_OWNERS = frozenset(
    listed(
        "память памяти имена имён именами именам именах жизни жизнь жизней судьбы судьба "
        "судеб гибель смерть останки портреты портретов список списки списков приговоры "
        "потомки половина большинство"
    )
)
# Verbs that take an object: "насчитал 1 715 арестов" is насчитал одну тысячу семьсот пятнадцать.
_TRANSITIVE = listed(
    "насчита насчиты расстрел арестов осуди высла выслал потеря собра хранит содерж занима имел "
    "имеет депортир отправ получ постро откры нашл нашёл записа изъя вмеща включа составля приговор"
)
# Genitive plurals without an ending of their own, those that the guide's texts count.
BARE_GENITIVES = frozenset(
    listed(
        "человек женщин мужчин лет детей семей имён жертв дел книг страниц тонн голов душ "
        "мест слов раз рублей тысяч минут секунд недель республик областей стран комнат "
        "витрин плит папок фотографий писем лиц статей улиц школ дней людей часов тетрадей "
        "строк семейств хозяйств лагерей тюрем кладбищ сёл аулов станций историй документов "
        "экземпляров километров метров гектаров"
    )
)
_NOT_OBLIQUE = frozenset(listed("там сам дам рам драм реклам панорам ям храм рубах черепах монах"))
_MASCULINE_IN_A = ("мужчин", "юнош", "судь", "старост", "дедушк", "дяд", "коллег")
_FEMININE_IN_SOFT_SIGN = frozenset(
    listed(
        "ночь дверь тетрадь площадь лошадь печать мать дочь очередь степь цепь кровать "
        "подпись запись рукопись область повесть часть честь смерть жизнь осень очередь "
        "церковь любовь треть степень роль боль соль цель модель область должность новость"
    )
)
_FEMININE_STEMS = listed(
    "комнат женщин республик стран папк книг витрин плит сем тысяч област войн дивизи рот "
    "арми стать глав групп партии половин степен част дум категори минут секунд недел "
    "статуэтк фотографи страниц строк улиц школ камер тюрьм партий сторон секци"
)
_NEUTER_IN_YA = frozenset(listed("имя время племя знамя"))


def governed(match: re.Match[str]) -> Case | None:
    """Return the case that the word before ``match`` asks for; в and на, with two, give None."""
    before = words_before(match)
    if before == "чем" and words_before(match, 2).split()[0] in QUANTITY_WORDS:
        return Case.NOMINATIVE
    return GOVERNOR.get(before)


def case_of_count(match: re.Match[str], number: int) -> Case:
    """Return the case of a cardinal from its noun's ending, else from the word before it."""
    after = words_after(match)
    clear = _case_by_noun(after, number, words_before(match))
    if clear is not None:
        return clear
    case = governed(match)
    if case is not None:
        return case
    if after and words_before(match) in _OWNERS and after[0] in BARE_GENITIVES:
        return Case.GENITIVE
    if after and 2 <= number % 10 <= 4 and not 10 < number % 100 < 20 and _is_genitive(after[0]):
        return Case.GENITIVE
    before = words_before(match)
    has_object = before in LOCATIVE | {"за", "через"} or before.startswith(_TRANSITIVE)
    return Case.ACCUSATIVE if has_object else Case.NOMINATIVE


def _case_by_noun(after: tuple[str, ...], number: int, before: str) -> Case | None:
    if number % 10 == 1 and number % 100 != 11:
        return _case_by_singular(after, before)
    for word in after[:2]:
        if word in _NOT_OBLIQUE or len(word) < 4:
            continue
        if word.endswith(("ами", "ями", "ыми", "ими", "ьми")):
            return Case.INSTRUMENTAL
        if word.endswith(("ах", "ях")):
            return Case.PREPOSITIONAL
        if word.endswith(("ам", "ям")):
            return Case.DATIVE
        if not word.endswith(("ых", "их", "ым", "им")):
            break
    return None


def _case_by_singular(after: tuple[str, ...], before: str) -> Case | None:
    if not after:
        return None
    noun = after[0].lower()
    is_owned = before in _OWNERS and not noun.startswith(_FEMININE_STEMS)
    if noun == "человека" or (is_owned and noun.endswith(("а", "я"))):
        return Case.GENITIVE
    if noun.endswith(("ую", "юю")) or (noun[-1] in "ую" and before not in ("к", "ко", "по")):
        return Case.ACCUSATIVE
    if before in ("с", "со") and noun.endswith(("ом", "ем", "ём", "ой", "ей", "ью")):
        return Case.INSTRUMENTAL
    if before in LOCATIVE and noun.endswith(("ом", "ем", "е", "ой", "ей")):
        return Case.PREPOSITIONAL
    return None


def _is_genitive(word: str) -> bool:
    return word in BARE_GENITIVES or (len(word) > 4 and word.endswith(("ов", "ев", "ей")))


def is_counted(word: str) -> bool:
    """Tell whether ``word`` looks like a noun after a number: "человек", "портретов"."""
    return _is_genitive(word)


def gender_of_count(match: re.Match[str], number: int, case: Case) -> Gender:
    """Return the gender that the noun after ``match`` gives to один and два."""
    after = [word for word in words_after(match)[:2] if word not in ("и", "или", "с", "в")]
    if not after or number % 10 not in (1, 2) or 10 < number % 100 < 20:
        return Gender.MASCULINE
    word = after[0]
    if word.endswith(("ых", "их")) and len(after) > 1:
        word = after[1]
    if number % 10 == 1:
        return _gender_of_one(word, case)
    is_feminine = len(word) > 2 and word[-1] in "ыи" and not word.startswith(_MASCULINE_IN_A)
    is_adjective = word.endswith(("ые", "ие"))
    return Gender.FEMININE if is_feminine or is_adjective else Gender.MASCULINE


def _gender_of_one(word: str, case: Case) -> Gender:
    if word.startswith(_MASCULINE_IN_A):
        return Gender.MASCULINE
    if word.startswith(_FEMININE_STEMS) and word[-1] not in "вм":
        return Gender.FEMININE
    if case is Case.NOMINATIVE:
        return gender_of(word)
    feminine = {
        Case.GENITIVE: ("ы", "и", "ой", "ей"),
        Case.DATIVE: ("е", "и", "ой", "ей"),
        Case.ACCUSATIVE: ("у", "ю"),
        Case.INSTRUMENTAL: ("ой", "ей", "ью"),
        Case.PREPOSITIONAL: ("и", "ой", "ей"),
    }[case]
    if word.endswith(feminine):
        return Gender.FEMININE
    return gender_of(word) if case is Case.ACCUSATIVE else Gender.MASCULINE


def gender_of(word: str) -> Gender:
    """Return the gender of a noun or adjective in the nominative singular, by its ending."""
    lower = word.lower()
    if lower in _NEUTER_IN_YA or lower.endswith(("о", "е", "ё")):
        return Gender.NEUTER
    if lower.startswith(_MASCULINE_IN_A):
        return Gender.MASCULINE
    if lower.endswith(("а", "я")) or lower in _FEMININE_IN_SOFT_SIGN:
        return Gender.FEMININE
    return Gender.FEMININE if lower.endswith("ость") else Gender.MASCULINE


# Endings of adjectives, then of nouns, that settle how an ordinal before them stands.
_AGREEMENT: tuple[tuple[tuple[str, ...], Case, Gender], ...] = (
    (("ого", "его"), Case.GENITIVE, Gender.MASCULINE),
    (("ому", "ему"), Case.DATIVE, Gender.MASCULINE),
    (("ая", "яя"), Case.NOMINATIVE, Gender.FEMININE),
    (("ую", "юю"), Case.ACCUSATIVE, Gender.FEMININE),
    (("ой", "ей"), Case.GENITIVE, Gender.FEMININE),
    (("ое", "ее"), Case.NOMINATIVE, Gender.NEUTER),
    (("ые", "ие"), Case.NOMINATIVE, Gender.PLURAL),
    (("ых", "их"), Case.GENITIVE, Gender.PLURAL),
    (("ыми", "ими", "ами", "ями"), Case.INSTRUMENTAL, Gender.PLURAL),
    (("ый", "ий"), Case.NOMINATIVE, Gender.MASCULINE),
    (("ым", "им"), Case.INSTRUMENTAL, Gender.MASCULINE),
)


def agreement(word: str, before: str) -> tuple[Case, Gender]:
    """Return case and gender of an ordinal before ``word``: "II съезда", "I мировой войны"."""
    lower = word.lower()
    is_feminine = lower.startswith(_FEMININE_STEMS) or lower in _FEMININE_IN_SOFT_SIGN
    for endings, case, gender in _AGREEMENT:
        if lower.endswith(endings):
            return case, gender
    if lower.endswith(("ом", "ем", "ём")) and len(lower) > 3:
        case = Case.PREPOSITIONAL if before in LOCATIVE | {"о", "об"} else Case.INSTRUMENTAL
        return case, Gender.MASCULINE
    if is_feminine:
        return _feminine_case(lower, before), Gender.FEMININE
    last = {"а": Case.GENITIVE, "я": Case.GENITIVE, "у": Case.DATIVE, "ю": Case.DATIVE}
    last |= {"е": Case.PREPOSITIONAL, "ы": Case.NOMINATIVE}
    return last.get(lower[-1:], Case.NOMINATIVE), Gender.MASCULINE


def _feminine_case(noun: str, before: str) -> Case:
    if noun[-1] in "уюе":
        return Case.PREPOSITIONAL if noun[-1] == "е" else Case.ACCUSATIVE
    if noun[-1] in "ыи":
        return Case.GENITIVE
    is_soft_sign = noun[-1] == "ь" and before in LOCATIVE
    return Case.ACCUSATIVE if is_soft_sign else Case.NOMINATIVE
