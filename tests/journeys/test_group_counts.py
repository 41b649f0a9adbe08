"""What the guide is told of her phones: right within seconds, whatever the phones go through."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from audioguide.languages import Language
from audioguide.words import say
from led_tour import PATIENCE_MS, Phone, Tour

pytestmark = pytest.mark.needs_chromium


def counts(tour: Tour, following: int, in_step: int, behind: int) -> None:
    words = say(Language("ru"), "Following: {0} · in sync: {1} · behind: {2}")
    said = words.format(following, in_step, behind)
    expect(tour.marat.locator(".counts")).to_have_text(said, timeout=PATIENCE_MS)


def reports(page: Page) -> list[Any]:
    """Collect what a page reports from now on."""
    said: list[Any] = []

    def note(request: Request) -> None:
        if "/here" in request.url:
            said.append(request.post_data_json)

    page.on("request", note)
    return said


def test_two_phones_that_tap_together_are_both_in_step(tour: Tour) -> None:
    tour.says("Play for all")
    tour.joins(Language("kk"))
    tour.joins(Language("en"))
    counts(tour, 2, 2, 0)
    assert re.findall(r"\w+ 1", tour.marat.locator(".languages").inner_text()) == [
        "Қазақша 1",
        "English 1",
    ]


def test_a_phone_that_is_loaded_anew_is_not_another_phone(tour: Tour) -> None:
    phone = tour.joins(Language("kk"))
    counts(tour, 1, 1, 0)
    said = reports(phone)
    phone.reload()
    tour.arms(phone, Language("kk"))
    tour.joins(Language("ru"))
    counts(tour, 2, 2, 0)
    assert len({each["phone"] for each in said}) == 1


def test_a_page_that_is_closed_or_goes_its_own_way_is_let_go_at_once(tour: Tour) -> None:
    closing = tour.joins(Language("kk"))
    alone = tour.joins(Language("en"))
    tour.joins(Language("ru"))
    counts(tour, 3, 3, 0)
    closing.goto("about:blank")
    counts(tour, 2, 2, 0)
    alone.get_by_role("button", name="Listen on my own").click()
    counts(tour, 1, 1, 0)
    alone.get_by_role("button", name="Back to the group").click()
    counts(tour, 2, 2, 0)


def test_a_group_that_only_listens_does_not_report_again_and_again(
    tour: Tour, phone: Phone
) -> None:
    page = tour.joins(Language("kk"))
    counts(tour, 1, 1, 0)
    said = reports(page)
    tour.says("Play for all")
    tour.wait_until_heard(2)
    assert len(said) <= 3  # its stance may have changed once, and one comes every half minute
