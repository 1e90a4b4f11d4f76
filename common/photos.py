"""Photos as they are shown: decoded with care, upright, without metadata, in a few sizes.

Nothing global of Pillow is changed, so several requests may render at once.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import IO, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 50_000_000
WIDTHS = (480, 960, 1600)
FALLBACK_WIDTH = 960
# A4 at 300 dots an inch: a scanned page stays readable.
SCAN_WIDTH = 2500
# A picture taller than this many times its width gets narrower instead: formats have a largest height.
MAX_RATIO = 3
# Pixels worked on at a time: a large PNG is in memory once, not three times.
STRIP_PIXELS = 4_000_000
# Up to here any format is decoded while a form waits for the answer; a JPEG costs an eighth of its size.
QUICK_PIXELS = 12_000_000
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = {5, 6, 7, 8}
HIGH_BYTE = [value >> 8 for value in range(65536)]
Size = tuple[int, int]

EMPTY = _("This photo is empty (0 bytes). Choose it again, or another one.")
TOO_MANY_PIXELS = _("This picture has more than 50 million pixels. Make it smaller and choose it again.")
NOT_A_PHOTO = _("This file is not a photo that we can read. Choose a JPEG, PNG or WebP file.")
HEIC = _(
    "This photo is in the HEIC format, which we cannot read. Choose a JPEG copy, "
    "or set the camera to JPEG (“Most compatible”) and take it again."
)
DAMAGED = _("This photo is damaged or did not arrive complete. Choose it again, or another one.")
TOO_HEAVY = _(
    "This picture could not be read: it is too large to be worked on, or damaged. "
    "Make it smaller and choose it again."
)
# By the word that is stored where a worker refuses.
REASONS = {
    "empty": EMPTY,
    "pixels": TOO_MANY_PIXELS,
    "unknown": NOT_A_PHOTO,
    "heic": HEIC,
    "damaged": DAMAGED,
    "heavy": TOO_HEAVY,
}

# What one process may have decoded at a time; the others wait a second.
_places = BoundedSemaphore(2)


class PhotoRefused(Exception):
    """The file is no photo that can be shown; the message says why and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Variant(NamedTuple):
    """One encoded size of a photo."""

    width: int
    height: int
    format: str
    data: bytes


def render_scan(file: IO[bytes]) -> Variant:
    """A photographed or scanned page as the same kind of file, readable, upright and without metadata."""
    with _places, refusing(file):
        image = opened(file)
        kind = "png" if image.format == "PNG" else "jpeg"
        orientation = orientation_of(image)
        size = fit(turned(image.size, orientation), SCAN_WIDTH)
        return encoded(upright(image, size, orientation), kind, **({"quality": 85} if kind == "jpeg" else {}))


def look_at(file: IO[bytes]) -> Size | None:
    """How large the photo is when it stands upright, for a form that waits; PhotoRefused for what is none.

    None for what only the worker can read: it may still refuse.
    """
    file.seek(0)
    if is_heic(file.read(12)):
        file.seek(0)
        return None
    with _places, refusing(file):
        image = opened(file)
        size = turned(image.size, orientation_of(image))
        is_cheap = image.format == "JPEG" and "progressive" not in image.info
        if is_cheap or image.width * image.height <= QUICK_PIXELS:
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
            image.load()
        return fit(size, WIDTHS[-1])


def reason_of(refused: PhotoRefused) -> str:
    """The word for the reason, as it is stored."""
    return next((word for word, said in REASONS.items() if said is refused.message), "damaged")


def is_heic(start: bytes) -> bool:
    """Whether a file that begins so is a photo in the HEIC format of newer phones."""
    return start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS


@contextmanager
def refusing(file: IO[bytes], *, reads_heic: bool = False) -> Iterator[None]:
    """Every fault of a file becomes a PhotoRefused that says what to do."""
    try:
        yield
    except PhotoRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoRefused(TOO_MANY_PIXELS) from error
    except MemoryError as error:
        raise PhotoRefused(TOO_HEAVY) from error
    except UnidentifiedImageError as error:
        found = _what_it_is(file)
        raise PhotoRefused(DAMAGED if reads_heic and found is HEIC else found) from error
    except Exception as error:  # decoders raise nearly anything over a hostile file
        logger.info("A photo could not be read: %r", error)
        raise PhotoRefused(DAMAGED) from error
    finally:
        if not file.closed:  # Pillow closes the file of some formats with the picture
            file.seek(0)


