from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from audioguide.errors import LabelFailed
from audioguide.labels import logo_names
from audioguide.labels.drawing import Words, describe, place
from audioguide.labels.logo import Logo, read_logo
from audioguide.labels.pdf import typeset
from audioguide.labels.reading import read_back
from audioguide.labels.stocks import find_stock
from audioguide.languages import LANGUAGES

if TYPE_CHECKING:
    from labels.conftest import MakeLabel

NAMES = dict(zip(LANGUAGES, ("Музей А", "Музей Б", "Museum C"), strict=True))
SHAPES = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 200 100">\n'
    '<title>A house</title><defs><linearGradient id="g"><stop offset="0" stop-color="#000"/>\n'
    '</linearGradient></defs><g transform="translate(5 5)" fill="rgb(0,0,0)">\n'
    '<path d="M0 80 L90 0 L180 80 Z"/><rect x="20" y="60" width="30" height="30" fill="url(#g)"/>\n'
    "</g></svg>\n"
)


def svg(folder: Path, inside: str, before: str = "") -> Path:
    text = (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink">\n{inside}\n</svg>'
    )
    (folder / "logo.svg").write_text(text, encoding="utf-8")
    return folder


def drawing() -> Image.Image:
    picture = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((10, 10, 590, 290), fill=(0, 0, 0, 255))
    return picture


def set_plaque(make_label: MakeLabel, size: str, logo: Logo | None) -> bytes:
    stock = find_stock(size)
    placed = place([make_label()], stock)
    words = Words(museum=NAMES, logo=logo)
    pdf = typeset(describe(placed, stock, draft=False, words=words), date(2026, 11, 22))
    assert read_back(pdf, placed).symbols == 1
    return pdf


def ink_at_the_head(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=2, grayscale=True).to_numpy().squeeze()
    return int((page[: len(page) // 5] < 128).sum())


def test_without_a_logo_there_is_none(tmp_path: Path) -> None:
    assert read_logo(tmp_path) is None


def test_a_drawing_of_shapes_stands_on_plaques(tmp_path: Path, make_label: MakeLabel) -> None:
    (tmp_path / "logo.svg").write_text(SHAPES, encoding="utf-8")
    logo = read_logo(tmp_path)
    assert logo is not None
    assert (logo.format, logo.ratio) == ("svg", 2.0)
    for size in ("A6", "A5"):
        without = set_plaque(make_label, size, None)
        assert ink_at_the_head(set_plaque(make_label, size, logo)) > 1.3 * ink_at_the_head(without)


def test_a_picture_stands_on_plaques_without_what_a_program_wrote_into_it(
    tmp_path: Path, make_label: MakeLabel
) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Somebody")
    drawing().resize((3000, 1500)).save(tmp_path / "logo.png", pnginfo=told)
    logo = read_logo(tmp_path)
    assert logo is not None
    assert b"Somebody" not in logo.content
    assert Image.open(io.BytesIO(logo.content)).size == (1200, 600)
    without = set_plaque(make_label, "A6", None)
    assert ink_at_the_head(set_plaque(make_label, "A6", logo)) > 1.3 * ink_at_the_head(without)


def test_the_style_of_a_shape_is_read_as_its_attributes(tmp_path: Path) -> None:
    shape = '<path d="M0 0h9" style="fill:none;stroke: #000;-inkscape-stroke:none;stroke-width:2"/>'
    logo = read_logo(svg(tmp_path, shape))
    assert logo is not None
    assert b'fill="none" stroke="#000" stroke-width="2"' in logo.content
    assert b"style" not in logo.content


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0h9" onload="alert(1)"/>',
        '<path d="M0 0h9" onclick="x"/>',
        '<image href="https://example.com/a.png" width="9" height="9"/>',
        '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
        '<use href="https://example.com/a.svg#b"/>',
        '<use xlink:href="#b"/>',
        '<a href="https://example.com"><path d="M0 0h9"/></a>',
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import url(https://example.com/a.css);</style>",
        '<path d="M0 0h9" style="fill:url(https://example.com/a)"/>',
        '<path d="M0 0h9" style="background:url(//example.com/a)"/>',
        '<rect width="9" height="9" fill="url(https://example.com/a#b)"/>',
        '<rect width="9" height="9" fill="url( \'//example.com/a#b\' )"/>',
        '<rect width="9" height="9" fill="URL(https://example.com)"/>',
        "<text>Museum</text>",
        '<animate attributeName="x" to="9"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<rect width="9" height="9" filter="url(#f)"/>',
        '<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>',
        '<p xmlns="http://www.w3.org/1999/xhtml">x</p>',
        '<path d="M0 0h9" xml:base="https://example.com"/>',
    ],
)
def test_anything_but_shapes_is_refused_with_its_line(tmp_path: Path, inside: str) -> None:
    with pytest.raises(LabelFailed, match=r"logo\.svg:2: .* cannot stand in a logo"):
        read_logo(svg(tmp_path, inside))


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>\n',
        '<!DOCTYPE svg SYSTEM "https://example.com/a.dtd">\n',
        '<?xml-stylesheet href="https://example.com/a.css"?>\n',
    ],
)
def test_what_leads_out_of_the_file_before_it_begins_is_refused(
    tmp_path: Path, before: str
) -> None:
    with pytest.raises(LabelFailed, match=r"logo\.svg:1: .* cannot stand in a logo"):
        read_logo(svg(tmp_path, "<g/>", before))


@pytest.mark.parametrize("content", [b"", b"<svg", b"\x89PNG", b"<svg><p></svg>", b"\xff\xfe<"])
def test_a_drawing_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.svg").write_bytes(content)
    with pytest.raises(LabelFailed, match=r"logo\.svg:1: "):
        read_logo(tmp_path)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\nnothing", b"GIF89a"])
