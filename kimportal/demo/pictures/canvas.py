"""A canvas of 1600 × 1000 points on which shapes are filled with a colour or with a cloth.

Drawn twice as large and made smaller at the end, so that edges are smooth. The random numbers of a
scene come from the canvas and start from its seed: the same seed gives the same picture.
"""

# A drawing takes its place, sizes and colours in the order in which one draws.
# ruff: noqa: PLR0917

import math
import random
from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1600, 1000, 2

Point = tuple[float, float]
# A colour, or the tile of a cloth (see cloth.py).
Fill = str | Image.Image


def spline(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """A smooth line (Catmull-Rom) through the points."""
    corners = list(points)
    around = (
        [corners[-1], *corners, corners[0], corners[1]] if closed else [corners[0], *corners, corners[-1]]
    )
    line = [
        _between(around[i : i + 4], step / steps) for i in range(len(around) - 3) for step in range(steps)
    ]
    return line if closed else [*line, corners[-1]]


def _between(four: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four

    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        )

    return along(ax, bx, cx, dx), along(ay, by, cy, dy)


def oval(
    cx: float, cy: float, rx: float, ry: float, turn: float = 0, start: float = 0, end: float = 360
) -> list[Point]:
    """Points on an ellipse, turned by `turn` degrees; a part of it from `start` to `end`."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    count = max(12, int((end - start) / 6))
    angles = [math.radians(start + (end - start) * i / count) for i in range(count + 1)]
    flat = [(rx * math.cos(a), ry * math.sin(a)) for a in angles]
    return [(cx + x * cos - y * sin, cy + x * sin + y * cos) for x, y in flat]


class Canvas:
    """What a scene draws on."""

    def __init__(self, seed: str, ground: str) -> None:
        self.random = random.Random(seed)  # a picture, not a secret
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self._pen = ImageDraw.Draw(self.image)

    # Random choices of a scene
    def pick(self, *choices: str) -> str:
        """One of the choices."""
        return self.random.choice(choices)

    def near(self, value: float, spread: float) -> float:
        """A number around the value."""
        return value + self.random.uniform(-spread, spread)

    def coin(self) -> bool:
        """Heads or tails."""
        return self.random.random() < 0.5

    # Shapes
    def polygon(self, points: Sequence[Point], fill: Fill) -> None:
        """A closed shape with straight edges."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._paint(scaled, fill, lambda pen, path, ink: pen.polygon(path, fill=ink))

    def blob(self, points: Sequence[Point], fill: Fill) -> None:
        """A closed shape with a smooth edge through the points."""
        self.polygon(spline(points, closed=True), fill)

    def rect(self, x0: float, y0: float, x1: float, y1: float, fill: Fill, round_by: float = 0) -> None:
        """A rectangle, its corners rounded if asked."""
        r = min(round_by, (x1 - x0) / 2, (y1 - y0) / 2)
        if r <= 0:
            return self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], fill)
        corners = [(x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180), (x1 - r, y0 + r, 270)]
        return self.polygon([p for x, y, a in corners for p in oval(x, y, r, r, start=a, end=a + 90)], fill)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float, fill: Fill, turn: float = 0) -> None:
        """An ellipse."""
        self.polygon(oval(cx, cy, rx, ry, turn), fill)

    def circle(self, cx: float, cy: float, r: float, fill: Fill) -> None:
        """A circle."""
        self.ellipse(cx, cy, r, r, fill)

    def line(self, points: Sequence[Point], fill: str, width: float, *, smooth: bool = False) -> None:
        """A stroke with round ends, smooth if asked."""
        path = spline(points) if smooth else list(points)
        scaled = [(x * SCALE, y * SCALE) for x, y in path]
        self._pen.line(scaled, fill=fill, width=max(1, round(width * SCALE)), joint="curve")
        r = width * SCALE / 2
        for x, y in (scaled[0], scaled[-1]):
            self._pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def _paint(
        self,
        path: Sequence[Point],
        fill: Fill,
        shape: Callable[[ImageDraw.ImageDraw, Sequence[Point], str | int], None],
    ) -> None:
        if isinstance(fill, str):
            shape(self._pen, path, fill)
            return
        box = _box(path)
        if box is None:
            return
        left, top, right, bottom = box
        mask = Image.new("L", (right - left, bottom - top), 0)
        shape(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in path], 255)
        self.image.paste(_tiled(fill, box), (left, top), mask)

    def as_jpeg(self, *, square: bool = False) -> bytes:
        """The finished picture, as a camera would hand it over; its middle square if asked."""
        finished, out = self.image.reduce(SCALE), BytesIO()
        if square:
            margin = (WIDTH - HEIGHT) // 2
            finished = finished.crop((margin, 0, margin + HEIGHT, HEIGHT))
        finished.save(out, "JPEG", quality=92, subsampling=0)
        return out.getvalue()


def _box(path: Sequence[Point]) -> tuple[int, int, int, int] | None:
    xs, ys = [x for x, _ in path], [y for _, y in path]
    left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
    right, bottom = min(WIDTH * SCALE, math.ceil(max(xs)) + 1), min(HEIGHT * SCALE, math.ceil(max(ys)) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None


def _tiled(tile: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The cloth in the size of the box; its tiles meet those of every other shape of the same cloth."""
    left, top, right, bottom = box
    area = Image.new("RGB", (right - left, bottom - top))
    for y in range(-(top % tile.height), area.height, tile.height):
        for x in range(-(left % tile.width), area.width, tile.width):
            area.paste(tile, (x, y))
    return area
