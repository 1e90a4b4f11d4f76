"""What grows, flows and shines: skies, clouds, hills, water and trees."""

# A drawing takes its place, sizes and colours in the order in which one draws.
# ruff: noqa: PLR0917

import math
from itertools import pairwise

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Fill, Point, oval, spline
from kimportal.demo.pictures.dyes import (
    DAUN_SOFT,
    KUNYIT,
    NILA_NIGHT,
    SOGA,
    SOGA_DEEP,
    SOGA_MID,
    SOGA_SOFT,
    Mood,
)


def mix(first: str, second: str, share: float) -> str:
    """A dye between two dyes."""
    a, b = (tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (first, second))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))


def sky(c: Canvas, mood: Mood, horizon: float, *, sun: Point | None = None, clouds: int = 3) -> None:
    """Bands of light down to the horizon, the sun or the moon in rings, and clouds."""
    bands = 7
    for i in range(bands):
        top = horizon * i / bands
        c.rect(0, top, WIDTH, horizon + 2, mix(mood.sky, mood.glow, i / (bands - 1)))
    if mood.sky == NILA_NIGHT:
        for _ in range(60):
            c.circle(
                c.random.uniform(0, WIDTH),
                c.random.uniform(0, horizon * 0.9),
                c.random.uniform(1, 2.6),
                mood.sun,
            )
    if sun:
        for ring, share in ((150, 0.25), (118, 0.45), (86, 1.0)):
            c.circle(*sun, ring, mix(mix(mood.sky, mood.glow, min(1, sun[1] / horizon)), mood.sun, share))
    for i in range(clouds):
        x = WIDTH * (i + 0.5) / max(1, clouds)
        cloud(c, mood, c.near(x, 150), c.near(horizon * 0.3, horizon * 0.16), c.random.uniform(0.6, 1.1))


def cloud(c: Canvas, mood: Mood, x: float, y: float, size: float = 1) -> None:
    """A mega mendung cloud: one outline within the other, from dark to light."""
    lobes = [(-120, 12, 62), (-58, -26, 70), (22, -46, 84), (98, -12, 66), (150, 18, 44)]
    for layer in range(4):
        inset, tint = (0, 7, 17, 24)[layer], mix(mood.cloud_line, mood.cloud, (0, 0.75, 0.35, 1)[layer])
        for dx, dy, r in lobes:
            if r > inset:
                c.circle(x + dx * size, y + dy * size, (r - inset) * size, tint)
        if layer == 3:
            c.rect(x - 110 * size, y - 34 * size, x + 120 * size, y + 30 * size, tint)
        c.rect(
            x - (170 - inset) * size,
            y + (6 + inset * 0.2) * size,
            x + (186 - inset) * size,
            y + (58 - inset) * size,
            tint,
            30 * size,
        )


def ridge(
    c: Canvas, fill: Fill, base: float, height: float, *, humps: int = 4, bottom: float = HEIGHT
) -> list[Point]:
    """Soft hills from side to side; answers their line."""
    count = humps * 2
    tops = [
        (
            WIDTH * i / count - 20 + (40 * i / count),
            base - (height * c.random.uniform(0.55, 1) if i % 2 else height * c.random.uniform(0, 0.35)),
        )
        for i in range(count + 1)
    ]
    line = spline(tops)
    c.polygon([*line, (WIDTH + 20, bottom), (-20, bottom)], fill)
    return line


