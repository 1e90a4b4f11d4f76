"""Scenes of people together: hall, posyandu, market, training, a tap, the registry's van."""

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.built import bunting, heap, house, stall, window
from kimportal.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_DEEP,
    BATA_MID,
    BATA_PALE,
    BATA_SOFT,
    BATA_WASH,
    DAUN,
    DAUN_DEEP,
    DAUN_MID,
    DAUN_PALE,
    DAUN_SOFT,
    DAUN_WASH,
    DAY,
    INK,
    KUNYIT,
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
    SOGA_NIGHT,
    SOGA_PALE,
    SOGA_SOFT,
    SOGA_WASH,
)
from kimportal.demo.pictures.nature import bush, mix, palm, ridge, sky, tree
from kimportal.demo.pictures.people import bust, child, dress, sitting, standing


def hall(c: Canvas) -> None:
    """A meeting in the village hall: speaker, board, people from behind."""
    wall = c.pick(KUNYIT_WASH, DAUN_WASH, NILA_WASH)
    c.rect(0, 0, WIDTH, 640, wall)
    c.rect(0, 430, WIDTH, 640, cloth.planks(mix(wall, SOGA_SOFT, 0.45), SOGA_SOFT, 42))
    c.rect(0, 0, WIDTH, 64, cloth.parang(SOGA_DEEP, SOGA_SOFT, KUNYIT, 60))
    c.rect(0, 64, WIDTH, 74, SOGA)
    c.rect(0, 640, WIDTH, HEIGHT, cloth.ceplok(SOGA_PALE, SOGA_SOFT, SOGA_SOFT, 110))
    for x in (110, 1490):
        window(c, x, 290, 150, 240, NILA_PALE)
        tree(c, x, 400, 150, DAUN_MID, DAUN)
        window_bars(c, x, 290, 150, 240)
    c.rect(300, 130, 1300, 410, c.pick(NILA, DAUN, BATA))
    c.rect(300, 130, 1300, 158, cloth.kawung(KUNYIT, SOGA, BATA, 28))
    c.rect(300, 382, 1300, 410, cloth.kawung(KUNYIT, SOGA, BATA, 28))
    for i, w in enumerate((620, 760, 480)):
        c.rect(800 - w / 2, 200 + i * 56, 800 + w / 2, 228 + i * 56, mix(PAPER, NILA, 0.08 + 0.1 * i), 14)
    for x, h in ((640, 300), (960, 290)):
        sitting(c, x, 640, h * 0.7, dress(c, c.pick("peci", "veil")))
    c.rect(520, 540, 1080, 660, cloth.songket(BATA_DEEP, KUNYIT, PAPER, 60))
    c.rect(500, 524, 1100, 548, SOGA)
    standing(c, 360, 700, 370, dress(c, c.pick("peci", "veil")), arms="up")
    c.line([(428, 470), (440, 420)], INK, 9)
    for row, (foot, size, count) in enumerate(((800, 150, 9), (900, 190, 8), (1030, 240, 7))):
        for i in range(count):
            middle = WIDTH * (i + 0.5 + 0.25 * (row % 2)) / count
            bust(c, c.near(middle, 18), foot, size, dress(c))
    if c.coin():
        hand = c.near(1140, 60)
        c.line([(hand, 860), (hand + 14, 720)], c.random.choice((SOGA_SOFT, SOGA_MID)), 30)
        c.circle(hand + 14, 706, 24, SOGA_SOFT)


