"""Sanitize the museum's logo, of which shapes and pixels alone are let in."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from audioguide import files
from audioguide.errors import LabelFailed, Message, message, reason_of_system
from audioguide.labels import logo_names

LARGEST_BYTES = 5_000_000
MOST_PIXELS = 1200
"""On a side: at 24 mm these are more than any printer shows."""

_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"
_XLINK = "http://www.w3.org/1999/xlink"
_LISTED_ELEMENTS = (
    "svg g path rect circle ellipse line polyline polygon defs title desc clipPath "
    "linearGradient radialGradient stop"
)
_LISTED_ATTRIBUTES = (
    "id version width height viewBox preserveAspectRatio transform d points x y x1 y1 x2 y2 "
    "cx cy r rx ry fx fy fill fill-rule fill-opacity stroke stroke-width stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity "
    "opacity color display clip-path clip-rule clipPathUnits gradientUnits gradientTransform "
    "spreadMethod offset stop-color stop-opacity role aria-label shape-rendering visibility "
    "paint-order vector-effect mix-blend-mode isolation color-interpolation color-rendering "
    "image-rendering text-rendering pathLength"
)
# Programs write these for themselves; without style sheets and words they change no pixel.
_DROPPED = frozenset(
    [
        "class",
        "baseProfile",
        "contentScriptType",
        "contentStyleType",
        "zoomAndPan",
        "enable-background",
        "overflow",
        "tabindex",
        "focusable",
        "lang",
        f"{_XML} space",
        f"{_XML} lang",
    ]
)
_DROPPED_KINDS = ("data-", "aria-", "font-", "text-", "letter-", "word-")
_DEEPEST = 500  # elements in one another; the typesetter follows a thousand
_ELEMENTS = frozenset(_LISTED_ELEMENTS.split())
_ATTRIBUTES = frozenset(_LISTED_ATTRIBUTES.split())
_KNOWN_CALL = re.compile(
    r"url\(\s*(?P<quote>['\"]?)#[\w.-]+(?P=quote)\s*\)"
    r"|(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\([-+\d\s.,%eE]*\)",
    re.ASCII,
)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in|pc)?\s*", re.ASCII)

_TOO_DEEP = message(
    "{file}:{line}: more than {most} groups stand in one another. Save the logo as a plain "
    "SVG without groups, or as {png}."
)
_NO_SIZE = message(
    "{file}:{line}: viewBox is missing or says no size. Save the logo as a plain SVG, or as {png}."
)
_TOO_LONG = message(
    "{file}:{line}: the drawing is more than {most} times as long as it is wide. Save the "
    "logo without the empty space around it, or as {png}."
)
_REFUSED = message(
    "{file}:{line}: {marked} cannot stand in a logo. It may have shapes alone: no words, "
    "pictures, style sheets, scripts or links. Save it as a plain SVG with its words as "
    "paths, or as {png}."
)


@dataclass(frozen=True)
class Logo:
    """A picture for plaques and the poster; ``ratio`` is its width by its height."""

    content: bytes
    format: str
    ratio: float

    def described(self) -> dict[str, object]:
        """Return what sheet.typ needs to set it."""
        data = self.content.decode() if self.format == "svg" else list(self.content)
        return {"data": data, "format": self.format, "ratio": self.ratio, "alt": "Logo"}


def read_logo(folder: Path) -> Logo | None:
    """Read ``logo.svg`` or ``logo.png`` in a folder, also in capitals; None where neither is.

    What is printed is written anew from what was understood. Raise LabelFailed, with file and line,
    for both at once, for what cannot be read, and for an SVG with anything but shapes of its own.
    """
    found = logo_names.of_folder(folder)
    if not found:
        return None
    if len(found) > 1:
        raise LabelFailed(
            "There are two logos, {first} and {second}. Keep one of them.",
            first=found[0].name,
            second=found[1].name,
        )
    path = found[0]
    try:
        with files.open_file(path) as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise LabelFailed(
            "{file} cannot be read: {reason}. Save the logo again.",
            file=path.name,
            reason=reason_of_system(error),
        ) from error
    if len(content) > LARGEST_BYTES:
        raise LabelFailed(
            "{file} is larger than {most} MB. Save the logo smaller.",
            file=path.name,
            most=LARGEST_BYTES // 1_000_000,
        )
    return _png(content, path) if path.suffix.lower() == ".png" else _Drawing(path).read(content)


def _png(content: bytes, path: Path) -> Logo:
    """Take the pixels alone, no more than are seen."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            pixels = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LabelFailed(
            "{file} is not a PNG picture. Save the logo again as one.", file=path.name
        ) from error
    pixels.thumbnail((MOST_PIXELS, MOST_PIXELS))
    pixels.info.clear()
    drawn = io.BytesIO()
    pixels.save(drawn, "PNG")
    return Logo(drawn.getvalue(), "png", pixels.width / pixels.height)


