"""Scenes told by things: loom, hanging cloths, books, a guarded phone."""

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.built import house, lamp_string, stilt_house
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    BATA_MID,
    BATA_PALE,
    BATA_SOFT,
    DAUN,
    DAUN_DEEP,
    DAUN_MID,
    DAUN_SOFT,
    DAUN_WASH,
    DAY,
    DUSK,
    INK,
    KUNYIT,
    KUNYIT_PALE,
    KUNYIT_SOFT,
    KUNYIT_WASH,
    MORNING,
    NILA,
    NILA_DEEP,
    NILA_MID,
    NILA_NIGHT,
    NILA_PALE,
    NILA_SOFT,
    NILA_WASH,
    PAPER,
    SOGA,
    SOGA_DEEP,
    SOGA_MID,
    SOGA_PALE,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import mix, palm, ridge, sky
from kimportal.demo.pictures.people import Dress, bust, child, dress, head_of, sitting, standing


def loom(c: Canvas) -> None:
    """A weaver at her loom, the cloth growing towards us."""
    wall = c.pick(SOGA_PALE, KUNYIT_PALE, BATA_PALE)
    c.rect(0, 0, WIDTH, 620, cloth.planks(wall, mix(wall, SOGA, 0.3), 64))
    c.rect(0, 620, WIDTH, HEIGHT, cloth.plaid(SOGA_SOFT, mix(SOGA_SOFT, SOGA_MID, 0.4), SOGA_MID, 150))
    for x in (190, 1410):
        _shutters(c, x)
    ground, thread = c.random.choice(
        ((BATA_DEEP, KUNYIT), (NILA_DEEP, KUNYIT), (DAUN_DEEP, KUNYIT_SOFT), (SOGA_DEEP, KUNYIT))
    )
    for x in (430, 1170):
        c.rect(x - 22, 60, x + 22, 900, SOGA)
        c.rect(x - 22, 60, x - 8, 900, SOGA_MID)
    c.rect(380, 84, 1220, 128, SOGA_MID, 20)
    who = dress(c, "veil", top=c.pick(NILA_MID, DAUN_MID, BATA_MID, KUNYIT))
    for i in range(56):
        x = 470 + i * 12
        c.line([(x, 128), (800 + (x - 800) * 0.94, 640)], ground if i % 4 else thread, 4)
    c.rect(440, 236, 1160, 262, SOGA_DEEP, 12)
    c.rect(440, 300, 1160, 322, SOGA_MID, 10)
    torso = [(690, 820), (660, 560), (730, 480), (870, 480), (940, 560), (910, 820)]
    c.polygon(spline(torso, closed=True), who.top)
    head_of(c, 800, 360, 76, who)
    c.polygon(
        [(480, 610), (1120, 610), (1210, HEIGHT), (390, HEIGHT)], cloth.songket(ground, thread, PAPER, 96)
    )
    for x0, x1 in ((480, 390), (1120, 1210)):
        s = 1 if x0 < 800 else -1
        c.polygon(
            [(x0, 610), (x0 + s * 60, 610), (x1 + s * 74, HEIGHT), (x1, HEIGHT)],
            cloth.parang(ground, mix(ground, thread, 0.5), thread, 46),
        )
    c.rect(420, 574, 1180, 614, SOGA_SOFT, 18)
    for i in range(70):
        c.rect(446 + i * 10.2, 578, 449 + i * 10.2, 610, SOGA)
    _hands(c, who)
    c.polygon(oval(800, 690, 120, 24), SOGA)
    c.polygon(oval(800, 690, 70, 10), thread)
    for x, tint in ((150, BATA), (260, KUNYIT), (1340, NILA), (1450, DAUN)):
        _spool(c, x, 900, tint)


def _shutters(c: Canvas, x: float) -> None:
    """A wide window with a palm outside."""
    c.rect(x - 110, 110, x + 110, 400, NILA_WASH)
    palm(c, x, 398, 230, DAUN_MID, DAUN)
    c.rect(x - 120, 396, x + 120, 420, SOGA)
    for dx in (-116, 0, 116):
        c.rect(x + dx - 7, 100, x + dx + 7, 400, SOGA)
    c.rect(x - 124, 94, x + 124, 112, SOGA)


def _hands(c: Canvas, who: Dress) -> None:
    """Both arms, at the shuttle."""
    for side in (-1, 1):
        sleeve = who.top if isinstance(who.top, str) else SOGA
        c.line([(800 + side * 128, 560), (800 + side * 216, 650), (800 + side * 150, 700)], sleeve, 62)
        c.line([(800 + side * 160, 694), (800 + side * 92, 676)], who.skin, 40)
        c.circle(800 + side * 88, 672, 28, who.skin)


