"""The scan of a decree (SK), as a villager would upload it: drawn by code and marked CONTOH (sample)."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from kimportal.demo.pictures import cloth
from kimportal.demo.pictures.dyes import NILA_DEEP, SOGA, SOGA_SOFT

PAGE = (1240, 1754)
MARGIN = 130
_INK = "#23211e"


class Decree(NamedTuple):
    """What is written on it; all of it is Indonesian, as on paper."""

    letterhead: list[str]
    issuer: str
    number: str
    subject: str
    place: str
    date: str
    officers: list[tuple[str, str]]


def as_jpeg(decree: Decree) -> bytes:
    """A photo of the page."""
    out = BytesIO()
    _page(decree).save(out, "JPEG", quality=72)
    return out.getvalue()


def as_pdf(decree: Decree) -> bytes:
    """The page as a PDF; always the same bytes for the same decree."""
    out = BytesIO()
    _page(decree).save(out, "PDF", resolution=150, creationDate=None, modDate=None)
    return out.getvalue()


def _page(decree: Decree) -> Image.Image:
    page = Image.new("RGB", PAGE, "#fdfcf8")
    pen = ImageDraw.Draw(page)
    y = _letterhead(page, pen, decree)
    y = _heading(pen, decree, y)
    y = _body(pen, decree, y)
    y = _table(pen, decree, y)
    _signature(page, pen, decree, y + 40)
    _watermark(page)
    return page.rotate(0.35, resample=Image.Resampling.BICUBIC, fillcolor="#e9e6de")


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


def _centred(pen: ImageDraw.ImageDraw, y: int, text: str, size: int, *, weight: int = 0) -> int:
    pen.text(
        (PAGE[0] / 2, y),
        text,
        fill=_INK,
        font=_font(size),
        anchor="ma",
        stroke_width=weight,
        stroke_fill=_INK,
    )
    return y + round(size * 1.45)


def _letterhead(page: Image.Image, pen: ImageDraw.ImageDraw, decree: Decree) -> int:
    emblem = cloth.ceplok("#fdfcf8", SOGA, SOGA_SOFT, 72)
    page.paste(emblem.crop((0, 0, 140, 140)), (MARGIN, 90))
    pen.rectangle((MARGIN, 90, MARGIN + 140, 230), outline=SOGA, width=3)
    y = 92
    for i, line in enumerate(decree.letterhead):
        y = _centred(pen, y, line.upper(), 32 if i < 2 else 36, weight=i // 2)
    pen.line((MARGIN, 258, PAGE[0] - MARGIN, 258), fill=_INK, width=6)
    pen.line((MARGIN, 268, PAGE[0] - MARGIN, 268), fill=_INK, width=2)
    return 310


def _heading(pen: ImageDraw.ImageDraw, decree: Decree, y: int) -> int:
    y = _centred(pen, y, f"KEPUTUSAN {decree.issuer.upper()}", 30, weight=1)
    y = _centred(pen, y, f"NOMOR {decree.number}", 28)
    y = _centred(pen, y + 14, "TENTANG", 26)
    for line in _wrapped(decree.subject.upper(), 52):
        y = _centred(pen, y, line, 26)
    return _centred(pen, y + 18, f"{decree.issuer.upper()},", 26)


def _body(pen: ImageDraw.ImageDraw, decree: Decree, y: int) -> int:
    texts = [
        (
            "Menimbang",
            "bahwa untuk menyebarkan informasi dan menyerap aspirasi masyarakat perlu ditetapkan pengurus;",
        ),
        (
            "Mengingat",
            "peraturan perundang-undangan tentang desa, kelurahan dan komunitas informasi masyarakat;",
        ),
        ("Memperhatikan", "hasil musyawarah warga yang dituangkan dalam berita acara."),
        ("MEMUTUSKAN", ""),
        ("KESATU", f"{decree.subject} dengan susunan sebagaimana tercantum di bawah ini."),
        ("KEDUA", "Keputusan ini berlaku sejak tanggal ditetapkan."),
    ]
    for label, text in texts:
        if not text:
            y = _centred(pen, y + 8, label, 28, weight=1) + 8
            continue
        pen.text((MARGIN, y), label, fill=_INK, font=_font(24))
        for line in _wrapped(f": {text}", 64):
            pen.text((MARGIN + 210, y), line, fill=_INK, font=_font(24))
            y += 34
        y += 8
    return y + 14


def _table(pen: ImageDraw.ImageDraw, decree: Decree, y: int) -> int:
    for i, (duty, name) in enumerate(decree.officers):
        top = y + i * 44
        pen.rectangle((MARGIN + 210, top, PAGE[0] - MARGIN, top + 44), outline=_INK, width=2)
        pen.text((MARGIN + 226, top + 9), f"{i + 1}.  {duty}", fill=_INK, font=_font(23))
        pen.text((MARGIN + 560, top + 9), name, fill=_INK, font=_font(23))
    return y + len(decree.officers) * 44


def _signature(page: Image.Image, pen: ImageDraw.ImageDraw, decree: Decree, y: int) -> None:
    x = PAGE[0] - MARGIN - 420
    for i, line in enumerate(
        (f"Ditetapkan di {decree.place}", f"pada tanggal {decree.date}", f"{decree.issuer},")
    ):
        pen.text((x, y + i * 36), line, fill=_INK, font=_font(24))
    seal = Image.new("RGBA", PAGE, (0, 0, 0, 0))
    stamp = ImageDraw.Draw(seal)
    for r in (92, 84, 50):
        stamp.ellipse((x - 30 - r, y + 190 - r, x - 30 + r, y + 190 + r), outline=(84, 66, 160, 150), width=4)
    page.paste(seal, (0, 0), seal)
    points = [
        (x, y + 210),
        (x + 40, y + 150),
        (x + 62, y + 226),
        (x + 104, y + 160),
        (x + 128, y + 214),
        (x + 250, y + 178),
    ]
    pen.line(points, fill=NILA_DEEP, width=5, joint="curve")
    pen.text((x, y + 250), "( tanda tangan contoh )", fill=_INK, font=_font(22))


def _watermark(page: Image.Image) -> None:
    layer = Image.new("RGBA", (1500, 420), (0, 0, 0, 0))
    ImageDraw.Draw(layer).text((750, 210), "CONTOH", fill=(163, 42, 23, 52), font=_font(330), anchor="mm")
    turned = layer.rotate(38, expand=True, resample=Image.Resampling.BICUBIC)
    page.paste(turned, ((PAGE[0] - turned.width) // 2, (PAGE[1] - turned.height) // 2), turned)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
