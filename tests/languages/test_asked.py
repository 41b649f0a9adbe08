from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.languages.asked import language_of


@pytest.mark.parametrize(
    ("written", "meant"), [("kk", "kk"), ("KK", "kk"), ("uz_latn", "uz-Latn"), ("qaz", "qaz")]
)
def test_a_tag_is_read_in_any_spelling(written: str, meant: str) -> None:
    assert language_of(written) == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kz", "kz is the code of a country and of no language. There they write: kk, ru."),
        ("UA", "ua is the code of a country"),
        ("zz", "“zz” is no language. Write its tag as BCP 47 does"),
        ("kz-Cyrl", "“kz-Cyrl” is no language."),
        ("german", "“german” is no language."),
        ("  a  word ", "“a word” is no language."),
        ("", "“” is no language."),
    ],
)
def test_what_is_no_language_is_said_with_what_to_write(written: str, said: str) -> None:
    with pytest.raises(AskedWrongly) as refused:
        language_of(written)
    assert str(refused.value).startswith(said)
