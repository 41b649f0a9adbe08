"""From a picture as it came to what phones show: upright, without metadata, in two widths."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageCms, ImageOps

from audioguide.errors import PictureBroken

WIDTHS_PX = (640, 1280)
MOST_PIXELS = 50_000_000
LEAST_SIDE_PX = 200
MOST_SIDES = 4  # a strip of ten to one would be a line on a phone

_FORMATS = ("JPEG", "PNG", "WEBP")
_REDUCIBLE = ("L", "LA", "RGB", "RGBA", "CMYK")  # what Pillow can shrink by a whole number
_QUALITY = 80
# What Pillow's readers raise over files that are none: not one class, and not documented.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    MemoryError,
    struct.error,
)


@dataclass(frozen=True)
class Rendition:
    """A picture in one size, as WebP."""

    content: bytes
    width_px: int
    height_px: int


def check(content: bytes) -> None:
    """Raise PictureBroken, saying why, for a file that cannot be shown."""
    with _opened(content) as image:
        image.draft("RGB", (WIDTHS_PX[0], WIDTHS_PX[0]))  # a JPEG is read at an eighth of the cost
        image.load()


def render(content: bytes) -> tuple[Rendition, ...]:
    """Make the renditions of a picture, narrowest first; none is wider than the picture itself."""
    with _opened(content) as image:
        image.draft(None, (WIDTHS_PX[-1], WIDTHS_PX[-1]))  # a large JPEG at half or a quarter
        upright = _in_plain_colours(_turned(_with_fewer_pixels(image)))
        widths = sorted({min(width, upright.width) for width in WIDTHS_PX})
        return tuple(_rendition(upright, width) for width in widths)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Open a picture whose size was looked at before any of it is unpacked."""
    try:
        with warnings.catch_warnings():
            # Pillow's own measure of a decompression bomb, higher than ours.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)  # a damaged EXIF, say
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                _check_size(*image.size)
                yield image
    except PictureBroken:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureBroken(
            "The picture has more than {most} million pixels.", most=MOST_PIXELS // 1_000_000
        ) from error
    except _BROKEN as error:
        raise PictureBroken("The picture cannot be opened as JPEG, PNG or WebP.") from error


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureBroken(
            "The picture has more than {most} million pixels.", most=MOST_PIXELS // 1_000_000
        )
    if min(width, height) < LEAST_SIDE_PX:
        raise PictureBroken(
            "The picture is {width} × {height} pixels; each side must have at least {least}.",
            width=width,
            height=height,
            least=LEAST_SIDE_PX,
        )
    if max(width, height) > MOST_SIDES * min(width, height):
        raise PictureBroken(
            "The picture is {width} × {height} pixels, more than {most} to 1.",
            width=width,
            height=height,
            most=MOST_SIDES,
        )


def _with_fewer_pixels(image: Image.Image) -> Image.Image:
    """Shrink a picture that is much larger than it is ever shown, before it is worked on.

    Otherwise one of 48 million pixels would take a gigabyte of a small computer's memory.
    """
    if image.mode == "P":
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    factor = min(image.size) // WIDTHS_PX[-1]  # it may still be turned
    return image.reduce(factor) if factor > 1 and image.mode in _REDUCIBLE else image


def _turned(image: Image.Image) -> Image.Image:
    """Turn a picture as its camera says; where it says nothing that can be read, as it came."""
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        return image


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB without transparency, whatever colours it came in."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # a scan in 16 bits of grey, which Pillow would cut off at 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.mode == "P" or image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _in_srgb(image, profile)
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert colours by the profile that is about to be taken off; a broken one is left out."""
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        standard = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, given, standard, outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return image
    return converted or image


def _rendition(image: Image.Image, width: int) -> Rendition:
    height = max(1, round(image.height * width / image.width))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    small.info.clear()  # Pillow would hand on profile and XMP
    written = io.BytesIO()
    small.save(written, "WEBP", quality=_QUALITY, method=4)
    return Rendition(written.getvalue(), width, height)
