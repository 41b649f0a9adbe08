from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from audioguide.content.pack import Pack
from audioguide.content.pack_files import pack_digest, pack_files
from audioguide.content.pictures import MOST_BYTES, read_bytes
from audioguide.content.reading import read_pack
from audioguide.content.unread import unread_files
from audioguide.errors import PackBroken, PictureBroken
from audioguide.languages import LANGUAGES, Language
from museum import write_pack
from photographs import add_picture, photograph, saved

FAMINE = "stops/2-famine"


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "media")
    add_picture(folder / FAMINE)
    return folder


def findings(media: Path) -> list[tuple[str, str]]:
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    return [(each.where, str(each.what)) for each in broken.value.findings]


def caption(media: Path, language: str, words: str) -> None:
    (media / FAMINE / f"picture.{language}.txt").write_text(words, encoding="utf-8")


def famine(pack: Pack) -> object:
    return pack.stops[2].picture


def test_a_picture_is_read_with_what_its_texts_say(media: Path) -> None:
    picture = read_pack(media).stops[2].picture
    assert picture is not None
    content = (media / FAMINE / "picture.jpg").read_bytes()
    assert picture.digest == hashlib.sha256(content).hexdigest()
    assert set(picture.captions) == set(LANGUAGES)
    assert picture.captions[Language("ru")].alternative == "Light falls from ru."
    assert picture.captions[Language("ru")].credit == "Made for a test, ru."
    assert read_bytes(picture) == content


def test_a_stop_without_a_picture_has_none(media: Path) -> None:
    assert read_pack(media).stops[1].picture is None


def test_both_parts_of_a_text_may_have_several_lines(media: Path) -> None:
    caption(media, "en", "\ufeffA man,\r\na horse.\r\n\r\n\r\nState archive,\r\nfund 1.\r\n")
    picture = read_pack(media).stops[2].picture
    assert picture is not None
    said = picture.captions[Language("en")]
    assert (said.alternative, said.credit) == ("A man, a horse.", "State archive, fund 1.")


TEXT_MISTAKES = [
    ("", 1, "The text does not say what is to be seen."),
    ("\n \n", 1, "The text does not say what is to be seen."),
    ("\nA man.\nA horse.\n", 2, "The text does not say whose picture it is."),
    ("A man.\n\nArchive.\n\nMore.\n", 5, "There are words below the credit."),
    (
        "A\u202eman.\n\nArchive.\n",
        1,
        "This line contains an invisible character or a lost letter (U+202E): A[U+202E]man.",
    ),
    ("A man.\n\n" + "a" * 256, 3, "This has 256 characters, and at most 255 are kept."),
    ("a" * 501 + "\n\nArchive.", 1, "This has 501 characters, and at most 500 are kept."),
]


@pytest.mark.parametrize(("words", "line", "what"), TEXT_MISTAKES)
def test_a_mistake_in_a_text_is_named_with_its_line(
    media: Path, words: str, line: int, what: str
) -> None:
    caption(media, "en", words)
    assert findings(media) == [(f"media/{FAMINE}/picture.en.txt:{line}", what)]


def test_a_text_that_is_no_text_is_a_mistake(media: Path) -> None:
    (media / FAMINE / "picture.kk.txt").write_bytes(b"A man.\n\xff\n")
    assert findings(media) == [(f"media/{FAMINE}/picture.kk.txt:2", "The file is not UTF-8 text.")]


def test_a_picture_needs_a_text_in_every_language(media: Path) -> None:
    (media / FAMINE / "picture.ru.txt").unlink()
    assert findings(media) == [
        (f"media/{FAMINE}/picture.ru.txt:1", "The picture has no text in this language.")
    ]


def test_a_text_needs_a_picture(media: Path) -> None:
    (media / FAMINE / "picture.jpg").unlink()
    assert findings(media) == [
        (f"media/{FAMINE}/picture.{language}.txt:1", "There is no picture to this text.")
        for language in LANGUAGES
    ]


def test_a_stop_that_is_not_published_may_have_a_picture_with_one_text(media: Path) -> None:
    folder = media / "stops/101-baitursynuly"
    folder.mkdir()
    add_picture(folder)
    (folder / "picture.kk.txt").unlink()
    (folder / "picture.en.txt").unlink()
    picture = read_pack(media).stops[4].picture
    assert picture is not None
    assert set(picture.captions) == {Language("ru")}


def test_a_stop_has_one_picture(media: Path) -> None:
    (media / FAMINE / "picture.png").write_bytes(saved(photograph(400, 300), "PNG"))
    assert findings(media) == [
        (f"media/{FAMINE}/picture.png:1", "A stop has one picture, and here is a second.")
    ]


@pytest.mark.parametrize("name", ["picture.jpeg", "picture.png", "picture.webp"])
def test_a_picture_may_have_other_names(media: Path, name: str) -> None:
    (media / FAMINE / "picture.jpg").rename(media / FAMINE / name)
    picture = read_pack(media).stops[2].picture
    assert picture is not None
    assert picture.path.name == name


def test_a_picture_that_cannot_be_opened_is_named(media: Path) -> None:
    (media / FAMINE / "picture.jpg").write_bytes(b"no picture")
    assert findings(media) == [
        (f"media/{FAMINE}/picture.jpg:1", "The picture cannot be opened as JPEG, PNG or WebP.")
    ]


def test_a_picture_that_is_mended_is_looked_at_again(media: Path) -> None:
    (media / FAMINE / "picture.jpg").write_bytes(b"no picture")
    findings(media)
    add_picture(media / FAMINE)
    assert famine(read_pack(media)) is not None


def test_a_picture_larger_than_is_taken_is_not_even_read(media: Path) -> None:
    with (media / FAMINE / "picture.jpg").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert findings(media) == [
        (f"media/{FAMINE}/picture.jpg:1", "The picture has 21 MB, and at most 20 MB are taken.")
    ]


def test_mistakes_in_pictures_and_in_words_are_said_together(media: Path) -> None:
    (media / FAMINE / "picture.jpg").write_bytes(b"")
    (media / FAMINE / "en.md").write_text("No title.", encoding="utf-8")
    assert {where for where, _ in findings(media)} == {
        f"media/{FAMINE}/picture.jpg:1",
        f"media/{FAMINE}/en.md:1",
    }


def test_a_picture_that_changes_while_it_is_read_is_refused(media: Path) -> None:
    picture = read_pack(media).stops[2].picture
    assert picture is not None
    picture.path.write_bytes(saved(photograph(500, 400)))
    with pytest.raises(PictureBroken, match="was changed"):
        read_bytes(picture)
    picture.path.unlink()
    with pytest.raises(PictureBroken, match="cannot be read"):
        read_bytes(picture)


def test_a_picture_and_its_texts_belong_to_the_pack(media: Path) -> None:
    names = {path.name for path in pack_files(media)}
    assert {"picture.jpg", "picture.kk.txt", "picture.ru.txt", "picture.en.txt"} <= names
    before = pack_digest(media)
    caption(media, "en", "Another.\n\nArchive.\n")
    after = pack_digest(media)
    add_picture(media / FAMINE, saved(photograph(500, 400)))
    assert len({before, after, pack_digest(media)}) == 3


def test_the_files_of_a_picture_are_read_by_somebody(media: Path) -> None:
    assert unread_files(media, read_pack(media)) == ()
    (media / FAMINE / "picture.tiff").write_bytes(b"II")
    (found,) = unread_files(media, read_pack(media))
    assert found.where == f"media/{FAMINE}/picture.tiff"
    assert "picture.jpg" in str(found.do)
