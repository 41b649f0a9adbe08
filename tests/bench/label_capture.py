"""Simulate how phones see two symbols of one size, and count what two decoders read.

One is the symbol that we print: capitals, version 3 at level H, in two segments. The other is a
rival of the same address: the one that most programs would print, or ours in one segment. Both
stand at the size that they have on the default sheet, and every seed gives both the same hand,
light and stain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import segno
import zxingcpp

from audioguide import codes
from audioguide.labels.address import payload, typed_address
from audioguide.labels.mask import best_mask
from audioguide.labels.sheet import spot
from audioguide.labels.stocks import find_stock
from audioguide.labels.symbol import QUIET_ZONE_MODULES, choose_symbol, segments

L7163 = find_stock("L7163")

Grey = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.bool_]

BASE = "https://guide.museum.kz"
FOCAL_PIXELS = 960 / math.tan(math.radians(65 / 2))
"""A preview of 1920 pixels behind a lens of 65 degrees: what phones look for symbols in."""
LENS_BLUR_PIXELS = 0.5
PAPER, INK = 220, 25
FINE = 4
"""How many times finer than the camera the scene is drawn before its pixels gather light."""
PIXELS_PER_MODULE = 12
AROUND_MODULES = 4
"""White paper around the quiet zone, on both labels alike."""


class Masks(StrEnum):
    """Who chooses the masks: each symbol's own program, the standard for both, we for both."""

    OWN = "own"
    STANDARD = "standard"
    OURS = "ours"


class Rival(StrEnum):
    """What ours is compared with: small letters at level M, or one byte segment at level Q.

    The value is how the table calls it.
    """

    SMALL = "M"
    ONE_SEGMENT = "Q"


@dataclass(frozen=True)
class Scene:
    """One row: how far, how turned, how blurred, how lit, how stained the symbol is."""

    name: str
    distance_mm: float = 400.0
    tilt_degrees: float = 5.0
    blur_pixels: float = 0.0
    motion_pixels: int = 0
    gain: float = 1.0
    noise: float = 2.0
    stain: float = 0.0


SCENES = (
    *(Scene(f"distance {mm} mm", mm) for mm in (200, 300, 400, 500, 600, 700, 800)),
    *(Scene(f"blur {px} px, 300 mm", 300, blur_pixels=px) for px in (1.0, 1.5, 2.0, 2.5)),
    *(Scene(f"hand moves {px} px, 300 mm", 300, motion_pixels=px) for px in (3, 5, 7)),
    *(
        Scene(f"light {gain:.0%}, noise {noise}, 400 mm", gain=gain, noise=noise)
        for gain, noise in ((0.4, 4), (0.3, 5), (0.3, 7), (0.2, 7))
    ),
    *(Scene(f"tilt {tilt} degrees, 400 mm", tilt_degrees=tilt) for tilt in (30, 45, 55, 65)),
    *(Scene(f"stain {share:.0%}, 300 mm", 300, stain=share) for share in (0.03, 0.05)),
    *(Scene(f"stain {share:.0%}, 300 mm", 300, stain=share) for share in (0.10, 0.15, 0.20)),
    Scene("a dark hall: light 40 %, noise 4, tilt 30, stain 3 %", 450, 30, 0.5, 0, 0.4, 4, 0.03),
)
DIRTY = "stain 10%, 300 mm"
MOST_LOST = 2
"""Points that one segment might lose in a view and still be taken."""


@dataclass(frozen=True)
class Hand:
    """What chance adds, the same for both symbols: how the phone is held, where the stain lies."""

    turned_degrees: float
    tilt_axis: float
    nearer: float
    offset: tuple[float, float]
    motion_angle: float
    stain_at: tuple[float, float]
    stain_shape: float
    stain_angle: float
    stain_grey: float


@dataclass(frozen=True)
class Row:
    """What a decoder read of both symbols, seed by seed."""

    scene: str
    decoder: str
    ours: tuple[bool, ...]
    other: tuple[bool, ...]
    wrong: int

    @property
    def percent(self) -> tuple[float, float]:
        """How many of a hundred were read of ours and of the other."""
        return 100 * float(np.mean(self.ours)), 100 * float(np.mean(self.other))

    @property
    def difference(self) -> tuple[float, float]:
        """Ours less the other in points, and half of its 95 % interval over pairs."""
        pairs = 100 * (np.array(self.ours, dtype=float) - np.array(self.other, dtype=float))
        spread = float(pairs.std(ddof=1)) if len(pairs) > 1 else 0.0
        return float(pairs.mean()), 1.96 * spread / math.sqrt(len(pairs))

    @property
    def is_worse(self) -> bool:
        """Whether ours is worse by more than chance explains."""
        mean, half = self.difference
        return mean + half < 0


