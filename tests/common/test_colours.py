"""Every pair of text and ground that the style sheets use reaches WCAG 2.2 AA, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEET = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
# Text by the grounds that it stands on.
TEXTS = {
    "tinta": ("kertas", "muka", "nila-wash", "kunyit-wash", "bata-wash"),
    "tinta-2": ("kertas", "muka", "nila-wash", "kunyit-wash", "draf-wash"),
    "nila": ("kertas", "muka", "nila-wash"),
    "nila-deep": ("kertas", "muka", "nila-wash"),
    "soga": ("kertas", "muka", "soga-wash"),
    "kunyit-ink": ("kertas", "muka", "kunyit-wash"),
    "daun": ("kertas", "muka", "daun-wash"),
    "bata": ("kertas", "muka", "bata-wash", "nila-wash"),
    "utama-tinta": ("utama",),
    "kertas": ("nila-deep",),
}
# Edges that say "here you can type", "here you are", "press here".
EDGES = {"tepi": ("kertas", "muka"), "fokus": ("kertas", "muka"), "utama": ("kertas", "muka")}


def tokens(scheme: str) -> dict[str, str]:
    light, dark = SHEET.read_text().split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", dark))
    return found


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(front, ground) for front, grounds in table.items() for ground in grounds]


def test_black_on_white_is_the_most_there_is() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), pairs(TEXTS))
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), pairs(EDGES))
def test_edges_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[edge], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_count_on_turmeric_can_be_read(scheme: str) -> None:
    assert contrast("#1a1c22", tokens(scheme)["kunyit"]) >= 4.5
