"""The five dyes of the look, in the tints that the pictures use, and the moods of the day made of them."""

from typing import NamedTuple

# nila (indigo), soga (bark brown), kunyit (turmeric), daun (leaf), bata (brick): from deep to wash
NILA_NIGHT, NILA_DEEP, NILA, NILA_MID, NILA_SOFT, NILA_PALE, NILA_WASH = [
    "#0d1a40",
    "#162a63",
    "#24408e",
    "#4a67b8",
    "#9db4f5",
    "#c9d5fb",
    "#eaeefa",
]
SOGA_NIGHT, SOGA_DEEP, SOGA, SOGA_MID, SOGA_SOFT, SOGA_PALE, SOGA_WASH = [
    "#1f120a",
    "#2c1a10",
    "#7a431d",
    "#a86b3c",
    "#d9a57c",
    "#ecd2b8",
    "#f6ede3",
]
KUNYIT_INK, KUNYIT, KUNYIT_SOFT, KUNYIT_PALE, KUNYIT_WASH = [
    "#6b4700",
    "#f2b01e",
    "#f7cf73",
    "#fae3a8",
    "#fdf3d8",
]
DAUN_NIGHT, DAUN_DEEP, DAUN, DAUN_MID, DAUN_SOFT, DAUN_PALE, DAUN_WASH = [
    "#0b2418",
    "#0f4429",
    "#17683f",
    "#3f9366",
    "#7fd0a4",
    "#b5e3ca",
    "#e3f3ea",
]
BATA_DEEP, BATA, BATA_MID, BATA_SOFT, BATA_PALE, BATA_WASH = [
    "#6e1a0e",
    "#a32a17",
    "#cc5a44",
    "#f0a193",
    "#f6c8bf",
    "#fbe9e5",
]
PAPER, INK = "#fbfaf6", "#1a1c22"

SKINS = ["#c98f62", "#a9703f", "#8d5930", "#b67d50"]


class Mood(NamedTuple):
    """The light of one hour: what a scene asks for by name instead of by colour."""

    sky: str
    glow: str
    sun: str
    cloud: str
    cloud_line: str
    far: str
    middle: str
    near: str
    ground: str
    ground_line: str
    leaf: str
    leaf_dark: str
    water: str
    water_line: str
    ink: str
    lamp: str


MORNING = Mood(
    sky=NILA_WASH, glow=KUNYIT_WASH, sun=KUNYIT, cloud=PAPER, cloud_line=NILA_SOFT,
    far=NILA_SOFT, middle=DAUN_SOFT, near=DAUN_MID, ground=DAUN, ground_line=DAUN_MID,
    leaf=DAUN, leaf_dark=DAUN_DEEP, water=NILA_PALE, water_line=NILA_MID, ink=NILA_DEEP, lamp=KUNYIT,
)  # fmt: skip
DAY = Mood(
    sky=NILA_PALE, glow=NILA_WASH, sun=KUNYIT_SOFT, cloud=PAPER, cloud_line=NILA_MID,
    far=NILA_MID, middle=DAUN_MID, near=DAUN, ground=DAUN_MID, ground_line=DAUN_DEEP,
    leaf=DAUN, leaf_dark=DAUN_DEEP, water=NILA_MID, water_line=NILA_PALE, ink=NILA_DEEP, lamp=KUNYIT,
)  # fmt: skip
DUSK = Mood(
    sky=BATA_SOFT, glow=KUNYIT_PALE, sun=KUNYIT, cloud=BATA_PALE, cloud_line=BATA_MID,
    far=BATA_MID, middle=SOGA, near=SOGA_DEEP, ground=SOGA, ground_line=SOGA_MID,
    leaf=DAUN_DEEP, leaf_dark=DAUN_NIGHT, water=KUNYIT_SOFT, water_line=BATA_MID, ink=SOGA_DEEP, lamp=KUNYIT,
)  # fmt: skip
OVERCAST = Mood(
    sky=NILA_SOFT, glow=NILA_PALE, sun=NILA_WASH, cloud=NILA_WASH, cloud_line=NILA,
    far=NILA_MID, middle=NILA, near=DAUN_DEEP, ground=SOGA_MID, ground_line=SOGA,
    leaf=DAUN, leaf_dark=DAUN_NIGHT, water=SOGA_SOFT, water_line=SOGA, ink=NILA_NIGHT, lamp=KUNYIT,
)  # fmt: skip
NIGHT = Mood(
    sky=NILA_NIGHT, glow=NILA_DEEP, sun=KUNYIT_PALE, cloud=NILA, cloud_line=NILA_SOFT,
    far=NILA, middle=NILA_DEEP, near=NILA_NIGHT, ground=NILA_DEEP, ground_line=NILA,
    leaf=DAUN_DEEP, leaf_dark=DAUN_NIGHT, water=NILA_DEEP, water_line=NILA_MID, ink=SOGA_NIGHT, lamp=KUNYIT,
)  # fmt: skip
