from __future__ import annotations

import json
import subprocess

import pytest

from audioguide.languages import LANGUAGES
from kinds_of_page import KINDS, GroupTour
from museum import ROOT, World

pytestmark = pytest.mark.needs_npm

VALIDATOR = ROOT / "tests" / "browser" / "validate.js"


def mistakes(documents: dict[str, str]) -> list[str]:
    """Return what is against the HTML standard in documents given by name, a line each."""
    ended = subprocess.run(
        ["node", VALIDATOR],
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: list[str] = json.loads(ended.stdout)
    return found


def test_every_kind_of_page_is_valid_html(every_kind: World, group_tour: GroupTour) -> None:
    documents = {}
    kinds = {**KINDS, **group_tour.kinds}
    for language in LANGUAGES:
        phone = every_kind.phone(language)
        for kind, address in kinds.items():
            phone.set_cookie("session", group_tour.cookie_for(kind))
            answer = phone.get(address.format(language))
            assert not answer.location, kind
            documents[f"{kind}.{language}"] = answer.text
    assert len(documents) == len(kinds) * len(LANGUAGES)
    assert mistakes(documents) == []


def test_a_mistake_would_be_found() -> None:
    wrong = "<!doctype html><html lang=en><title>A page</title><p>One <div>two</div></p></html>"
    assert any(line.startswith("wrong:1:") for line in mistakes({"wrong": wrong}))
