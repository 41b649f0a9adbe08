"""Render a page: its words, its style, its addresses in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Protocol

from babel import Locale
from babel.dates import format_date, format_interval, get_day_names
from babel.numbers import format_currency, get_decimal_symbol
from babel.units import format_unit
from flask import Flask, Response, g, make_response, render_template
from markupsafe import Markup

from audioguide.languages import Language, facts
from audioguide.services.visitor import museum_page
from audioguide.services.visitor.calendar import Opening
from audioguide.web.guide import languages, public_address, reading
from audioguide.web.javascript import script_address
from audioguide.web.sources import linked
from audioguide.web.style import sheet
from audioguide.words import said_in, translator

LONGEST_SUMMARY = 160  # what a search engine shows
_OF_STAFF = "For museum staff."  # who says this says the other sentences of staff, too
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COMMAS = {"Arab": "\N{ARABIC COMMA}"}  # by script
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LETTER_BY_FIGURE = re.compile(r"(?<=[A-Z])(?=\d)")
_COMPOUND = re.compile(r"\b(\w{1,8}[-–]\w{1,8})\b")
_AS_AROUND = Markup()
_BETWEEN_LINES = re.compile(r"\n\s*")


def prepare(app: Flask) -> None:
    """Give every template what is the same for all pages."""
    app.jinja_env.globals.update(
        address=public_address,
        shortened=shortened,
        kept_together=kept_together,
        unbroken=unbroken,
        linked=linked,
        script=script_address,
        style=_style,
    )


def _style(chosen: Sequence[str] = ()) -> Markup:
    """Give a page its sections of the style, and the answer a policy that names them by hash."""
    worn = sheet(chosen)
    g.style_digest = worn.digest
    return Markup(worn.text)  # noqa: S704  our own files, and the header names their hash


def page(
    template: str,
    language: Language,
    paths: Mapping[Language, str] | None,
    *,
    status: int = 200,
    private: bool = False,
    for_staff: bool = False,
    **values: Any,
) -> Response:
    """Render a template in a language; ``paths`` are the addresses of the page by language.

    A ``private`` page is for those who were let in: it names no address of its own. What stands on
    one ``for_staff`` is marked where the museum says it in another language than the page's.
    The museum's name is looked up unless ``values`` bring it as ``museum``.
    """
    if "museum" not in values:
        with reading() as session:
            values["museum"] = museum_page.museum_name(session, language)
    known = languages()
    words_in = said_in(_OF_STAFF, language, known) if for_staff else language
    html = render_template(
        template,
        _=translator(language, known),
        language=language,
        is_rtl=facts(language).direction == "rtl",
        languages=known,
        full_names={each: known.name(each) for each in known},
        short_names={each: known.short_name(each) for each in known},
        locales={each: facts(each).open_graph for each in known},
        pages=paths,
        has_address=status == HTTPStatus.OK and not private,
        day=lambda moment: day(moment, language),
        days=lambda names: days(names, language),
        stretch=lambda first, last: stretch(first, last, language),
        money=lambda amount, currency: money(amount, currency, language),
        lang_of=lambda told: lang_of(told, words_in),
        lang_of_words=_marked(words_in, language),
        lang_of_page=_marked(language, words_in),
        dialled=dialled,
        minutes=minutes,
        counted=lambda unit: counted(unit, language),
        length=lambda minutes: length(minutes, language),
        pointed=lambda number: pointed(number, language),
        **values,
    )
    response = make_response(_BETWEEN_LINES.sub("\n", html), status)
    response.content_language.add(str(language))
    response.headers["Cache-Control"] = "no-cache"
    return response


class Told(Protocol):
    """What is told in a language of its own."""

    @property
    def language(self) -> Language:
        """The language."""


def lang_of(told: Told, language: Language) -> Markup:
    """Mark words in HTML whose language is another than that of the page around them."""
    return _marked(told.language, language)


def _marked(inner: Language, outer: Language) -> Markup:
    if inner == outer:
        return _AS_AROUND
    direction = facts(inner).direction
    if direction == facts(outer).direction:
        return Markup(' lang="{}"').format(inner)
    return Markup(' lang="{}" dir="{}"').format(inner, direction)


def paths_to(suffix: str) -> dict[Language, str]:
    """Return the address of a page in each language."""
    return {language: f"/{language}{suffix}" for language in languages()}


def minutes(duration_ms: int) -> str:
    """Write a duration as 1:22."""
    seconds = round(duration_ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


def counted(unit: str, language: Language) -> dict[str, str]:
    """Give the forms that a unit of time takes behind a number, by plural category (CLDR)."""
    locale = Locale.parse(facts(language).locale)
    forms = {}
    for number in (*range(21), 100):  # by then each category has had its turn
        said = format_unit(number, f"duration-{unit}", "long", locale=locale)
        forms[locale.plural_form(number)] = said.replace(str(number), "{0}")
    return forms


def length(minutes: int, language: Language) -> str:
    """Write so many minutes out, with the form that the word takes behind the number (CLDR)."""
    locale = Locale.parse(facts(language).locale)
    return format_unit(minutes, "duration-minute", "long", locale=locale)


def pointed(number: str, language: Language) -> str:
    """Write a number such as 1.25 with the decimal sign of a language."""
    return number.replace(".", get_decimal_symbol(facts(language).locale))


def day(moment: datetime | date, language: Language) -> str:
    """Write a day in full, as each language does."""
    return format_date(moment, "long", locale=facts(language).locale)


def stretch(first: date, last: date, language: Language) -> str:
    """Write days from the first to the last, as each language does; one day in full."""
    if first == last:
        return day(first, language)
    return format_interval(first, last, "yMMMd", locale=facts(language).locale)


def money(amount: Decimal, currency: str, language: Language) -> str:
    """Write an amount as each language does, with figures behind the point only if it has some."""
    locale = facts(language).locale
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    is_whole = amount == amount.to_integral_value()
    if is_whole:
        pattern = pattern.replace("0.00", "0")
    written = format_currency(amount, currency, pattern, locale, currency_digits=not is_whole)
    written = written.replace(currency, facts(language).currency_signs.get(currency, currency))
    return _LETTER_BY_FIGURE.sub("\N{NO-BREAK SPACE}", written)


def days(names: Sequence[str], language: Language) -> str:
    """Write days of the week shortly; three or more that follow each other become a range."""
    short = get_day_names("abbreviated", locale=facts(language).locale)
    numbers = [_WEEK.index(name) for name in names]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{short[numbers[0]]}–{short[numbers[-1]]}"
    return f"{_COMMAS.get(language.script, ',')} ".join(short[number] for number in numbers)


def opening_day(opening: Opening, language: Language) -> str:
    """Name the day on which the museum opens: of this week, or a date where it is not near."""
    if opening.days_ahead < len(_WEEK):
        return days([opening.weekday], language)
    return day(opening.day, language)


def kept_together(sentence: str) -> str:
    """Keep a number such as 16 691 on one line."""
    return _THOUSANDS.sub("\N{NO-BREAK SPACE}", sentence)


def unbroken(title: str) -> Markup:
    """Keep numbers, years such as 1929-1931 and short compounds in a title on one line."""
    marked = Markup('<span class="whole">{}</span>')
    parts = _COMPOUND.split(kept_together(title))  # every other part is a compound
    parts[1::2] = [marked.format(each) for each in parts[1::2]]
    return Markup("").join(parts)


def shortened(block: Markup) -> str:
    """Return the words of a block in at most 160 characters, cut between words."""
    words = " ".join(block.unescape().split())
    if len(words) <= LONGEST_SUMMARY:
        return words
    return words[: LONGEST_SUMMARY - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


def dialled(phone: str) -> str:
    """Write a telephone number as a telephone dials it."""
    return "".join(character for character in phone if character in "+0123456789")
