from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content import naming
from audioguide.content.reading import read_pack, read_whole
from audioguide.content.unread import unread_files
from audioguide.errors import Grade, PackBroken
from audioguide.languages import Language, Languages
from audioguide.services import importing, pack_watch
from museum import write_pack

ALASH = "stops/1-alash"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "media")


def unread(media: Path) -> list[tuple[str, str]]:
    found = unread_files(media, read_pack(media))
    assert {each.grade for each in found} <= {Grade.WARNING}
    return [(each.where, f"{each.what} {each.do}") for each in found]


@pytest.mark.parametrize(
    "name",
    ["ru.md.txt", "ru (conflicted copy 2026-11-20).md", "RU.md", "ru.txt", "ru.md.docx", "ru.docx",
     "ru - копия.md", "ru – Copy (2).md", "rus.md", "ru-RU.md", "ru_RU.md", "русский.md"],
)  # fmt: skip
def test_a_text_that_is_missing_is_found_under_another_name(media: Path, name: str) -> None:
    (media / ALASH / "ru.md").rename(media / ALASH / name)
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    (found,) = broken.value.findings
    assert found.where == f"media/{ALASH}/ru.md:1"
    assert str(found.what) == f"This file is missing, and here lies {name}."
    assert "ru.md" in str(found.do)
    assert ("plain text in UTF-8" in str(found.do)) == name.endswith(".docx")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tr.txt", "tr.md"),
        ("Türkçe.docx", "tr.md"),
        ("pt-br.txt", "pt-BR.md"),
        ("es-419.md.txt", "es-419.md"),
        ("kaz.txt", None),
    ],
)
def test_a_name_is_understood_in_the_languages_of_the_museum_alone(
    name: str, text: str | None
) -> None:
    languages = Languages(tuple(map(Language, ("tr", "pt-BR", "es-419"))))
    assert naming.meant(name, naming.texts(languages), languages) == text


@pytest.mark.parametrize(
    ("name", "text", "letters"), [("кк.md", "kk.md", "к"), ("Еn.md", "en.md", "Е")]
)
def test_a_text_whose_name_only_looks_right_is_told_the_letters(
    media: Path, name: str, text: str, letters: str
) -> None:
    (media / ALASH / text).rename(media / ALASH / name)
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    (found,) = broken.value.findings
    assert str(found.what) == (
        f"This file is missing, and here lies {name}, whose letters {letters} only look Latin."
    )
    assert str(found.do) == f"Rename {name} to {text}."


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (f"{ALASH}/ru.md.txt", "ru.md is read."),
        (f"{ALASH}/ru - копия.md", "ru.md is read."),
        (f"{ALASH}/eng.md", "en.md is read."),
        (f"{ALASH}/kk.docx", "kk.md is read."),
        (f"{ALASH}/kk.take.m4a.txt", "If it is the recording, call it kk.take.m4a; else"),
        (f"{ALASH}/kk.take.m4a.icloud", "still in iCloud. Open it there, and put in the recording"),
        (f"{ALASH}/kk.take.m4a.unconfirmed", "This is left of a recording"),
        (f"{ALASH}/kk.take.m4a (1)", "call it kk.take.m4a; else take it out"),
        (f"{ALASH}/kk.take.mp3.2", "call it kk.take.mp3; else take it out"),
        (f"{ALASH}/kk.take.txt", "call it kk.take.m4a; else take it out"),
        (f"{ALASH}/kk.take.zip", "Nothing packed is read. Unpack it"),
        (f"{ALASH}/kk.zip", "Nothing packed is read. Unpack it"),
        (f"{ALASH}/kk.take.aup3", "Save it as M4A, MP3 or WAV, and call it kk.take.m4a."),
        (f"{ALASH}/ru.dss", "Save it as M4A, MP3 or WAV, and call it ru.take.m4a."),
        (f"{ALASH}/kz.take.wv", "Save it as M4A, MP3 or WAV, and call it kk.take.m4a."),
        (f"{ALASH}/Voice 1.ape", "call it kk.take.m4a / ru.take.m4a / en.take.m4a."),
        ("museum/запись.m4a", "A recording belongs into the folder of its stop."),
        (f"{ALASH}/кк.md", "the letters к in its name only look Latin. kk.md is read."),
        (f"{ALASH}/еn.md.txt", "the letters е in its name only look Latin. en.md is read."),
        (f"{ALASH}/рiсture.jpg", "letters р с in its name only look Latin. Rename рiсture.jpg to"),
        (f"{ALASH}/рус.md", "The guide does not use this file. ru.md is read."),
        (f"{ALASH}/photo.heic", "save the picture as JPEG, named picture.jpg"),
        (f"{ALASH}/picture.HEIC", "save the picture as JPEG, named picture.jpg"),
        (f"{ALASH}/IMG_1234.jpg", "Rename IMG_1234.jpg to picture.jpg."),
        (f"{ALASH}/picture.ru.md", "Rename picture.ru.md to picture.ru.txt."),
        (f"{ALASH}/guide.ru.txt", "Rename guide.ru.txt to guide.ru.md."),
        (f"{ALASH}/notes.md", "Files here are named kk.md, ru.md, en.md, picture.jpg"),
        ("museum/kz.md", "kk.md is read."),
        ("museum/notes.txt", "Files here are named kk.md, ru.md, en.md, notice.kk.md"),
        ("lexicon/eng.tsv", "Rename eng.tsv to en.tsv."),
        ("stops/kk.md", "Put it into the folder of its stop, hall or tour"),
    ],
)
def test_a_file_that_nobody_reads_is_named_with_what_it_may_be(
    media: Path, where: str, said: str
) -> None:
    (media / where).parent.mkdir(exist_ok=True)
    (media / where).write_text("# T\n", encoding="utf-8")
    ((found, words),) = unread(media)
    assert found == f"media/{where}"
    assert said in words


