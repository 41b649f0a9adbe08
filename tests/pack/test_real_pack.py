from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from audioguide import codes
from audioguide.content.pack import Pack, PackStop
from audioguide.content.reading import read_pack
from audioguide.content.sentences import split_text
from audioguide.errors import Grade
from audioguide.kinds import Kind
from audioguide.languages import LANGUAGES, Language
from audioguide.services import checking, importing, speaking
from audioguide.speech.script import unspeakable
from museum import REAL_PACK, World

FIRST_PORTRAIT = 101
LONGEST_SENTENCE_WORDS = {Language.KK: 16, Language.RU: 18, Language.EN: 20}
TITLES = {  # the dossier, part A3: Kazakh, Russian, English
    0: ("Қош келдіңіз", "Добро пожаловать", "Welcome"),
    1: ("Алаш көсемдері", "Лидеры Алаша", "The Leaders of Alash"),
    2: ("Ашаршылық", "Голод. Ашаршылык", "The Famine (Asharshylyq)"),
    3: ("Созақ көтерілісі", "Созакское восстание", "The Sozak Uprising"),
    4: (
        "Адай көтерілісі, 1929–1931",
        "Восстание адаевцев, 1929–1931",
        "The Aday Uprising, 1929-31",
    ),
    5: (
        "Қазақстандағы еңбекпен түзеу лагерьлерінің картасы",
        "Карта исправительно-трудовых лагерей в Казахстане",
        "Map of Labour Camps in Kazakhstan",
    ),
    6: (
        "Оңтүстік Қазақстанның жазықсыз құрбандары",
        "Невинные жертвы Южного Казахстана",
        "Innocent Victims of Southern Kazakhstan",
    ),
    7: ("Тергеу бөлмесі", "Комната допросов", "The Interrogation Room"),
    8: ("Карлаг", "Карлаг", "Karlag"),
    9: ("АЛЖИР", "АЛЖИР", "ALZHIR"),
    10: ("Тоталитаризм қасіреті", "Трагедия тоталитаризма", "The Tragedy of Totalitarianism"),
    11: ("Депортация", "Депортация", "Deportation"),
    12: (
        "1986 жылғы Желтоқсан оқиғасы",
        "Декабрь 1986 года. Желтоксан",
        "December 1986 (Zheltoksan)",
    ),
    13: (
        "«Репрессия» мүсіндік композициясы",
        "Скульптурная композиция «Репрессия»",
        '"Repression" sculptural composition',
    ),
    14: ("Ғибадат залы", "Зал поклонения", "Memorial Hall"),
    15: ("Кинозал", "Кинозал", "Cinema Hall"),
    16: ("Портреттер галереясы", "Портретная галерея", "The Portrait Gallery"),
    17: ("Сау болыңыз", "На прощание", "Farewell"),
}
ON_THE_WALL = {  # printed codes are for ever: a change of one of these breaks a label
    0: "J6D6H",
    1: "24VRB",
    2: "ME415",
    3: "JD9Y4",
    4: "Q9SYA",
    5: "65E68",
    6: "193VQ",
    7: "P778W",
    8: "E3V82",
    9: "QE2SF",
    10: "RD1J4",
    11: "W2N5P",
    12: "P1RA2",
    13: "EW141",
    14: "837S8",
    15: "F06CN",
    16: "X1RZ3",
    101: "2BB6G",
    102: "8G21T",
    103: "V8C53",
    104: "PW05C",
    105: "779R9",
    106: "GK3XR",
    107: "89ZDW",
    108: "0AE86",
    109: "69ZHK",
    110: "7GW2T",
    111: "9ZK8S",
    112: "11RR1",
    113: "726XG",
    114: "W1EZ0",
    115: "Z5WCA",
    116: "2K9X3",
    117: "AM0NS",
    118: "H506W",
    119: "MV9NV",
    120: "628HK",
    121: "X4BE6",
    17: "9E6E1",
}


@cache
def pack() -> Pack:
    return read_pack(REAL_PACK)


def texts() -> Iterator[tuple[PackStop, Language, str]]:
    for stop in pack().stops:
        for language, words in stop.words.items():
            yield stop, language, words.text