class _Drawing:
    """Goes through an SVG and writes down what it understands; anything else is refused."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: list[str] = []
        self._ratio = 0.0
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self, content: bytes) -> Logo:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise self._broken(expat.ErrorString(error.code), error.lineno) from error
        except (ValueError, LookupError) as error:  # an encoding that there is not
            raise self._broken(str(error), 1) from error
        return Logo("".join(self._written).encode(), "svg", self._ratio)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if space != _SVG or element not in _ELEMENTS:
            raise self._refused(f"<{element}>")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._failed(
                _TOO_DEEP,
                most=_DEEPEST,
            )
        if not self._written:
            self._ratio = self._proportion(element, attributes)
        attributes = {name: each for name, each in attributes.items() if not _is_dropped(name)}
        if style := attributes.pop("style", None):
            attributes |= self._styled(style)
        said = [
            f" {each}={quoteattr(self._checked(each, attributes[each]))}" for each in attributes
        ]
        space = f' xmlns="{_SVG}"' if not self._written else ""
        self._written.append(f"<{element}{space}{''.join(said)}>")

    def _checked(self, name: str, value: str) -> str:
        if name not in _ATTRIBUTES:
            raise self._refused(name.rpartition(" ")[2])
        # Of what has brackets, moves, colours and references to the drawing itself are known.
        if "(" in _KNOWN_CALL.sub("", value):
            raise self._refused(f'{name}="{value}"')
        return value

    def _styled(self, style: str) -> dict[str, str]:
        """Read a style as the attributes that it stands for; drop what moves no pixel here."""
        pairs = [part.partition(":") for part in style.split(";") if part.strip()]
        found = {name.strip(): value.strip() for name, _, value in pairs}
        for name in [name for name in found if name not in _ATTRIBUTES]:
            if any(sign in found[name] for sign in "(@\\"):
                raise self._refused(f'style="{style}"')
            del found[name]
        return found

    def _proportion(self, element: str, attributes: dict[str, str]) -> float:
        """Return width by height; a drawing that does not say them has a viewBox."""
        if element != "svg":
            raise self._refused(f"<{element}>")
        sizes = [_LENGTH.fullmatch(attributes.get(each, "")) for each in ("width", "height")]
        box = attributes.get("viewBox", "").replace(",", " ").split()
        try:
            numbers = [float(each[1]) for each in sizes if each] if all(sizes) else []
            width, height = numbers or (float(each) for each in box[2:4])
            ratio = width / height
        except (ValueError, ZeroDivisionError) as error:
            raise self._failed(
                _NO_SIZE,
            ) from error
        if not 0.05 <= ratio <= 20:
            raise self._failed(
                _TOO_LONG,
                most=20,
            )
        return ratio

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._written.append(f"</{name.rpartition(' ')[2]}>")

    def _text(self, words: str) -> None:
        if words.strip():
            self._written.append(escape(words))

    def _doctype(self, *_: object) -> None:
        raise self._refused("<!DOCTYPE>")

    def _instruction(self, target: str, _: str) -> None:
        raise self._refused(f"<?{target}>")

    def _broken(self, reason: str, line: int) -> LabelFailed:
        return LabelFailed(
            "{file}:{line}: this is not an SVG drawing: {reason}. Save the logo again.",
            file=self._path.name,
            line=line,
            reason=reason,
        )

    def _refused(self, what: str) -> LabelFailed:
        return self._failed(
            _REFUSED,
            marked=what,
        )

    def _failed(self, what: Message, **values: object) -> LabelFailed:
        place = {"file": self._path.name, "line": self._parser.CurrentLineNumber}
        return LabelFailed(what.sentence, **place, png=logo_names.NAMES[1], **values)


def _is_dropped(name: str) -> bool:
    """Tell an attribute that a program writes for itself: of its own space, or without use here."""
    space, _, own = name.rpartition(" ")
    if name in _DROPPED:
        return True
    if space:
        return space not in (_XML, _XLINK)
    return name not in _ATTRIBUTES and own.startswith(_DROPPED_KINDS)
