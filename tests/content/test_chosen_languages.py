from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.reading import read_pack, read_whole
from audioguide.content.unread import unread_files
from audioguide.errors import PackBroken
from audioguide.languages import Language, Languages
from museum import EN, KK, RU, STRUCTURE, write_pack

UZ, DE = Language("uz-Latn"), Language("de")


def languages_of(folder: Path, lines: str, tables: str = "") -> Languages:
    """What is read of these lines under [museum], and of these tables."""
    write_pack(folder)
    text = STRUCTURE.replace("[museum]", f"[museum]\n{lines}", 1)
    (folder / "museum.toml").write_text(f"{text}\n{tables}", encoding="utf-8")
    return read_pack(folder).languages


def said(folder: Path, lines: str, tables: str = "") -> list[str]:
    """What is found in museum.toml, without the file's name."""
    with pytest.raises(PackBroken) as broken:
        languages_of(folder, lines, tables)
    start = "media/museum.toml:"
    found = [each for each in broken.value.findings if each.where.startswith(start)]
    return [f"{each.where.removeprefix(start)} {each.what}" for each in found]


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


def test_a_pack_that_names_no_language_has_kazakh_russian_and_english(media: Path) -> None:
    write_pack(media)
    languages = read_pack(media).languages
    assert (languages.tags, languages.default) == ((KK, RU, EN), KK)
    assert languages.complete == languages.on_labels == (KK, RU, EN)


def test_the_first_language_is_the_default(media: Path) -> None:
    languages = languages_of(media, 'languages = ["ru", "kk", "en"]')
    assert (tuple(languages), languages.default) == ((RU, KK, EN), RU)


def test_a_museum_says_which_texts_may_be_missing_and_what_stands_on_labels(media: Path) -> None:
    lines = 'languages = ["kk", "ru", "en"]\npartial_languages = ["en"]\nlabel_languages = ["kk"]'
    tables = '[language.en]\nname = "English UK"\nshort_name = "UK"\nfallback = "ru"'
    languages = languages_of(media, lines, tables)
    assert languages.complete == (KK, RU)
    assert languages.on_labels == (KK,)
    assert languages.chain(EN) == (EN, RU, KK)
    assert (languages.name(EN), languages.short_name(EN)) == ("English UK", "UK")
    assert languages.name(RU) == "Русский"


@pytest.mark.parametrize(
    ("lines", "tables", "found"),
    [
        ('languages = ["kk", "klingon!"]', "", "3 “klingon!” is no language."),
        ('languages = ["german", "en"]', "", "3 “german” is no language."),
        ('languages = ["kz", "ru"]', "", "3 kz is the code of a country and of no language."),
        ('languages = ["kk", "RU", "en"]', "", "3 The language RU is written ru."),
        ('languages = ["kk", "uz_latn"]', "", "3 The language uz_latn is written uz-Latn."),
        ('languages = ["kk", "rus"]', "", "3 The language rus is written ru."),
        ('languages = ["kk", "ru", "kk"]', "", "3 The language kk stands twice."),
        ("languages = []", "", "3 languages names no language."),
        ('languages = "kk"', "", "3 languages must be a list in square brackets."),
        ("languages = [1]", "", "3 An entry of languages has the wrong type."),
        ('partial_languages = ["de"]', "", "3 The museum does not have the language de."),
        ('partial_languages = ["kk"]', "", "3 Texts may not be missing in kk: it is the first"),
        ('label_languages = ["kk", "de"]', "", "3 The museum does not have the language de."),
        ('label_languages = ["kk", "kk"]', "", "3 The language kk stands twice."),
        ("label_languages = []", "", "3 label_languages names no language."),
        ('label_languages = "kk"', "", "3 label_languages must be a list in square brackets."),
        ('label_languages = ["kk", "RU"]', "", "3 The language RU is written ru."),
        (
            'languages = ["kk", "he"]\nlabel_languages = ["kk", "he"]',
            "",
            "4 Labels cannot have the language he: no typeface with its letters comes with",
        ),
        ("", '[language.de]\nname = "Deutsch"', "66 The museum does not have the language de."),
        ("", '[language.EN]\nname = "E"', "66 The language EN is written en."),
        ("", '[language.en]\nfallback = "de"', "67 The museum does not have the language de."),
        ("", '[language.kk]\nfallback = "ru"', "67 kk is the first language, and nothing stands"),
        ("", '[language.en]\nespeak = "ende"', "67 espeak-ng has no voice “ende”."),
        ("", '[language.en]\ncolour = "red"', "67 colour is not known in [language.en]."),
        ("", '[[language.en]]\nname = "E"', "66 language.en must be written [language.en]."),
        ("", '[language]\nen = "E"', "67 language.en must be written [language.en]."),
        ("", '[language."no tag"]\nname = "E"', "66 “no tag” is no language."),
        ("", '[[language]]\nname = "E"', "66 language.xx must be written [language.xx]."),
    ],
)
def test_a_mistake_in_the_languages_is_named_with_its_line(
    media: Path, lines: str, tables: str, found: str
) -> None:
    (first, *_) = said(media, lines, tables)
    assert first.startswith(found)


