"""Scenes by the water: river, lake, flood, beach, fish pond."""

import math

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.built import boat, outrigger, stilt_house
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    DAUN,
    DAUN_DEEP,
    DAUN_MID,
    DAY,
    DUSK,
    KUNYIT,
    KUNYIT_SOFT,
    MORNING,
    NILA,
    NILA_DEEP,
    NILA_PALE,
    NILA_SOFT,
    OVERCAST,
    PAPER,
    SOGA,
    SOGA_DEEP,
    SOGA_MID,
    SOGA_PALE,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import bamboo, bush, glints, grass, mix, palm, ridge, sky, tree, water
from kimportal.demo.pictures.people import dress, sitting, standing

HULLS = [NILA_DEEP, BATA_DEEP, DAUN_DEEP, SOGA]


def river(c: Canvas) -> None:
    """A broad river with houses on stilts along it and boats on it."""
    mood = c.random.choice((MORNING, DAY, DUSK))
    sun = c.near(1130, 260)
    sky(c, mood, 470, sun=(sun, 235))
    ridge(c, cloth.truntum(mood.far, mix(mood.far, mood.glow, 0.3), mood.glow, 40), 450, 110)
    ridge(c, cloth.rows(mood.middle, mix(mood.middle, mood.leaf, 0.5), 30), 490, 80, humps=6)
    water(c, mood, 520)
    glints(c, sun, 525, 960, mix(mood.water, mood.sun, 0.65))
    row = sorted(c.near(x, 40) for x in (170, 520, 860))
    for x in row:
        for dx in (-170, 150):
            palm(c, x + c.near(dx, 20), 520, c.random.uniform(190, 260), mood.leaf, mood.leaf_dark)
    for x in row:
        stilt_house(c, x, 490, c.random.uniform(210, 260), 62, lit=mood is DUSK)
    for x in row:
        c.rect(x - 140, 552, x + 140, 557, mix(mood.water, mood.water_line, 0.8), 3)
    boat(
        c,
        c.near(1180, 120),
        640,
        300,
        c.random.choice(HULLS),
        roof=cloth.parang(SOGA_DEEP, SOGA_SOFT, KUNYIT, 30),
    )
    _rower(c, c.near(560, 160), 820, 520)
    grass(c, 985, mood.leaf_dark, 90, 80)


def _rower(c: Canvas, x: float, line: float, length: float) -> None:
    standing(c, x - length * 0.3, line - 12, length * 0.5, dress(c, "caping"), arms="reach")
    sitting(c, x + length * 0.12, line - 14, length * 0.3, dress(c, "veil"))
    c.line([(x - length * 0.19, line - length * 0.3), (x - length * 0.08, line + 46)], SOGA_DEEP, 9)
    boat(c, x, line, length, c.random.choice(HULLS))
    for i in range(3):
        c.rect(
            x - length * (0.5 - i * 0.05),
            line + 22 + i * 16,
            x + length * (0.5 - i * 0.08),
            line + 27 + i * 16,
            PAPER,
            3,
        )


def lake(c: Canvas) -> None:
    """A quiet lake: a jetty, reflections, lotus."""
    mood = c.random.choice((MORNING, DUSK))
    sun = c.near(420, 120)
    sky(c, mood, 430, sun=(sun, 250), clouds=2)
    ridge(c, mood.far, 425, 150, humps=3)
    ridge(c, cloth.rows(mood.middle, mood.leaf, 26), 445, 70, humps=5)
    for _ in range(9):
        x = c.random.uniform(0, WIDTH)
        tree(c, x, 455, c.random.uniform(90, 150), mood.leaf, mood.leaf_dark)
    water(c, mood, 455)
    for i in range(26):
        y = 462 + i * 5
        c.rect(
            c.random.uniform(-80, 1200),
            y,
            c.random.uniform(200, 1680),
            y + 2,
            mix(mood.water, mood.leaf_dark, 0.35),
            1,
        )
    glints(c, sun, 460, 900, mix(mood.water, mood.sun, 0.7), 120)
    boat(c, c.near(620, 80), 590, 260, c.random.choice(HULLS))
    boat(c, c.near(330, 60), 650, 230, c.random.choice(HULLS), trim=PAPER)
    c.polygon([(1000, HEIGHT), (1090, 560), (1150, 560), (1400, HEIGHT)], cloth.planks(SOGA_SOFT, SOGA, 34))
    for side, lean in ((1090, -90), (1150, 250)):
        for t in (0, 0.25, 0.55, 0.9):
            px, py = side + lean * t, 560 + 440 * t
            c.rect(px - 6 - 8 * t, py - 50 - 60 * t, px + 6 + 8 * t, py + 20, SOGA_DEEP)
    standing(c, 1135, 660, 210, dress(c), behind=True)
    standing(c, 1190, 690, 225, dress(c, "veil"), behind=True)
    for _ in range(14):
        _lotus(c, c.random.uniform(20, 900), c.random.uniform(740, 960))


