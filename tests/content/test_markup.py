from __future__ import annotations

import time

import pytest

from audioguide.content.markup import in_words
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import paragraphs, parse_words
from audioguide.languages import Language
from audioguide.words import say

MARKED = [
    "<!-- a note for colleagues -->", "<!-- open", "-->", "<br>", "<br/>", "<b>Гертруда</b>",
    "</p>", '<a href="x">', "<span>", "<Название>", "<https://x.kz>", "<a@b.kz>", "<b",
    "&nbsp;", "&amp;", "&#160;", "&#xA0;", "&nbsp и", "слово[1]", "слово [12]", "[1, 2]", "[1–3]",
    "[^1]", "[^note]", "[*]", "слово¹", "слово.²³", "слово†", "~~a~~", "==a b==", "![a](b.jpg)",
    "![a]", "[a](b)", "[a][b]", "[[Алаш]]", "{{шаблон}}", "[b]a[/b]", "[url=x]a[/url]",
    "[прим. 1]", "[нужна ссылка]", "[citation needed]", "слово[а]", "[заметка: спросить Айгуль]",
    "[1937]", "«слова [прим. ред.]»", "«слова [note: ask]»", "[слово", "слово]", "[сайт] (x.kz)",
    "/* a */", "/* a", "a */", "%% a %%", "%%", "{# a #}", "{% if a %}", "{{ a }}", "TODO",
    "TODO: a",    "FIXME", "<--- a", "<-- a", "a -->", "x^2^", "H~2~O", "$x^2$", "$x = 5$",
    "**a**", "**a", "*a*", "_a_", "`a`", "```", r"\*a",
]  # fmt: skip
LINES = [
    "• a", "•a", "· a", "▪ a", "+ a", "* a", "- a", "✓ a", "➢ a", "| a | b |", "a | b | c",
    "--- | ---", "```python", "~~~", "#АЛЖИР", "// a", "//a", "+++ b/x", "--- a/x",
    "@@ -1 +1 @@", "diff --git a b", "### a", "[1]: https://x.kz", "<table>",
]  # fmt: skip
ALONE = ["---", "***", "* * *", "…", "•", '"', "—", "___", "===", "~~~~", ".", "«»", "?!", "|",
    "②", "② ③", "²", "½", "ꞌ", "ʻ", "ʹ", "ь", "Ъ", "ъ ь"]  # fmt: skip
RIGHT = [
    "5 < 7", "7 > 5 и a < b", "< 5", "R&D и Ко", "«в [1937] году»", "«19[37]»", "„сказал[а] он“",
    "“he [Bokeikhan] wrote”", '"сказал [он]"', "[…]", "[...]", "«a […] b»", "[sic]", "[sic!]",
    "[так!]",
    "$5 и $6", "$5 = $6", "в/на", "x^2", "XXX век", "5 % и 6 %", "{a}", "H2O", "5~6 км",
    "40 м² и 5 км²", "our_museum", "2 * 3 * 4", "O`zbek", "a | b", "+5 °C", "-5 °C", "№ 5",
    "— Кто там?", "– Никто.", "1937. Потом", "§ 58", "C:\\media", "a~b", "x = y",
]  # fmt: skip


def findings(text: str) -> list[tuple[int, str]]:
    mistakes = Mistakes("ru.md")
    parse_words(f"# Т\n\nОдно.\n\n{text}\n\nДва.\n", mistakes, needs_text=True)
    return [(int(each.where[6:]), str(each)) for each in mistakes.findings]


@pytest.mark.parametrize("marked", MARKED)
def test_markup_in_a_paragraph_is_refused_with_its_line(marked: str) -> None:
    found = findings(f"Слова\nи {marked} слова.")
    assert found
    assert {line for line, _ in found} == {6}


@pytest.mark.parametrize("marked", MARKED)
def test_markup_in_a_title_and_in_a_note_is_refused(marked: str) -> None:
    mistakes = Mistakes("ru.md")
    parse_words(f"# Т {marked} т\n\n> С {marked} с\n\nДа.\n", mistakes, needs_text=True)
    assert {each.where for each in mistakes.findings} == {"ru.md:1", "ru.md:3"}


@pytest.mark.parametrize(
    "marks", ["**{}**", "*{}*", "_{}_", "__{}__", "`{}`", "[a]({})", "[{}](b)"]
)
def test_what_is_marked_up_is_found_however_long_it_is(marks: str) -> None:
    said = [str(each) for _, each in findings(marks.format("слово, our_museum; " * 60 + "и"))]
    assert len(said) == 1
    assert "would appear with these symbols" in said[0]


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_no_sentence_is_refused(line: str) -> None:
    found = findings(line)
    assert found
    assert {where for where, _ in found} == {5}


@pytest.mark.parametrize("line", ALONE)
def test_a_line_of_marks_alone_is_refused_in_plain_words(line: str) -> None:
    ((where, said),) = findings(line)
    assert where == 5
    assert "marks" in said


