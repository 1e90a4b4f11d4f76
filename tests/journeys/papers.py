"""What people have at hand: a scanned SK and a photo."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.common.pictures import camera_jpeg


def scanned_decree(folder: Path) -> Path:
    """A page as a scanner saves it."""
    file = folder / "SK KIM Surya Toman.pdf"
    Image.new("RGB", (620, 877), "white").save(file, "PDF")
    return file


def photo(folder: Path) -> Path:
    """A photo from a telephone, with the place where it was taken in it."""
    file = folder / "gotong-royong.jpg"
    file.write_bytes(camera_jpeg().getvalue())
    return file
