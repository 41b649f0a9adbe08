"""Years and centuries as Kazakh and Russian shorten them: 1937 ж., 1937 г., XX в."""

from __future__ import annotations

import re

YEAR = re.compile(r"\d\s?(?:г|ж)\.$")
# "В 1937 г. Казахстан ...": what is nothing but a date is no sentence yet.
ONLY_A_DATE = re.compile(
    r"(?:(?:В|Во|До|К|На|От|По|После|С|Со)\s)?(?:\d{1,2}\s\w+\s)?"
    r"(?:\d{1,4}(?:\s?[–—-]\s?\d{1,4})?\s?(?:гг?|жж?)|[IVXХ]+(?:[–—-][IVXХ]+)?\s?(?:вв?|ғғ?))\."
)
