import io

import pytest
from PIL import Image, ImageCms, ImageDraw

from common import photos
from common.photo_formats import variants
from common.photos import PhotoRefused, Variant, look_at
from tests.common.pictures import BLUE, GREEN, RED, as_file, bomb_png, camera_jpeg, halves, texted_png


def pixel(variant, x, y):
    """The colour at a place of an encoded size, given in parts of it."""
    image = Image.open(io.BytesIO(variant.data))
    return image.convert("RGB").getpixel((int(x * variant.width), int(y * variant.height)))


def is_near(colour, wanted, by=40):
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


def _look_and_render(file) -> list[Variant]:
    """What a form does at once, and a worker later."""
    look_at(file)
    return list(variants(file))


def jpeg_of(file) -> Variant:
    """The photo as a JPEG in the largest size."""
    return list(variants(file))[-1]


def test_a_large_photo_is_rendered_in_three_widths_and_three_formats():
    rendered = list(variants(camera_jpeg(3200, 2400)))
    assert [variant[:3] for variant in rendered] == [
        (*size, kind) for size in ((480, 360), (960, 720), (1600, 1200)) for kind in ("avif", "webp", "jpeg")
    ]
    for variant in rendered:
        image = Image.open(io.BytesIO(variant.data))
        assert (*image.size, image.format.lower(), image.mode) == (*variant[:3], "RGB")


@pytest.mark.parametrize(
    ("size", "widths"),
    [((200, 100), [200]), ((720, 500), [480, 720]), ((1200, 900), [480, 960, 1200])],
)
def test_a_small_photo_is_not_enlarged(size, widths):
    rendered = variants(as_file(halves(*size), "PNG"))
    assert [variant.width for variant in rendered if variant.format == "jpeg"] == widths


def test_a_very_tall_picture_gets_narrower_until_it_fits():
    rendered = variants(as_file(Image.new("RGB", (100, 30_000), GREEN), "PNG"))
    assert [variant[:2] for variant in rendered if variant.format == "jpeg"] == [
        (5, 1440),
        (10, 2880),
        (16, 4800),
    ]


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (300, 200), (0.1, 0.5)),
        (2, (300, 200), (0.9, 0.5)),
        (3, (300, 200), (0.9, 0.5)),
        (4, (300, 200), (0.1, 0.5)),
        (5, (200, 300), (0.5, 0.1)),
        (6, (200, 300), (0.5, 0.1)),
        (7, (200, 300), (0.5, 0.9)),
        (8, (200, 300), (0.5, 0.9)),
    ],
)
def test_a_photo_stands_as_the_camera_saw_it(orientation, size, red_at):
    rendered = jpeg_of(camera_jpeg(300, 200, orientation))
    assert (rendered.width, rendered.height) == size
    assert is_near(pixel(rendered, *red_at), RED)
    assert is_near(pixel(rendered, 1 - red_at[0], 1 - red_at[1]), BLUE)


@pytest.mark.parametrize("file", [camera_jpeg(orientation=6), texted_png()], ids=["jpeg", "png"])
def test_no_size_tells_place_camera_or_words(file):
    for variant in variants(file):
        for trace in (b"Exif", b"EXIF", b"RAHASIA", b"XMP", b"xmp", b"ICC", b"Photoshop"):
            assert trace not in variant.data
        image = Image.open(io.BytesIO(variant.data))
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
            "loop",
            "background",
            "timestamp",
            "duration",
        }


@pytest.mark.parametrize(
    "file",
    [
        as_file(halves(600, 400, "CMYK"), "JPEG"),
        as_file(halves(600, 400, "P"), "PNG"),
        as_file(halves(600, 400, "RGBA"), "WEBP", lossless=True),
        as_file(halves(600, 400), "GIF", save_all=True, append_images=[Image.new("RGB", (600, 400), GREEN)]),
    ],
    ids=["cmyk", "palette", "alpha", "animated"],
)
def test_other_colour_models_become_the_right_rgb(file):
    rendered = jpeg_of(file)
    assert is_near(pixel(rendered, 0.2, 0.5), RED)
    assert is_near(pixel(rendered, 0.8, 0.5), BLUE)


def test_sixteen_bits_become_eight():
    rendered = jpeg_of(as_file(Image.new("I;16", (600, 400), 0x8040), "PNG"))
    assert is_near(pixel(rendered, 0.5, 0.5), (128, 128, 128), by=3)


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA"])
def test_what_is_transparent_stands_on_white(mode):
    image = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 300, 400), fill=(90, 90, 90, 255))
    rendered = jpeg_of(as_file(image.convert(mode), "PNG"))
    assert is_near(pixel(rendered, 0.2, 0.5), (90, 90, 90))
    assert is_near(pixel(rendered, 0.8, 0.5), (255, 255, 255), by=3)


def test_a_colour_profile_is_applied_before_it_is_dropped():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    rendered = jpeg_of(as_file(halves(60, 40), "PNG", icc_profile=swapped))
    assert is_near(pixel(rendered, 0.2, 0.5), tuple(reversed(RED)))


@pytest.mark.parametrize(
    "profile",
    [ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), b"no profile"],
    ids=["of another kind", "broken"],
)
def test_a_colour_profile_that_does_not_fit_is_left_aside(profile):
    rendered = jpeg_of(as_file(halves(60, 40), "PNG", icc_profile=profile))
    assert is_near(pixel(rendered, 0.2, 0.5), RED)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (io.BytesIO(b""), photos.EMPTY),
        (io.BytesIO(b"Surat keputusan"), photos.NOT_A_PHOTO),
        (io.BytesIO(b"%PDF-1.7\n"), photos.NOT_A_PHOTO),
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), photos.NOT_A_PHOTO),
        (as_file(halves(60, 40), "TIFF"), photos.NOT_A_PHOTO),
        (io.BytesIO(b"\0\0\0\x18ftypheic\0\0\0\0"), photos.DAMAGED),
        (io.BytesIO(camera_jpeg().getvalue()[:9000]), photos.DAMAGED),
        (io.BytesIO(as_file(halves(600, 400), "PNG").getvalue()[:-200]), photos.DAMAGED),
        (io.BytesIO(b"\xff\xd8\xff\xe0" + b"\0" * 50), photos.NOT_A_PHOTO),
        (bomb_png(50_000, 50_000), photos.TOO_MANY_PIXELS),
        (bomb_png(10_000, 6_000), photos.TOO_MANY_PIXELS),
        (bomb_png(12_000, 8_000), photos.TOO_MANY_PIXELS),
        (bomb_png(5_000, 5_000), photos.TOO_HEAVY),
    ],
    ids=[
        *("empty", "text", "pdf", "svg", "tiff", "no heic", "cut jpeg", "cut png", "jpeg in name only"),
        *("huge", "over the limit", "over pillow's limit", "less than it claims"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(file, why):
    with pytest.raises(PhotoRefused) as refused:
        _look_and_render(file)
    assert refused.value.message is why
    assert file.tell() == 0
