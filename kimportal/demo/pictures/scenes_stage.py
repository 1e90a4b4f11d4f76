"""Scenes to watch: the night stage, great drums, shadow puppets, badminton."""

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.built import beams, bunting, house, lamp_string, stilt_house
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    BATA_MID,
    DAUN,
    DAY,
    INK,
    KUNYIT,
    KUNYIT_PALE,
    KUNYIT_SOFT,
    MORNING,
    NIGHT,
    NILA,
    NILA_DEEP,
    NILA_MID,
    NILA_NIGHT,
    NILA_PALE,
    PAPER,
    SOGA,
    SOGA_DEEP,
    SOGA_MID,
    SOGA_NIGHT,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import mix, palm, sky
from kimportal.demo.pictures.people import bust, dress, sitting, standing


def stage(c: Canvas) -> None:
    """A night on the village stage: two who sing in turn, a guitar, the audience."""
    sky(c, NIGHT, 560, sun=(c.near(1330, 90), 170), clouds=2)
    for x, w in ((130, 270), (1450, 280)):
        stilt_house(c, x, 500, w, 60, lit=True)
    for x in (330, 1270):
        palm(c, x, 560, 340, NIGHT.leaf, NIGHT.leaf_dark)
    c.rect(0, 560, WIDTH, HEIGHT, cloth.specks(NILA_DEEP, NILA, 50))
    c.polygon(
        [(470, 130), (1130, 130), (1190, 620), (410, 620)], cloth.ceplok(BATA_DEEP, KUNYIT, BATA_MID, 96)
    )
    for i in range(7):
        c.polygon(oval(470 + 660 * (i + 0.5) / 7, 130, 55, 60, start=0, end=180), KUNYIT if i % 2 else BATA)
    c.rect(440, 104, 1160, 134, SOGA)
    for dx in (-1, 1):
        c.polygon(
            [
                (800 + dx * 330, 130),
                (800 + dx * 400, 130),
                (800 + dx * 400, 620),
                (800 + dx * 350, 620),
                (800 + dx * 290, 330),
            ],
            cloth.songket(NILA_NIGHT, KUNYIT, BATA, 54),
        )
    c.polygon([(330, 620), (1270, 620), (1330, 690), (270, 690)], cloth.planks(SOGA_SOFT, SOGA_MID, 22))
    c.rect(270, 690, 1330, 740, cloth.parang(SOGA_DEEP, SOGA_SOFT, KUNYIT, 50))
    left, right = dress(c, "peci", top=NILA_MID), dress(c, "veil", top=KUNYIT)
    standing(c, 640, 668, 350, left, arms="up", side=1)
    standing(c, 960, 668, 345, right, arms="reach", side=-1)
    sitting(c, 800, 668, 210, dress(c, "peci", top=PAPER))
    _guitar(c, 800, 600)
    for x in (640, 960):
        c.line([(x + (70 if x < 800 else -70), 668), (x + (70 if x < 800 else -70), 440)], INK, 6)
        c.circle(x + (70 if x < 800 else -70), 430, 14, INK)
    lamp_string(c, -20, 460, 200, 110)
    lamp_string(c, 1140, 1620, 200, 110)
    for row, (foot, size, count) in enumerate(((850, 120, 11), (930, 150, 9), (1030, 190, 8))):
        for i in range(count):
            who = dress(c)
            who = who._replace(top=mix(str(who.top), NILA_NIGHT, 0.55), veil=mix(who.veil, NILA_NIGHT, 0.5))
            bust(c, c.near(WIDTH * (i + 0.5) / count + 40 * (row % 2), 16), foot, size, who)


def _guitar(c: Canvas, x: float, y: float) -> None:
    c.line([(x - 10, y), (x + 120, y - 56)], SOGA_DEEP, 15)
    c.rect(x + 112, y - 74, x + 146, y - 46, SOGA_NIGHT, 6)
    c.ellipse(x - 50, y + 16, 50, 40, SOGA_MID, -22)
    c.ellipse(x - 4, y, 36, 30, SOGA_MID, -22)
    c.circle(x - 22, y + 6, 15, SOGA_NIGHT)


