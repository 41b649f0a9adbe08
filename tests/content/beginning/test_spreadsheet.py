from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.beginning.museum_files import Row
from audioguide.content.beginning.spreadsheet import Sheet, read_sheet
from audioguide.errors import AskedWrongly, PackBroken
from audioguide.languages import Language

KK, RU, EN, DE = map(Language, ("kk", "ru", "en", "de"))


def sheet(folder: Path, text: str, *languages: Language, encoding: str = "utf-8") -> Sheet:
    path = folder / "stops.csv"
    path.write_bytes(text.encode(encoding))
    return read_sheet(path, languages or (RU, EN))


def mistakes(folder: Path, text: str, *languages: Language, encoding: str = "utf-8") -> list[str]:
    with pytest.raises(PackBroken) as broken:
        sheet(folder, text, *languages, encoding=encoding)
    return [str(each) for each in broken.value.findings]


RUSSIAN = "Номер;Название;Текст\n1;Лампа;Свет; и тьма\n".replace("Свет; и тьма", '"Свет; и тьма."')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_a_spreadsheet_writes_is_read(tmp_path: Path, encoding: str, ends: str) -> None:
    found = sheet(tmp_path, RUSSIAN.replace("\n", ends), encoding=encoding)
    assert found == Sheet((Row(1, {RU: "Лампа"}, {RU: "Свет; и тьма."}),), ())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_will_do(tmp_path: Path, separator: str) -> None:
    text = "number,title,text\n2,A,b c\n".replace(",", separator)
    assert sheet(tmp_path, text, EN).rows == (Row(2, {EN: "A"}, {EN: "b c"}),)


def test_the_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "sep=;\nnumber;title\nx;A\n", EN)
    assert found == ["stops.csv:A3: number must be a whole number from 0 to 9999, and it is x."]


def test_western_windows_is_read_where_no_language_is_cyrillic(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Nr;Titel;Text\n1;Größe;Über Öl.\n", DE, encoding="cp1252")
    assert found.rows[0].titles == {DE: "Größe"}


@pytest.mark.parametrize("heading", ["text en", "text_en", "Text (EN)", "text: en", "TEXT-en"])
def test_a_column_names_its_language(tmp_path: Path, heading: str) -> None:
    found = sheet(tmp_path, f"№;title;{heading}\n1;Лампа;The light.\n")
    assert found.rows == (Row(1, {RU: "Лампа"}, {EN: "The light."}),)


def test_each_line_of_a_cell_is_a_paragraph(tmp_path: Path) -> None:
    text = 'number,title,text\n1,A,"One.\nTwo."\n\n2,B,"One\nline.\n\nTwo."\n'
    assert [row.texts[EN] for row in sheet(tmp_path, text, EN).rows] == [
        "One.\n\nTwo.",
        "One line.\n\nTwo.",
    ]


def test_empty_rows_and_other_columns_do_no_harm(tmp_path: Path) -> None:
    found = sheet(tmp_path, "number,title,Room,text\n,,,\n1,A,7,b\n,,,\n", EN)
    assert (len(found.rows), found.unused) == (1, ("Room",))


def test_a_text_may_be_missing(tmp_path: Path) -> None:
    assert sheet(tmp_path, "number,title,text\n1,A,\n2,B\n", EN).rows[1].texts == {}


def test_every_mistake_is_named_by_its_cell(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        "number,title,text\n"
        "1,A,one, two\n"  # a comma too many
        "x2,B,t\n"
        "3,,t\n"
        "4,D,**bold**\n"
        "04,E,t\n"
        "10000,F,t\n"
        "5,…,t\n",
        EN,
    )
    assert [each.split(" ")[0] for each in found] == [
        "stops.csv:D2:",
        "stops.csv:A3:",
        "stops.csv:B4:",
        "stops.csv:C5:",
        "stops.csv:A6:",
        "stops.csv:A7:",
        "stops.csv:B8:",
    ]
    assert found[4].endswith("The number 4 stands twice, first in row 5.")


def test_rows_are_counted_as_the_spreadsheet_does_not_as_an_editor(tmp_path: Path) -> None:
    found = mistakes(tmp_path, 'number,title,text\n1,A,"One.\nTwo.\nThree."\nx,B,t\n', EN)
    assert found[0].startswith("stops.csv:A3:")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "There is nothing in this file."),
        ("\n\n", "There is nothing in this file."),
        ("1,A,b\n", "The first row does not name the columns."),
        ("number,text\n1,b\n", "The first row does not name the columns."),
        ("number,title,text\n", "There is no stop below the headings."),
        ('number,title,text\n1,"A,b\n', "A quotation mark in this row has no other half."),
        ("number,title,title\n1,A,b\n", "A second column is headed so: title"),
        ("number,title,text de\n1,A,b\n", "The museum does not have the language de."),
    ],
)
def test_a_table_that_is_none_is_told_what_it_lacks(tmp_path: Path, text: str, what: str) -> None:
    assert any(what in each for each in mistakes(tmp_path, text, EN))


def test_letters_that_windows_has_lost_are_shown_where_they_were(tmp_path: Path) -> None:
    text = "Нөмір;Атауы;Мәтін\n1;Шам;Қазақ даласы.\n"
    written = text.encode("cp1251", errors="replace")
    (tmp_path / "stops.csv").write_bytes(written)
    with pytest.raises(PackBroken) as broken:
        read_sheet(tmp_path / "stops.csv", (KK, RU))
    said = str(broken.value.findings[0])
    assert "Letters were lost here when the file was saved: Н?мір In" in said
    assert "CSV UTF-8" in said


def test_an_encoding_that_cannot_be_told_is_said(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "Nr;Titel;Text\n1;Größe;Öl\n", DE, RU, encoding="cp1252")
    assert "In what encoding this file is written cannot be told." in found[0]


def test_a_workbook_is_no_csv_file(tmp_path: Path) -> None:
    (tmp_path / "stops.csv").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(PackBroken, match="This is a workbook, and no csv file"):
        read_sheet(tmp_path / "stops.csv", (EN,))


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_asked_wrongly(tmp_path: Path, name: str) -> None:
    with pytest.raises(AskedWrongly) as wrong:
        read_sheet(tmp_path / name, (EN,))
    assert wrong.value.status == 2
