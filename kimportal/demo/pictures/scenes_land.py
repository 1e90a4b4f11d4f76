"""Scenes of the land: rubber, rice, mountain, road, field, coffee."""

# A drawing takes its place, sizes and colours in the order in which one draws.
# ruff: noqa: PLR0917

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.built import bunting, house, mosque, stilt_house
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    BATA_MID,
    DAUN,
    DAUN_DEEP,
    DAUN_MID,
    DAUN_NIGHT,
    DAUN_PALE,
    DAUN_SOFT,
    DAY,
    DUSK,
    INK,
    KUNYIT,
    KUNYIT_PALE,
    KUNYIT_SOFT,
    MORNING,
    NIGHT,
    NILA,
    NILA_DEEP,
    NILA_MID,
    NILA_PALE,
    NILA_SOFT,
    PAPER,
    SOGA,
    SOGA_DEEP,
    SOGA_MID,
    SOGA_PALE,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import bush, grass, mix, palm, peak, ridge, rubber_tree, sky, tree
from kimportal.demo.pictures.people import child, dress, standing


def rubber(c: Canvas) -> None:
    """Rows of rubber trees, light between them, a tapper at work."""
    c.rect(0, 0, WIDTH, HEIGHT, KUNYIT_PALE)
    for i, tint in enumerate((DAUN_PALE, DAUN_SOFT)):
        c.rect(0, 0, WIDTH, 420 - i * 130, cloth.rows(tint, mix(tint, DAUN, 0.35), 34 + i * 8))
    c.rect(0, 600, WIDTH, HEIGHT, cloth.specks(DAUN_MID, DAUN_SOFT, 40))
    _far_trunks(c)
    c.polygon([(740, 640), (860, 640), (1180, HEIGHT), (420, HEIGHT)], cloth.specks(SOGA_SOFT, SOGA_MID, 46))
    for x in (150, 1420):
        rubber_tree(c, c.near(x, 30), 930, 1500, DAUN, DAUN_DEEP, cup=True)
    rubber_tree(c, 1010, 830, 1300, DAUN, DAUN_DEEP, cup=True)
    standing(c, 900, 850, 400, dress(c, c.pick("caping", "veil", "hair")), arms="reach")
    c.line([(1000, 560), (1030, 536)], INK, 7)
    if c.coin():
        standing(c, 560, 800, 340, dress(c, "veil"), arms="carry")
        c.polygon([(528, 660), (612, 660), (600, 720), (540, 720)], NILA)
    for i in range(9):
        bush(c, i * 205, HEIGHT + 10, c.random.uniform(70, 150), c.pick(DAUN_DEEP, DAUN))
    for side in (0, WIDTH):
        for i in range(5):
            c.ellipse(side + c.near(0, 60), 30 + i * 34, 200 - i * 20, 60, cloth.rows(DAUN_DEEP, DAUN, 30))
    _canopy(c)


def _far_trunks(c: Canvas) -> None:
    """Two rows of trees in the haze."""
    for step, count in enumerate((13, 9)):
        foot = 620 + step * 70
        for i in range(count):
            x = WIDTH * (i + 0.5 + 0.25 * step) / count
            rubber_tree(
                c,
                x,
                foot,
                700 + step * 250,
                mix(DAUN, KUNYIT_PALE, 0.5 - 0.2 * step),
                mix(DAUN_DEEP, DAUN_SOFT, 0.6 - 0.3 * step),
            )
        c.rect(
            0, foot - 14, WIDTH, foot + 60, cloth.specks(mix(DAUN_MID, DAUN, 0.2 + step * 0.3), DAUN_SOFT, 36)
        )


def _canopy(c: Canvas) -> None:
    for i in range(15):
        c.ellipse(i * 115, c.near(0, 20), 120, c.random.uniform(70, 120), cloth.rows(DAUN, DAUN_MID, 34))


