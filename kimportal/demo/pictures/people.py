"""People: flat, faceless on purpose, each in a cloth of their own."""

# A drawing takes its place, sizes and colours in the order in which one draws.
# ruff: noqa: PLR0917

from typing import NamedTuple

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.canvas import Canvas, Fill, oval, spline
from kimportal.demo.pictures.dyes import (
    BATA,
    BATA_MID,
    BATA_PALE,
    BATA_SOFT,
    DAUN,
    DAUN_DEEP,
    DAUN_MID,
    DAUN_SOFT,
    KUNYIT,
    KUNYIT_SOFT,
    NILA,
    NILA_DEEP,
    NILA_MID,
    NILA_SOFT,
    PAPER,
    SKINS,
    SOGA,
    SOGA_DEEP,
    SOGA_NIGHT,
    SOGA_PALE,
    SOGA_SOFT,
)

TOPS = [NILA, NILA_MID, BATA, BATA_MID, DAUN, DAUN_MID, KUNYIT, PAPER, BATA_SOFT, NILA_SOFT, DAUN_SOFT]
VEILS = [NILA_DEEP, BATA, DAUN, KUNYIT_SOFT, BATA_PALE, NILA_SOFT, SOGA_PALE, DAUN_SOFT]
HEADS = ["veil", "veil", "peci", "hair", "sapuq"]


class Dress(NamedTuple):
    """What somebody wears."""

    skin: str
    top: Fill
    bottom: Fill
    head: str
    veil: str


def dress(c: Canvas, head: str = "", top: Fill = "", bottom: Fill = "") -> Dress:
    """Somebody from the village, dressed by chance unless told."""
    colour = c.random.choice(TOPS)
    sarongs = [
        cloth.plaid(SOGA, SOGA_DEEP, KUNYIT, 40),
        cloth.kawung(SOGA_DEEP, SOGA_SOFT, KUNYIT, 34),
        cloth.parang(NILA_DEEP, NILA_SOFT, KUNYIT, 38),
        cloth.plaid(NILA, NILA_DEEP, PAPER, 40),
        cloth.truntum(DAUN_DEEP, DAUN_SOFT, KUNYIT, 30),
        cloth.ceplok(BATA, KUNYIT, PAPER, 40),
    ]
    return Dress(
        c.random.choice(SKINS),
        top or colour,
        bottom or c.random.choice(sarongs),
        head or c.random.choice(HEADS),
        c.random.choice(VEILS),
    )


def head_of(c: Canvas, x: float, y: float, r: float, who: Dress, *, behind: bool = False) -> None:
    """A head with what covers it; x, y is its middle."""
    if who.head == "veil":
        c.blob(
            [
                (x, y - r * 1.28),
                (x + r * 1.12, y - r * 0.5),
                (x + r * 1.25, y + r * 0.9),
                (x + r * 1.7, y + r * 2),
                (x, y + r * 2.45),
                (x - r * 1.7, y + r * 2),
                (x - r * 1.25, y + r * 0.9),
                (x - r * 1.12, y - r * 0.5),
            ],
            who.veil,
        )
        if not behind:
            c.ellipse(x, y + r * 0.05, r * 0.78, r * 0.9, who.skin)
        return
    c.rect(x - r * 0.34, y + r * 0.5, x + r * 0.34, y + r * 1.5, who.skin)
    c.ellipse(x, y, r * 0.86, r, who.skin)
    if behind or who.head == "hair":
        c.polygon(
            oval(x, y - r * 0.08, r * 0.94, r * 1.02, start=170, end=370)
            + ([(x + r * 0.8, y + r * 0.55), (x - r * 0.8, y + r * 0.55)] if behind else []),
            SOGA_NIGHT,
        )
    if who.head == "peci":
        c.polygon(
            [
                (x - r * 0.92, y - r * 0.28),
                (x - r * 0.8, y - r * 1.25),
                (x + r * 0.8, y - r * 1.25),
                (x + r * 0.92, y - r * 0.28),
            ],
            SOGA_NIGHT,
        )
    if who.head == "sapuq":
        c.polygon(
            [
                (x - r * 0.96, y - r * 0.2),
                (x - r * 0.9, y - r * 0.95),
                (x, y - r * 1.15),
                (x + r * 0.5, y - r * 1.75),
                (x + r * 0.9, y - r * 0.95),
                (x + r * 0.96, y - r * 0.2),
            ],
            cloth.kawung(SOGA, SOGA_SOFT, KUNYIT, 20),
        )
    if who.head == "caping":
        c.polygon(
            [(x - r * 2.1, y - r * 0.15), (x, y - r * 1.7), (x + r * 2.1, y - r * 0.15)],
            cloth.planks(KUNYIT_SOFT, SOGA_SOFT, 12),
        )


