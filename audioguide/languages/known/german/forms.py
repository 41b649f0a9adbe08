"""German word forms: names take the s of the genitive alone."""

from __future__ import annotations

import re

from audioguide.languages.forms import Forms


def _is_form_of(word: str, name: str) -> bool:
    return word in (name, f"{name}s") or word.rstrip("'’") == name


FORMS = Forms(is_form_of=_is_form_of, tail=re.compile(r"(?:[oe]w|ow)s?$"))