def rice(c: Canvas) -> None:
    """Terraced rice below a mountain, people bent over the seedlings."""
    mood = c.random.choice((MORNING, DAY, DUSK))
    sky(c, mood, 420, sun=(c.near(420, 160), 200), clouds=2)
    peak(c, c.near(1060, 160), 440, 330, 1100, mood.far, mix(mood.far, mood.ink, 0.35))
    ridge(c, cloth.rows(mood.middle, mood.leaf, 26), 430, 70, humps=6)
    for x in (120, 330, 1290, 1470):
        palm(c, c.near(x, 40), 470, c.random.uniform(160, 220), mood.leaf, mood.leaf_dark)
    house(c, c.near(640, 60), 470, 120)
    tints = [
        (DAUN_SOFT, DAUN),
        (KUNYIT_SOFT, SOGA_MID),
        (DAUN_MID, DAUN_PALE),
        (DAUN_SOFT, DAUN_MID),
        (NILA_PALE, NILA_MID),
        (DAUN_MID, DAUN_DEEP),
        (DAUN, DAUN_SOFT),
    ]
    start = c.random.randrange(3)
    y = 450.0
    for i in range(7):
        ground, plant = tints[(i + start) % len(tints)]
        drop = 46 + i * 17
        edge = spline(
            [
                (-30, y + c.near(0, 10)),
                (380, y + c.near(14, 12) + i * 3),
                (820, y - c.near(6, 10)),
                (1230, y + c.near(18, 12)),
                (1640, y - c.near(4, 10)),
            ]
        )
        c.polygon([*edge, (1640, HEIGHT), (-30, HEIGHT)], mix(SOGA, ground, 0.25))
        c.polygon(
            [*[(px, py + 9 + i) for px, py in edge], (1640, HEIGHT), (-30, HEIGHT)],
            cloth.rows(ground, plant, 22 + i * 6),
        )
        y += drop
    for x, foot, h in ((420, 720, 190), (900, 800, 230), (1240, 740, 200)):
        _bent(c, c.near(x, 40), foot, h)
    standing(c, c.near(240, 30), 940, 370, dress(c, "caping"), arms="over")
    for dx in (-10, 6, 22):
        c.line([(240 + dx, 560), (260 + dx * 3, 480)], KUNYIT, 7)


def _bent(c: Canvas, x: float, foot: float, h: float) -> None:
    """Somebody planting, bent from the hips."""
    who = dress(c, "caping")
    for dx in (-12, 16):
        c.line([(x + dx, foot), (x + dx * 0.6, foot - h * 0.45)], who.skin, h * 0.07)
    c.rect(x - h * 0.16, foot - h * 0.6, x + h * 0.16, foot - h * 0.24, who.bottom, 18)
    c.line([(x + h * 0.42, foot - h * 0.5), (x + h * 0.44, foot - h * 0.08)], who.skin, h * 0.06)
    c.blob(
        [
            (x - h * 0.16, foot - h * 0.56),
            (x + h * 0.1, foot - h * 0.74),
            (x + h * 0.46, foot - h * 0.62),
            (x + h * 0.4, foot - h * 0.44),
            (x + h * 0.04, foot - h * 0.4),
        ],
        who.top,
    )
    c.circle(x + h * 0.54, foot - h * 0.54, h * 0.085, who.skin)
    c.polygon(
        [(x + h * 0.38, foot - h * 0.62), (x + h * 0.6, foot - h * 0.76), (x + h * 0.74, foot - h * 0.46)],
        KUNYIT_SOFT,
    )
    c.line([(x + h * 0.44, foot - h * 0.08), (x + h * 0.46, foot + 4)], DAUN_DEEP, 6)