def test_a_voice_is_named_as_espeak_names_it_in_any_case(media: Path) -> None:
    for voice in ("en-us", "EN-US", "en-US", "English (America)", "de+f3"):
        languages = languages_of(media / voice, "", f'[language.en]\nespeak = "{voice}"')
        assert languages.espeak(EN) == voice


def test_fallbacks_that_go_round_in_a_circle_are_named(media: Path) -> None:
    tables = '[language.ru]\nfallback = "en"\n[language.en]\nfallback = "ru"'
    found = said(media, 'partial_languages = ["ru", "en"]', tables)
    assert found == [
        "67 The fallbacks go round in a circle: ru → en → ru.",
        "69 The fallbacks go round in a circle: en → ru → en.",
    ]


def test_a_text_may_be_missing_in_an_incomplete_language_alone(media: Path) -> None:
    write_pack(media, Languages((KK, RU, EN), frozenset((EN,))), ["stops/2-famine"])
    assert set(read_pack(media).stops[2].words) == {KK, RU}
    (media / "stops/2-famine/ru.md").unlink()
    with pytest.raises(PackBroken) as broken:
        read_pack(media)
    assert [each.where for each in broken.value.findings] == ["media/stops/2-famine/ru.md:1"]


def test_a_museum_of_two_languages_misses_no_third(media: Path) -> None:
    write_pack(media, Languages((DE, EN)))
    pack = read_pack(media)
    assert {frozenset(stop.words) for stop in pack.stops if stop.published} == {frozenset((DE, EN))}
    assert unread_files(media, pack) == ()


def test_a_text_in_a_language_that_the_museum_does_not_have_is_named(media: Path) -> None:
    write_pack(media)
    for name in ("de.md", "guide.de.md", "picture.de.txt"):
        (media / "stops/2-famine" / name).write_text("# Hunger\n", encoding="utf-8")
    found = unread_files(media, read_pack(media))
    assert {each.where.rpartition("/")[2] for each in found} == {
        "de.md",
        "guide.de.md",
        "picture.de.txt",
    }
    assert {str(each.what) for each in found} == {"The museum does not have the language de."}


def test_where_museum_toml_is_broken_the_known_languages_are_read(media: Path) -> None:
    known = read_pack(write_pack(media, Languages((DE, EN))))
    (media / "museum.toml").write_text("languages = [", encoding="utf-8")
    found = read_whole(media, known)
    assert found.pack is not None
    assert found.pack.languages == Languages((DE, EN))


@pytest.mark.parametrize("wrong", ['"kk"', "[]", '["kk", "russian"]', '["KK", "en"]', "[1]"])
def test_of_a_wrong_list_of_languages_nothing_else_is_concluded(media: Path, wrong: str) -> None:
    lines = f'languages = {wrong}\npartial_languages = ["de"]\nlabel_languages = ["uz-Latn"]'
    assert len(said(media, lines, '[language.de]\nname = "D"')) == 1


def test_where_nobody_knows_what_may_be_missing_no_file_is_asked_for(media: Path) -> None:
    write_pack(media)
    (media / "museum.toml").write_text(
        STRUCTURE.replace(
            "[museum]",
            '[museum]\nlanguages = ["kk", "ru", "en", "de"]\npartial_languages = "de"',
            1,
        ),
        encoding="utf-8",
    )
    found = [str(each) for each in read_whole(media).findings]
    assert found == ["media/museum.toml:4: partial_languages must be a list in square brackets."]


def test_a_museum_whose_texts_are_all_there_may_say_so(media: Path) -> None:
    assert languages_of(media, "partial_languages = []").complete == (KK, RU, EN)


def test_the_code_of_a_country_is_no_language(media: Path) -> None:
    found = said(media, 'languages = ["kk", "ua"]')
    assert found == ["3 ua is the code of a country and of no language. There they write: uk."]