def drums(c: Canvas) -> None:
    """Gendang beleq: two great drums, gongs and cymbals in procession."""
    mood = c.random.choice((DAY, MORNING))
    sky(c, mood, 560, sun=(c.near(800, 200), 230), clouds=3)
    for x in (70, 250, 1370, 1540):
        palm(c, x, 640, c.random.uniform(330, 430), mood.leaf, mood.leaf_dark)
    for x, w in ((430, 250), (1180, 250)):
        _barn(c, x, 640, w)
    c.rect(0, 630, WIDTH, HEIGHT, cloth.specks(KUNYIT_PALE, SOGA_SOFT, 50))
    for x in (620, 735, 865, 980):
        standing(c, c.near(x, 10), 740, 290, dress(c, "sapuq", top=INK), arms="carry")
        c.circle(x + 16, 600, 46, KUNYIT)
        c.circle(x + 16, 600, 34, mix(KUNYIT, SOGA, 0.35))
        c.circle(x + 16, 600, 12, KUNYIT_PALE)
    for x, side in ((320, 1), (1280, -1)):
        _drummer(c, c.near(x, 20), 930, side)
    for x, foot in ((690, 910), (890, 920)):
        standing(c, x, foot, 330, dress(c, "sapuq", top=BATA), arms="both")
        for dx in (-30, 30):
            c.ellipse(x + dx + 30, foot - 210, 30, 12, KUNYIT, 20 if dx > 0 else -20)
    bunting(c, -20, 800, 120, 70, [BATA, KUNYIT, PAPER])
    bunting(c, 800, 1620, 120, 70, [KUNYIT, PAPER, BATA])


def _barn(c: Canvas, x: float, foot: float, w: float) -> None:
    """A lumbung: the rice barn of Lombok with its bonnet roof."""
    for dx in (-0.3, 0.3):
        c.rect(x + dx * w - 9, foot - w * 0.5, x + dx * w + 9, foot, SOGA_DEEP)
    c.rect(x - w * 0.42, foot - w * 0.55, x + w * 0.42, foot - w * 0.48, SOGA)
    side = spline(
        [
            (x + w * 0.5, foot - w * 0.52),
            (x + w * 0.46, foot - w * 0.85),
            (x + w * 0.3, foot - w * 1.12),
            (x + w * 0.34, foot - w * 1.25),
            (x, foot - w * 1.42),
        ]
    )
    c.polygon([*side, *[(2 * x - px, py) for px, py in reversed(side)]], cloth.rows(SOGA_SOFT, SOGA_MID, 22))
    c.polygon(
        spline(
            [
                (x - w * 0.14, foot - w * 0.62),
                (x - w * 0.12, foot - w * 0.9),
                (x, foot - w * 1.02),
                (x + w * 0.12, foot - w * 0.9),
                (x + w * 0.14, foot - w * 0.62),
            ]
        ),
        SOGA_DEEP,
    )


def _drummer(c: Canvas, x: float, foot: float, side: int) -> None:
    who = dress(c, "sapuq", top=BATA)
    standing(c, x, foot, 470, who, arms="down", side=side)
    dx, y = x + side * 16, foot - 205
    body = [
        (dx - 190, y - 66),
        (dx, y - 96),
        (dx + 190, y - 66),
        (dx + 190, y + 66),
        (dx, y + 96),
        (dx - 190, y + 66),
    ]
    c.polygon(spline(body, closed=True, steps=8), cloth.songket(BATA_DEEP, KUNYIT, PAPER, 56))
    for s in (-1, 1):
        c.ellipse(dx + s * 196, y, 30, 76, SOGA_WASH if s == side else SOGA)
        if s == side:
            c.ellipse(dx + s * 196, y, 16, 44, SOGA_SOFT)
    c.line([(x - 46, foot - 340), (dx - 110, y - 80)], KUNYIT, 13)
    c.line([(x + 46, foot - 340), (dx + 110, y - 80)], KUNYIT, 13)
    c.line([(x + side * 62, foot - 336), (x + side * 150, foot - 290), (dx + side * 236, y - 40)], BATA, 28)
    c.circle(dx + side * 236, y - 36, 18, who.skin)