def measure(
    seeds: int,
    show: Callable[[str], None],
    masks: Masks = Masks.OWN,
    rival: Rival = Rival.SMALL,
) -> Iterator[Row]:
    """Go through all scenes; give a row for each scene and decoder."""
    side_mm = spot(L7163, 29).side_mm
    pairs = [_symbols(seed, masks, rival) for seed in range(seeds)]
    for scene in SCENES:
        show(scene.name)
        read: dict[str, list[tuple[bool, bool]]] = {name: [] for name in DECODERS}
        wrong = dict.fromkeys(DECODERS, 0)
        for seed, both in enumerate(pairs):
            hand = _hand(seed)
            looks = [_look(matrix, side_mm, scene, hand, seed) for _, matrix in both]
            for name, decode in DECODERS.items():
                texts = [decode(look) for look in looks]
                said = [text == wanted for text, (wanted, _) in zip(texts, both, strict=True)]
                read[name].append((said[0], said[1]))
                wrong[name] += sum(bool(t) and not s for t, s in zip(texts, said, strict=True))
        for name, found in read.items():
            ours, other = zip(*found, strict=True)
            yield Row(scene.name, name, ours, other, wrong[name])


def _symbols(
    seed: int, masks: Masks, rival: Rival = Rival.SMALL
) -> tuple[tuple[str, Matrix], tuple[str, Matrix]]:
    """Make both symbols of a stop: ours, and its rival."""
    chance = np.random.default_rng([1, seed])
    word = "".join(codes.ALPHABET[place] for place in chance.integers(0, 32, 4))
    code = word + codes.check_character(word)
    ours, other = payload(BASE, code), f"https://{typed_address(BASE, code)}"
    if rival is Rival.ONE_SEGMENT:
        return (ours, _ours(ours, masks)), (ours, _one_segment(ours, masks))
    return (ours, _ours(ours, masks)), (other, _other(other, masks))


def _ours(text: str, masks: Masks) -> Matrix:
    symbol = choose_symbol(text)
    if masks is not Masks.STANDARD:
        return np.array(symbol.matrix)

    def masked(mask: int) -> Matrix:
        parts, level = list(segments(text)), symbol.level.value
        return _encoded(parts, version=symbol.version, error=level, mask=mask)

    return masked(best_mask(masked(0), 0, likeness=0))


def _other(text: str, masks: Masks) -> Matrix:
    matrix = _encoded(text, version=3, error="M", mask=0)
    if masks is Masks.OURS:
        return _encoded(text, version=3, error="M", mask=best_mask(matrix, 0))
    return _encoded(text, error="M")


def _one_segment(text: str, masks: Masks) -> Matrix:
    """Encode our own payload as bytes alone, with the mask that we would give it."""
    matrix = _encoded(text, version=3, error="Q", mask=0)
    likeness = {"likeness": 0} if masks is Masks.STANDARD else {}
    return _encoded(text, version=3, error="Q", mask=best_mask(matrix, 0, **likeness))


def _encoded(content: str | list[str], **options: Any) -> Matrix:
    segmented: Any = content  # segno takes a list as the segments
    code = segno.make(segmented, boost_error=False, micro=False, **options)
    return np.array([[bool(module) for module in row] for row in code.matrix])


def _hand(seed: int) -> Hand:
    chance = np.random.default_rng([2, seed])
    return Hand(
        turned_degrees=chance.uniform(-15, 15),
        tilt_axis=chance.uniform(0, 2 * math.pi),
        nearer=chance.uniform(0.97, 1.03),
        offset=(chance.uniform(0, 1), chance.uniform(0, 1)),
        motion_angle=chance.uniform(0, math.pi),
        stain_at=(chance.uniform(0, 1), chance.uniform(0, 1)),
        stain_shape=chance.uniform(0.5, 1),
        stain_angle=chance.uniform(0, 180),
        stain_grey=chance.uniform(0, 255),
    )