def _spool(c: Canvas, x: float, foot: float, tint: str) -> None:
    c.rect(x - 46, foot - 120, x + 46, foot - 20, tint, 20)
    for k in range(5):
        c.line([(x - 44, foot - 106 + k * 20), (x + 44, foot - 98 + k * 20)], mix(tint, INK, 0.25), 4)
    for y in (foot - 132, foot - 22):
        c.rect(x - 58, y, x + 58, y + 22, SOGA_MID, 10)


def cloths(c: Canvas) -> None:
    """Fresh cloths drying on bamboo poles in a yard."""
    mood = c.random.choice((MORNING, DAY, DUSK))
    sky(c, mood, 520, sun=(c.near(360, 160), 190), clouds=2)
    ridge(c, mood.middle, 530, 90, humps=5)
    stilt_house(c, 1380, 510, 330, 70)
    house(c, 180, 580, 240)
    for x in (30, 380, 1100, 1570):
        palm(c, x, 580, c.random.uniform(330, 420), mood.leaf, mood.leaf_dark)
    c.rect(0, 560, WIDTH, HEIGHT, cloth.rows(DAUN_SOFT, DAUN_MID, 40))
    fabrics = [
        cloth.gambo(SOGA, SOGA_SOFT, KUNYIT, 96), cloth.gambo(NILA_DEEP, NILA_SOFT, PAPER, 96),
        cloth.gambo(BATA_DEEP, KUNYIT, BATA_SOFT, 96), cloth.songket(DAUN_DEEP, KUNYIT, PAPER, 90),
        cloth.kawung(SOGA_WASH, SOGA, BATA, 84), cloth.parang(SOGA_DEEP, SOGA_SOFT, KUNYIT, 92),
        cloth.ceplok(KUNYIT_PALE, BATA, DAUN, 96), cloth.truntum(NILA_NIGHT, NILA_PALE, KUNYIT, 60),
    ]  # fmt: skip
    c.random.shuffle(fabrics)
    for row, (y, size, xs) in enumerate(((370, 210, (420, 660, 900)), (430, 330, (90, 450, 810, 1170)))):
        c.line([(-20, y), (1640, y - 12)], SOGA_MID if row else SOGA_SOFT, 16 + row * 6)
        for i, x in enumerate(xs):
            fill = fabrics[(i + row * 3) % len(fabrics)]
            drop = size * 1.35
            hem = spline(
                [
                    (x + size, y + drop),
                    (x + size * 0.66, y + drop + c.near(10, 16)),
                    (x + size * 0.33, y + drop - c.near(8, 12)),
                    (x, y + drop),
                ]
            )
            c.polygon([(x, y - 6), (x + size, y - 6), *hem], fill)
            c.line([(x, y - 8), (x + size, y - 8)], PAPER, 8)
            c.line(hem, KUNYIT if i % 2 else PAPER, 6)
    for x in (30, 1560):
        c.rect(x - 14, 380, x + 14, 960, SOGA)
    standing(c, 1430, 960, 420, dress(c, "veil"), arms="up", side=-1)
    for x, tint in ((230, NILA), (420, SOGA), (640, BATA)):
        c.polygon([(x - 80, 880), (x + 80, 880), (x + 60, 985), (x - 60, 985)], mix(SOGA_MID, SOGA_DEEP, 0.3))
        c.ellipse(x, 880, 82, 22, SOGA_DEEP)
        c.ellipse(x, 882, 68, 15, tint)


def library(c: Canvas) -> None:
    """Shelves, and children with books on the mat."""
    wall = c.pick(DAUN_WASH, NILA_WASH, KUNYIT_WASH)
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    c.rect(0, 720, WIDTH, HEIGHT, SOGA_SOFT)
    c.rect(60, 60, 1540, 690, SOGA)
    for shelf in range(3):
        top = 84 + shelf * 202
        c.rect(84, top, 1516, top + 184, mix(SOGA_DEEP, SOGA, 0.25))
        _books(c, 96, 1500, top + 184)
    c.rect(40, 684, 1560, 716, SOGA_DEEP)
    lamp_string(c, -20, 1620, 30, 60)
    c.polygon(oval(800, 880, 760, 150), cloth.ceplok(BATA, KUNYIT, BATA_SOFT, 90))
    c.polygon(oval(800, 880, 640, 118), cloth.kawung(KUNYIT_PALE, SOGA_SOFT, BATA, 70))
    for x, y, h in ((300, 880, 270), (620, 930, 290), (960, 930, 290), (1290, 880, 280)):
        who = dress(c, c.pick("hair", "veil", "hair"))
        sitting(c, c.near(x, 20), y, h, who)
        _open_book(c, x, y - h * 0.24, c.pick(NILA, BATA, DAUN))
    child(c, 1450, 870, 250, dress(c, "hair"), arms="up", side=-1)


