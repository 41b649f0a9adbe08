from __future__ import annotations

import errno
import shutil
import sqlite3
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from audioguide.languages import LANGUAGES, Language
from audioguide.operations import trouble
from audioguide.words import say
from locks import held
from museum import World


def test_the_folder_of_the_history_is_never_to_be_moved_away(world: World) -> None:
    with held(world), pytest.raises(OperationalError) as raised, world.database.alone(0):
        pass
    broken = OperationalError("", {}, sqlite3.OperationalError("disk I/O error"))
    to_move = (
        "move",
        "delete",
        "remove",
        "перен",
        "перем",
        "убер",
        "удал",
        "көшіріңіз",
        "жылжыт",
        "жой",
    )
    for error in (raised.value, broken):
        for words in (trouble.database_problem(error), trouble.in_words(error, world.settings)):
            for language in LANGUAGES:
                said = say(language, words.sentence, **words.values)
                assert not [each for each in to_move if each in said]


@pytest.mark.parametrize("language", [Language("kk"), Language("ru")])
def test_a_lock_is_spoken_of_in_the_language_of_the_reader(
    world: World, language: Language
) -> None:
    with held(world), pytest.raises(OperationalError) as raised, world.database.alone(0):
        pass
    words = trouble.in_words(raised.value, world.settings)
    assert "locked" not in say(language, words.sentence, **words.values)


def test_room_is_reckoned_where_there_is_least_and_a_drive_without_a_size_is_no_full_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(world.folder)
    of = {world.settings.data: usage._replace(total=0, free=0), world.settings.store: usage}
    monkeypatch.setattr("shutil.disk_usage", of.__getitem__)
    assert trouble.free_bytes(world.settings) == usage.free
    of[world.settings.store] = usage._replace(free=5)
    full = trouble.in_words(OSError(errno.ENOSPC, "full"), world.settings)
    assert f"where {world.settings.store} lies" in str(full)


def test_a_disk_that_can_take_no_more_files_has_no_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SimpleNamespace(f_files=1000, f_favail=0)
    monkeypatch.setattr("os.statvfs", lambda _: disk)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(total=9, free=9))
    assert trouble.free_bytes(world.settings) == 0
    disk.f_files = 0  # some file systems count none
    assert trouble.free_bytes(world.settings) == 9
