from __future__ import annotations

import contextlib
import struct
import subprocess
import sys
import zlib
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from audioguide.content.renditions import Rendition, check, render
from audioguide.errors import PictureBroken
from photographs import REST, TOP_LEFT, opened, photograph, saved

pytestmark = pytest.mark.thorough

TURNED = 6  # EXIF 2.32, tag 0x0112: the right side of the sensor was up
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def sizes(made: tuple[Rendition, ...]) -> list[tuple[int, int]]:
    return [(each.width_px, each.height_px) for each in made]


@pytest.mark.parametrize(
    ("width", "height", "made"),
    [
        (6000, 4500, [(640, 480), (1280, 960)]),
        (2561, 1400, [(640, 350), (1280, 700)]),
        (2000, 1500, [(640, 480), (1280, 960)]),
        (1500, 2000, [(640, 853), (1280, 1707)]),
        (1280, 960, [(640, 480), (1280, 960)]),
        (900, 600, [(640, 427), (900, 600)]),
        (640, 480, [(640, 480)]),
        (300, 200, [(300, 200)]),
    ],
)
def test_a_picture_is_made_in_two_widths_and_never_larger_than_it_is(
    width: int, height: int, made: list[tuple[int, int]]
) -> None:
    renditions = render(saved(photograph(width, height)))
    assert sizes(renditions) == made
    for each in renditions:
        picture = opened(each.content)
        assert (picture.format, picture.size) == ("WEBP", (each.width_px, each.height_px))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_picture_keeps_its_colours(kind: str) -> None:
    made = opened(render(saved(photograph(800, 600), kind))[0].content).convert("RGB")
    assert_near(made.getpixel((20, 20)), TOP_LEFT)
    assert_near(made.getpixel((600, 450)), REST)


def assert_near(pixel: object, colour: tuple[int, int, int], most: int = 12) -> None:
    assert isinstance(pixel, tuple)
    assert max(abs(one - other) for one, other in zip(pixel, colour, strict=True)) <= most


def test_a_picture_that_was_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    made = render(saved(photograph(800, 600), exif=exif))
    assert sizes(made) == [(600, 800)]
    picture = opened(made[0].content).convert("RGB")
    assert_near(picture.getpixel((580, 20)), TOP_LEFT)  # turned to the right: it is now upper right
    assert_near(picture.getpixel((20, 20)), REST)


def test_nothing_is_told_of_where_and_by_whom_a_picture_was_taken() -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "private words"
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = saved(photograph(800, 600), exif=exif, icc_profile=profile, comment=b"private")
    assert b"private" in content
    for each in render(content):
        picture = opened(each.content)
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)
        assert b"private" not in each.content


def test_xmp_is_taken_off_too() -> None:
    content = saved(photograph(800, 600), "WEBP", xmp=b"<x>private</x>")
    assert b"private" in content
    assert b"private" not in render(content)[0].content


def test_transparent_places_become_paper() -> None:
    image = photograph(400, 300).convert("RGBA")
    image.putalpha(0)
    for mode in ("RGBA", "P"):
        made = opened(render(saved(image.convert(mode), "PNG"))[0].content).convert("RGB")
        assert_near(made.getpixel((50, 50)), (255, 255, 255))


def test_a_scan_in_sixteen_bits_of_grey_is_not_burnt_out() -> None:
    grey = np.full((300, 400), 0x4000, dtype=np.uint16)
    made = opened(render(saved(Image.fromarray(grey), "PNG"))[0].content).convert("RGB")
    assert_near(made.getpixel((50, 50)), (0x40, 0x40, 0x40))


@pytest.mark.parametrize("mode", ["L", "CMYK", "1"])
def test_other_colours_are_shown_as_well(mode: str) -> None:
    kind = "PNG" if mode == "1" else "JPEG"
    image = Image.new("RGB", (400, 300), "white").convert(mode)
    made = opened(render(saved(image, kind))[0].content).convert("RGB")
    assert_near(made.getpixel((50, 50)), (255, 255, 255))


def test_a_profile_that_is_none_does_no_harm() -> None:
    content = saved(photograph(400, 300), icc_profile=b"no profile" * 20)
    assert_near(opened(render(content)[0].content).convert("RGB").getpixel((20, 20)), TOP_LEFT)


def test_a_damaged_exif_costs_the_picture_nothing() -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "words that are long enough to stand outside the directory"
    content = saved(photograph(400, 300), exif=exif)
    place = content.index(b"words")
    damaged = content[: place - 60] + b"\xff" * 40 + content[place - 20 :]
    assert damaged != content
    made = opened(render(damaged)[0].content).convert("RGB")
    assert_near(made.getpixel((20, 20)), TOP_LEFT)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "LA", "L"])
def test_a_picture_much_larger_than_shown_is_shown_as_a_small_one(mode: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    large = photograph(4000, 3000).convert(mode)
    (_, made) = render(saved(large, "PNG", exif=exif))
    (_, wanted) = render(saved(large.convert("RGB").resize((1707, 1280)), "PNG", exif=exif))
    assert (made.width_px, made.height_px) == (1280, 1707)
    one, other = (np.asarray(opened(each.content).convert("L"), int) for each in (made, wanted))
    assert np.abs(one - other).mean() < 2


def test_a_huge_picture_leaves_a_small_computer_its_memory() -> None:
    content = saved(Image.new("RGBA", (8000, 6000), (200, 10, 10, 120)), "PNG", compress_level=1)
    code = (
        "import sys; from audioguide.content import renditions\n"
        "renditions.render(sys.stdin.buffer.read())\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], input=content, stdout=-1, check=True)
    assert int(done.stdout) < 600_000  # KiB; the picture itself takes 192 MB


def test_the_same_picture_gives_the_same_bytes() -> None:
    content = saved(photograph(800, 600))
    assert render(content) == render(content)


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and has almost nothing in it: a decompression bomb's head."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


BROKEN = [
    (b"", "cannot be opened"),
    (b"no picture", "cannot be opened"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be opened"),
    (saved(photograph(400, 300), "GIF"), "cannot be opened"),
    (saved(photograph(400, 300), "BMP"), "cannot be opened"),
    (saved(photograph(800, 600))[:2000], "cannot be opened"),
    (saved(photograph(800, 600), "PNG")[:900], "cannot be opened"),
    (png_of(400, 300), "cannot be opened"),
    (png_of(8000, 8000), "more than 50 million pixels"),
    (png_of(12_000, 12_000), "more than 50 million pixels"),
    (png_of(60_000, 60_000), "more than 50 million pixels"),
    (png_of(2**31 - 1, 2**31 - 1), "more than 50 million pixels"),
    (saved(photograph(199, 300)), "199 × 300 pixels; each side must have at least 200"),
    (saved(photograph(1000, 240)), "1000 × 240 pixels, more than 4 to 1"),
]


@pytest.mark.parametrize(("content", "why"), BROKEN)
def test_a_file_that_cannot_be_shown_says_why(content: bytes, why: str) -> None:
    for attempt in (check, render):
        with pytest.raises(PictureBroken, match=why):
            attempt(content)


@cache
def small(kind: str) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    return saved(photograph(240, 200), kind, exif=exif)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_no_damage_to_a_picture_ends_in_anything_but_a_sentence(
    kind: str, damage: list[tuple[int, int]]
) -> None:
    content = bytearray(small(kind))
    for place, value in damage:
        content[place % len(content)] = value
    for attempt in (check, render):
        with contextlib.suppress(PictureBroken):
            attempt(bytes(content))