def _lotus(c: Canvas, x: float, y: float) -> None:
    size = (y - 600) / 5
    c.ellipse(x, y, size, size * 0.3, DAUN)
    c.ellipse(x + size * 0.2, y - size * 0.04, size * 0.6, size * 0.14, DAUN_MID)
    if c.coin():
        for turn in (-130, -110, -90, -70, -50):
            a = math.radians(turn)
            c.ellipse(
                x + math.cos(a) * size * 0.24,
                y - size * 0.1 + math.sin(a) * size * 0.34,
                size * 0.3,
                size * 0.11,
                "#f0a193" if turn % 20 else "#f6c8bf",
                turn,
            )


def flood(c: Canvas) -> None:
    """High brown water among the houses, a boat that brings people and goods."""
    mood = OVERCAST
    sky(c, mood, 480, clouds=5)
    for _ in range(46):
        x, y = c.random.uniform(0, WIDTH), c.random.uniform(20, 520)
        c.line([(x, y), (x - 12, y + 46)], NILA_PALE, 3)
    ridge(c, mood.far, 470, 60, humps=5, bottom=590)
    for x in (90, 640, 1180, 1520):
        tree(c, c.near(x, 50), 540, c.random.uniform(230, 320), mood.leaf, mood.leaf_dark)
    for x, size in ((330, 330), (890, 290), (1370, 360)):
        stilt_house(c, c.near(x, 30), 560, size, 40)
    water(c, mood, 570)
    for x in (330, 890, 1370):
        for i in range(3):
            c.rect(
                x - 190 + i * 26, 578 + i * 15, x + 190 - i * 20, 583 + i * 15, mix(mood.water, PAPER, 0.5), 3
            )
    _gauge(c, c.near(640, 40))
    _rescue(c, c.near(820, 140), 850, mix(mood.water, PAPER, 0.6))


def _rescue(c: Canvas, x: float, line: float, wake: str) -> None:
    """The boat with a family and their rice."""
    for dx, h, head in ((-130, 190, "veil"), (-60, 150, "hair"), (30, 180, "peci"), (110, 170, "veil")):
        sitting(c, x + dx, line - 18, h, dress(c, head))
    standing(c, x - 236, line - 34, 320, dress(c, "caping", top=KUNYIT), arms="reach")
    c.line([(x - 172, line - 240), (x - 150, line + 60)], SOGA_DEEP, 11)
    for dx in (168, 206):
        c.rect(x + dx, line - 92, x + dx + 44, line - 30, KUNYIT_SOFT, 8)
    boat(c, x, line, 680, BATA, trim=PAPER)
    for i in range(4):
        c.rect(
            x - 340 + i * 36,
            line + 34 + i * 20,
            x + 330 - i * 50,
            line + 41 + i * 20,
            wake,
            3,
        )


def _gauge(c: Canvas, x: float) -> None:
    """The post on which the water's height is read."""
    c.rect(x - 20, 470, x + 20, 740, PAPER)
    for i in range(9):
        c.rect(
            x - 20, 470 + i * 30, x + (20 if i % 3 == 0 else 0), 485 + i * 30, BATA if i < 3 else NILA_DEEP
        )
    c.rect(x - 60, 726, x + 60, 732, SOGA_WASH, 3)


