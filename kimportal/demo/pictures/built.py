"""What people build: houses on stilts, boats, stalls, mosques, lamps."""

# A drawing takes its place, sizes and colours in the order in which one draws.
# ruff: noqa: PLR0917

import math

from PIL import Image

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.canvas import Canvas, Fill, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    BATA_MID,
    KUNYIT,
    KUNYIT_SOFT,
    NILA,
    NILA_DEEP,
    PAPER,
    SOGA,
    SOGA_DEEP,
    SOGA_MID,
    SOGA_PALE,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import mix

WALLS = [SOGA_MID, SOGA_SOFT, SOGA_PALE, NILA, "#3f9366", BATA_MID]


def stilt_house(
    c: Canvas, x: float, floor: float, width: float, stilts: float, *, wall: str = "", lit: bool = False
) -> None:
    """A house on stilts, seen from the front: x is its middle, floor the height of its floor."""
    wall = wall or c.random.choice(WALLS)
    high, w = width * 0.34, width / 2
    for i in range(6):
        px = x - w * 0.92 + i * w * 1.84 / 5
        c.rect(px - width * 0.012, floor, px + width * 0.012, floor + stilts, SOGA_DEEP)
    c.rect(x - w, floor - high, x + w, floor, cloth.planks(wall, mix(wall, SOGA_DEEP, 0.4), width * 0.055))
    c.rect(x - w * 1.06, floor - 4, x + w * 1.06, floor + width * 0.035, SOGA)
    roof = [
        (x - w * 1.2, floor - high),
        (x - w * 0.78, floor - high * 2.05),
        (x + w * 0.78, floor - high * 2.05),
        (x + w * 1.2, floor - high),
    ]
    c.polygon(
        roof,
        cloth.shingles(
            BATA_DEEP if wall != BATA_MID else SOGA, BATA if wall != BATA_MID else SOGA_MID, width * 0.08
        ),
    )
    c.line([roof[1], roof[2]], SOGA_DEEP, width * 0.025)
    c.line([roof[0], roof[3]], SOGA_DEEP, width * 0.02)
    glass = KUNYIT if lit else NILA_DEEP
    for dx in (-0.62, 0.62):
        window(c, x + dx * w, floor - high * 0.55, width * 0.15, high * 0.46, glass)
    c.rect(
        x - width * 0.075, floor - high * 0.78, x + width * 0.075, floor, KUNYIT_SOFT if lit else SOGA_DEEP
    )
    c.rect(x - width * 0.006, floor - high * 0.78, x + width * 0.006, floor, SOGA)
    steps(c, x, floor, width * 0.16, stilts)


def window(c: Canvas, x: float, y: float, width: float, height: float, glass: str) -> None:
    """A window with a cross and a white frame."""
    c.rect(x - width / 2 - 5, y - height / 2 - 5, x + width / 2 + 5, y + height / 2 + 5, SOGA_WASH)
    c.rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2, glass)
    c.rect(x - 2, y - height / 2, x + 2, y + height / 2, SOGA_WASH)
    c.rect(x - width / 2, y - 2, x + width / 2, y + 2, SOGA_WASH)


def steps(c: Canvas, x: float, floor: float, width: float, height: float) -> None:
    """A ladder down from the door."""
    for side in (-1, 1):
        c.line([(x + side * width * 0.4, floor), (x + side * width * 0.6, floor + height)], SOGA_DEEP, 6)
    count = max(2, int(height / 20))
    for i in range(1, count):
        reach = width * (0.4 + 0.2 * i / count)
        c.line(
            [(x - reach, floor + height * i / count), (x + reach, floor + height * i / count)], SOGA_SOFT, 6
        )


def house(
    c: Canvas, x: float, foot: float, width: float, *, wall: str = "", roof: str = BATA, lit: bool = False
) -> None:
    """A house on the ground."""
    wall = wall or c.random.choice(WALLS[1:])
    high, w = width * 0.42, width / 2
    c.rect(x - w, foot - high, x + w, foot, wall)
    c.rect(x - w, foot - high * 0.14, x + w, foot, mix(wall, SOGA_DEEP, 0.35))
    c.polygon(
        [(x - w * 1.18, foot - high), (x, foot - high * 2), (x + w * 1.18, foot - high)],
        cloth.shingles(roof, mix(roof, SOGA_DEEP, 0.4), width * 0.1),
    )
    window(c, x - w * 0.52, foot - high * 0.52, width * 0.2, high * 0.42, KUNYIT if lit else NILA_DEEP)
    c.rect(x + w * 0.16, foot - high * 0.74, x + w * 0.6, foot, SOGA if not lit else KUNYIT_SOFT)


