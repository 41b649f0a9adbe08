from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from audioguide.content.pack import Pack
from audioguide.content.reading import read_pack
from audioguide.errors import Grade
from audioguide.languages import LANGUAGES
from audioguide.models import Transcript
from audioguide.services import guide_check, importing, proofreading
from audioguide.services.groups import thoughts
from museum import REAL_PACK, World

FIRST_PORTRAIT = 101
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
        'The Sculpture "Repression"',
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


def test_the_whole_pack_is_without_a_mistake() -> None:
    assert len(pack().stops) == 39


def test_every_stop_of_the_museum_is_published_in_three_languages() -> None:
    kinds = Counter(stop.kind for stop in pack().stops if stop.published)
    assert kinds == {
        "welcome": 1,
        "section": 12,
        "sculpture": 1,
        "hall": 2,
        "gallery": 1,
        "portrait": 21,
        "farewell": 1,
    }
    assert all(set(stop.words) == set(LANGUAGES) for stop in pack().stops)


def test_the_walk_goes_by_the_numbers_and_ends_with_the_farewell() -> None:
    numbers = [stop.number for stop in pack().stops]
    assert numbers == [*range(17), *range(FIRST_PORTRAIT, FIRST_PORTRAIT + 21), 17]


def test_five_tours_lead_through_the_museum() -> None:
    tours = {tour.slug: tour for tour in pack().tours}
    assert list(tours) == ["highlights", "school", "alash", "camps", "south"]
    assert not {7, 8} & set(tours["school"].stops)  # not for children
    for tour in tours.values():
        assert len(set(tour.stops)) == len(tour.stops)
        assert 14 in tour.stops  # the Memorial Hall is part of each


@pytest.mark.needs_hunspell
@pytest.mark.thorough
def test_the_proofreading_finds_nothing() -> None:
    found = proofreading.proofread(REAL_PACK, pack())
    assert [str(each) for each in found] == []


def test_a_printed_code_leads_to_the_stop_it_was_printed_for() -> None:
    assert {stop.number: stop.code for stop in pack().stops} == ON_THE_WALL


def test_the_three_languages_have_the_same_paragraphs() -> None:
    for stop in pack().stops:
        counts = {len(words.paragraphs) for words in stop.words.values()}
        assert len(counts) <= 1, (stop.slug, counts)


def test_a_group_is_led_through_the_same_thoughts_in_three_languages(world: World) -> None:
    for stop in pack().stops:
        texts = [
            Transcript(language=language, text=words.text) for language, words in stop.words.items()
        ]
        found = thoughts.of_stop(texts, world.store, {}).paragraphs
        assert len({tuple(map(len, text)) for text in found.values()}) == 1, stop.slug


def test_not_every_text_is_built_alike() -> None:
    for language in LANGUAGES:
        counts = Counter(len(stop.words[language].paragraphs) for stop in pack().stops)
        assert len(counts) >= 3
        assert max(counts.values()) < len(pack().stops) / 2, (language, counts)


def test_the_files_of_drawings_are_as_they_are_drawn_now() -> None:
    pack = read_pack(REAL_PACK)
    assert {stop.slug for stop in pack.stops if stop.picture} == {"camps", "totalitarianism"}
    assert [str(each) for each in pack.remarks if "drawings/" in str(each)] == []


def test_a_content_note_stands_before_every_stop_that_needs_one() -> None:
    noted = {
        stop.number
        for stop in pack().stops
        if all(words.content_note for words in stop.words.values()) and stop.words
    }
    assert noted == {2, 6, 7, 8, 9, 11, 14, 120}


def test_every_text_names_its_sources() -> None:
    for stop in pack().stops:
        for words in stop.words.values():
            assert words.sources, stop.slug


def test_check_finds_no_error_and_says_that_the_texts_await_approval(tmp_path: Path) -> None:
    world = World(tmp_path, REAL_PACK)
    world.bring()
    with world.database.reading() as session:
        found = guide_check.check(session, importing.read(world.media), world.store)
    assert [each for each in found if each.grade != Grade.NOTE] == []
    assert any(str(each.what) == "Stops that await the museum's approval: 39." for each in found)


def test_the_titles_are_those_of_the_dossier() -> None:
    for stop in pack().stops:
        if stop.number in TITLES:
            given = tuple(stop.words[language].title for language in LANGUAGES)
            assert given == TITLES[stop.number]
