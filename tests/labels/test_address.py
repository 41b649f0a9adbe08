from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.labels.address import payload, start_address, start_payload, typed_address


def test_all_but_the_scheme_is_upper_case_in_the_symbol() -> None:
    assert payload("https://guide.museum.kz", "7k2mx") == "https://GUIDE.MUSEUM.KZ/Q/7K2MX"


def test_a_scheme_in_capitals_becomes_small() -> None:
    assert payload("HTTPS://GUIDE.MUSEUM.KZ", "7K2MX") == "https://GUIDE.MUSEUM.KZ/Q/7K2MX"


def test_a_slash_after_the_host_is_not_doubled() -> None:
    assert payload("https://guide.museum.kz/", "7K2MX") == "https://GUIDE.MUSEUM.KZ/Q/7K2MX"


def test_a_local_address_keeps_its_port() -> None:
    assert payload("http://127.0.0.1:8000", "7K2MX") == "http://127.0.0.1:8000/Q/7K2MX"


def test_the_address_to_type_is_small_and_has_no_scheme() -> None:
    assert typed_address("https://Guide.Museum.kz/", "7K2MX") == "guide.museum.kz/q/7k2mx"


@pytest.mark.parametrize(
    "base",
    [
        "guide.museum.kz",
        "ftp://guide.museum.kz",
        "https://",
        "https://museum.kz/guide",
        "https://museum.kz/?lang=kk",
        "https://museum.kz/#stop",
        "https://staff:secret@museum.kz",
        "https://guide_museum.kz",
        "https://музей.қаз",
        "http://[::1]:8000",
        "http://[::1",
        "https://museum.kz:port",
        "",
    ],
)
def test_what_is_not_a_host_alone_is_refused(base: str) -> None:
    with pytest.raises(AskedWrongly):
        payload(base, "7K2MX")


def test_the_refusal_of_a_kazakh_host_says_what_to_write() -> None:
    with pytest.raises(AskedWrongly, match="xn--"):
        payload("https://музей.қаз", "7K2MX")


@pytest.mark.parametrize("code", ["", "7K2 X", "7K2-M", "../7K", "7К2МХ"])
def test_what_is_not_a_code_is_refused(code: str) -> None:
    with pytest.raises(AskedWrongly, match="not a code"):
        payload("https://guide.museum.kz", code)


def test_the_entrance_is_the_host_alone() -> None:
    assert start_payload("https://guide.museum.kz/") == "https://GUIDE.MUSEUM.KZ/"
    assert start_address("https://Guide.Museum.kz/") == "guide.museum.kz"


def test_an_entrance_that_is_no_host_is_refused() -> None:
    with pytest.raises(AskedWrongly):
        start_payload("guide.museum.kz")
