"""A photo in every width and in every format that pages offer: AVIF, WebP, and JPEG behind them.

Run as a program it is what a worker starts for each photo: a process of its own with a limit of memory and
time, so that no file, however hostile, can take the worker with it:

    python -m common.photo_formats photo folder
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from PIL import Image

from common.photos import (
    DAMAGED,
    FORMATS,
    QUICK_PIXELS,
    REASONS,
    TOO_HEAVY,
    WIDTHS,
    PhotoRefused,
    Size,
    Variant,
    encoded,
    fit,
    opened,
    orientation_of,
    reason_of,
    refusing,
    resized,
    turned,
    upright,
)

MB = 1024 * 1024
# Of the process that renders: beside it stands the worker with about 100 MB, and both stay under 512.
MEMORY_BYTES = 360 * MB
SECONDS = 60
# On one core each: a worker has no more. Speed 8 costs a tenth of the time of 6 and no bytes to speak of.
OPTIONS: dict[str, dict[str, object]] = {
    "avif": {"quality": 55, "speed": 8, "max_threads": 1},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}


class Formats(NamedTuple):
    """What was rendered: the largest size, and the widths, each of which there is in every format."""

    width: int
    height: int
    widths: tuple[int, ...]


def variants(file: IO[bytes]) -> Iterator[Variant]:
    """Every width in every format, the smallest first; PhotoRefused for what cannot be shown."""
    with refusing(file, reads_heic=True):
        largest, sizes = _largest(file)
        for wanted in sizes:
            picture = resized(largest, wanted)
            for kind, options in OPTIONS.items():
                yield encoded(picture, kind, **options)


def _largest(file: IO[bytes]) -> tuple[Image.Image, list[Size]]:
    """The photo in the largest size that is shown, and all sizes; what was decoded for it is let go."""
    image = opened(file, (*FORMATS, *_heic_too()))
    orientation = orientation_of(image)
    size = turned(image.size, orientation)
    sizes = sorted({fit(size, width) for width in WIDTHS})
    with _saying_too_heavy(image.width * image.height > QUICK_PIXELS):
        return upright(image, sizes[-1], orientation), sizes


@contextmanager
def _saying_too_heavy(is_large: bool) -> Iterator[None]:  # noqa: FBT001 - the one thing it is about
    """A decoder that finds no memory says anything: of a large picture, that is the likely reason."""
    try:
        yield
    except PhotoRefused:
        raise
    except Exception as error:
        if is_large:
            raise PhotoRefused(TOO_HEAVY) from error
        raise


def write_all(file: IO[bytes], folder: Path) -> Formats:
    """Put `480.avif` and so on into the folder."""
    made = []
    for variant in variants(file):
        (folder / f"{variant.width}.{variant.format}").write_bytes(variant.data)
        made.append(variant)
    return Formats(made[-1].width, made[-1].height, tuple(dict.fromkeys(each.width for each in made)))


def write_all_apart(source: Path, folder: Path) -> Formats:
    """The same in a process of its own, within limits; PhotoRefused also where it dies of the photo."""
    command = [sys.executable, "-m", "common.photo_formats", str(source), str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves, with two paths that we have made
            command, capture_output=True, timeout=2 * SECONDS, check=False, cwd=_ROOT
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise PhotoRefused(TOO_HEAVY) from error
    except ValueError as error:
        raise PhotoRefused(DAMAGED) from error
    if "refused" in said:
        raise PhotoRefused(REASONS[said["refused"]])
    return Formats(said["width"], said["height"], tuple(said["widths"]))


_ROOT = Path(__file__).resolve().parent.parent


def _heic_too() -> tuple[str, ...]:
    """HEIF and HEIC by libheif. Known to Pillow from then on, which is why it is asked for here alone."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)
    return ("HEIF",)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(source: str, folder: str) -> None:
    """Render one photo, and say what was made or why not, as JSON."""
    _limit()
    # What is too large is refused by our own limit, and by that of memory.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Path(source).open("rb") as file:
            said = write_all(file, Path(folder))._asdict()
    except PhotoRefused as refused:
        said = {"refused": reason_of(refused)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
