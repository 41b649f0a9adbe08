"""Kazakh word forms: endings join one after another, and surnames are shortened before them."""

from __future__ import annotations

import re

from audioguide.languages.forms import CYRILLIC_FOLDS, Forms
from audioguide.languages.known.kazakh.stems import is_form_of, stems

FORMS = Forms(
    is_form_of=is_form_of,
    stems=stems,
    has_stems=True,
    tail=re.compile(r"(?:ұлы|улы|[оеё]в).*$"),
    folds=CYRILLIC_FOLDS,
)
