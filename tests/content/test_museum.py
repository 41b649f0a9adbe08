"""The museum's facts and the words that belong to them: closed days, prices, notice, help."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from audioguide.content.pack import HELP, NOTICE, PRICES, ClosedDays, Pack
from audioguide.content.reading import read_whole
from audioguide.content.unread import unread_files
from audioguide.errors import Grade
from audioguide.languages import LANGUAGES, Language
from museum import write_facts, write_pack

EN = Language("en")


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """The small museum with everything that its own page can show."""
    folder = write_pack(tmp_path / "media")
    write_facts(folder)
    return folder


def change(media: Path, old: str, new: str, file: str = "museum.toml") -> int:
    """Replace what stands in a file once; return the line of it."""
    path = media / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def said(media: Path) -> list[str]:
    return [str(each) for each in read_whole(media).findings]


def the_only(media: Path) -> str:
    (one,) = said(media)
    return one


def pack(media: Path) -> Pack:
    found = read_whole(media)
    assert found.findings == ()
    assert found.pack is not None
    return found.pack


def test_all_facts_are_read(media: Path) -> None:
    museum = pack(media).museum
    assert museum.email == "museum@example.kz"
    assert museum.map_url == "https://go.2gis.com/abc12"
    assert museum.closed == (
        ClosedDays(date(2026, 12, 31), date(2027, 1, 2)),
        ClosedDays(date(2026, 12, 16), date(2026, 12, 16)),
    )
    assert [(each.slug, each.amount, each.currency) for each in museum.prices] == [
        ("adults", Decimal(500), "KZT"),
        ("groups", Decimal("1500.50"), "KZT"),
        ("children", Decimal(0), "KZT"),
    ]
    assert museum.prices[0].words[EN].title == "Adults"
    assert museum.prices[2].words[EN].text == "Up to seven years."
    assert museum.notice_until == date(2026, 11, 30)
    assert museum.notice[EN] == "The hall is being mended.\n\nCome to the exposition."
    assert museum.help == {}
    assert museum.broken == frozenset()
    assert unread_files(media, pack(media)) == ()


def test_closed_days_may_overlap(media: Path) -> None:
    change(media, "from = 2026-12-16", "from = 2027-01-01\nto = 2027-01-05")
    assert len(pack(media).museum.closed) == 2


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("to = 2027-01-02", "to = 2026-12-30", "closed to 2026-12-30, and that lies before 2026-1"),
        ("from = 2026-12-16", "from = 2206-12-16", "The year 2206 cannot be meant."),
        (
            "from = 2026-12-16",
            'from = "16.12.2026"',
            "without quotation marks. For example: 2026-12-16.",
        ),
        ("from = 2026-12-16", "from = 2026-12-16T09:00:00", "from must be a date"),
        ("from = 2026-12-16", "on = 2026-12-16", "from is missing in [museum.closed]."),
        ("from = 2026-12-16", "from = 2026-12-16\ntill = 3", "Allowed: from, to."),
        ("amount = 500", "amount = -1", "amount must be a number from 0 to 99999999."),
        ("amount = 500", "amount = nan", "amount must be a number from 0 to"),
        ("amount = 500", "amount = inf", "amount must be a number from 0 to"),
        ("amount = 500", "amount = 1e9", "amount must be a number from 0 to"),
        ("amount = 500", "amount = 1e99999999999999999999", "amount must be a number from 0 to"),
        ("amount = 500", 'amount = "500"', "amount must be a number without quotation marks."),
        ("amount = 500", "amount = 500,50", "and a point, no comma: 500.50"),
        ("amount = 500", "amount = 1 500", "and a point, no comma: 1500"),
        ("amount = 500", "amount = 500 тг", "Behind the value stands something more"),
        ("amount = 500", "amount = true", "amount must be a number without quotation marks."),
        ("amount = 500", "amount = 5.005", "5.005 has 3 figures behind the point, and KZT has"),
        ("amount = 500", "price = 500", "amount is missing in [museum.price]."),
        ('currency = "KZT"  # adults', 'currency = "тг"', "тг is no currency."),
        ('currency = "KZT"  # adults', 'currency = "kzt"', "kzt is no currency."),
        ('currency = "KZT"  # adults', 'currency = "KZX"', "Write its three Latin capitals"),
        ('slug = "groups"', 'slug = "adults"', "The slug adults is used twice, first in line"),
        ('"museum@example.kz"', '"a@b.kz, c@d.kz"', "is not one e-mail address."),
        ('"museum@example.kz"', '"mailto:museum@example.kz"', "is not one e-mail address."),
        ('"museum@example.kz"', '"museum@example"', "is not one e-mail address."),
        ('"museum@example.kz"', '"музей@example.kz"', "is not one e-mail address."),
        ('"museum@example.kz"', '"a..b@example.kz"', "is not one e-mail address."),
        ('"https://go.2gis.com/abc12"', '"http://2gis.kz"', "must begin with https://."),
        ('"https://go.2gis.com/abc12"', '"https://"', "This link is not whole."),
        ('"https://go.2gis.com/abc12"', '"https://2gis.kz/a b"', "This link is not whole."),
        ("notice_until = 2026-11-30", "notice_until = 2026-11-30\nnotice = 1", "[[museum.price]]"),
    ],
)
def test_a_mistake_of_the_facts_is_told_with_its_line(
    media: Path, old: str, new: str, expected: str
) -> None:
    change(media, old, new)
    found = said(media)
    assert all(each.startswith("media/museum.toml:") for each in found), found
    assert any(expected in each for each in found), found


def test_the_line_of_a_mistake_is_the_one_to_mend(media: Path) -> None:
    line = change(media, "to = 2027-01-02", "to = 2026-12-30")
    assert the_only(media).startswith(f"media/museum.toml:{line}: ")


def test_a_block_under_the_wrong_name_is_told_its_right_one(media: Path) -> None:
    change(media, "[[museum.closed]]\nfrom = 2026-12-16", "[[closed]]\nfrom = 2026-12-16")
    assert "[closed] is not known here. Write [[museum.closed]]." in the_only(media)


def test_blocks_have_a_bound(media: Path) -> None:
    path = media / "museum.toml"
    more = "[[museum.closed]]\nfrom = 2026-12-16\n" * 200
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "There are 202 blocks [[museum.closed]], and at most 200 are read." in the_only(media)


def test_a_price_without_its_folder_is_told_which_folder_is_meant(media: Path) -> None:
    (media / "museum/prices/adults").rename(media / "museum/prices/adult")
    found = read_whole(media)
    assert found.pack is not None
    assert found.pack.museum.broken == {PRICES}
    (one,) = found.findings
    assert one.where == "media/museum/prices/adults"
    assert "There is a folder adult that museum.toml does not name." in str(one)


def test_a_folder_without_its_price_is_named(media: Path) -> None:
    change(media, '[[museum.price]]\nslug = "groups"\namount = 1500.50\ncurrency = "KZT"\n', "")
    (one,) = unread_files(media, pack(media))
    assert one.where == "media/museum/prices/groups"


def test_a_price_needs_its_words_in_every_language(media: Path) -> None:
    (media / "museum/prices/adults/kk.md").unlink()
    assert the_only(media).startswith("media/museum/prices/adults/kk.md:1: This file is missing.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Adults\n", "The title is missing."),
        ("# Adults\n\n**Everybody** pays.\n", "would appear with these symbols."),
        ("# Adults\n\n> Mind.\n\nAll.\n", "A price has a title and perhaps paragraphs"),
        ("# Adults\n\nAll.\n\n## Sources\n- The desk.\n", "no note or sources."),
        ("# Adults\n\n" + "word " * 101, "at most 500 are shown."),
    ],
)
def test_the_words_of_a_price_keep_the_rules_of_all_words(
    media: Path, words: str, expected: str
) -> None:
    (media / "museum/prices/adults/en.md").write_text(words, encoding="utf-8")
    assert the_only(media).startswith("media/museum/prices/adults/en.md:")
    assert expected in the_only(media)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "There are no words in this file."),
        ("\n \n", "There are no words in this file."),
        ("# Notice\n\nClosed.\n", "This file has paragraphs alone, without title, note or sources"),
        ("Closed.\n\n## Sources\n- One.\n", "This file has paragraphs alone"),
        ("A **hall**.\n", "would appear with these symbols."),
        ("- One\n- Two\n", "Lists do not work when spoken."),
        ("A \u202ehall.\n", "This line contains an invisible character"),
        ("word " * 121, "The text has 604 characters, and at most 600 are shown."),
    ],
)
def test_a_notice_keeps_the_rules_of_all_words_and_waits_as_a_whole(
    media: Path, words: str, expected: str
) -> None:
    (media / "museum/notice.ru.md").write_text(words, encoding="utf-8")
    found = read_whole(media)
    assert any(expected in str(each) for each in found.findings), found.findings
    assert all(each.where.startswith("media/museum/notice.ru.md:") for each in found.findings)
    assert found.pack is not None
    assert found.pack.museum.broken == {NOTICE}
    assert found.pack.has_facts


def test_a_letter_of_another_alphabet_in_a_notice_is_noted(media: Path) -> None:
    change(media, "hall", "hаll", file="museum/notice.en.md")  # a Cyrillic а
    (one,) = pack(media).remarks
    assert "the letter а is Cyrillic" in str(one)


def test_a_notice_in_one_language_misses_the_others(media: Path) -> None:
    (media / "museum/notice.kk.md").unlink()
    (media / "museum/notice.ru.md").rename(media / "museum/notice.ru.md.txt")
    missing = said(media)
    assert missing[0].startswith("media/museum/notice.kk.md:1: This file is missing.")
    assert "here lies notice.ru.md.txt. Rename notice.ru.md.txt to notice.ru.md." in missing[1]


@pytest.mark.parametrize("wrong", ["notice.ru.md.txt", "notice_ru.md", "Объявление ru.docx"])
def test_a_notice_under_a_wrong_name_is_told_its_right_one(media: Path, wrong: str) -> None:
    for language in LANGUAGES:
        (media / f"museum/notice.{language}.md").unlink()
    (media / "museum" / wrong).write_text("Closed.\n", encoding="utf-8")
    change(media, "notice_until = 2026-11-30", "")
    (one,) = unread_files(media, pack(media))
    assert "notice.ru.md" in str(one.do)


def test_a_notice_without_its_last_day_waits_and_the_facts_do_not(media: Path) -> None:
    change(media, "notice_until = 2026-11-30\n", "")
    found = read_whole(media)
    (one,) = found.findings
    assert "nobody knows until when it holds" in str(one)
    assert one.where.startswith("media/museum.toml:")
    assert found.pack is not None
    assert (found.pack.has_facts, found.pack.museum.broken) == (True, frozenset({NOTICE}))


def test_a_notice_is_taken_down_by_taking_its_files_out(media: Path) -> None:
    for language in LANGUAGES:
        (media / f"museum/notice.{language}.md").unlink()
    found = pack(media)
    assert found.museum.notice == {}
    (one,) = found.remarks
    assert one.grade is Grade.WARNING
    assert "Here stands the last day of a notice, and there is none." in str(one)


def test_a_last_day_whose_notice_has_a_wrong_name_is_told_the_right_one(media: Path) -> None:
    for language in (Language("kk"), Language("en")):
        (media / f"museum/notice.{language}.md").unlink()
    (media / "museum/notice.ru.md").rename(media / "museum/notice.ru.md.txt")
    (one,) = pack(media).remarks
    assert str(one.do) == "Rename notice.ru.md.txt to notice.ru.md."


def test_talking_points_in_the_museums_folder_are_not_taken_for_its_text(media: Path) -> None:
    (media / "museum/guide.ru.md").write_text("Say it.\n", encoding="utf-8")
    (one,) = unread_files(media, pack(media))
    assert "Files here are named" in str(one.do)


def test_help_is_read_in_all_languages_or_told(media: Path) -> None:
    for language in (Language("kk"), Language("ru")):
        (media / f"museum/help.{language}.md").write_text("Сұраңыз.\n", encoding="utf-8")
    found = read_whole(media)
    assert [each.where for each in found.findings] == ["media/museum/help.en.md:1"]
    assert found.pack is not None
    assert found.pack.museum.broken == {HELP}
    (media / "museum/help.en.md").write_text("Ask us.\n", encoding="utf-8")
    assert pack(media).museum.help[EN] == "Ask us."