def boat(
    c: Canvas, x: float, line: float, length: float, hull: str, *, roof: Fill = "", trim: str = KUNYIT
) -> None:
    """A long river boat (ketek), with a roof if asked; `line` is where the water cuts it."""
    h, half = length * 0.1, length / 2
    keel = spline(
        [
            (x - half, line - h * 1.5),
            (x - half * 0.7, line - h * 0.1),
            (x, line + h * 0.25),
            (x + half * 0.75, line - h * 0.05),
            (x + half * 1.05, line - h * 1.9),
        ]
    )
    rim = spline(
        [
            (x + half * 1.05, line - h * 1.9),
            (x + half * 0.6, line - h * 0.95),
            (x, line - h * 0.75),
            (x - half * 0.6, line - h * 0.85),
            (x - half, line - h * 1.5),
        ]
    )
    if roof:
        for dx in (-0.42, -0.14, 0.14, 0.42):
            c.rect(x + dx * half - 4, line - h * 3.2, x + dx * half + 4, line - h * 0.6, SOGA_DEEP)
        c.polygon(oval(x, line - h * 3, half * 0.6, h * 0.9, start=180, end=360), roof)
    c.polygon([*keel, *rim], hull)
    c.line(rim, trim, max(4, length * 0.014))


def outrigger(c: Canvas, x: float, foot: float, length: float, hull: str, sail: Fill) -> None:
    """A jukung with its outriggers and a lateen sail, resting on sand or water."""
    half = length / 2
    c.line([(x, foot - length * 0.08), (x + length * 0.04, foot - length * 0.86)], SOGA_DEEP, length * 0.018)
    c.polygon(
        spline(
            [
                (x - half * 0.52, foot - length * 0.2),
                (x + length * 0.03, foot - length * 0.95),
                (x + half * 0.42, foot - length * 0.62),
                (x + half * 0.1, foot - length * 0.24),
            ],
            closed=True,
            steps=8,
        ),
        sail,
    )
    for dx in (-0.45, 0.35):
        c.line(
            [
                (x + dx * half, foot - length * 0.1),
                (x + dx * half - 8, foot - length * 0.13),
                (x + dx * half + 6, foot + length * 0.07),
            ],
            SOGA,
            7,
        )
    boat(c, x, foot, length, hull)
    c.line(
        [(x - half * 0.95, foot + length * 0.075), (x + half * 0.95, foot + length * 0.055)],
        SOGA,
        length * 0.018,
    )


def mosque(c: Canvas, x: float, foot: float, size: float, wall: str, dome: Fill, ink: str, lamp: str) -> None:
    """A village mosque with a dome, side domes and one minaret."""
    for dx, scale in ((-0.82, 0.42), (0.82, 0.42)):
        c.rect(x + (dx - 0.3) * size, foot - size * 0.5, x + (dx + 0.3) * size, foot, wall)
        onion(c, x + dx * size, foot - size * 0.5, size * scale * 0.62, dome, ink)
    c.rect(x - size * 0.62, foot - size * 0.72, x + size * 0.62, foot, wall)
    c.rect(x - size * 0.68, foot - size * 0.76, x + size * 0.68, foot - size * 0.69, ink)
    onion(c, x, foot - size * 0.76, size * 0.46, dome, ink)
    for dx in (-0.42, 0, 0.42):
        arch(c, x + dx * size, foot, size * (0.26 if dx else 0.32), size * (0.44 if dx else 0.54), lamp)
    mx = x + size * 1.42
    c.rect(mx - size * 0.1, foot - size * 1.5, mx + size * 0.1, foot, wall)
    for up in (0.98, 1.46):
        c.rect(mx - size * 0.16, foot - size * (up + 0.05), mx + size * 0.16, foot - size * up, ink)
    c.rect(mx - size * 0.075, foot - size * 1.74, mx + size * 0.075, foot - size * 1.5, wall)
    arch(c, mx, foot - size * 1.53, size * 0.09, size * 0.17, lamp)
    onion(c, mx, foot - size * 1.74, size * 0.13, dome, ink)