def mountain(c: Canvas) -> None:
    """The volcano above a village with its mosque."""
    mood = c.random.choice((MORNING, DUSK, DAY))
    sky(c, mood, 560, sun=(c.near(300, 120), 220), clouds=1)
    shade = mix(mood.far, mood.ink, 0.4)
    peak(c, 1290, 640, 330, 900, mix(mood.far, mood.glow, 0.4), mix(mood.far, mood.glow, 0.15))
    peak(c, 820, 650, 520, 1300, mood.far, shade)
    for x, y in ((420, 400), (1180, 430)):
        for i in range(3):
            c.rect(
                x - 150 + i * 50,
                y + i * 22,
                x + 170 - i * 30,
                y + 14 + i * 22,
                mix(mood.cloud, mood.far, 0.15),
                8,
            )
    ridge(c, cloth.rows(mood.middle, mood.leaf, 28), 640, 90, humps=5)
    ridge(c, cloth.specks(mood.near, mood.middle, 34), 700, 70, humps=4)
    for x, y in ((120, 730), (430, 760), (1240, 740), (1480, 770)):
        tree(c, c.near(x, 30), y, c.random.uniform(150, 220), mood.leaf, mood.leaf_dark)
    for x, y, w in ((260, 790, 190), (560, 800, 170), (1130, 800, 180), (1360, 810, 200)):
        house(c, c.near(x, 20), y, w, lit=mood is DUSK)
    mosque(c, 840, 810, 130, PAPER, KUNYIT, mood.ink, mood.lamp)
    c.rect(0, 795, WIDTH, HEIGHT, cloth.rows(mood.ground, mood.ground_line, 36))
    road = spline([(760, 795), (800, 850), (700, 910), (560, 1010)])
    back = spline([(930, 1010), (930, 910), (910, 850), (850, 795)])
    c.polygon([*road, *back], SOGA_PALE)
    c.line(spline([(805, 800), (855, 850), (815, 910), (745, 1000)]), SOGA_SOFT, 6)
    for x in (1190, 1330, 180, 330):
        standing(c, c.near(x, 30), c.near(950, 12), 190, dress(c))


def mosque_dusk(c: Canvas) -> None:
    """The mosque of the village against the evening."""
    mood = c.random.choice((DUSK, NIGHT, MORNING))
    sky(c, mood, 700, sun=(c.near(500, 200), 330), clouds=2)
    ridge(c, cloth.truntum(mood.far, mix(mood.far, mood.glow, 0.35), mood.sun, 46), 650, 120, humps=4)
    ridge(c, mood.middle, 700, 70, humps=6)
    for x in (60, 230, 1440, 1560):
        palm(c, x, 800, c.random.uniform(340, 430), mood.leaf, mood.leaf_dark)
    wall = SOGA_WASH if mood is not NIGHT else NILA_SOFT
    mosque(c, 760, 820, 330, wall, cloth.kawung(DAUN, DAUN_SOFT, KUNYIT, 44), mood.ink, KUNYIT)
    c.rect(
        0,
        815,
        WIDTH,
        HEIGHT,
        cloth.ceplok(mood.ground, mood.ground_line, mix(mood.ground, mood.ground_line, 0.6), 88),
    )
    c.rect(0, 815, WIDTH, 828, mood.ink)
    for i in range(9):
        standing(
            c,
            190 + i * 150 + c.near(0, 30),
            c.near(925, 24),
            215,
            dress(c, c.pick("peci", "veil", "peci")),
            behind=c.coin(),
        )
    if c.coin():
        bunting(c, 0, 460, 420, 60, [BATA, PAPER])
        bunting(c, 1330, 1620, 380, 50, [BATA, PAPER])