def standing(
    c: Canvas,
    x: float,
    foot: float,
    height: float,
    who: Dress,
    *,
    arms: str = "down",
    side: int = 1,
    behind: bool = False,
) -> None:
    """Somebody standing; arms: down, up (one), reach (one to the side), both (both forward), carry."""
    h, w = height, height * 0.13
    shoulder, hip = foot - h * 0.76, foot - h * 0.46
    for dx in (-0.055, 0.055):
        c.rect(x + dx * h - h * 0.03, foot - h * 0.12, x + dx * h + h * 0.03, foot - h * 0.02, who.skin)
        c.ellipse(x + dx * h + side * h * 0.012, foot - h * 0.012, h * 0.045, h * 0.02, SOGA_NIGHT)
    c.polygon(
        [
            (x - w * 0.82, hip - h * 0.04),
            (x + w * 0.82, hip - h * 0.04),
            (x + w * 1.02, foot - h * 0.07),
            (x - w * 1.02, foot - h * 0.07),
        ],
        who.bottom,
    )
    limb(c, x - side * w * 0.92, shoulder + h * 0.04, -side, h, who, "down" if arms != "both" else "reach")
    torso = [
        (x - w * 0.55, shoulder - h * 0.015),
        (x + w * 0.55, shoulder - h * 0.015),
        (x + w * 1.02, shoulder + h * 0.06),
        (x + w * 0.86, hip + h * 0.03),
        (x - w * 0.86, hip + h * 0.03),
        (x - w * 1.02, shoulder + h * 0.06),
    ]
    c.polygon(spline(torso, closed=True, steps=6), who.top)
    head_of(c, x, foot - h * 0.875, h * 0.078, who, behind=behind)
    limb(c, x + side * w * 0.92, shoulder + h * 0.04, side, h, who, "reach" if arms == "both" else arms)


def limb(c: Canvas, x: float, y: float, side: int, h: float, who: Dress, pose: str) -> None:
    """One arm, from the shoulder."""
    elbow, hand = {
        "down": ((0.03, 0.16), (0.02, 0.3)),
        "up": ((0.11, 0.04), (0.14, -0.14)),
        "reach": ((0.08, 0.13), (0.2, 0.1)),
        "carry": ((0.05, 0.15), (-0.06, 0.17)),
        "over": ((0.1, -0.06), (0.02, -0.22)),
    }[pose]
    a, b = (x + side * elbow[0] * h, y + elbow[1] * h), (x + side * hand[0] * h, y + hand[1] * h)
    sleeve = who.top if isinstance(who.top, str) else who.veil
    c.line([(x, y), a], sleeve, h * 0.062)
    c.line([a, b], who.skin, h * 0.045)
    c.circle(*b, h * 0.028, who.skin)


def sitting(
    c: Canvas, x: float, foot: float, height: float, who: Dress, *, behind: bool = False, arms: bool = True
) -> None:
    """Somebody sitting on the floor with crossed legs; height is from the floor to the crown."""
    h = height
    c.polygon(
        spline(
            [
                (x - h * 0.46, foot - h * 0.06),
                (x - h * 0.3, foot - h * 0.26),
                (x, foot - h * 0.32),
                (x + h * 0.3, foot - h * 0.26),
                (x + h * 0.46, foot - h * 0.06),
                (x + h * 0.3, foot),
                (x - h * 0.3, foot),
            ],
            closed=True,
        ),
        who.bottom,
    )
    torso = [
        (x - h * 0.12, foot - h * 0.68),
        (x + h * 0.12, foot - h * 0.68),
        (x + h * 0.25, foot - h * 0.58),
        (x + h * 0.2, foot - h * 0.16),
        (x - h * 0.2, foot - h * 0.16),
        (x - h * 0.25, foot - h * 0.58),
    ]
    if arms:
        for side in (-1, 1):
            sleeve = who.top if isinstance(who.top, str) else who.veil
            c.line(
                [(x + side * h * 0.22, foot - h * 0.56), (x + side * h * 0.3, foot - h * 0.34)],
                sleeve,
                h * 0.11,
            )
            c.line(
                [(x + side * h * 0.3, foot - h * 0.34), (x + side * h * 0.14, foot - h * 0.22)],
                who.skin,
                h * 0.08,
            )
    c.polygon(spline(torso, closed=True, steps=6), who.top)
    head_of(c, x, foot - h * 0.85, h * 0.135, who, behind=behind)


def bust(c: Canvas, x: float, foot: float, size: float, who: Dress) -> None:
    """Somebody of the audience, seen from behind down to the shoulders."""
    c.polygon(
        spline(
            [
                (x - size * 0.62, foot),
                (x - size * 0.54, foot - size * 0.42),
                (x - size * 0.2, foot - size * 0.62),
                (x + size * 0.2, foot - size * 0.62),
                (x + size * 0.54, foot - size * 0.42),
                (x + size * 0.62, foot),
            ],
            steps=8,
        ),
        who.top,
    )
    head_of(c, x, foot - size * 0.95, size * 0.28, who, behind=True)


def child(
    c: Canvas, x: float, foot: float, height: float, who: Dress, *, arms: str = "down", side: int = 1
) -> None:
    """A child: a larger head on a smaller body."""
    h = height
    for dx in (-0.08, 0.08):
        c.rect(x + dx * h - h * 0.04, foot - h * 0.24, x + dx * h + h * 0.04, foot, who.skin)
    c.rect(x - h * 0.16, foot - h * 0.36, x + h * 0.16, foot - h * 0.14, who.bottom, h * 0.05)
    limb(c, x - side * h * 0.17, foot - h * 0.58, -side, h, who, "down")
    c.rect(x - h * 0.19, foot - h * 0.64, x + h * 0.19, foot - h * 0.28, who.top, h * 0.1)
    head_of(c, x, foot - h * 0.8, h * 0.135, who)
    limb(c, x + side * h * 0.17, foot - h * 0.58, side, h, who, arms)