def test_a_picture_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(LabelFailed, match="not a PNG picture"):
        read_logo(tmp_path)


def test_two_logos_are_one_too_many(tmp_path: Path) -> None:
    drawing().save(tmp_path / "logo.png")
    (tmp_path / "logo.svg").write_text(SHAPES, encoding="utf-8")
    with pytest.raises(LabelFailed, match="two logos"):
        read_logo(tmp_path)


def test_a_logo_that_holds_a_symbol_is_found_when_the_page_is_read_back(
    make_label: MakeLabel,
) -> None:
    stock = find_stock("A5")
    (placed,) = place([make_label(code="7K3MX")], stock)
    logo = Logo(placed.svg.encode(), "svg", 1.0)
    with pytest.raises(LabelFailed):
        set_plaque(make_label, "A5", logo)


HARMLESS = [
    'xml:space="preserve"', 'class="cls-1"', 'data-name="Layer 1"', 'aria-hidden="true"',
    'visibility="visible"', 'fill="url(\'#a\')"', 'fill="url( #a )"', 'font-family="Arial"',
    'xmlns:serif="http://www.serif.com/" serif:id="a"', 'enable-background="new 0 0 9 9"',
    'xml:lang="ru"', 'baseProfile="tiny"', 'paint-order="stroke"', 'vector-effect="none"',
]  # fmt: skip


@pytest.mark.parametrize("attribute", HARMLESS)
def test_what_a_program_writes_for_itself_does_no_harm(tmp_path: Path, attribute: str) -> None:
    logo = read_logo(svg(tmp_path, f'<path d="M0 0h9v9z" {attribute}/>'))
    assert logo is not None
    assert b'd="M0 0h9v9z"' in logo.content


def test_a_drawing_that_says_no_size_is_told_that(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    with pytest.raises(LabelFailed, match=r"logo\.svg:1: viewBox is missing or says no size"):
        read_logo(tmp_path)
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 9"><g/></svg>'
    )
    with pytest.raises(LabelFailed, match=r"logo\.svg:1: the drawing is more than 20 times"):
        read_logo(tmp_path)


@pytest.mark.parametrize("depth", [400, 490])
def test_a_deep_drawing_is_set(tmp_path: Path, make_label: MakeLabel, depth: int) -> None:
    logo = read_logo(svg(tmp_path, "<g>" * depth + '<path d="M0 0h9v9z"/>' + "</g>" * depth))
    assert logo is not None
    set_plaque(make_label, "A6", logo)


def test_a_drawing_that_is_too_deep_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(LabelFailed, match=r"logo\.svg:2: more than 500 groups"):
        read_logo(svg(tmp_path, "<g>" * 1100 + "</g>" * 1100))


def test_a_drawing_that_cannot_be_set_is_named_as_the_logo(make_label: MakeLabel) -> None:
    deep = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' + b"<g>" * 1200
    broken = Logo(deep + b"</g>" * 1200 + b"</svg>", "svg", 1.0)
    with pytest.raises(LabelFailed, match=r"The logo cannot be drawn: .* Save it as logo\.png"):
        set_plaque(make_label, "A6", broken)


@pytest.mark.parametrize("name", ["logo.PNG", "Logo.png", "LOGO.PNG"])
def test_capitals_in_its_name_do_not_matter(tmp_path: Path, name: str) -> None:
    drawing().save(tmp_path / name, "PNG")
    logo = read_logo(tmp_path)
    assert logo is not None
    assert logo.format == "png"
    assert logo_names.unused(tmp_path) == ()


def test_a_drawing_in_capitals_is_read(tmp_path: Path) -> None:
    svg(tmp_path, "<g/>")
    (tmp_path / "logo.svg").rename(tmp_path / "LOGO.SVG")
    logo = read_logo(tmp_path)
    assert logo is not None
    assert logo.format == "svg"


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("logo.jpg", "Save it as logo.png, or as logo.svg of shapes alone."),
        ("Logo.JPEG", "Save it as logo.png, or as logo.svg of shapes alone."),
        ("logo.webp", "Save it as logo.png, or as logo.svg of shapes alone."),
        ("logo.ai", "Save it as logo.png, or as logo.svg of shapes alone."),
        ("logo", "Save it as logo.png, or as logo.svg of shapes alone."),
        ("logo.svg.txt", "Rename logo.svg.txt to logo.svg."),
        ("logo.png.png", "Rename logo.png.png to logo.png."),
        ("logo (1).png", "Rename logo (1).png to logo.png."),
        ("museum_logo.svg", "Rename museum_logo.svg to logo.svg."),
        ("Логотип.png", "Rename Логотип.png to logo.png."),
        ("lоgo.png", "Rename lоgo.png to logo.png."),
    ],
)
def test_a_logo_of_another_name_is_named(tmp_path: Path, name: str, do: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert read_logo(tmp_path) is None
    (found,) = logo_names.unused(tmp_path)
    assert (found.where, str(found.what)) == (f"{tmp_path.name}/{name}", "This logo is not used.")
    assert str(found.do) == do
    assert logo_names.names(tmp_path) == {str(tmp_path / name)}
    drawing().save(tmp_path / "logo.png", "PNG")
    assert logo_names.unused(tmp_path) == ()


@pytest.mark.parametrize("name", ["museum.toml", "logo.txt", "about the logo.md", ".logo.png"])
def test_what_is_no_logo_is_not_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert logo_names.unused(tmp_path) == ()
