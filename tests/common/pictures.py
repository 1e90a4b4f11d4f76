"""Small pictures with the faults and the baggage of real ones."""

import base64
import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

RED, GREEN, BLUE = (220, 30, 30), (30, 160, 60), (30, 60, 200)


def halves(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, so that one sees how it is turned."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def as_file(image: Image.Image, kind: str, **options) -> io.BytesIO:
    """The picture in a file of this format."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    stream.seek(0)
    return stream


def camera_jpeg(width: int = 1200, height: int = 800, orientation: int = 1) -> io.BytesIO:
    """A JPEG as a phone writes it: EXIF with the place, XMP, a colour profile, a comment."""
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA-KETERANGAN"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "S", 2: (2.0, 52.0, 30.0), 3: "E", 4: (103.0, 50.0, 10.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return as_file(
        halves(width, height),
        "JPEG",
        exif=exif,
        icc_profile=profile,
        comment=b"RAHASIA-KOMENTAR",
        xmp=b"<x:xmpmeta>RAHASIA-XMP</x:xmpmeta>",
    )


def texted_png() -> io.BytesIO:
    """A PNG with words inside."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "RAHASIA-PNG")
    return as_file(halves(600, 400), "PNG", pnginfo=text)


def bomb_png(width: int, height: int) -> io.BytesIO:
    """A few hundred bytes that claim to be a picture of this size."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


# Red on the left, blue on the right, 64 × 48, with words in its EXIF: as a newer phone writes it.
_HEIC = """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA
ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAHAAAgAAAAACUgABAAAAAAAAACwAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA
AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA
kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq
5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh
cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA
ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAApG1kYXQAAABsKAGvCeA5IyS///kEf//4xG5D+BRlwX/8zaH3+BBf//vp91FdlTmN
hHJUhPVO/EZfGyElSMKEN7xyfB/+fTXxB7dTGd6/QOKWX/+fTXxB7cp8thQ0nKjIeGRj5XgUl0V/St/1aKVBNK3DDQfAAAAABkV4
aWYAAE1NACoAAAAIAAEBDgACAAAACAAAABoAAAAAUkFIQVNJQQA=
"""


def small_heic() -> bytes:
    """A small photo in the HEIC format."""
    return base64.b64decode(_HEIC)
