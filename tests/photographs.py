"""Pictures made for the tests: no photograph of anybody, only light, shade and noise."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from audioguide.languages import LANGUAGES

CAPTION = "Light falls from {language}.\n\nMade for a test, {language}.\n"
TOP_LEFT, REST = (200, 30, 30), (40, 60, 80)


def photograph(width: int, height: int) -> Image.Image:
    """Paint a picture whose upper left quarter is red, so that one sees which way is up."""
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    pixels[:] = REST
    pixels[: height // 2, : width // 2] = TOP_LEFT
    return Image.fromarray(pixels)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Save a picture as bytes."""
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """Open and load a picture."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def add_picture(folder: Path, content: bytes | None = None, name: str = "picture.jpg") -> Path:
    """Lay a picture with its texts into a stop's folder."""
    path = folder / name
    path.write_bytes(content or saved(photograph(1600, 1200)))
    for language in LANGUAGES:
        caption = CAPTION.format(language=language)
        (folder / f"picture.{language}.txt").write_text(caption, encoding="utf-8")
    return path