def _look(matrix: Matrix, side_mm: float, scene: Scene, hand: Hand, seed: int) -> Grey:
    """Return what the camera sees of the label, cropped to it."""
    paper = _printed(matrix)
    if scene.stain:
        _stain(paper, len(matrix), scene.stain, hand)
    seen = _projected(paper, len(matrix), side_mm, scene, hand)
    blur = math.hypot(LENS_BLUR_PIXELS, scene.blur_pixels)
    softened: npt.NDArray[Any] = cv2.GaussianBlur(seen, (0, 0), blur)
    if scene.motion_pixels > 1:
        softened = cv2.filter2D(softened, -1, _smear(scene.motion_pixels, hand.motion_angle))
    light = softened * scene.gain
    chance = np.random.default_rng([3, seed])
    noisy = light + chance.normal(0, scene.noise, light.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def _printed(matrix: Matrix) -> npt.NDArray[np.float32]:
    framed = np.pad(matrix, QUIET_ZONE_MODULES + AROUND_MODULES)
    grey = np.where(framed, INK, PAPER).astype(np.float32)
    return grey.repeat(PIXELS_PER_MODULE, 0).repeat(PIXELS_PER_MODULE, 1)


def _stain(paper: npt.NDArray[np.float32], modules: int, share: float, hand: Hand) -> None:
    """Lay an opaque ellipse wholly onto the symbol; it covers that share of its area."""
    side = modules * PIXELS_PER_MODULE
    radius = side * math.sqrt(share / math.pi)
    long, short = radius / math.sqrt(hand.stain_shape), radius * math.sqrt(hand.stain_shape)
    begin = (QUIET_ZONE_MODULES + AROUND_MODULES) * PIXELS_PER_MODULE
    centre = [round(begin + long + at * max(0.0, side - 2 * long)) for at in hand.stain_at]
    axes = (round(long), round(short))
    cv2.ellipse(paper, centre, axes, hand.stain_angle, 0, 360, hand.stain_grey, thickness=-1)


def _projected(
    paper: npt.NDArray[np.float32], modules: int, side_mm: float, scene: Scene, hand: Hand
) -> npt.NDArray[np.float32]:
    """Project the label through a pinhole, and let each pixel gather the light of its area."""
    mm = side_mm / (modules * PIXELS_PER_MODULE)
    half = len(paper) / 2
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)]) * mm
    flat = np.column_stack([corners, np.zeros(4)])
    turned = flat @ _rotation((0, 0, 1), hand.turned_degrees).T
    axis = (math.cos(hand.tilt_axis), math.sin(hand.tilt_axis), 0)
    there = turned @ _rotation(axis, scene.tilt_degrees).T
    depth = scene.distance_mm * hand.nearer + there[:, 2]
    points = FOCAL_PIXELS * there[:, :2] / depth[:, None]
    size = np.ceil(points.max(0) - points.min(0)).astype(int) + 2
    target = (points - points.min(0) + np.array(hand.offset)) * FINE
    source = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * len(paper)
    turn = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    width, height = (int(each) for each in size)
    fine = cv2.warpPerspective(
        paper, turn, (width * FINE, height * FINE), flags=cv2.INTER_AREA, borderValue=PAPER
    )
    return np.asarray(cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA))


def _rotation(axis: Sequence[float], degrees: float) -> npt.NDArray[np.float64]:
    turn, _ = cv2.Rodrigues(np.array(axis, dtype=float) * math.radians(degrees))
    return np.asarray(turn)


def _smear(pixels: int, angle: float) -> npt.NDArray[np.float32]:
    across = 2 * pixels + 1
    kernel = np.zeros((across, across), np.float32)
    reach = pixels / 2
    for step in np.linspace(-reach, reach, 8 * pixels + 1):
        x, y = pixels + step * math.cos(angle), pixels + step * math.sin(angle)
        kernel[round(y), round(x)] += 1
    return kernel / np.float32(kernel.sum())


def _zxing(look: Grey) -> str | None:
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    read = zxingcpp.read_barcode(look, formats=formats)
    return read.text if read else None


def _opencv(look: Grey) -> str | None:
    try:
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(look)
    except cv2.error:  # it gives up so on some pictures without a symbol
        return None
    return text or None


DECODERS: dict[str, Callable[[Grey], str | None]] = {"zxing-cpp": _zxing, "OpenCV": _opencv}


def table(rows: Sequence[Row], rival: Rival = Rival.SMALL) -> str:
    """Write the rows as a table in Markdown, a line for each scene."""
    heads = [f"{name}: H, {rival}, difference" for name in DECODERS]
    lines = ["| scene | " + " | ".join(heads) + " |", "| --- |" + " --- |" * len(heads)]
    for scene in SCENES:
        found = {row.decoder: row for row in rows if row.scene == scene.name}
        cells = [_cell(found[name]) for name in DECODERS]
        lines.append(f"| {scene.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(row: Row) -> str:
    ours, other = row.percent
    mean, half = row.difference
    return f"{ours:.0f} %, {other:.0f} %, {mean:+.1f} ± {half:.1f}"


def verdict(rows: Sequence[Row], rival: Rival = Rival.SMALL) -> list[str]:
    """Say in lines whether what is promised was measured, or what one segment would lose."""
    wrong = f"Read as something else: {sum(row.wrong for row in rows)}."
    if rival is Rival.ONE_SEGMENT:
        lost = [row for row in rows if row.difference[0] >= MOST_LOST]
        said = ", ".join(f"{row.scene} ({row.decoder}) {row.difference[0]:.1f}" for row in lost)
        return [f"One segment loses {MOST_LOST} points or more: {said or 'in no row'}.", wrong]
    worse = [f"{row.scene} ({row.decoder})" for row in rows if row.is_worse]
    dirty = [f"{row.decoder} {row.difference[0]:+.1f}" for row in rows if row.scene == DIRTY]
    held = all(row.difference[0] >= 20 for row in rows if row.scene == DIRTY)
    return [
        f"Worse by more than the interval: {', '.join(worse) or 'in no row'}.",
        (
            f"At 10 % stain, points better: {', '.join(dirty)}; promised 20: "
            f"{'held' if held else 'NOT HELD'}."
        ),
        wrong,
    ]
