from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.content.pack import Pack
from audioguide.content.pack_files import pack_digest
from audioguide.content.reading import read_pack
from audioguide.content.unread import unread_files
from audioguide.errors import AskedWrongly, Finding, PackBroken
from audioguide.languages import LANGUAGES, Language
from museum import ALASH, FAMINE, STRUCTURE, WELCOME, write_pack

Edit = Callable[[Path], None]


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "media")


def change(media: Path, where: str, old: str, new: str) -> None:
    path = media / where
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")


def findings(media: Path) -> list[tuple[str, str]]:
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    return [(each.where, str(each.what)) for each in broken.value.findings]


def line_of(text: str, part: str, nth: int = 1) -> int:
    """The line, from 1, of the nth line of museum.toml that has this part."""
    return [n for n, line in enumerate(text.split("\n"), start=1) if part in line][nth - 1]


def test_a_pack_without_a_mistake_is_read(media: Path) -> None:
    pack = read_pack(media)
    assert [hall.slug for hall in pack.halls] == ["exposition", "memorial"]
    assert [stop.number for stop in pack.stops] == [0, 1, 2, 14, 101]
    assert [stop.published for stop in pack.stops] == [True] * 4 + [False]
    assert pack.tours[0].stops == (0, 2, 14)
    assert pack.museum.opening_hours[0].opens == "09:00"


def test_a_stop_has_its_words_in_every_language(media: Path) -> None:
    famine = read_pack(media).stops[2]
    assert set(famine.words) == set(LANGUAGES)
    assert famine.words[Language("ru")].title == "Голод"
    assert famine.words[Language("en")].content_note == "This stop speaks of hunger."
    assert famine.words[Language("en")].sources == ("A witness.",)


def test_a_stop_that_is_not_published_needs_no_words(media: Path) -> None:
    assert read_pack(media).stops[4].words == {}


def test_a_stop_that_is_not_published_may_have_words(media: Path) -> None:
    shutil.copytree(media / "stops/1-alash", media / "stops/101-baitursynuly")
    assert set(read_pack(media).stops[4].words) == set(LANGUAGES)


def test_a_stop_that_is_not_published_may_have_the_words_of_one_language(media: Path) -> None:
    where = media / "stops/101-baitursynuly"
    where.mkdir()
    shutil.copy(media / "stops/1-alash/ru.md", where)
    assert set(read_pack(media).stops[4].words) == {Language("ru")}


def test_a_mistake_in_a_stop_that_is_not_published_is_found(media: Path) -> None:
    where = media / "stops/101-baitursynuly"
    where.mkdir()
    (where / "ru.md").write_text("No title.\n", encoding="utf-8")
    assert findings(media) == [
        ("media/stops/101-baitursynuly/ru.md:1", "The title is missing."),
    ]


def test_where_there_is_no_pack_one_line_says_so(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match=r"museum\.toml is missing"):
        read_pack(tmp_path)