def beach(c: Canvas) -> None:
    """A bay between green hills, outrigger boats on the sand."""
    mood = c.random.choice((MORNING, DAY, DUSK))
    sun = c.near(820, 180)
    sky(c, mood, 430, sun=(sun, 260), clouds=2)
    c.polygon(
        spline([(-40, 450), (120, 300), (300, 270), (440, 350), (560, 380), (700, 452)]),
        cloth.specks(mood.middle, mood.leaf, 30),
    )
    c.polygon(
        spline([(980, 452), (1120, 360), (1240, 330), (1400, 230), (1640, 200), (1700, 460)]),
        cloth.rows(mood.near, mood.leaf_dark, 34),
    )
    water(c, mood, 448)
    glints(c, sun, 455, 700, mix(mood.water, mood.sun, 0.6), 110)
    for i, tint in enumerate((PAPER, SOGA_WASH, SOGA_PALE)):
        shore = spline(
            [
                (-40, 900 + i * 26),
                (260, 810 + i * 24),
                (640, 760 + i * 26),
                (1050, 700 + i * 28),
                (1660, 640 + i * 24),
            ]
        )
        fill = tint if i < 2 else cloth.specks(SOGA_PALE, SOGA_SOFT, 34)
        c.polygon([*shore, (1660, HEIGHT), (-40, HEIGHT)], fill)
    outrigger(c, c.near(330, 50), 560, 200, NILA_DEEP, cloth.stripes(PAPER, BATA, 40))
    outrigger(
        c,
        c.near(1040, 80),
        850,
        480,
        c.random.choice((NILA, BATA, DAUN)),
        cloth.songket(c.random.choice((BATA, NILA_DEEP)), KUNYIT, PAPER, 60),
    )
    palm(c, 1490, 900, 520, mood.leaf, mood.leaf_dark)
    palm(c, 1380, 860, 400, mood.leaf, mood.leaf_dark)
    if c.coin():
        _turtles(c)
    else:
        standing(c, 560, 930, 230, dress(c, "caping"), arms="carry")
        standing(c, 660, 950, 220, dress(c, "veil"), side=-1)


def _turtles(c: Canvas) -> None:
    """Hatchlings on their way to the sea."""
    for i in range(7):
        x, y = 180 + i * 96 + c.near(0, 20), 950 - i * 13 + c.near(0, 16)
        for dx, dy in ((-26, -14), (26, -14), (-24, 14), (24, 14)):
            c.ellipse(x + dx, y + dy, 14, 7, SOGA, 30 if dx * dy < 0 else -30)
        c.circle(x + 4, y - 32, 10, SOGA)
        c.ellipse(x, y, 26, 30, cloth.kawung(SOGA_DEEP, SOGA_MID, KUNYIT, 20))


