"""The samples of a new museum: its texts in the languages that they are written in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import Template

from audioguide.languages import Language

_FOLDER = Path(__file__).with_name("samples")
_STRUCTURE, _DECLARED, _IN_PLACE_OF = "museum.toml", "declared.toml", "in-place-of.md"
_LABELS = "labels.toml"
SECTIONS = 2  # sample stops that have a text; of more there is only the title


def written(language: Language) -> bool:
    """Tell whether there are sample texts in a language."""
    return (_FOLDER / language / "welcome.md").is_file()


def stand_in(languages: Sequence[Language], staff: Language) -> Language:
    """Return the language whose samples stand in where a language has none."""
    return next((each for each in languages if written(each)), staff)


def text(language: Language, name: str, /, **places: object) -> str:
    """Return a sample text, `welcome` or `stop-1`, with what belongs into its $places."""
    return _filled(_FOLDER / language / f"{name}.md", places)


def lent(source: Language, name: str, wanted: str, /, **places: object) -> str:
    """Return a sample text in another language than the ``wanted`` one, which says so."""
    title, _, rest = text(source, name, **places).partition("\n")
    if not rest.strip() or rest.strip() == "…":  # nobody is misled by a name
        return f"{title}\n{rest}"
    said = _filled(_FOLDER / source / _IN_PLACE_OF, {"language": wanted})
    address, rest = _address(rest) if name == "museum" else ("", rest)
    return f"{title}\n{address}\n{said}{rest}"


def _address(rest: str) -> tuple[str, str]:
    """Take the address, which is the first paragraph, from what follows it."""
    first, _, more = rest.strip().partition("\n\n")
    return f"\n{first}\n", f"\n{more}\n"


def structure(staff: Language, **blocks: str) -> str:
    """Return museum.toml, explained in a language of the staff."""
    return _filled(_FOLDER / staff / _STRUCTURE, blocks)


def declared(staff: Language, tables: str) -> str:
    """Return the tables of languages that the program does not know, explained."""
    return _filled(_FOLDER / staff / _DECLARED, {"tables": tables})


def labels(staff: Language, languages: str) -> str:
    """Return the line that says which languages labels have, explained."""
    return _filled(_FOLDER / staff / _LABELS, {"languages": languages})


def _filled(path: Path, places: dict[str, object] | dict[str, str]) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(places)