STRUCTURE_MISTAKES = [
    # old, new, line of this part, its n-th, what is said
    ('slug = "alash"\n', "", "[[stop]]", 2, "slug is missing in [stop]."),
    ("number = 1\n", "", "[[stop]]", 2, "number is missing in [stop]."),
    (f'code = "{ALASH}"\n', "", "[[stop]]", 2, "code is missing in [stop]."),
    ("number = 1\n", "number = 2\n", "number = 2", 2, "The number 2 is used twice, first in line"),
    ("number = 1\n", "number = -1\n", "number = -1", 1, "number must be a whole number from 0."),
    ("number = 1\n", 'number = "1"\n', 'number = "1"', 1, "number must be a whole number from 0."),
    ("number = 1\n", "number = true\n", "number = true", 1, "number must be a whole number"),
    ("number = 1\n", "number = 1.0\n", "number = 1.0", 1, "number must be a whole number from 0."),
    ("number = 1\n", "number = 12345\n", "number = 12345", 1, "number must be a whole number from"),
    ("number = 1\n", f"number = {'9' * 30}\n", "number = 99", 1, "number must be a whole number"),
    (ALASH, FAMINE, FAMINE, 2, f"The code {FAMINE} is used twice, first in line"),
    (ALASH, "11RR2", "11RR2", 1, '"11RR2" is not a code'),
    (ALASH, ALASH.lower(), ALASH.lower(), 1, f'"{ALASH.lower()}" is not a code'),
    (ALASH, "ABCD0", "ABCD0", 1, '"ABCD0" is not a code'),
    ('slug = "alash"', 'slug = "Алаш"', "Алаш", 1, "Алаш is not a slug."),
    ('slug = "alash"', 'slug = "../alash"', "../alash", 1, "../alash is not a slug."),
    ('slug = "alash"', 'slug = "a\\u0000"', "u0000", 1, "slug contains an invisible"),
    ('slug = "alash"', f'slug = "{"a" * 65}"', "aaa", 1, "slug has 65 characters, and at most 64"),
    ('slug = "alash"', "slug = 1", "slug = 1", 1, "slug must be a text in quotation marks."),
    ('slug = "alash"', 'slug = "famine"', 'slug = "famine"', 2, "The slug famine is used twice"),
    ('kind = "section"', 'kind = "room"', 'kind = "room"', 1, "The kind room is not known."),
    ('hall = "exposition"', 'hall = "cellar"', "cellar", 1, "The hall cellar is not known."),
    ("published = false", "published = 0", "published = 0", 1, "published must be true or false."),
    ("published = false", "color = 1", "color", 1, "color is not known in [stop]."),
    ("published = false", "approved_on = 1", "approved_on", 1, "approved_on must be a date"),
    ("published = false", 'approved_on = "2026-01-01"', "approved_on", 1, "approved_on must be a"),
    ("[0, 2, 14]", "[0, 2, 99]", "stops = ", 1, "There is no published stop 99."),
    ("[0, 2, 14]", "[0, 2, 101]", "stops = ", 1, "There is no published stop 101."),
    ("[0, 2, 14]", "[]", "stops = ", 1, "The tour has no stops."),
    ("[0, 2, 14]", '["0"]', "stops = ", 1, "An entry of stops has the wrong type."),
    ("[0, 2, 14]", "0", "stops = ", 1, "stops must be a list in square brackets."),
    ("minutes = 10\n", "", "[[tour]]", 1, "minutes is missing in [tour]."),
    ("Asia/Almaty", "Asia/Shymkent", "Shymkent", 1, "Asia/Shymkent is no time zone."),
    ("Asia/Almaty", "../../etc", "etc", 1, "../../etc is no time zone."),
    ('"monday", ', '"Monday", ', "days = ", 1, "The day Monday is not known."),
    ('"09:00"', '"9:00"', "opens", 1, "9:00 is not a time of day."),
    ('"18:00"', '"24:00"', "closes", 1, "24:00 is not a time of day."),
    ("https://www.instagram", "http://www.instagram", "url", 1, "The link must begin with https"),
    ("https://museum", "javascript:alert(1)//", "website", 1, "The link must begin with https://."),
    ("https://museum", "http://museum", "website", 1, "The link must begin with https://."),
    ('"18:00"', '"08:00"', "closes", 1, "The museum closes at 08:00, and it opens at 09:00."),
    ('"18:00"', '"09:00"', "closes", 1, "The museum closes at 09:00, and it opens at 09:00."),
    ("our_museum", "m" * 256, "name =", 1, "name has 256 characters, and at most 255 are kept."),
    ("21-01-40", "1" * 60, "phone", 1, "phone has 70 characters, and at most 64 are kept."),
    (
        "our_museum",
        "our\u202emuseum",
        "name =",
        1,
        "This line contains an invisible character or a lost letter (U+202E)",
    ),
    ("[0, 2, 14]", "[0, 2, 14, 2]", "stops = ", 1, "The tour leads to stop 2 twice."),
    (
        "[[museum.hours]]",
        "[museum.hours]",
        "[museum]",
        1,
        "hours must be written [[museum.hours]].",
    ),
    ("[[tour]]", "[tour]", "[tour]", 1, "tour must be written [[tour]]."),
    ("[[tour]]", "[[walk]]", "[[walk]]", 1, "[walk] is not known here."),
    ("[museum]\n", '[museum]\nowner = "x"\n', "owner", 1, "owner is not known in [museum]."),
]