def peak(c: Canvas, x: float, foot: float, height: float, width: float, light: str, shade: str) -> None:
    """A mountain: a lit and a shaded side, with gullies."""
    top = foot - height
    left = [
        (x - width / 2, foot),
        (x - width * 0.3, foot - height * 0.32),
        (x - width * 0.13, foot - height * 0.72),
        (x - 12, top),
    ]
    right = [
        (x + 14, top + 4),
        (x + width * 0.1, foot - height * 0.78),
        (x + width * 0.22, foot - height * 0.4),
        (x + width / 2, foot),
    ]
    c.polygon([*left, *right], light)
    c.polygon(
        [
            (x + 4, top),
            *right,
            (x + width * 0.16, foot),
            (x + width * 0.05, foot - height * 0.3),
            (x + width * 0.08, foot - height * 0.6),
        ],
        shade,
    )
    for share, lean in ((0.62, -0.16), (0.48, -0.24), (0.36, -0.1)):
        y = foot - height * share
        c.polygon(
            [
                (x + width * lean * 0.3, y - height * 0.16),
                (x + width * lean, y + height * 0.28),
                (x + width * lean * 0.72, y + height * 0.26),
            ],
            shade,
        )


def water(c: Canvas, mood: Mood, top: float, bottom: float = HEIGHT) -> None:
    """A sheet of water with its waves, darker near the feet."""
    for i in range(5):
        y = top + (bottom - top) * (i / 5) ** 1.3
        ground = mix(mood.water, mood.water_line, 0.05 + i * 0.06)
        c.rect(0, y, WIDTH, bottom, cloth.ripples(ground, mix(ground, mood.water_line, 0.6), 90 + i * 45))


def glints(c: Canvas, x: float, top: float, bottom: float, colour: str, width: float = 150) -> None:
    """The path of light that sun or lamp lays on water."""
    y = top + 8
    while y < bottom:
        reach = width * c.random.uniform(0.25, 1) * (0.5 + 0.5 * (y - top) / max(1, bottom - top))
        c.rect(x - reach, y, x + reach, y + 6, colour, 3)
        y += c.random.uniform(16, 30)


def palm(c: Canvas, x: float, foot: float, height: float, leaf: str, dark: str) -> None:
    """A coconut palm, leaning a little."""
    lean = c.random.choice((-1, 1)) * height * c.random.uniform(0.05, 0.16)
    top = (x + lean, foot - height)
    trunk = spline([(x, foot), (x + lean * 0.25, foot - height * 0.4), top])
    count = len(trunk)
    for i, (a, b) in enumerate(pairwise(trunk)):
        c.line([a, b], SOGA if i % 3 else SOGA_MID, height * (0.05 - 0.02 * i / count))
    for turn in (-168, -140, -108, -72, -40, -12, 20, 160):
        frond(
            c,
            top,
            math.radians(turn + c.near(0, 8)),
            height * c.random.uniform(0.36, 0.44),
            leaf if turn % 16 else dark,
        )
    for dx in (-0.03, 0.03, 0):
        c.circle(top[0] + dx * height, top[1] + height * 0.035, height * 0.026, SOGA_SOFT)


def frond(c: Canvas, start: Point, angle: float, length: float, fill: str) -> None:
    """One leaf of a palm: a bow with fingers hanging from it."""
    x, y = start
    bow = spline(
        [
            (x + math.cos(angle) * length * t, y + math.sin(angle) * length * t + length * 0.5 * t * t)
            for t in (0, 0.33, 0.66, 1)
        ],
        steps=6,
    )
    c.line(bow, fill, length * 0.035)
    for i, (px, py) in enumerate(bow[2:]):
        drop = length * (0.26 - 0.17 * abs(i / len(bow) - 0.35))
        for side in (-1, 1):
            c.polygon(
                [
                    (px - 4, py),
                    (px + 4, py),
                    (px + math.cos(angle) * drop * 0.5 + side * drop * 0.16, py + drop),
                ],
                fill,
            )


def tree(c: Canvas, x: float, foot: float, height: float, leaf: str, dark: str) -> None:
    """A round village tree; its crown holds leaves of a lighter dye."""
    trunk = height * 0.035
    c.polygon(
        [
            (x - trunk * 1.5, foot),
            (x - trunk * 0.7, foot - height * 0.55),
            (x + trunk * 0.7, foot - height * 0.55),
            (x + trunk * 1.5, foot),
        ],
        SOGA_DEEP,
    )
    lobes = [(-0.2, 0.55, 0.19), (0.2, 0.56, 0.18), (-0.1, 0.74, 0.2), (0.12, 0.76, 0.19), (0, 0.6, 0.22)]
    for dx, up, r in lobes:
        c.circle(x + dx * height, foot - up * height, r * height, dark)
    for dx, up, r in lobes:
        c.circle(
            x + (dx - 0.025) * height,
            foot - (up + 0.025) * height,
            r * height * 0.84,
            cloth.rows(leaf, mix(leaf, DAUN_SOFT, 0.35), 24),
        )


