"""Draws the PNG icons from the same shapes as static/img/kim.svg; run again when the mark changes."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

NILA = "#24408e"
KUNYIT = "#f2b01e"
PETALS = ((16, 8.4, 4, 5.6), (16, 23.6, 4, 5.6), (8.4, 16, 5.6, 4), (23.6, 16, 5.6, 4))
SIZES = (180, 192, 512)
FINER = 4


class Command(BaseCommand):
    """manage.py draw_icons."""

    help = "Draw the portal's PNG icons into static/img/."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one file a size."""
        for size in SIZES:
            target = Path(settings.BASE_DIR) / "static" / "img" / f"kim-{size}.png"
            drawing(size).save(target, optimize=True)
            self.stdout.write(target.name)


def drawing(size: int) -> Image.Image:
    """The mark on full ground: devices cut their own corners, so it stays within the middle."""
    image = Image.new("RGB", (size * FINER, size * FINER), NILA)
    pen = ImageDraw.Draw(image)
    unit = size * FINER / 40
    for x, y, across, along in PETALS:
        ring = _around((x + 4, y + 4), (across + 1.2, along + 1.2), unit)
        pen.ellipse(ring, outline="#ffffff", width=round(2.4 * unit))
    pen.ellipse(_around((20, 20), (2.4, 2.4), unit), fill=KUNYIT)
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(32)


def _around(
    middle: tuple[float, float], radii: tuple[float, float], unit: float
) -> tuple[float, float, float, float]:
    (x, y), (across, along) = middle, radii
    return ((x - across) * unit, (y - along) * unit, (x + across) * unit, (y + along) * unit)
