"""English word forms: names take the possessive alone."""

from __future__ import annotations

import re

from audioguide.languages.forms import Forms


def _is_form_of(word: str, name: str) -> bool:
    return word.removesuffix("'s").removesuffix("’s").rstrip("'’") == name


FORMS = Forms(is_form_of=_is_form_of, tail=re.compile(r"(?:uly|[oey]+v|ov)(?:'s|’s)?$"))