def test_the_whole_pack_is_without_a_mistake() -> None:
    assert len(pack().stops) == 39


def test_every_section_the_sculpture_the_halls_and_the_gallery_are_published() -> None:
    published = [stop for stop in pack().stops if stop.published]
    assert [stop.number for stop in published] == list(range(18))
    assert Counter(stop.kind for stop in published)[Kind.SECTION] == 12
    assert all(set(stop.words) == set(LANGUAGES) for stop in published)


def test_the_portraits_have_their_numbers_and_codes_and_wait() -> None:
    portraits = [stop for stop in pack().stops if stop.kind == Kind.PORTRAIT]
    assert [stop.number for stop in portraits] == list(range(FIRST_PORTRAIT, FIRST_PORTRAIT + 21))
    assert not any(stop.published for stop in portraits)
    assert all(codes.is_code(stop.code) for stop in portraits)


def test_a_printed_code_leads_to_the_stop_it_was_printed_for() -> None:
    assert {stop.number: stop.code for stop in pack().stops} == ON_THE_WALL


def test_a_text_is_as_long_as_a_visitor_stands() -> None:
    short_kinds = {Kind.GALLERY, Kind.FAREWELL}
    for stop, language, text in texts():
        words = len(re.findall(r"\w[\w’'-]*", re.sub(r"(?<=\d)[\s.,](?=\d)", "", text)))
        assert 70 <= words <= 120, (stop.slug, language, words)
        if stop.kind not in short_kinds and stop.slug != "cinema-hall":
            assert words >= 100, (stop.slug, language, words)


def test_no_sentence_is_longer_than_a_breath() -> None:
    for stop, language, text in texts():
        for paragraph in split_text(text, language):
            for sentence in paragraph:
                words = len(re.findall(r"[\w'’-]+", sentence))
                assert words <= LONGEST_SENTENCE_WORDS[language] + 1, (stop.slug, sentence)


def test_the_three_languages_tell_the_same_numbers() -> None:
    for stop in pack().stops:
        told = {language: figures(words.text) for language, words in stop.words.items()}
        assert len({tuple(sorted(found.items())) for found in told.values()}) <= 1, (
            stop.slug,
            told,
        )


def test_the_three_languages_have_the_same_sentences_by_paragraph() -> None:
    for stop in pack().stops:
        shapes = {
            tuple(len(paragraph) for paragraph in split_text(words.text, language))
            for language, words in stop.words.items()
        }
        assert len(shapes) <= 1, (stop.slug, shapes)


def test_a_content_note_stands_before_every_stop_that_needs_one() -> None:
    noted = {
        stop.number
        for stop in pack().stops
        if all(words.content_note for words in stop.words.values()) and stop.words
    }
    assert noted == {2, 6, 7, 8, 9, 14}


def test_every_text_names_its_sources() -> None:
    for stop in pack().stops:
        for words in stop.words.values():
            assert words.sources, stop.slug


def test_nothing_falls_silently_out_of_the_script() -> None:
    for stop, language, text in texts():
        lexicon = speaking.lexicon(REAL_PACK, language)
        for paragraph in speaking.script(text, language, lexicon):
            for line in paragraph:
                assert unspeakable(line.spoken, language) == (), (stop.slug, line.spoken)
                assert not re.search(r"\d", line.spoken), line.spoken


def test_check_finds_no_error_and_says_that_the_texts_await_approval(tmp_path: Path) -> None:
    world = World(tmp_path, REAL_PACK)
    world.bring()
    with world.database.reading() as session:
        found = checking.check(session, importing.read(world.media), world.store)
    assert [each for each in found if each.grade != Grade.NOTE] == []
    assert any(str(each.what) == "18 stops await the museum's approval." for each in found)


def test_the_titles_are_those_of_the_dossier() -> None:
    for stop in pack().stops:
        if stop.number in TITLES:
            given = tuple(stop.words[language].title for language in LANGUAGES)
            assert given == TITLES[stop.number]


def figures(text: str) -> Counter[str]:
    joined = re.sub(r"(?<=\d)[\s,](?=\d{3}(?!\d))", "", text)
    return Counter(figure.replace(",", ".") for figure in re.findall(r"\d+(?:[.,]\d+)?", joined))