def rubber_tree(
    c: Canvas, x: float, foot: float, height: float, leaf: str, dark: str, *, cup: bool = False
) -> None:
    """A rubber tree: straight, pale, high crown; tapped, with the cup on the trunk."""
    w = height * 0.032
    c.polygon(
        [(x - w, foot), (x - w * 0.75, 0), (x + w * 0.75, 0), (x + w, foot)], mix(SOGA_SOFT, dark, 0.25)
    )
    c.polygon(
        [(x + w * 0.2, foot), (x + w * 0.15, 0), (x + w * 0.75, 0), (x + w, foot)], mix(SOGA_MID, dark, 0.35)
    )
    for y in range(int(foot - height), int(foot), 74):
        c.line([(x - w * 0.6, c.near(y, 20)), (x - w * 0.1, c.near(y, 20))], dark, 3)
    if cup:
        for i in range(5):
            cut = foot - height * 0.3 + i * w * 0.42
            c.line([(x - w * 0.8, cut), (x + w * 0.7, cut + w * 0.75)], SOGA_DEEP if i else "#f6ede3", 4)
        c.line(
            [(x + w * 0.2, foot - height * 0.3 + w * 2.4), (x + w * 0.2, foot - height * 0.3 + w * 3.2)],
            "#f6ede3",
            4,
        )
        c.polygon(
            oval(x + w * 0.2, foot - height * 0.3 + w * 3.2, w * 0.75, w * 0.8, start=0, end=180), SOGA_DEEP
        )
        c.ellipse(x + w * 0.2, foot - height * 0.3 + w * 3.2, w * 0.75, w * 0.22, "#fbfaf6")


def bush(c: Canvas, x: float, foot: float, size: float, leaf: Fill) -> None:
    """A low green heap."""
    for dx, r in ((-0.6, 0.42), (0, 0.6), (0.6, 0.45)):
        c.polygon(oval(x + dx * size, foot, r * size, r * size * 1.15, start=180, end=360), leaf)


def grass(c: Canvas, y: float, colour: str, count: int = 70, tall: float = 46) -> None:
    """Blades along the near edge."""
    for _ in range(count):
        x, up = c.random.uniform(-10, WIDTH + 10), c.random.uniform(0.5, 1) * tall
        c.polygon([(x - 6, y + 12), (x + 6, y + 12), (x + c.near(0, 22), y - up)], colour)


def bamboo(c: Canvas, x: float, foot: float, height: float, leaf: str, dark: str) -> None:
    """A clump of bamboo, bowing outwards."""
    for i in range(7):
        lean = (i - 3) * height * 0.09
        stem = spline(
            [
                (x + (i - 3) * 9, foot),
                (x + lean * 0.4, foot - height * 0.6),
                (x + lean * 1.5, foot - height * c.random.uniform(0.85, 1)),
            ],
            steps=5,
        )
        c.line(stem, dark if i % 2 else leaf, 10)
        for px, py in stem[5:]:
            for turn in (35, 145, 70, 110):
                c.ellipse(
                    px + math.cos(math.radians(turn)) * 26,
                    py + math.sin(math.radians(turn)) * 20,
                    26,
                    6,
                    leaf if turn % 2 else dark,
                    turn,
                )


def lantern(c: Canvas, x: float, y: float, size: float = 1) -> None:
    """A round lamp with a halo."""
    c.circle(x, y, 13 * size, KUNYIT)
    c.circle(x, y, 7 * size, "#fdf3d8")