@pytest.mark.parametrize(("old", "new", "part", "nth", "what"), STRUCTURE_MISTAKES)
def test_a_mistake_in_the_structure_is_found_in_its_line(
    media: Path, old: str, new: str, part: str, nth: int, what: str
) -> None:
    change(media, "museum.toml", old, new)
    line = line_of((media / "museum.toml").read_text(encoding="utf-8"), part, nth)
    found = [each for each in findings(media) if each[0] == f"media/museum.toml:{line}"]
    assert [said for _, said in found if said.startswith(what)], findings(media)


def test_a_code_used_twice_names_both_lines(media: Path) -> None:
    change(media, "museum.toml", ALASH, WELCOME)
    first, second = (line_of(STRUCTURE.replace(ALASH, WELCOME), WELCOME, nth) for nth in (1, 2))
    assert findings(media) == [
        (
            f"media/museum.toml:{second}",
            f"The code {WELCOME} is used twice, first in line {first}.",
        )
    ]


def test_a_wrong_code_is_told_a_right_one(media: Path) -> None:
    change(media, "museum.toml", ALASH, "11RR2")
    with pytest.raises(PackBroken, match=r'for a new stop take "[0-9A-Z]{5}"'):
        read_pack(media)


def test_a_code_in_small_letters_is_told_in_capitals(media: Path) -> None:
    change(media, "museum.toml", f'"{WELCOME}"', '"oae86"')
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    (found,) = broken.value.findings
    assert str(found.what) == '"oae86" is not a code as it is written.'
    assert str(found.do) == f'Write it in Latin capitals and digits: "{WELCOME}".'


ONE_MISTAKE = [
    # old, new, what alone is said
    ("number = 2\n", 'number = "2"\n', "number must be a whole number from 0."),
    ("number = 2\n", "", "number is missing in [stop]."),
    ("number = 2\n", "number = 1\n", "The number 1 is used twice, first in line 31."),
    (f'code = "{ALASH}"', "code = 12345", "code must be a text in quotation marks."),
    (f'code = "{ALASH}"\n', "", "code is missing in [stop]."),
    ('slug = "exposition"', 'slug = "Exposition"', "Exposition is not a slug."),
    ('slug = "exposition"\n', "", "slug is missing in [hall]."),
    ('slug = "memorial"', 'slug = "exposition"', "The slug exposition is used twice, first in"),
    ('slug = "alash"', 'slug = "welcome"', "The slug welcome is used twice, first in line"),
    ("published = false", 'published = "no"', "published must be true or false."),
    ("[0, 2, 14]", '"0, 2"', "stops must be a list in square brackets."),
    ('"18:00"', '"8:00"', "8:00 is not a time of day."),
]


@pytest.mark.parametrize(("old", "new", "what"), ONE_MISTAKE)
def test_one_mistake_is_said_once_and_blamed_on_nothing_else(
    media: Path, old: str, new: str, what: str
) -> None:
    change(media, "museum.toml", old, new)
    ((_, said),) = findings(media)
    assert said.startswith(what)


@pytest.mark.parametrize("name", ["hall", "stop"])
def test_a_kind_of_table_that_is_written_wrong_is_blamed_on_nothing_else(
    media: Path, name: str
) -> None:
    before, _, after = STRUCTURE.partition(f"[[{name}]]")
    tables = after[after.index("[[tour]]" if name == "stop" else "[[stop]]") :]
    (media / "museum.toml").write_text(f"{before}[{name}]\n\n{tables}", encoding="utf-8")
    assert [said for _, said in findings(media)] == [f"{name} must be written [[{name}]]."]