def onion(c: Canvas, x: float, foot: float, r: float, fill: Fill, ink: str) -> None:
    """A dome that swells and ends in a crescent."""
    right = spline(
        [
            (x + r * 0.92, foot),
            (x + r * 1.05, foot - r * 0.45),
            (x + r * 0.6, foot - r * 1.05),
            (x + r * 0.1, foot - r * 1.35),
            (x, foot - r * 1.6),
        ]
    )
    c.polygon([*right, *[(2 * x - px, py) for px, py in reversed(right)]], fill)
    c.line([(x, foot - r * 1.55), (x, foot - r * 1.95)], ink, max(3, r * 0.05))
    crescent = oval(x, foot - r * 2.12, r * 0.17, r * 0.17, start=-50, end=230)
    c.line(crescent, ink, max(3, r * 0.06))


def arch(c: Canvas, x: float, foot: float, width: float, height: float, fill: str) -> None:
    """A pointed arch."""
    w = width / 2
    side = spline(
        [(x + w, foot), (x + w, foot - height * 0.6), (x + w * 0.5, foot - height * 0.86), (x, foot - height)]
    )
    c.polygon([*side, *[(2 * x - px, py) for px, py in reversed(side)]], fill)


def stall(c: Canvas, x: float, foot: float, width: float, awning: Image.Image, edge: str) -> None:
    """A market stall: posts, a scalloped awning and a table."""
    w, high = width / 2, width * 0.82
    for side in (-1, 1):
        c.rect(x + side * w * 0.9 - 5, foot - high, x + side * w * 0.9 + 5, foot, SOGA_DEEP)
    c.polygon(
        [
            (x - w * 0.86, foot - high * 1.2),
            (x + w * 0.86, foot - high * 1.2),
            (x + w * 1.1, foot - high * 0.9),
            (x - w * 1.1, foot - high * 0.9),
        ],
        awning,
    )
    count = 8
    for i in range(count):
        sx = x - w * 1.1 + (i + 0.5) * w * 2.2 / count
        c.polygon(
            oval(sx, foot - high * 0.9, w * 1.1 / count, high * 0.075, start=0, end=180),
            edge if i % 2 else PAPER,
        )
    c.rect(x - w, foot - high * 0.36, x + w, foot, cloth.planks(SOGA_SOFT, SOGA_MID, 30))
    c.rect(x - w * 1.05, foot - high * 0.4, x + w * 1.05, foot - high * 0.34, SOGA)


def heap(c: Canvas, x: float, foot: float, colour: str, size: float = 1) -> None:
    """A basket heaped with round fruit."""
    for row, count in ((0, 4), (1, 3), (2, 2)):
        for i in range(count):
            c.circle(
                x + (i - (count - 1) / 2) * 21 * size,
                foot - (26 + row * 16) * size,
                12 * size,
                mix(colour, PAPER, 0.12 * row),
            )
    c.polygon(
        [
            (x - 52 * size, foot - 26 * size),
            (x + 52 * size, foot - 26 * size),
            (x + 40 * size, foot),
            (x - 40 * size, foot),
        ],
        cloth.plaid(SOGA_MID, SOGA_SOFT, SOGA, 14),
    )


def bunting(c: Canvas, x0: float, x1: float, y: float, sag: float, colours: list[str]) -> None:
    """A string of small flags."""
    line = spline([(x0, y), ((x0 + x1) / 2, y + sag), (x1, y)], steps=14)
    c.line(line, SOGA_DEEP, 3)
    for i, (px, py) in enumerate(line[1:-1]):
        c.polygon([(px - 17, py), (px + 17, py), (px, py + 36)], colours[i % len(colours)])


def lamp_string(c: Canvas, x0: float, x1: float, y: float, sag: float) -> None:
    """A string of bulbs."""
    line = spline([(x0, y), ((x0 + x1) / 2, y + sag), (x1, y)], steps=9)
    c.line(line, SOGA_DEEP, 3)
    for px, py in line[1:-1]:
        c.circle(px, py + 10, 17, mix(KUNYIT, SOGA, 0.35))
        c.circle(px, py + 10, 10, "#fdf3d8")


def beams(
    c: Canvas, x: float, y: float, colour: str, count: int = 12, inner: float = 110, outer: float = 170
) -> None:
    """Rays around a point."""
    for i in range(count):
        a = math.tau * i / count
        c.line(
            [
                (x + math.cos(a) * inner, y + math.sin(a) * inner),
                (x + math.cos(a) * outer, y + math.sin(a) * outer),
            ],
            colour,
            10,
        )