def pond(c: Canvas) -> None:
    """Fish ponds with nets, somebody feeding, catfish in the foreground."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 360, sun=(c.near(300, 100), 190), clouds=2)
    ridge(c, cloth.rows(mood.middle, mood.leaf, 28), 370, 90, humps=5)
    for x in (90, 240, 1330, 1500):
        palm(c, c.near(x, 20), 420, c.random.uniform(230, 310), mood.leaf, mood.leaf_dark)
    c.rect(0, 400, WIDTH, HEIGHT, cloth.rows(DAUN_MID, DAUN, 34))
    for left, top, right, bottom in ((120, 450, 700, 560), (800, 450, 1480, 560)):
        c.polygon([(left + 50, top), (right - 50, top), (right, bottom), (left, bottom)], SOGA_SOFT)
        c.polygon(
            [
                (left + 66, top + 12),
                (right - 66, top + 12),
                (right - 26, bottom - 14),
                (left + 26, bottom - 14),
            ],
            cloth.ripples(NILA_SOFT, NILA, 80),
        )
    c.polygon([(100, 640), (1500, 640), (1720, HEIGHT), (-120, HEIGHT)], SOGA_SOFT)
    c.polygon(
        [(140, 668), (1460, 668), (1640, HEIGHT), (-40, HEIGHT)],
        cloth.ripples(mix(NILA, DAUN, 0.3), NILA_SOFT, 150),
    )
    who = dress(c, "caping")
    standing(c, 1290, 690, 330, who, arms="reach", side=-1)
    for _ in range(24):
        c.circle(c.near(1130, 80), c.near(690, 60), 5, KUNYIT_SOFT)
    standing(c, 250, 660, 290, dress(c, "veil"), arms="carry")
    c.polygon([(222, 560), (318, 560), (302, 600), (238, 600)], BATA)
    for x, y, size, turn in (
        (420, 820, 1.2, -12),
        (760, 900, 1.5, 8),
        (1060, 800, 1.1, -20),
        (640, 740, 0.8, 15),
    ):
        _catfish(c, c.near(x, 40), y, size, turn)


def _catfish(c: Canvas, x: float, y: float, size: float, turn: float) -> None:
    """A catfish seen from above, its whiskers spread."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + (dx * cos - dy * sin) * size, y + (dx * sin + dy * cos) * size

    body = [
        at(90, 0),
        at(60, 24),
        at(0, 22),
        at(-90, 8),
        at(-150, 22),
        at(-140, 0),
        at(-150, -22),
        at(-90, -8),
        at(0, -22),
        at(60, -24),
    ]
    c.polygon(oval(*at(-10, 34), 130 * size, 24 * size, turn), NILA_DEEP)
    c.blob(body, SOGA_DEEP)
    c.blob([at(70, 0), at(40, 9), at(-60, 4), at(-60, -4), at(40, -9)], SOGA)
    for dy in (-1, 1):
        c.line([at(84, dy * 10), at(120, dy * 34), at(136, dy * 60)], SOGA_DEEP, 4 * size, smooth=True)
        c.line([at(88, dy * 6), at(130, dy * 12), at(158, dy * 26)], SOGA_DEEP, 4 * size, smooth=True)


def planting(c: Canvas) -> None:
    """People planting seedlings along the bank."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 380, sun=(c.near(1200, 150), 190), clouds=2)
    ridge(c, mood.middle, 390, 80, humps=4)
    water(c, mood, 400, 640)
    for x in (150, 1480):
        bamboo(c, x, 600, 420, DAUN_MID, DAUN_DEEP)
    bank = spline([(-40, 640), (300, 590), (700, 610), (1100, 570), (1660, 620)])
    c.polygon([*bank, (1660, HEIGHT), (-40, HEIGHT)], cloth.specks(SOGA, SOGA_MID, 40))
    c.polygon(
        [*[(x, y + 130) for x, y in bank], (1660, HEIGHT), (-40, HEIGHT)],
        cloth.specks(mix(SOGA, SOGA_DEEP, 0.4), SOGA, 44),
    )
    for x, y, h in ((360, 760, 330), (760, 730, 310), (1160, 750, 330)):
        standing(
            c,
            c.near(x, 30),
            y,
            h,
            dress(c),
            arms=c.random.choice(("reach", "carry")),
            side=c.random.choice((-1, 1)),
        )
    for i in range(11):
        _seedling(c, 60 + i * 148, c.near(880, 36))
    for x in (560, 980):
        sitting(c, x, 860, 190, dress(c))
    bush(c, 30, HEIGHT, 150, DAUN_DEEP)
    bush(c, 1570, HEIGHT, 170, DAUN_DEEP)


def _seedling(c: Canvas, x: float, y: float) -> None:
    c.polygon(oval(x, y, 46, 14), SOGA_DEEP)
    c.line([(x, y), (x + 3, y - 70)], DAUN_DEEP, 6)
    for dx, dy, turn in ((-20, -40, 30), (22, -52, -32), (-16, -70, 40), (18, -80, -45)):
        c.ellipse(x + dx, y + dy, 24, 9, c.pick(DAUN_MID, "#7fd0a4"), turn)
