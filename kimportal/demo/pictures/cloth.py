"""Cloths: seamless tiles of batik and of woven and grown things, to fill shapes with."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from kimportal.demo.pictures.canvas import SCALE, Point, oval


class _Tile:
    """A tile whose shapes leave on one side and come back on the other."""

    def __init__(self, width: float, height: float, ground: str) -> None:
        self.size = round(width * SCALE), round(height * SCALE)
        self.image = Image.new("RGB", self.size, ground)
        self._pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Iterable[Point], fill: str) -> None:
        for path in self._wrapped(points):
            self._pen.polygon(path, fill=fill)

    def line(self, points: Iterable[Point], fill: str, width: float) -> None:
        for path in self._wrapped(points):
            self._pen.line(path, fill=fill, width=max(1, round(width * SCALE)), joint="curve")

    def dot(self, x: float, y: float, r: float, fill: str) -> None:
        self.polygon(oval(x, y, r, r), fill)

    def _wrapped(self, points: Iterable[Point]) -> list[Sequence[Point]]:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        w, h = self.size
        return [[(x + i * w, y + j * h) for x, y in scaled] for i in (-1, 0, 1) for j in (-1, 0, 1)]


@lru_cache(maxsize=64)
def kawung(ground: str, petal: str, seed: str, size: float = 64) -> Image.Image:
    """Four palm fruits around a seed."""
    tile = _Tile(size, size, ground)
    for turn in (45, 135, 225, 315):
        angle = math.radians(turn)
        x, y = size / 2 + math.cos(angle) * size * 0.33, size / 2 + math.sin(angle) * size * 0.33
        tile.polygon(oval(x, y, size * 0.27, size * 0.135, turn), petal)
        tile.polygon(oval(x, y, size * 0.16, size * 0.05, turn), ground)
    tile.dot(size / 2, size / 2, size * 0.06, seed)
    tile.dot(0, 0, size * 0.06, seed)
    return tile.image


@lru_cache(maxsize=64)
def parang(ground: str, wave: str, eye: str, size: float = 68) -> Image.Image:
    """Slanting rows of waves that never break."""
    tile = _Tile(size, size, ground)
    step = size / math.sqrt(2)

    def slanted(points: Iterable[Point], dx: float) -> list[Point]:
        cos = math.sqrt(0.5)
        return [(dx + (x + y) * cos, dx + (y - x) * cos) for x, y in points]

    upper = [(step * i / 24, step * (0.1 + 0.26 * (1 - math.cos(math.tau * i / 24)) / 2)) for i in range(25)]
    lower = [(x, y + step * 0.2 + step * 0.08 * math.sin(math.pi * x / step)) for x, y in reversed(upper)]
    for dx in (0, size / 2):
        tile.polygon(slanted(upper + lower, dx), wave)
        tile.polygon(slanted(oval(step * 0.5, step * 0.16, step * 0.07, step * 0.07), dx), eye)
        tile.line(slanted([(0, step * 0.9), (step, step * 0.9)], dx), eye, size * 0.035)
    return tile.image


@lru_cache(maxsize=64)
def truntum(ground: str, petal: str, heart: str, size: float = 46) -> Image.Image:
    """A night of small stars."""
    tile = _Tile(size, size, ground)
    for x, y in ((size / 4, size / 4), (size * 0.75, size * 0.75)):
        for turn in range(0, 360, 45):
            a = math.radians(turn)
            tile.line(
                [(x, y), (x + math.cos(a) * size * 0.17, y + math.sin(a) * size * 0.17)], petal, size * 0.045
            )
        tile.dot(x, y, size * 0.055, heart)
    tile.dot(size * 0.75, size * 0.25, size * 0.03, petal)
    tile.dot(size * 0.25, size * 0.75, size * 0.03, petal)
    return tile.image


@lru_cache(maxsize=64)
def ceplok(ground: str, frame: str, petal: str, size: float = 72) -> Image.Image:
    """A rosette in a lozenge."""
    tile = _Tile(size, size, ground)
    half = size / 2
    lozenge = [(half, 0), (size, half), (half, size), (0, half), (half, 0)]
    tile.line(lozenge, frame, size * 0.05)
    for turn in range(0, 360, 45):
        a = math.radians(turn)
        tile.polygon(
            oval(
                half + math.cos(a) * size * 0.15,
                half + math.sin(a) * size * 0.15,
                size * 0.11,
                size * 0.045,
                turn,
            ),
            petal,
        )
    tile.dot(half, half, size * 0.05, frame)
    tile.dot(0, 0, size * 0.12, petal)
    tile.dot(0, 0, size * 0.05, ground)
    return tile.image


@lru_cache(maxsize=64)
def songket(ground: str, thread: str, second: str, size: float = 80) -> Image.Image:
    """Gold thread in stepped lozenges."""
    tile, unit = _Tile(size, size, ground), size / 16
    for row in range(16):
        reach = 7 - abs(row - 8)
        for k in range(-reach, reach + 1):
            if reach < 0 or (abs(k) + abs(row - 8)) % 3 == 1:
                continue
            x, y = size / 2 + k * unit, row * unit
            tile.polygon(
                [
                    (x - unit / 2, y),
                    (x + unit / 2, y),
                    (x + unit / 2, y + unit * 0.8),
                    (x - unit / 2, y + unit * 0.8),
                ],
                thread,
            )
    for x, y in ((0, 0), (0, size)):
        tile.polygon([(x - unit * 2, y), (x, y - unit * 2), (x + unit * 2, y), (x, y + unit * 2)], second)
    return tile.image


@lru_cache(maxsize=64)
def gambo(ground: str, vine: str, leaf: str, size: float = 76) -> Image.Image:
    """Gambir leaves on a running vine."""
    tile = _Tile(size, size, ground)
    vine_line = [(size * i / 20, size * (0.5 + 0.18 * math.sin(math.tau * i / 20))) for i in range(21)]
    tile.line(vine_line, vine, size * 0.035)
    for x, y, turn in ((0.25, 0.42, -60), (0.25, 0.92, 55), (0.75, 0.08, -55), (0.75, 0.56, 60)):
        tile.polygon(oval(size * x, size * y, size * 0.19, size * 0.085, turn), leaf)
        tile.polygon(oval(size * x, size * y, size * 0.13, size * 0.018, turn), ground)
    return tile.image


@lru_cache(maxsize=64)
def ripples(ground: str, line: str, size: float = 120) -> Image.Image:
    """Water: short waves, every second row moved by half."""
    tile = _Tile(size, size * 0.5, ground)
    for x, y in ((0.1, 0.12), (0.6, 0.37)):
        wave = [
            (size * (x + 0.3 * i / 12), size * (y + 0.022 * math.sin(math.tau * i / 12))) for i in range(13)
        ]
        tile.line(wave, line, size * 0.018)
    return tile.image


@lru_cache(maxsize=64)
def rows(ground: str, plant: str, size: float = 34) -> Image.Image:
    """A planted field: small sheaves in rows."""
    tile = _Tile(size, size, ground)
    for x, y in ((0.25, 0.32), (0.75, 0.82)):
        for lean in (-0.16, 0, 0.16):
            tile.line([(size * x, size * y), (size * (x + lean), size * (y - 0.24))], plant, size * 0.06)
    return tile.image


@lru_cache(maxsize=64)
def specks(ground: str, speck: str, size: float = 26) -> Image.Image:
    """Isen-isen: the dots a batik maker fills what is left with."""
    tile = _Tile(size, size, ground)
    tile.dot(size * 0.25, size * 0.25, size * 0.085, speck)
    tile.dot(size * 0.75, size * 0.75, size * 0.085, speck)
    return tile.image


@lru_cache(maxsize=64)
def planks(ground: str, seam: str, size: float = 26) -> Image.Image:
    """Boards of a wall, lying."""
    tile = _Tile(size * 4, size, ground)
    tile.line([(0, size - 1), (size * 4, size - 1)], seam, 1.6)
    return tile.image


@lru_cache(maxsize=64)
def stripes(first: str, second: str, size: float = 44) -> Image.Image:
    """Standing stripes: awnings and sarongs."""
    tile = _Tile(size, size, first)
    tile.polygon([(size / 2, -1), (size, -1), (size, size + 1), (size / 2, size + 1)], second)
    return tile.image


@lru_cache(maxsize=64)
def plaid(ground: str, band: str, thread: str, size: float = 48) -> Image.Image:
    """A checked sarong."""
    tile = _Tile(size, size, ground)
    tile.line([(size * 0.3, 0), (size * 0.3, size)], band, size * 0.28)
    tile.line([(0, size * 0.3), (size, size * 0.3)], band, size * 0.28)
    tile.line([(size * 0.75, 0), (size * 0.75, size)], thread, size * 0.05)
    tile.line([(0, size * 0.75), (size, size * 0.75)], thread, size * 0.05)
    return tile.image


@lru_cache(maxsize=64)
def shingles(ground: str, edge: str, size: float = 36) -> Image.Image:
    """Roof tiles."""
    tile = _Tile(size, size, ground)
    for x, y in ((0, 0), (size / 2, size / 2), (size, 0)):
        tile.line(oval(x, y, size / 2, size * 0.36, start=0, end=180), edge, 2)
    return tile.image