def _what_it_is(file: IO[bytes]) -> Promise:
    file.seek(0)
    start = file.read(12)
    if not start:
        return EMPTY
    return HEIC if is_heic(start) else NOT_A_PHOTO


def opened(file: IO[bytes], formats: tuple[str, ...] = FORMATS) -> Image.Image:
    """The picture by its header; nothing is decoded yet."""
    file.seek(0)
    _require_modest_webp(file.read(30))
    file.seek(0)
    image = Image.open(file, formats=formats)
    if image.width * image.height > MAX_PIXELS:
        raise PhotoRefused(TOO_MANY_PIXELS)
    return image


def _require_modest_webp(start: bytes) -> None:
    """Pillow makes room for a whole WebP three times before anybody can ask how large it is."""
    if start[8:12] != b"WEBP" or len(start) < 30:
        return
    if start[12:16] == b"VP8X":
        width, height = _number(start[24:27]) + 1, _number(start[27:30]) + 1
    elif start[12:16] == b"VP8L":
        packed = _number(start[21:25])
        width, height = (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    else:
        width, height = _number(start[26:28]) & 0x3FFF, _number(start[28:30]) & 0x3FFF
    if width * height > QUICK_PIXELS:
        raise PhotoRefused(TOO_HEAVY)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def orientation_of(image: Image.Image) -> int:
    """How the camera was held, by EXIF; a broken EXIF block must not cost the photo."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception as error:  # noqa: BLE001 - as above
        logger.info("The orientation of a photo could not be read: %r", error)
        return 1


def turned(size: Size, orientation: int) -> Size:
    """The same size as it is seen, not as the sensor lay."""
    return (size[1], size[0]) if orientation in LYING else size


def fit(size: Size, width: int) -> Size:
    """The size at most this wide, never larger than the original."""
    scale = min(1.0, width / size[0], width * MAX_RATIO / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def upright(image: Image.Image, size: Size, orientation: int) -> Image.Image:
    """The picture at this size in plain RGB, turned as it was seen, with nothing but pixels."""
    lying = turned(size, orientation)
    image.draft(None, lying)  # a JPEG is decoded at a half, a quarter or an eighth where that suffices
    profile = image.info.get("icc_profile")
    picture = resized(_standard_colours(_reduced(image, lying), profile), lying)
    if orientation in UPRIGHT:
        picture = picture.transpose(UPRIGHT[orientation])
    picture.info.clear()
    return picture


def _reduced(image: Image.Image, size: Size) -> Image.Image:
    """The picture without transparency, shrunk by a whole factor, a strip of rows at a time."""
    factor = max(1, min(image.width // size[0], image.height // size[1]))
    image.load()
    mode = _opaque(image.crop((0, 0, 1, 1))).mode
    reduced = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    rows = factor * max(1, STRIP_PIXELS // (image.width * factor))
    for top in range(0, image.height, rows):
        bottom = min(image.height, top + rows)
        strip = _opaque(image.crop((0, top, image.width, bottom)))
        reduced.paste(strip.reduce(factor), (0, top // factor))
    return reduced


def _opaque(image: Image.Image) -> Image.Image:
    """In L, RGB or CMYK, on white where it was transparent."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.convert("I").point(HIGH_BYTE, "L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _standard_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours by the embedded profile, where it is one; then the profile is not needed any more."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            logger.info("A colour profile was left aside: %r", error)
    return image.convert("RGB")


def resized(image: Image.Image, size: Size) -> Image.Image:
    """The picture at exactly this size."""
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def encoded(image: Image.Image, kind: str, **options: object) -> Variant:
    """The picture in a format."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return Variant(image.width, image.height, kind, stream.getvalue())