def road(c: Canvas) -> None:
    """A new concrete road into the village, and the people who use it."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 420, sun=(c.near(1250, 120), 200), clouds=3)
    ridge(c, cloth.rows(mood.middle, mood.leaf, 26), 430, 90, humps=5)
    c.rect(0, 430, WIDTH, HEIGHT, cloth.rows(DAUN_SOFT, DAUN_MID, 36))
    for x, y, w in ((120, 560, 240), (1430, 580, 250), (450, 490, 130), (1150, 490, 140)):
        (stilt_house if w > 230 else house)(c, c.near(x, 20), y, w, *((50,) if w > 230 else ()))
    for x, y in ((300, 600), (1270, 610), (600, 480), (1010, 480)):
        tree(c, x, y, (y - 380) * 1.5, mood.leaf, mood.leaf_dark)
    c.polygon([(770, 440), (830, 440), (1330, HEIGHT), (270, HEIGHT)], SOGA_MID)
    c.polygon([(776, 440), (824, 440), (1220, HEIGHT), (380, HEIGHT)], mix(NILA_PALE, SOGA_WASH, 0.6))
    joint, gap = 470.0, 18.0
    while joint < HEIGHT:
        half = 24 + (joint - 440) * 0.707
        c.rect(800 - half, joint, 800 + half, joint + 2 + gap * 0.06, mix(NILA_SOFT, SOGA_SOFT, 0.5))
        joint, gap = joint + gap, gap * 1.28
    _motorbike(c, c.near(770, 30), 720, 210)
    standing(c, 1080, 850, 330, dress(c, "veil"), arms="carry", side=-1)
    child(c, 1190, 850, 210, dress(c, "hair"))
    if c.coin():
        standing(c, 420, 900, 340, dress(c, "caping"), arms="reach")
        c.line([(505, 690), (560, 905)], SOGA, 11)
        c.polygon([(530, 890), (600, 890), (590, 960), (548, 960)], NILA_DEEP)
    grass(c, HEIGHT, DAUN, 60, 60)


def _motorbike(c: Canvas, x: float, foot: float, h: float) -> None:
    """A rider coming towards us."""
    who = dress(c, "hair")
    c.rect(x - 12, foot - h * 0.42, x + 12, foot, INK, 12)
    c.rect(x - h * 0.14, foot - h * 0.62, x + h * 0.14, foot - h * 0.22, BATA, 22)
    c.circle(x, foot - h * 0.5, h * 0.075, KUNYIT_PALE)
    for side in (-1, 1):
        c.line([(x + side * 14, foot - h * 0.62), (x + side * h * 0.3, foot - h * 0.68)], INK, 7)
        c.line([(x + side * h * 0.13, foot - h * 0.36), (x + side * h * 0.2, foot - h * 0.16)], SOGA_DEEP, 20)
    c.blob(
        [
            (x - h * 0.19, foot - h * 0.6),
            (x - h * 0.17, foot - h * 0.95),
            (x, foot - h),
            (x + h * 0.17, foot - h * 0.95),
            (x + h * 0.19, foot - h * 0.6),
        ],
        who.top,
    )
    for side in (-1, 1):
        c.line(
            [(x + side * h * 0.17, foot - h * 0.9), (x + side * h * 0.28, foot - h * 0.7)], str(who.veil), 20
        )
    c.circle(x, foot - h * 1.1, h * 0.14, NILA)
    c.ellipse(x, foot - h * 1.07, h * 0.1, h * 0.08, who.skin)


def field(c: Canvas) -> None:
    """A village match: goal, stripes of mown grass, people along the line."""
    mood = c.random.choice((DAY, DUSK))
    sky(c, mood, 360, sun=(c.near(250, 90), 170), clouds=2)
    ridge(c, mood.middle, 370, 70, humps=6)
    for x in (80, 300, 1020, 1290, 1510):
        tree(c, c.near(x, 40), 420, c.random.uniform(190, 250), mood.leaf, mood.leaf_dark)
    bunting(c, -20, 820, 200, 70, [BATA, PAPER, KUNYIT, NILA])
    bunting(c, 800, 1640, 200, 70, [NILA, KUNYIT, PAPER, BATA])
    for i in range(30):
        c.circle(40 + i * 54, c.near(408, 6), 15, c.pick(*[SOGA, SOGA_MID]))
        c.rect(18 + i * 54, 420, 62 + i * 54, 470, c.pick(NILA, BATA, DAUN_DEEP, KUNYIT, PAPER, SOGA), 16)
    c.rect(0, 450, WIDTH, HEIGHT, DAUN_MID)
    for i in range(8):
        a, b = -900 + i * 460, -900 + i * 460 + 230
        c.polygon(
            [(800 + (a - 800) * 0.45, 450), (800 + (b - 800) * 0.45, 450), (b, HEIGHT), (a, HEIGHT)],
            cloth.rows(DAUN, DAUN_MID, 30),
        )
    c.line([(0, 500), (WIDTH, 500)], PAPER, 6)
    c.polygon(oval(800, 800, 330, 100), PAPER)
    c.polygon(oval(800, 800, 322, 94), mix(DAUN, DAUN_MID, 0.5))
    _goal(c, 1250, 600)
    teams = (BATA, NILA)
    spots = [
        (300, 720, 230, 1),
        (560, 640, 190, -1),
        (700, 860, 310, 1),
        (960, 900, 320, -1),
        (1120, 680, 205, -1),
        (1430, 820, 270, 1),
    ]
    for i, (x, foot, h, side) in enumerate(spots):
        _player(c, c.near(x, 24), foot, h, teams[i % 2], side)
    c.circle(835, 872, 24, PAPER)
    for dx, dy in ((0, 0), (-13, -9), (13, -8), (7, 14), (-10, 13)):
        c.circle(835 + dx, 872 + dy, 5, INK)


def _goal(c: Canvas, x: float, foot: float) -> None:
    for i in range(1, 12):
        c.line([(x + i * 25, foot - 170), (x + i * 25, foot)], NILA_PALE, 2)
        c.line([(x, foot - i * 15), (x + 300, foot - i * 15)], NILA_PALE, 2)
    c.line([(x, foot), (x, foot - 175), (x + 300, foot - 175), (x + 300, foot)], PAPER, 10)


def _player(c: Canvas, x: float, foot: float, h: float, shirt: str, side: int) -> None:
    """A running player."""
    who = dress(c, "hair", top=shirt)
    for path in (
        [(x, foot - h * 0.42), (x + side * h * 0.16, foot - h * 0.24), (x + side * h * 0.12, foot)],
        [(x, foot - h * 0.42), (x - side * h * 0.06, foot - h * 0.2), (x - side * h * 0.24, foot - h * 0.1)],
    ):
        c.line(path, who.skin, h * 0.065)
        c.circle(*path[-1], h * 0.04, INK)
    c.rect(x - h * 0.11, foot - h * 0.5, x + h * 0.11, foot - h * 0.3, PAPER, h * 0.04)
    for s in (-1, 1):
        c.line([(x + s * h * 0.1, foot - h * 0.72), (x + s * h * 0.22, foot - h * 0.6)], shirt, h * 0.07)
        c.line(
            [(x + s * h * 0.22, foot - h * 0.6), (x + s * h * (0.2 + 0.08 * side * s), foot - h * 0.47)],
            who.skin,
            h * 0.05,
        )
    c.rect(x - h * 0.13, foot - h * 0.78, x + h * 0.13, foot - h * 0.44, shirt, h * 0.06)
    c.circle(x + side * h * 0.02, foot - h * 0.88, h * 0.075, who.skin)
    c.polygon(oval(x + side * h * 0.01, foot - h * 0.89, h * 0.08, h * 0.08, start=170, end=350), INK)


def coffee(c: Canvas) -> None:
    """A hillside garden of coffee, red cherries in a basket."""
    sky(c, MORNING, 420, sun=(c.near(1240, 100), 200), clouds=2)
    peak(c, c.near(640, 120), 460, 360, 1200, NILA_SOFT, NILA_MID)
    ridge(c, cloth.rows(DAUN_SOFT, DAUN_MID, 26), 450, 80, humps=5)
    for i in range(5):
        y = 500 + i * 100
        c.polygon(
            [
                *spline([(-20, y), (500, y - 34), (1000, y + 12), (1640, y - 40)]),
                (1640, HEIGHT),
                (-20, HEIGHT),
            ],
            cloth.specks(mix(DAUN_MID, DAUN_DEEP, i * 0.12), DAUN_SOFT, 38),
        )
        for k in range(9):
            x = k * 200 + (i % 2) * 100 + c.near(0, 20)
            if not (i > 1 and 640 < x < 1060):
                _coffee_bush(c, x, y + 50, 56 + i * 16)
    standing(c, 760, 930, 450, dress(c, "veil", top=KUNYIT), arms="reach")
    standing(c, 1075, 910, 430, dress(c, "caping"), arms="reach", side=-1)
    c.polygon(oval(910, 870, 120, 30), BATA_DEEP)
    for _ in range(60):
        c.circle(c.near(910, 92), c.near(866, 18), 11, c.pick(BATA, BATA_MID, BATA))
    c.polygon([(790, 872), (1030, 872), (990, 985), (830, 985)], cloth.plaid(SOGA_MID, SOGA_SOFT, SOGA, 26))
    grass(c, HEIGHT, DAUN_NIGHT, 40, 50)


def _coffee_bush(c: Canvas, x: float, foot: float, size: float) -> None:
    bush(c, x, foot, size * 1.1, DAUN_DEEP)
    bush(c, x - size * 0.06, foot - 4, size * 0.9, cloth.rows(DAUN, DAUN_SOFT, 26))
    for _ in range(9):
        c.circle(
            x + c.random.uniform(-0.7, 0.6) * size,
            foot - c.random.uniform(0.1, 0.55) * size,
            size * 0.075,
            c.pick(BATA, BATA_MID, KUNYIT),
        )