def window_bars(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    """The frame again, over what is seen through it."""
    c.rect(x - 4, y - height / 2, x + 4, y + height / 2, SOGA_WASH)
    c.rect(x - width / 2, y - 4, x + width / 2, y + 4, SOGA_WASH)
    c.rect(x - width / 2 - 16, y + height / 2, x + width / 2 + 16, y + height / 2 + 16, SOGA_MID)


def posyandu(c: Canvas) -> None:
    """The monthly weighing: hanging scale, mothers, children, helper with a book."""
    wall = c.pick(BATA_WASH, DAUN_WASH, KUNYIT_WASH)
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    c.rect(0, 0, WIDTH, 640, cloth.specks(wall, mix(wall, BATA_SOFT, 0.4), 60))
    bunting(c, -20, 800, 60, 90, [BATA, KUNYIT, DAUN, NILA])
    bunting(c, 800, 1620, 60, 90, [DAUN, NILA, BATA, KUNYIT])
    c.rect(0, 700, WIDTH, HEIGHT, cloth.plaid(SOGA_PALE, SOGA_WASH, SOGA_SOFT, 120))
    window(c, 190, 360, 190, 230, NILA_PALE)
    palm(c, 190, 470, 190, DAUN_MID, DAUN)
    window_bars(c, 190, 360, 190, 230)
    c.rect(1220, 230, 1500, 520, PAPER)
    c.rect(1220, 230, 1500, 270, DAUN)
    curve = [(1240, 500), (1300, 430), (1380, 380), (1480, 350)]
    for i, tint in enumerate((KUNYIT, DAUN_MID, KUNYIT)):
        c.line([(x, y - 45 + i * 34) for x, y in curve], tint, 9, smooth=True)
    for x, y in ((1280, 466), (1330, 420), (1390, 384)):
        c.circle(x, y, 9, BATA)
    _dacin(c, c.near(800, 40))
    standing(c, 480, 840, 470, dress(c, "veil"), arms="reach")
    standing(c, 1050, 850, 460, dress(c, "veil", top=PAPER), arms="reach", side=-1)
    c.rect(1180, 640, 1540, 860, cloth.kawung(NILA_DEEP, NILA_SOFT, KUNYIT, 54))
    c.rect(1160, 622, 1560, 646, SOGA)
    sitting(c, 1360, 700, 260, dress(c, "veil", top=PAPER))
    c.rect(1160, 640, 1560, 646, SOGA_DEEP)
    c.rect(1160, 646, 1560, 880, cloth.kawung(NILA_DEEP, NILA_SOFT, KUNYIT, 54))
    c.polygon([(1250, 628), (1340, 622), (1430, 628), (1430, 612), (1340, 606), (1250, 612)], PAPER)
    for x, h, arms in ((330, 230, "up"), (210, 200, "down")):
        child(c, c.near(x, 20), 930, h, dress(c, "hair"), arms=arms)
    sitting(c, 110, 900, 300, dress(c, "veil"))


def _dacin(c: Canvas, x: float) -> None:
    """The hanging scale with a baby in its sling."""
    c.rect(x - 330, 150, x + 330, 172, SOGA)
    for side in (-1, 1):
        c.rect(x + side * 320 - 12, 150, x + side * 320 + 12, 720, SOGA_DEEP)
    c.line([(x, 172), (x, 236)], INK, 6)
    c.rect(x - 200, 236, x + 230, 252, SOGA_NIGHT, 8)
    for i in range(9):
        c.rect(x + 20 + i * 22, 232, x + 24 + i * 22, 256, KUNYIT)
    c.circle(x + 130, 270, 24, NILA_DEEP)
    c.line([(x - 170, 250), (x - 170, 300)], INK, 5)
    sx = x - 170 + 60
    c.line([(x - 170, 300), (sx - 110, 470)], INK, 5)
    c.line([(x - 170, 300), (sx + 80, 470)], INK, 5)
    c.circle(sx - 50, 440, 48, SOGA_SOFT)
    c.polygon(oval(sx - 50, 432, 48, 44, start=180, end=360), SOGA_NIGHT)
    c.polygon(
        spline(
            [(sx - 120, 460), (sx - 100, 560), (sx - 10, 600), (sx + 70, 560), (sx + 90, 460), (sx, 490)],
            closed=True,
        ),
        cloth.parang(BATA, BATA_PALE, KUNYIT, 44),
    )
    for dx in (10, 60):
        c.line([(sx + dx, 560), (sx + dx + 16, 630)], SOGA_SOFT, 30)


def market(c: Canvas) -> None:
    """Market morning: striped awnings, baskets, buyers."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 480, sun=(c.near(240, 80), 180), clouds=2)
    for x, w in ((120, 260), (470, 220), (820, 250), (1180, 230), (1500, 260)):
        house(c, x, 500, w)
    for x in (300, 1010, 1360):
        palm(c, x, 500, c.random.uniform(260, 330), mood.leaf, mood.leaf_dark)
    c.rect(0, 490, WIDTH, HEIGHT, cloth.specks(SOGA_PALE, SOGA_SOFT, 46))
    awnings = [(BATA, BATA), (NILA, NILA), (DAUN, DAUN), (KUNYIT, KUNYIT)]
    c.random.shuffle(awnings)
    for i, x in enumerate((230, 800, 1370)):
        stripe, edge = awnings[i]
        standing(c, x + c.near(0, 60), 690, 262, dress(c, c.pick("veil", "veil", "caping")))
        stall(c, x, 760, 470, cloth.stripes(stripe, PAPER, 58), edge)
        colours = [BATA, KUNYIT, DAUN_MID, BATA_MID, DAUN_SOFT]
        c.random.shuffle(colours)
        for k in range(3):
            heap(c, x - 140 + k * 140, 632, colours[k], 1.1)
    for x, foot, h in ((500, 900, 380), (1090, 910, 380), (640, 930, 390)):
        standing(
            c,
            c.near(x, 40),
            foot,
            h,
            dress(c, "veil"),
            arms=c.random.choice(("reach", "carry")),
            side=c.random.choice((-1, 1)),
        )
    child(c, 1190, 930, 220, dress(c, "hair"))
    for x in (90, 260, 860, 1400, 1540):
        heap(c, c.near(x, 20), 985, c.pick(BATA, KUNYIT, DAUN_MID, BATA_SOFT), 1.5)


def training(c: Canvas) -> None:
    """People learning at laptops, the lesson on the wall."""
    wall = c.pick(NILA_WASH, DAUN_WASH)
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    c.rect(0, 0, WIDTH, 56, cloth.truntum(NILA_DEEP, NILA_SOFT, KUNYIT, 52))
    c.rect(0, 560, WIDTH, HEIGHT, cloth.planks(SOGA_PALE, SOGA_SOFT, 52))
    c.rect(470, 110, 1130, 470, SOGA)
    c.rect(488, 128, 1112, 452, PAPER)
    _lesson(c)
    standing(c, 1230, 640, 400, dress(c), arms="up", side=-1)
    for x in (140, 330):
        c.rect(x - 66, 150, x + 66, 330, c.pick(KUNYIT_SOFT, BATA_PALE, DAUN_PALE))
        c.circle(x, 215, 34, c.pick(NILA, BATA, DAUN))
        for k in range(3):
            c.rect(x - 46, 268 + k * 18, x + 46 - k * 20, 278 + k * 18, SOGA_MID, 4)
    for row, (y, h, xs) in enumerate(((690, 230, (210, 560, 910)), (900, 300, (110, 520, 930, 1340)))):
        for x in xs:
            who = dress(c)
            sitting(c, c.near(x + 60, 10), y + 10, h, who)
            top = y - h * 0.3
            c.rect(x - 60, top, x + 180, y + 90, cloth.planks(SOGA_MID, SOGA, 30))
            c.rect(x - 76, top - 12, x + 196, top + 8, SOGA_DEEP)
            c.polygon(
                [(x + 6, top - 86), (x + 116, top - 86), (x + 128, top - 12), (x - 6, top - 12)],
                NILA_NIGHT if row else NILA_DEEP,
            )
            c.circle(x + 61, top - 48, 9, KUNYIT)


def _lesson(c: Canvas) -> None:
    """The six questions as six cards."""
    for i, tint in enumerate((NILA, BATA, DAUN, KUNYIT, SOGA_MID, NILA_MID)):
        x, y = 590 + (i % 3) * 210, 210 + (i // 3) * 160
        c.rect(x - 84, y - 60, x + 84, y + 60, mix(tint, PAPER, 0.75), 16)
        c.circle(x - 44, y, 26, tint)
        for k in range(3):
            c.rect(x - 6, y - 28 + k * 22, x + 68 - k * 16, y - 16 + k * 22, mix(tint, PAPER, 0.25), 5)


def tap(c: Canvas) -> None:
    """Clean water has come: a stand with taps, buckets, a tank on its tower."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 480, sun=(c.near(1300, 120), 190), clouds=2)
    ridge(c, cloth.rows(mood.middle, mood.leaf, 28), 490, 130, humps=4)
    for x, w in ((150, 250), (1440, 260)):
        house(c, x, 600, w)
    for x in (370, 1230):
        tree(c, c.near(x, 20), 600, 260, mood.leaf, mood.leaf_dark)
    c.rect(0, 580, WIDTH, HEIGHT, cloth.specks(SOGA_PALE, SOGA_SOFT, 50))
    for dx in (-120, 120):
        c.line([(800 + dx * 0.8, 300), (800 + dx, 640)], SOGA_DEEP, 22)
    for a, b in (((700, 330), (910, 620)), ((900, 330), (690, 620))):
        c.line([a, b], SOGA, 10)
    c.rect(660, 80, 940, 300, c.pick(NILA, NILA_MID), 40)
    c.ellipse(800, 96, 130, 26, NILA_SOFT)
    c.rect(650, 292, 950, 316, SOGA)
    for k in range(3):
        c.rect(660, 150 + k * 50, 940, 156 + k * 50, NILA_DEEP)
    c.line([(800, 316), (800, 640)], NILA_PALE, 14)
    c.rect(440, 640, 1160, 700, cloth.kawung(DAUN_WASH, DAUN_MID, BATA, 54))
    c.rect(420, 624, 1180, 646, SOGA)
    for x in (560, 800, 1040):
        c.line([(x, 690), (x, 720), (x + 34, 720), (x + 34, 742)], NILA_NIGHT, 14)
        c.rect(x + 29, 742, x + 39, 850, NILA_SOFT, 5)
        c.polygon(
            [(x - 22, 810), (x + 92, 810), (x + 76, 910), (x - 6, 910)], c.pick(BATA, KUNYIT, DAUN, NILA)
        )
        c.ellipse(x + 35, 810, 57, 14, NILA_PALE)
    standing(c, 420, 900, 400, dress(c, "veil"), arms="reach")
    standing(c, 1230, 910, 400, dress(c, c.pick("caping", "veil")), arms="carry", side=-1)
    child(c, 700, 960, 250, dress(c, "hair"), arms="up")
    child(c, 930, 965, 230, dress(c, "hair"))


def service(c: Canvas) -> None:
    """The van of the civil registry in the village square, people with their papers."""
    mood = c.random.choice((MORNING, DAY))
    sky(c, mood, 500, sun=(c.near(280, 100), 190), clouds=2)
    ridge(c, mood.middle, 510, 80, humps=6)
    for x in (100, 1480):
        tree(c, x, 620, 400, mood.leaf, mood.leaf_dark)
    house(c, 420, 610, 320, wall=PAPER, roof=BATA)
    c.line([(640, 620), (640, 220)], SOGA_DEEP, 9)
    c.rect(644, 224, 764, 262, BATA)
    c.rect(644, 262, 764, 300, PAPER)
    c.rect(0, 600, WIDTH, HEIGHT, cloth.plaid(SOGA_PALE, SOGA_WASH, SOGA_SOFT, 110))
    body = c.pick(NILA, DAUN, BATA)
    c.rect(780, 330, 1440, 720, body, 40)
    c.rect(780, 560, 1440, 720, PAPER, 30)
    c.rect(780, 548, 1440, 584, cloth.kawung(KUNYIT, SOGA, BATA, 36))
    c.polygon([(1300, 380), (1400, 380), (1436, 530), (1300, 530)], NILA_PALE)
    c.rect(850, 390, 1230, 560, SOGA_DEEP)
    c.polygon([(830, 390), (1250, 390), (1290, 300), (790, 300)], cloth.stripes(KUNYIT, PAPER, 60))
    for x in (960, 1130):
        sitting(c, x, 600, 190, dress(c, c.pick("veil", "peci"), top=SOGA_PALE))
    c.rect(840, 552, 1240, 576, SOGA)
    c.rect(840, 576, 1240, 720, PAPER)
    for x in (900, 1330):
        c.circle(x, 724, 62, INK)
        c.circle(x, 724, 28, NILA_PALE)
    for i in range(5):
        x = 130 + i * 165
        standing(c, c.near(x, 16), 900 + (i % 2) * 26, 370, dress(c), arms="carry", side=1)
        c.rect(x + 6, 750 + (i % 2) * 26, x + 62, 790 + (i % 2) * 26, c.pick(PAPER, KUNYIT_SOFT, BATA_PALE))
    bush(c, 1560, HEIGHT, 120, DAUN_DEEP)