def test_where_no_hall_is_left_no_empty_list_of_halls_is_offered(media: Path) -> None:
    halls = STRUCTURE[STRUCTURE.index("[[hall]]") : STRUCTURE.index("[[stop]]")]
    change(media, "museum.toml", halls, "")
    assert [said for _, said in findings(media)] == ["[[hall]] is missing in [museum.toml]."]


def test_an_address_that_the_database_would_cut_is_found(media: Path) -> None:
    change(media, "museum/en.md", "This is", "This is " + "far " * 70)
    ((where, what),) = findings(media)
    assert where == "media/museum/en.md:3"
    assert what.startswith("The address, which is the first paragraph, has ")


def test_a_long_first_paragraph_of_a_stop_is_no_address(media: Path) -> None:
    change(media, "stops/1-alash/en.md", "This is", "This is " + "far " * 70)
    assert len(read_pack(media).stops[1].words[Language("en")].paragraphs[0]) > 255


def test_a_mistake_in_one_stop_is_not_blamed_on_its_files(media: Path) -> None:
    change(media, "museum.toml", 'slug = "alash"', 'slug = "Alash"')
    assert [where.split(":")[0] for where, _ in findings(media)] == ["media/museum.toml"]


def test_in_a_pack_where_all_is_named_right_every_file_is_read(media: Path) -> None:
    (media / "lexicon").mkdir()
    (media / "lexicon/kk.tsv").write_text("", encoding="utf-8")
    (media / "stops/.DS_Store").write_bytes(b"\0")
    assert unread_files(media, read_pack(media)) == ()


def test_a_structure_that_is_not_utf_8_is_found_in_its_line(media: Path) -> None:
    content = STRUCTURE.replace('name = "our_museum"', 'name = "музей"').encode("cp1251")
    (media / "museum.toml").write_bytes(content)
    line = line_of(STRUCTURE, 'name = "our_museum"')
    ((where, what),) = findings(media)
    assert where == f"media/museum.toml:{line}"
    assert what == "The file is not UTF-8 text, but probably Windows-1251."


def test_a_structure_that_is_half_saved_does_not_empty_the_guide(media: Path) -> None:
    half = STRUCTURE[: STRUCTURE.index("[[stop]]")]
    (media / "museum.toml").write_text(half, encoding="utf-8")
    assert ("media/museum.toml:1", "[[stop]] is missing in [museum.toml].") in findings(media)


def test_an_empty_structure_is_broken(media: Path) -> None:
    (media / "museum.toml").write_text("")
    assert ("media/museum.toml:1", "timezone is missing in [museum].") in findings(media)


def test_a_missing_language_is_named_by_its_file(media: Path) -> None:
    (media / "stops/1-alash/kk.md").unlink()
    ((where, what),) = findings(media)
    assert where == "media/stops/1-alash/kk.md:1"
    assert what == "This file is missing."


@pytest.mark.parametrize("where", ["museum", "halls/memorial", "tours/short"])
def test_everything_with_words_needs_each_language(media: Path, where: str) -> None:
    (media / where / "ru.md").unlink()
    assert findings(media)[0][0] == f"media/{where}/ru.md:1"


def test_a_folder_in_the_place_of_a_text_is_found(media: Path) -> None:
    (media / "stops/1-alash/kk.md").unlink()
    (media / "stops/1-alash/kk.md").mkdir()
    assert findings(media)[0][0] == "media/stops/1-alash/kk.md:1"


def test_every_mistake_is_said_at_once(media: Path) -> None:
    change(media, "museum.toml", ALASH, "11RR2")
    change(media, "museum.toml", 'hall = "memorial"', 'hall = "cellar"')
    change(media, "stops/1-alash/ru.md", "# Лидеры", "Лидеры")
    (media / "stops/0-welcome/en.md").unlink()
    (media / "halls/exposition/kk.md").write_bytes("# Зал\n".encode("cp1251"))
    files = [where.rsplit(":", 1)[0] for where, _ in findings(media)]
    assert files == [
        "media/museum.toml",
        "media/museum.toml",
        "media/halls/exposition/kk.md",
        "media/stops/0-welcome/en.md",
        "media/stops/1-alash/ru.md",
    ]


