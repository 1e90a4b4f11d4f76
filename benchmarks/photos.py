"""How much memory a worker takes for any photo, and what becomes of it: `make bench-photos`.

A process like a worker's (Django, Celery, every app) renders each file of the matrix as the task does. Beside
it stands its renderer, a process of its own; what is printed is both together at their highest.
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import psutil
from PIL import Image

LIMIT_MB = 512
MB = 1024 * 1024
SAMPLE_SECONDS = 0.005


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture with as many details as a camera's."""
    small = Image.effect_noise((width // 4, height // 4), 60).convert("RGB")
    return small.resize((width, height)).convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A few hundred bytes that claim to be a PNG of this size."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * 1000)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def heic() -> bytes:
    from tests.common.pictures import small_heic

    return small_heic()


FRAMES = {"save_all": True, "append_images": [Image.new("RGB", (3000, 2000), "green")] * 20}
MATRIX: dict[str, Callable[[], bytes]] = {
    "12 MP from a phone": lambda: encoded(noise(4000, 3000), "JPEG", quality=90),
    "48 MP JPEG": lambda: encoded(noise(8000, 6000), "JPEG", quality=80),
    "48 MP progressive JPEG, no subsampling": lambda: encoded(
        noise(8000, 6000), "JPEG", progressive=True, subsampling=0
    ),
    "48 MP progressive CMYK": lambda: encoded(noise(8000, 6000, "CMYK"), "JPEG", progressive=True),
    "48 MP PNG with transparency": lambda: encoded(
        Image.new("RGBA", (8000, 6000), (9, 99, 9, 99)), "PNG", compress_level=1
    ),
    "12,000 × 9,000 JPEG": lambda: encoded(noise(12_000, 9_000), "JPEG", quality=50),
    "12,000 × 9,000 PNG": lambda: encoded(Image.new("L", (12_000, 9_000)), "PNG", compress_level=1),
    "12 MP WebP": lambda: encoded(noise(4000, 3000), "WEBP", quality=70, method=0),
    "16,000 × 16,000 WebP, claimed": lambda: (
        b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0" + b"\x7f\x3e\0" * 2 + b"ALPH" + b"\0" * 40
    ),
    "bomb, 50,000 × 50,000": lambda: bomb(50_000, 50_000),
    "bomb, 7,000 × 7,000": lambda: bomb(7000, 7000),
    "truncated": lambda: encoded(noise(4000, 3000), "JPEG")[:200_000],
    "wrong type": lambda: encoded(noise(400, 300), "TIFF"),
    "CMYK": lambda: encoded(noise(4000, 3000, "CMYK"), "JPEG"),
    "16 bit": lambda: encoded(Image.new("I;16", (4000, 3000), 0x8040), "PNG"),
    "animated GIF, 6 MP × 21": lambda: encoded(Image.new("RGB", (3000, 2000), "red"), "GIF", **FRAMES),
    "animated WebP, 6 MP × 21": lambda: encoded(Image.new("RGB", (3000, 2000), "red"), "WEBP", **FRAMES),
    "HEIC": heic,
    "HEIC, cut": lambda: heic()[:300],
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>",
    "0 bytes": lambda: b"",
}


def work(folder: Path) -> None:
    """The side of the worker: each file that is named on stdin, as the task renders it."""
    import django

    django.setup()
    import kimportal.celery
    from common.photo_formats import write_all_apart
    from common.photos import PhotoRefused, look_at

    kimportal.celery.app.loader.import_default_modules()
    for line in sys.stdin:
        source = Path(line.strip())
        begun, said = time.monotonic(), ""
        with tempfile.TemporaryDirectory(dir=folder) as made:
            try:
                with source.open("rb") as file:
                    look_at(file)
            except PhotoRefused as refused:
                said = f"refused at once: {refused}"
            try:
                rendered = write_all_apart(source, Path(made))
                said = (
                    said or f"{rendered.width} × {rendered.height}, {len(list(Path(made).iterdir()))} files"
                )
            except PhotoRefused as refused:
                said = said or f"refused by the worker: {refused}"
        print(json.dumps([said, time.monotonic() - begun]), flush=True)


def highest(process: psutil.Process, answer: Callable[[], str]) -> tuple[str, int]:
    """The answer, and the most that the process and its children had in memory until it came."""
    import threading

    most, is_over = [0], threading.Event()

    def watch() -> None:
        while not is_over.is_set():
            try:
                family = [process, *process.children(recursive=True)]
                most[0] = max(most[0], sum(each.memory_info().rss for each in family))
            except psutil.Error:
                pass  # a child that has just gone
            time.sleep(SAMPLE_SECONDS)

    thread = threading.Thread(target=watch)
    thread.start()
    line = answer()
    is_over.set()
    thread.join()
    return line, most[0]


def measure(folder: Path) -> int:
    """Each file of the matrix; the worst of all, in megabytes."""
    command = [sys.executable, "-m", "benchmarks.photos", "--worker", str(folder)]
    worst = 0
    with subprocess.Popen(  # noqa: S603 - ourselves
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        process = psutil.Process(worker.pid)
        for name, make in MATRIX.items():
            source = folder / "photo"
            source.write_bytes(make())
            print(source, file=worker.stdin, flush=True)
            line, most = highest(process, worker.stdout.readline)
            said, seconds = json.loads(line)
            worst = max(worst, most // MB)
            print(f"{name:42} {most // MB:4} MB  {seconds:5.1f} s  {said}", flush=True)
        worker.stdin.close()
    return worst


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="foto-") as folder:
        worst = measure(Path(folder))
    print(f"The worst: {worst} MB of {LIMIT_MB} MB.")
    if worst > LIMIT_MB:
        raise SystemExit(1)


if __name__ == "__main__":
    if "--worker" in sys.argv:
        work(Path(sys.argv[-1]))
    else:
        main()
