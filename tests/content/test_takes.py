"""Which names are those of recordings, whoever or whatever gave them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide.content import takes
from audioguide.languages import LANGUAGES, Language, Languages
from museum import THREE

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
STOP = "9 alzhir"


def put(media: Path, *names: str) -> Path:
    folder = media / "stops" / "9-alzhir"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"sound")
    return media


NAMES = {
    "kk.take.m4a": KK,
    "Kk.take.m4a": KK,
    "KK.TAKE.M4A": KK,
    "kk.take (1).m4a": KK,
    "kk.take(2).m4a": KK,
    "kk.take 2.m4a": KK,
    "kk.take - Copy.m4a": KK,
    "kk.take - Copy (2).m4a": KK,
    "ru.take — копия.wav": RU,
    "ru.take (копия).wav": RU,
    "kk.take көшірме.mp3": KK,
    "kk-KZ.take.m4a": KK,
    "kk_KZ.take.m4a": KK,
    "ru-RU.take.ogg": RU,
    "en_GB.take.flac": EN,
    "kaz.take.m4a": KK,
    "kz.take.m4a": KK,
    "KZ.m4a": KK,
    "kz-KZ.take (2).wav": KK,
    "kazakh.take.m4a": KK,
    "қазақша.take.m4a": KK,
    "русский.m4a": RU,
    "рус.take.ogg": RU,
    "english.mp3": EN,
    "кк.take.m4a": KK,
    "кk.take.m4a": KK,
    "kk.taке.m4a": KK,
    "КК.ТАКЕ.m4a": KK,
    "еn.take.m4a": EN,
    "rus.take.m4a": RU,
    "eng.take.m4a": EN,
    "ru.m4a": RU,
    "RU.MP3": RU,
    "kk take.m4a": KK,
    "kk_take.m4a": KK,
    "kk-take.m4a": KK,
    "kk.take.m4a.mp3": KK,
    "kk.take.m4a.m4a": KK,
    "kk.take.qta": KK,
    "en.take.opus": EN,
    "en.take.3gp": EN,
    "en.take.MOV": EN,
}


@pytest.mark.parametrize(("name", "language"), NAMES.items(), ids=NAMES)
def test_a_name_that_leaves_no_doubt_is_understood(
    tmp_path: Path, name: str, language: Language
) -> None:
    found = takes.beside(put(tmp_path, name), STOP, THREE)

    assert {each: path.name for each in LANGUAGES if (path := found.one(each))} == {language: name}
    assert found.misnamed == ()


HALF_SENT_AND_KEPT = [
    "kk.take.m4a~",
    "kk.take.m4a.filepart",
    "kk.take.m4a.partial",
    "kk.take.m4a.part",
    "kk.take.m4a.crdownload",
    "kk.take.m4a.download",
    "kk.take.m4a.opdownload",
    "kk.take.m4a.tmp",
    "kk.take.tmp",
    "kk.take.m4a.temp",
    "kk.take.m4a.bak",
    "kk.take.m4a.old",
    "kk.take.m4a.orig",
    "kk.take.m4a.sync",
    "kk.take.m4a.!qB",
    "kk.take.m4a.!ut",
    "kk.take.m4a.aria2",
    "kk.take.m4a.lock",
    "kk.take.m4a.dropped",
    "kk.take.m4a.1.dropped",
    ".kk.take.m4a.icloud",
    ".kk.take.m4a.swp",
    "._kk.take.m4a",
    ".kk.take.m4a",
    ".~kk.take.m4a",
    "~$kk.take.m4a",
    "~kk.take.m4a",
    "#kk.take.m4a#",
    ".syncthing.kk.take.m4a.tmp",
    "kk.take.m4a.txt",
    "kk.take.txt",
]


@pytest.mark.parametrize("name", HALF_SENT_AND_KEPT)
def test_what_is_half_sent_or_kept_is_no_recording_and_does_not_stand_in_the_way(
    tmp_path: Path, name: str
) -> None:
    found = takes.beside(put(tmp_path, "kk.take.m4a", name), STOP, THREE)

    assert [path.name for path in found.takes[KK]] == ["kk.take.m4a"]
    assert found.misnamed == ()


MISNAMED = [
    "запись.m4a",
    "Новая запись 3.m4a",
    "Voice 001.m4a",
    "PTT-20260904-WA0001.opus",
    "take.m4a",
    "take.kk.m4a",
    "de.take.m4a",
    "ко.take.m4a",
    "kk.take.sync-conflict-20260904-123456-ABCDEFG.m4a",
    "kk.take (conflicted copy 2026-09-04).m4a",
    "kk.take-DESKTOP-7.m4a",
    "kk.take.final.m4a",
    "kk.take",
]


@pytest.mark.parametrize("name", MISNAMED)
def test_sound_of_another_name_is_said_with_the_name_that_it_needs(
    tmp_path: Path, name: str
) -> None:
    media = put(tmp_path, "kk.take.m4a", name)

    assert takes.beside(media, STOP, THREE).one(KK) is not None
    (finding,) = takes.misnamed(media, [STOP], THREE)
    assert finding.where == f"{tmp_path.name}/stops/9-alzhir/{name}"
    ending = Path(name).suffix if name != "kk.take" else ".m4a"
    assert f"kk.take{ending} / ru.take{ending} / en.take{ending}" in str(finding.do)


def test_two_names_of_one_language_leave_a_doubt_and_are_both_named(tmp_path: Path) -> None:
    media = put(tmp_path, "kk.take.m4a", "kk.take (1).m4a", "ru.take.m4a")

    assert takes.beside(media, STOP, THREE).one(KK) is None
    (finding,) = takes.doubled(media, [STOP], THREE)
    assert "kk.take (1).m4a, kk.take.m4a" in str(finding.what)


def test_what_is_no_file_and_has_the_name_of_a_recording_is_given_to_be_named(
    tmp_path: Path,
) -> None:
    folder = put(tmp_path) / "stops/9-alzhir"
    (folder / "kk.take.m4a").mkdir()
    os.mkfifo(folder / "ru.take.m4a")
    (folder / "en.take.m4a").symlink_to(folder / "away")

    found = takes.beside(tmp_path, STOP, THREE)

    assert set(found.takes) == {KK, RU}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_whose_files_nobody_may_look_at_gives_their_names(tmp_path: Path) -> None:
    folder = put(tmp_path, "kk.take.m4a") / "stops/9-alzhir"
    folder.chmod(0o444)
    try:
        found = takes.beside(tmp_path, STOP, THREE)
    finally:
        folder.chmod(0o755)

    assert set(found.takes) == {KK}


def test_a_stop_without_a_folder_has_nothing(tmp_path: Path) -> None:
    assert takes.beside(tmp_path, STOP, THREE) == takes.Beside({}, ())


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("pt-BR.take.m4a", "pt-BR"),
        ("PT_BR.take (1).M4A", "pt-BR"),
        ("pt.take.m4a", None),  # of two, neither
        ("por.take.m4a", None),
        ("zh-Hant.take.mp3", "zh-Hant"),
        ("zh-Hant-TW.take.mp3", "zh-Hant-TW"),
        ("es-419.take 2.wav", "es-419"),
        ("de.take.mp3", "de-AT"),
        ("uz.take copy.mp3", "uz-Latn"),
        ("türkçe.mp3", "tr"),
        ("kaz.mp3", None),
        ("tr-old.mp3", None),
    ],
)
def test_a_recording_is_told_in_any_language_that_the_museum_has(
    name: str, language: str | None
) -> None:
    tags = ("pt-BR", "pt-PT", "zh-Hant", "zh-Hant-TW", "es-419", "uz-Latn", "de-AT", "tr")
    assert takes.language_of(Path(name), Languages(tuple(map(Language, tags)))) == language