@pytest.mark.parametrize(
    "name",
    ["ru.m4a", "kk.mp3", "ru.take (1).ogg", "запись.m4a", "kk.take", "ru.take.m4a.dropped",
     "kk.take.m4a.part", "kk.take.m4a.opdownload"],
)  # fmt: skip
def test_of_recordings_also_of_wrongly_named_ones_the_takes_speak(media: Path, name: str) -> None:
    (media / ALASH / name).write_bytes(b"sound")
    assert unread(media) == []


@pytest.mark.parametrize("name", ["ru.md~", ".ru.md.swp", "~$ru.docx", "Thumbs.db", "ru.md.tmp"])
def test_what_an_editor_or_a_system_keeps_is_nobodys_matter(media: Path, name: str) -> None:
    (media / ALASH / name).write_bytes(b"")
    assert unread(media) == []


def test_a_logo_under_another_name_is_named_and_noticed(media: Path) -> None:
    before = pack_watch.names_now(media)
    (media / "logo.webp").write_bytes(b"x")
    assert pack_watch.names_now(media) != before
    (found,) = importing.unread_files(media, read_pack(media))
    assert (found.where, str(found.what)) == ("media/logo.webp", "This logo is not used.")


@pytest.mark.parametrize(
    ("top", "name", "said"),
    [
        ("stops", "1-alash - копия", "If it is a copy of 1-alash, take it out"),
        ("stops", "1-alash (2)", "If it is a copy of 1-alash, take it out"),
        ("stops", "99-typo", "Rename the folder as in museum.toml, or take it out."),
        ("stops/1-alash", "old", "The guide does not use this folder"),
    ],
)
def test_a_folder_that_nobody_reads_is_named_once(
    media: Path, top: str, name: str, said: str
) -> None:
    folder = media / top / name
    folder.mkdir()
    for language in ("kk", "ru", "en"):
        (folder / f"{language}.md").write_text("# T\n", encoding="utf-8")
    ((found, words),) = unread(media)
    assert found == f"media/{top}/{name}"
    assert said in words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stops/1-alash", "1-алаш"),
        ("stops/1-alash", "01-alash"),
        ("stops/1-alash", "1 alash"),
        ("stops/1-alash", "alash"),
        ("tours/short", "Short"),
        ("halls/memorial", "memorial-hall"),
    ],
)
def test_a_renamed_folder_is_one_line_with_its_likely_name(media: Path, old: str, new: str) -> None:
    (media / old).rename(media / old.partition("/")[0] / new)
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    (found,) = broken.value.findings
    assert found.where == f"media/{old}"
    assert f"There is a folder {new} that museum.toml does not name." in str(found)


def test_a_structure_under_another_name_is_named(media: Path) -> None:
    (media / "museum.toml").rename(media / "museum.toml.txt")
    with pytest.raises(Exception, match=r"Rename museum\.toml\.txt to museum\.toml\."):
        read_pack(media)


def test_what_is_whole_is_read_beside_what_is_broken(media: Path) -> None:
    (media / ALASH / "ru.md").write_text("no title\n", encoding="utf-8")
    reading = read_whole(media)
    assert reading.pack is not None
    assert [str(language) for language in reading.pack.stops[1].words] == ["kk", "en"]
    assert [each.where for each in reading.findings] == [f"media/{ALASH}/ru.md:1"]