def puppets(c: Canvas) -> None:
    """Shadow play: the lit screen, the puppets, the audience in the dark."""
    c.rect(0, 0, WIDTH, HEIGHT, NILA_NIGHT)
    c.rect(0, 0, WIDTH, 110, cloth.parang(SOGA_DEEP, SOGA_MID, KUNYIT, 80))
    c.rect(130, 110, 1470, 690, BATA_DEEP)
    c.rect(170, 130, 1430, 660, KUNYIT_PALE)
    for r, share in ((560, 0.25), (430, 0.5), (300, 0.8), (180, 1)):
        c.polygon(
            [(px, min(660, max(130, py))) for px, py in oval(800, 330, r * 1.1, r)],
            mix(KUNYIT_PALE, KUNYIT_SOFT, share),
        )
    c.circle(800, 250, 60, PAPER)
    beams(c, 800, 250, KUNYIT, 16, 82, 116)
    for x, s, tall in ((470, 1, 400), (1130, -1, 400), (670, 1, 280), (950, -1, 290)):
        _puppet(c, c.near(x, 24), 650, s, c.near(tall, 20))
    _gunungan(c, 240 if c.coin() else 1350, 650)
    c.rect(130, 650, 1470, 700, cloth.songket(BATA_DEEP, KUNYIT, PAPER, 50))
    for row, (foot, size, count) in enumerate(((830, 130, 10), (930, 170, 9), (1040, 220, 7))):
        for i in range(count):
            who = dress(c)
            who = who._replace(
                top=mix(str(who.top), NILA_NIGHT, 0.6 - 0.05 * row), veil=mix(who.veil, NILA_NIGHT, 0.55)
            )
            bust(c, c.near(WIDTH * (i + 0.5) / count + 50 * (row % 2), 18), foot, size, who)


def _puppet(c: Canvas, x: float, foot: float, s: int, h: float) -> None:
    """A wayang figure from the side, arms on sticks."""
    ink = SOGA_NIGHT
    c.line([(x, foot), (x, foot - h * 0.5)], ink, 6)
    c.polygon(
        spline(
            [
                (x - s * h * 0.16, foot - h * 0.06),
                (x - s * h * 0.1, foot - h * 0.4),
                (x + s * h * 0.05, foot - h * 0.44),
                (x + s * h * 0.15, foot - h * 0.08),
                (x, foot - h * 0.14),
            ],
            closed=True,
        ),
        cloth.kawung(ink, SOGA, KUNYIT, 36),
    )
    c.polygon(
        [
            (x - s * h * 0.09, foot - h * 0.4),
            (x - s * h * 0.14, foot - h * 0.66),
            (x + s * h * 0.12, foot - h * 0.64),
            (x + s * h * 0.05, foot - h * 0.4),
        ],
        ink,
    )
    c.line([(x, foot - h * 0.62), (x + s * h * 0.04, foot - h * 0.74)], ink, h * 0.045)
    c.polygon(
        [
            (x - s * h * 0.05, foot - h * 0.78),
            (x + s * h * 0.03, foot - h * 0.86),
            (x + s * h * 0.2, foot - h * 0.76),
            (x + s * h * 0.07, foot - h * 0.71),
        ],
        ink,
    )
    c.polygon(
        spline(
            [
                (x + s * h * 0.04, foot - h * 0.85),
                (x - s * h * 0.04, foot - h * 0.98),
                (x - s * h * 0.15, foot - h),
                (x - s * h * 0.2, foot - h * 0.88),
                (x - s * h * 0.12, foot - h * 0.84),
                (x - s * h * 0.07, foot - h * 0.77),
            ]
        ),
        cloth.specks(ink, KUNYIT, 16),
    )
    for elbow, hand in (((0.2, 0.5), (0.32, 0.62)), ((-0.22, 0.5), (-0.1, 0.38))):
        path = [
            (x + s * h * (0.1 if elbow[0] > 0 else -0.12), foot - h * 0.63),
            (x + s * h * elbow[0], foot - h * elbow[1]),
            (x + s * h * hand[0], foot - h * hand[1]),
        ]
        c.line(path, ink, h * 0.026)
        c.line([path[-1], (path[-1][0] - s * 6, foot)], ink, 3)


def _gunungan(c: Canvas, x: float, foot: float) -> None:
    side = spline(
        [
            (x + 16, foot - 30),
            (x + 90, foot - 120),
            (x + 96, foot - 210),
            (x + 40, foot - 320),
            (x, foot - 430),
        ]
    )
    c.polygon(
        [*side, *[(2 * x - px, py) for px, py in reversed(side)]], cloth.gambo(SOGA_NIGHT, SOGA, KUNYIT, 54)
    )
    c.line([(x, foot), (x, foot - 300)], KUNYIT, 5)


def badminton(c: Canvas) -> None:
    """A doubles match in the yard, under lamps."""
    sky(c, NIGHT, 520, sun=(c.near(620, 60), 150), clouds=0)
    for x, w in ((160, 260), (560, 220), (1060, 220), (1450, 270)):
        house(c, x, 540, w, lit=True)
    c.rect(0, 530, WIDTH, HEIGHT, cloth.specks(SOGA, SOGA_MID, 44))
    _court(c)
    for i in range(17):
        bust(c, 40 + i * 96, 590, 74, dress(c))
    for x, foot, h, side in ((520, 700, 270, 1), (1010, 690, 260, -1)):
        _racket(c, c.near(x, 20), foot, h, side)
    _net(c)
    for x, foot, h, side in ((430, 950, 380, 1), (1140, 930, 370, -1)):
        _racket(c, c.near(x, 20), foot, h, side)
    c.polygon([(800, 300), (838, 262), (852, 312)], PAPER)
    c.circle(806, 302, 13, KUNYIT_SOFT)
    for x in (90, 1510):
        c.rect(x - 8, 170, x + 8, 640, INK)
        beams(c, x, 160, mix(NILA_DEEP, KUNYIT, 0.6), 14, 52, 84)
        c.circle(x, 160, 40, KUNYIT_PALE)


def _court(c: Canvas) -> None:
    """The court with its lines."""
    c.polygon([(330, 580), (1270, 580), (1500, 980), (100, 980)], DAUN)
    for a, b in (
        ((330, 580), (100, 980)),
        ((1270, 580), (1500, 980)),
        ((330, 580), (1270, 580)),
        ((100, 980), (1500, 980)),
        ((800, 580), (800, 980)),
        ((268, 690), (1332, 690)),
        ((186, 834), (1414, 834)),
    ):
        c.line([a, b], PAPER, 6)


def _net(c: Canvas) -> None:
    """The net between its posts."""
    for x in range(216, 1400, 26):
        c.line([(x, 640), (x, 742)], NILA_PALE, 2)
    for k in range(5):
        c.line([(210, 650 + k * 22), (1390, 650 + k * 22)], NILA_PALE, 2)
    c.line([(210, 636), (1390, 636)], PAPER, 10)
    for x in (210, 1390):
        c.rect(x - 8, 630, x + 8, 850, SOGA_DEEP)


def _racket(c: Canvas, x: float, foot: float, h: float, side: int) -> None:
    who = dress(c, "hair", top=c.pick(BATA, NILA_MID, KUNYIT, PAPER), bottom=NILA_NIGHT)
    for s in (-1, 1):
        c.line(
            [
                (x + s * h * 0.05, foot - h * 0.42),
                (x + s * h * 0.15, foot - h * 0.2),
                (x + s * h * 0.12, foot),
            ],
            who.skin,
            h * 0.06,
        )
        c.circle(x + s * h * 0.13, foot, h * 0.036, PAPER)
    c.rect(x - h * 0.12, foot - h * 0.5, x + h * 0.12, foot - h * 0.3, NILA_NIGHT, h * 0.03)
    hand = x + side * h * 0.24, foot - h * 0.92
    c.line(
        [(x + side * h * 0.1, foot - h * 0.7), (x + side * h * 0.2, foot - h * 0.74), hand],
        who.skin,
        h * 0.055,
    )
    c.line([(x - side * h * 0.1, foot - h * 0.7), (x - side * h * 0.2, foot - h * 0.54)], who.skin, h * 0.055)
    c.rect(x - h * 0.13, foot - h * 0.77, x + h * 0.13, foot - h * 0.44, who.top, h * 0.06)
    c.circle(x, foot - h * 0.87, h * 0.075, who.skin)
    c.polygon(oval(x, foot - h * 0.88, h * 0.08, h * 0.08, start=180, end=360), INK)
    tip = hand[0] + side * h * 0.06, hand[1] - h * 0.2
    c.line([hand, tip], INK, 6)
    c.ellipse(tip[0] + side * h * 0.02, tip[1] - h * 0.07, h * 0.07, h * 0.1, KUNYIT, side * 15)
    c.ellipse(
        tip[0] + side * h * 0.02,
        tip[1] - h * 0.07,
        h * 0.052,
        h * 0.08,
        mix(NILA_PALE, NILA_NIGHT, 0.5),
        side * 15,
    )
