from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audioguide.cli import parser

if TYPE_CHECKING:
    from scripts.conftest import Checkout


def out_of(quick: Checkout, cwd: Path, *given: str) -> Path:
    """The folder the program takes from what the script hands to it."""
    handed = quick.run("print_labels.py", *given, cwd=cwd).stdout.splitlines()[1:]
    out: Path = parser().parse_args(handed).out
    return out


def test_labels_go_to_the_checkout_from_whatever_folder(quick: Checkout, tmp_path: Path) -> None:
    assert out_of(quick, tmp_path) == quick.root / "qr_codes"


@pytest.mark.parametrize("given", [["--out", "mine"], ["--out=mine"]])
def test_a_folder_given_in_either_form_is_taken(
    quick: Checkout, tmp_path: Path, given: list[str]
) -> None:
    assert out_of(quick, tmp_path, *given) == Path("mine")