def _books(c: Canvas, left: float, right: float, foot: float) -> None:
    x = left
    while x < right - 50:
        width, high = c.random.uniform(18, 44), c.random.uniform(96, 166)
        if c.random.random() < 0.12:
            x += c.random.uniform(30, 70)
            continue
        tint = c.pick(NILA, NILA_MID, BATA, BATA_MID, DAUN, DAUN_MID, KUNYIT, SOGA_SOFT, PAPER, NILA_SOFT)
        c.rect(x, foot - high, x + width, foot, tint, 3)
        c.rect(x, foot - high * 0.82, x + width, foot - high * 0.74, mix(tint, INK, 0.3))
        c.rect(
            x + width * 0.3, foot - high * 0.6, x + width * 0.7, foot - high * 0.3, mix(tint, PAPER, 0.5), 3
        )
        x += width + 2


def _open_book(c: Canvas, x: float, y: float, cover: str) -> None:
    for s in (-1, 1):
        c.polygon([(x, y + 16), (x + s * 80, y - 6), (x + s * 80, y - 66), (x, y - 44)], cover)
        c.polygon([(x, y + 8), (x + s * 72, y - 12), (x + s * 72, y - 66), (x, y - 46)], PAPER)
        for k in range(3):
            c.line([(x + s * 14, y - 30 + k * 12), (x + s * 60, y - 44 + k * 12)], SOGA_PALE, 4)


def phone(c: Canvas) -> None:
    """A phone with its messages, and the shield that sifts them."""
    ground, pattern = c.random.choice(
        ((NILA_DEEP, NILA), (DAUN_DEEP, DAUN), (BATA_DEEP, BATA), (SOGA_DEEP, SOGA))
    )
    c.rect(
        0,
        0,
        WIDTH,
        HEIGHT,
        c.random.choice(
            (
                cloth.kawung(ground, pattern, KUNYIT, 120),
                cloth.truntum(ground, pattern, KUNYIT, 84),
                cloth.parang(ground, pattern, KUNYIT, 110),
            )
        ),
    )
    c.circle(560, 500, 430, mix(ground, pattern, 0.6))
    c.circle(560, 500, 370, pattern)
    c.rect(360, 70, 760, 930, INK, 60)
    c.rect(380, 96, 740, 904, NILA_WASH, 40)
    c.rect(380, 96, 740, 176, DAUN, 40)
    c.rect(380, 140, 740, 176, DAUN)
    c.circle(430, 138, 24, DAUN_SOFT)
    c.rect(470, 126, 640, 148, DAUN_WASH, 10)
    y = 206.0
    for i in range(5):
        mine, high = i % 3 == 2, c.random.uniform(84, 128)
        x0, x1 = (480, 722) if mine else (398, 660)
        tint = DAUN_SOFT if mine else PAPER
        wrong = i in (1, 3)
        c.rect(x0, y, x1, y + high, BATA_PALE if wrong else tint, 22)
        for k in range(int(high // 26) - 1):
            c.rect(
                x0 + 20,
                y + 18 + k * 25,
                x1 - 24 - 40 * (k % 2),
                y + 30 + k * 25,
                BATA_MID if wrong else NILA_SOFT,
                6,
            )
        if wrong:
            _cross(c, x1 + 6, y + 8)
        y += high + 20
    _shield(c, 1090, 500, 290)
    for x, size in ((880, 230), (1380, 250)):
        bust(c, x, 1010, size, dress(c))


def _cross(c: Canvas, x: float, y: float) -> None:
    c.circle(x, y, 28, BATA)
    for s in (-1, 1):
        c.line([(x - 11, y - 11 * s), (x + 11, y + 11 * s)], PAPER, 8)


def _shield(c: Canvas, x: float, y: float, size: float) -> None:
    def outline(r: float) -> list[tuple[float, float]]:
        half = spline(
            [
                (x, y - r * 1.15),
                (x + r * 0.5, y - r * 0.98),
                (x + r * 0.92, y - r * 0.86),
                (x + r * 0.9, y),
                (x + r * 0.5, y + r * 0.78),
                (x, y + r * 1.18),
            ]
        )
        return [*half, *[(2 * x - px, py) for px, py in reversed(half)]]

    c.polygon(outline(size * 1.08), KUNYIT)
    c.polygon(outline(size), NILA)
    c.polygon(outline(size * 0.84), cloth.ceplok(NILA_MID, NILA_SOFT, NILA_PALE, 84))
    c.circle(x, y, size * 0.46, NILA_DEEP)
    c.line(
        [(x - size * 0.22, y + 4), (x - size * 0.04, y + size * 0.2), (x + size * 0.26, y - size * 0.18)],
        KUNYIT,
        size * 0.1,
    )
