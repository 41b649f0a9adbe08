"""What tests let a page run: files of tests/browser that are one function each."""

from __future__ import annotations

from museum import ROOT


def function(name: str) -> str:
    """Read the function as an expression, without the semicolon that prettier writes after it."""
    text = (ROOT / "tests" / "browser" / name).read_text(encoding="utf-8")
    return text.strip().removesuffix(";")
