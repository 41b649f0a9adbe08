"""Typefaces of labels: which package brings one, and for which letters it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Face:
    """A typeface: its family, the package that brings it, the module and the files there.

    ``scripts`` (ISO 15924) are those that it is for. ``above`` and ``below`` say in parts of the
    size how far from its line a letter needs room; where both are 0 that is from the line to the
    height of a capital. ``leading`` is what stands between two lines then.
    """

    family: str
    package: str
    module: str
    files: tuple[str, ...]
    scripts: frozenset[str]
    above: float = 0.0
    below: float = 0.0
    leading: float = 0.0


SOURCE_SANS = Face(
    family="Source Sans Pro",
    package="font-source-sans-pro",
    module="font_source_sans_pro",
    # The package holds each in two formats; typst would take whichever the folder lists first.
    files=("SourceSansPro-Light.ttf", "SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf"),
    scripts=frozenset({"Latn", "Cyrl", "Grek"}),
)
"""A humanist sans with every Kazakh letter, narrow enough for long titles. It has the figures and
the Latin names in every title."""

NOTO_SANS_ARABIC = Face(
    family="Noto Sans Arabic",
    package="fontpkg-noto-sans-arabic",
    module="fontpkg_noto_sans_arabic",
    files=("NotoSansArabic[wdth,wght].ttf",),
    scripts=frozenset({"Arab"}),
    above=0.75,
    below=0.3,
    leading=0.3,
)
"""Its letters hang deeper than Latin ones; the alef with a hamza is as high as 0.96."""

ALL = (SOURCE_SANS, NOTO_SANS_ARABIC)


def of_script(script: str) -> Face | None:
    """Return the face of a script, the usual one where the script is not known, None without."""
    if not script:
        return SOURCE_SANS
    return next((each for each in ALL if script in each.scripts), None)
