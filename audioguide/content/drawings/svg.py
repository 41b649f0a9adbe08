"""The hand that maps and lines of time are drawn with: size, colours, numbers, lines.

A drawing is shown by <img> alone. It names no font, file or script; its one style takes the dark
colours where the phone does, and stands in every drawing in the same words.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from audioguide.content.drawings.drawing import Drawn, Point

WIDTH = 320  # as many CSS pixels as the narrowest phone has
RADIUS = 12  # of a number: on that phone, which gives the picture 275 pixels, 20 across
MARGIN = 16

# The colours of base.css. The land is between paper and line: it must not outshine a number.
STYLE = (
    "svg{font:600 14px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}"
    ".paper,.number{fill:#f7f4ef}.land{fill:#ebe5da;stroke:#625c54}.words{fill:#1a1917}"
    ".soft{fill:#625c54;font-weight:400;font-size:12px}.dot{fill:#8f2d1f}.thin{stroke:#8f2d1f}"
    ".axis{stroke:#d9d3c8}"
    "@media screen and (prefers-color-scheme:dark){"
    ".paper,.number{fill:#12110f}.land{fill:#24211d;stroke:#a39c90}.words{fill:#efebe3}"
    ".soft{fill:#a39c90}.dot{fill:#e08a74}.thin{stroke:#e08a74}.axis{stroke:#34302a}}"
)


def picture(height: float, language: str, *parts: str) -> Drawn:
    """Put the parts of a drawing together, which is WIDTH wide and so high."""
    whole = round(height)
    begin = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole}" '
        f'viewBox="0 0 {WIDTH} {whole}" lang="{language}">'
    )
    paper = f'<path class="paper" d="M0 0h{WIDTH}v{whole}H0z"/>'
    lines = (begin, f"<style>{STYLE}</style>", paper, *parts, "</svg>\n")
    return Drawn("\n".join(lines).encode(), WIDTH, whole)


def number(value: int, at: Point, *, approximate: bool = False) -> str:
    """Draw a number on its disc; where its place is approximate, with a broken ring around it."""
    x, y = at
    ring = (
        f'<circle class="thin" fill="none" stroke-width="1.5" stroke-dasharray="3 3" '
        f'cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS + 4}"/>'
        if approximate
        else ""
    )
    return (
        f'{ring}<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
        f'<text class="number" x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle">{value}</text>'
    )


def dot(at: Point, radius: float = 2.5, kind: str = "dot") -> str:
    """Draw a dot."""
    return f'<circle class="{kind}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}"/>'


def line(start: Point, end: Point, kind: str = "thin", width: float = 1.2) -> str:
    """Draw a straight line."""
    way = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    return f'<path class="{kind}" fill="none" stroke-width="{width:g}" d="{way}"/>'


def words(said: str, at: Point, kind: str = "words", anchor: str = "start") -> str:
    """Set words; ``anchor`` says which part of them stands at the place."""
    return (
        f'<text class="{kind}" x="{at[0]:.1f}" y="{at[1]:.1f}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )
