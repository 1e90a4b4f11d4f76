"""A community as it shows itself: everybody in front of the hall, and the emblem it chose."""

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.built import bunting, house
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Fill, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    DAUN,
    DAUN_DEEP,
    DAUN_SOFT,
    DAY,
    KUNYIT,
    KUNYIT_SOFT,
    MORNING,
    NILA,
    NILA_DEEP,
    NILA_MID,
    NILA_PALE,
    NILA_SOFT,
    PAPER,
    SOGA,
    SOGA_DEEP,
    SOGA_PALE,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import palm, peak, sky, tree
from kimportal.demo.pictures.people import child, dress, sitting, standing

MIDDLE_X, MIDDLE_Y = WIDTH / 2, HEIGHT / 2


def group(c: Canvas) -> None:
    """The group photo: two rows standing, one sitting, before the village hall."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 520, sun=(c.near(1330, 80), 150), clouds=3)
    for x in (90, 1500):
        palm(c, x, 600, 430, mood.leaf, mood.leaf_dark)
    for x in (290, 1310):
        tree(c, x, 590, 300, mood.leaf, mood.leaf_dark)
    house(c, MIDDLE_X, 600, 720, wall=c.pick(SOGA_WASH, SOGA_PALE, NILA_PALE), roof=c.pick(BATA, SOGA))
    bunting(c, 380, 1220, 290, 50, [BATA, PAPER, KUNYIT, NILA])
    c.rect(0, 590, WIDTH, HEIGHT, cloth.plaid(SOGA_PALE, SOGA_WASH, SOGA_SOFT, 120))
    for foot, height, count in ((740, 350, 9), (840, 360, 8)):
        for i in range(count):
            standing(c, c.near(WIDTH * (i + 1) / (count + 1), 10), foot, c.near(height, 12), dress(c))
    for i in range(7):
        sitting(c, 230 + i * 190 + c.near(0, 10), 960, c.near(250, 10), dress(c))
    child(c, 1500, 950, 230, dress(c, "hair"), arms="up")


def leaf(c: Canvas) -> None:
    """A gambir leaf."""
    _disc(c, cloth.gambo(SOGA_DEEP, SOGA, KUNYIT, 120), KUNYIT)
    half = spline([(500, 830), (690, 640), (700, 400), (500, 170)])
    for side in (1, -1):
        half_here = [(MIDDLE_X + side * (x - 500), y) for x, y in half]
        c.polygon(half_here, DAUN if side > 0 else DAUN_SOFT)
    c.line([(MIDDLE_X, 860), (MIDDLE_X, 200)], PAPER, 14)


def wave(c: Canvas) -> None:
    """Water, and the boat on it."""
    _disc(c, cloth.parang(NILA_DEEP, NILA_MID, KUNYIT, 120), PAPER)
    c.polygon(oval(MIDDLE_X, 520, 230, 90, start=0, end=180), KUNYIT)
    c.polygon([(MIDDLE_X, 500), (MIDDLE_X, 220), (MIDDLE_X + 180, 470)], PAPER)
    for row in range(3):
        points = [(MIDDLE_X - 330 + i * 110, 620 + row * 70 + (24 if i % 2 else -24)) for i in range(7)]
        c.line(points, NILA_SOFT, 26, smooth=True)


def summit(c: Canvas) -> None:
    """The mountain over the gardens."""
    _disc(c, cloth.truntum(DAUN_DEEP, DAUN, KUNYIT_SOFT, 90), KUNYIT)
    c.circle(MIDDLE_X + 120, 330, 90, KUNYIT)
    peak(c, MIDDLE_X, 700, 420, 560, NILA_SOFT, NILA_MID)
    c.rect(MIDDLE_X - 300, 690, MIDDLE_X + 300, 760, cloth.rows(DAUN_SOFT, DAUN_DEEP, 40), 35)


def bubble(c: Canvas) -> None:
    """A word to the others."""
    _disc(c, cloth.kawung(BATA_DEEP, BATA, KUNYIT, 130), PAPER)
    c.rect(MIDDLE_X - 270, 300, MIDDLE_X + 270, 640, PAPER, 110)
    c.polygon([(MIDDLE_X - 150, 600), (MIDDLE_X + 10, 620), (MIDDLE_X - 190, 790)], PAPER)
    for i, colour in enumerate((NILA, KUNYIT, BATA)):
        c.circle(MIDDLE_X - 140 + i * 140, 470, 46, colour)


def lozenge(c: Canvas) -> None:
    """The heart of a songket."""
    _disc(c, cloth.songket(BATA_DEEP, KUNYIT, PAPER, 110), KUNYIT)
    for size, colour in ((300, KUNYIT), (240, NILA_DEEP), (170, KUNYIT_SOFT), (90, BATA)):
        c.polygon(
            [
                (MIDDLE_X, MIDDLE_Y - size),
                (MIDDLE_X + size, MIDDLE_Y),
                (MIDDLE_X, MIDDLE_Y + size),
                (MIDDLE_X - size, MIDDLE_Y),
            ],
            colour,
        )


def _disc(c: Canvas, fill: Fill, rim: str) -> None:
    c.circle(MIDDLE_X, MIDDLE_Y, 480, rim)
    c.circle(MIDDLE_X, MIDDLE_Y, 452, fill)