def as_windows_saves(content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")


def as_a_mac_decomposes(content: bytes) -> bytes:
    return unicodedata.normalize("NFD", content.decode()).encode()


def but_the_digest(pack: Pack) -> tuple[object, ...]:
    return pack.museum, pack.halls, pack.stops, pack.tours


@pytest.mark.parametrize("saved", [as_windows_saves, as_a_mac_decomposes])
def test_files_of_any_editor_are_the_same_words(
    media: Path, saved: Callable[[bytes], bytes]
) -> None:
    change(media, "stops/1-alash/ru.md", "Не торопитесь.", "Й и ё – буквы.")
    change(media, "museum.toml", "our_museum", "Қысқа Й")
    before = read_pack(media)
    for path in [media / "museum.toml", *media.rglob("*.md")]:
        content = path.read_bytes()
        assert path.write_bytes(saved(content)) >= len(content)
    assert but_the_digest(read_pack(media)) == but_the_digest(before)


def test_lines_are_counted_the_same_in_windows_files(media: Path) -> None:
    change(media, "museum.toml", 'kind = "hall"', 'kind = "room"')
    path = media / "museum.toml"
    line = line_of(path.read_text(encoding="utf-8"), 'kind = "room"')
    path.write_bytes(as_windows_saves(path.read_bytes()))
    assert [where for where, _ in findings(media)] == [f"media/museum.toml:{line}"]


def test_the_digest_changes_with_any_byte(media: Path) -> None:
    before = pack_digest(media)
    change(media, "stops/1-alash/kk.md", "Алаш", "Алаш ")
    assert pack_digest(media) != before == pack_digest(write_pack(media.parent / "again"))


def test_the_digest_changes_with_a_lexicon(media: Path) -> None:
    before = pack_digest(media)
    (media / "lexicon").mkdir()
    (media / "lexicon/kk.tsv").write_text("ТЖ\tте-же\n", encoding="utf-8")
    assert pack_digest(media) != before


def test_sound_that_is_made_does_not_change_the_digest(media: Path) -> None:
    before = pack_digest(media)
    (media / "generated").mkdir()
    (media / "generated" / "x.mp3").write_bytes(b"sound")
    assert pack_digest(media) == before


def test_a_finding_reads_as_where_what_and_what_to_do(media: Path) -> None:
    change(media, "stops/1-alash/ru.md", "# Лидеры", "Лидеры")
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    (found,) = broken.value.findings
    assert isinstance(found, Finding)
    assert str(found) == (
        "media/stops/1-alash/ru.md:1: The title is missing. Begin the file with # and the title."
    )


def test_a_question_mark_for_a_code_gets_a_new_code_and_nothing_else(media: Path) -> None:
    change(media, "museum.toml", f'code = "{ALASH}"', 'code = "?"')
    ((_, what),) = findings(media)
    assert re.fullmatch(r'A new code for this stop: "[0-9A-Z]{5}"\.', what)


@pytest.mark.parametrize("written", ["22.11.2026", "22/11/2026", "22 ноября 2026 г.", "2026.11.22"])
def test_a_date_in_quotation_marks_is_told_as_it_is_to_be_written(
    media: Path, written: str
) -> None:
    change(media, "museum.toml", 'slug = "alash"', f'slug = "alash"\napproved_on = "{written}"')
    with pytest.raises(PackBroken, match=r"without quotation marks. For example: 2026-11-22\."):
        read_pack(media)


def test_a_byte_order_mark_inside_the_structure_is_passed_over_with_a_note(media: Path) -> None:
    path = media / "museum.toml"
    path.write_text("\ufeff\ufeff" + STRUCTURE.replace("phone", "\ufeffphone"), "utf-8")
    remarks = read_pack(media).remarks
    assert {each.where for each in remarks} == {
        "media/museum.toml:1",
        f"media/museum.toml:{line_of(STRUCTURE, 'phone')}",
    }
    assert all("a byte order mark" in str(each.what) for each in remarks)