@pytest.mark.parametrize("line", ["---", "***", "===", "* * *", "———"])
def test_a_line_of_marks_is_refused_inside_a_paragraph_too(line: str) -> None:
    assert findings(f"Слова\n{line}\nслова.")[0][0] == 6


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_like_markup_is_kept(text: str) -> None:
    assert findings(f"Слова {text} слова.") == []


def test_a_dash_begins_what_somebody_says() -> None:
    assert findings("– Кто там?\n— Никто.\n+5 °C было.\n-5 °C.") == []


def test_a_numbered_list_is_refused_and_a_number_at_a_line_is_not() -> None:
    assert [line for line, _ in findings("1. Одно\n2. Другое")] == [5]
    assert findings("Ему было\n5. Потом пришла весна.") == []


@pytest.mark.parametrize(
    "lines",
    [
        "а) Одно\nб) Другое",
        "a. One\nb. Two",
        "(1) Одно\n(2) Другое",
        "A) One\nB) Two",
        "(а) Бір\n(ә) Екі",
        "а) Одно\n\nб) Другое",
    ],
)
def test_a_list_of_letters_or_brackets_is_refused(lines: str) -> None:
    assert [line for line, _ in findings(lines)] == [5]


@pytest.mark.parametrize(
    "lines", ["А. Байтурсынов писал.\nБ. Майлин тоже.", "Он был там (а\nб) нет.", "а потом\nб он"]
)
def test_initials_at_the_heads_of_lines_are_no_list(lines: str) -> None:
    assert findings(lines) == []


def test_every_note_says_that_it_is_one_and_every_bracket_what_may_stand() -> None:
    ((_, note),) = findings("Слова // потом.\n// спросить Айгуль")
    assert note.endswith(
        "// спросить Айгуль is a note in the text, and visitors would read it. Take it out."
    )
    ((_, bracket),) = findings("Слова [нужна ссылка].")
    assert "[нужна ссылка] stands in square brackets" in bracket


@pytest.mark.parametrize(
    "mark", ["[a", "«[", "/*", "{%", "{#", "%%", "<-", "^a", "~a", "$=", "$a^", "«", "“", "]"]
)
def test_many_marks_are_looked_at_in_a_moment(mark: str) -> None:
    begun = time.process_time()
    in_words((mark * 5_000)[:5_000])
    in_words((mark + " слово ") * 600)
    assert time.process_time() - begun < 1


def test_a_comment_in_the_sources_is_refused() -> None:
    mistakes = Mistakes("ru.md")
    parse_words(
        "# Т\n\nДа.\n\n## Sources\n- Книга <!-- проверить -->\n- x_y_ [1]\n",
        mistakes,
        needs_text=True,
    )
    assert [each.where for each in mistakes.findings] == ["ru.md:6"]


@pytest.mark.parametrize(
    "heading",
    ["## sources", "##Sources", "## Источники", "## Дереккөздер:", "## Quellen", "## المصادر"],
)
def test_sources_in_other_words_are_told_how_they_are_written(heading: str) -> None:
    mistakes = Mistakes("ru.md")
    parse_words(f"# Т\n\nДа.\n\n{heading}\n- Книга\n", mistakes, needs_text=True)
    (found,) = mistakes.findings
    assert str(found) == (
        f"ru.md:5: The heading {heading} is written ## Sources in every language. Write it so."
    )


def test_a_title_without_a_space_gets_one_message() -> None:
    mistakes = Mistakes("ru.md")
    parse_words("#АЛЖИР\n\n> Тяжёлое.\n\nДа.\n", mistakes, needs_text=True)
    (found,) = mistakes.findings
    assert str(found) == "ru.md:1: Behind the # a space is missing. Write: # А…"


def test_talking_points_follow_the_same_rule() -> None:
    mistakes = Mistakes("guide.ru.md")
    paragraphs("Сначала.\n\n<b>Потом</b>.\n\n***\n", mistakes)
    assert {each.where for each in mistakes.findings} == {"guide.ru.md:3", "guide.ru.md:5"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language("ru"),
            "<!-- x --> — пометка в тексте, её прочли бы посетители. Уберите её.",
        ),
        (
            Language("kk"),
            (
                "<!-- x --> – мәтін ішіндегі ескертпе, оны келушілер оқып қояр еді. "
                "Ескертпені алып тастаңыз."
            ),
        ),
    ],
)
def test_a_note_in_a_text_is_told_as_a_note(language: Language, said: str) -> None:
    mistakes = Mistakes("ru.md")
    parse_words("# Т\n\nСлова <!-- x --> слова.\n", mistakes, needs_text=True)
    (found,) = mistakes.findings
    told = [say(language, each.sentence, **each.values) for each in (found.what, found.do)]
    assert " ".join(told) == said
