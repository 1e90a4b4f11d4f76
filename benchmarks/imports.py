"""How long a spreadsheet of a thousand KIM takes from the upload to the register, and back.

    .venv/bin/python -m kimportal.stack exec -- .venv/bin/python -m benchmarks.imports [rows]

Works in the development database, in a transaction that is rolled back at the end.
"""

from __future__ import annotations

import io
import os
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import django

GOAL_SECONDS = 60
HEADINGS = ["Nama KIM", "Kode Desa", "Nomor SK", "Tanggal SK", "Ketua", "No HP", "Email"]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    from django.db import transaction

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with transaction.atomic():
        total = measure(count)
        transaction.set_rollback(True)
    print(f"{count} rows, upload to register: {total:.1f} s (goal for 1,000: below {GOAL_SECONDS} s)")
    sys.exit(count <= 1000 and total > GOAL_SECONDS)


def measure(count: int) -> float:
    from accounts.models import Posting, User
    from communities.models import Community
    from imports import actions, work
    from regions.loading import load_regions
    from regions.models import Region

    if not Region.objects.exists():
        load_regions()
    region = Region.objects.get(pk="16.06")
    officer = User.objects.create_user(email=f"bench-{uuid.uuid4().hex}@contoh.example", name="Petugas")
    Posting.objects.create(user=officer, region=region)
    file, before = spreadsheet(count, region), Community.objects.count()
    seconds, made = timed(
        "upload",
        lambda: actions.upload(file, region=region, form_key=uuid.uuid4(), by=officer),
    )
    actions.check(made, made.mapping, by=officer)
    total = seconds + timed("dry run", lambda: work.work(made.pk))[0]
    made.refresh_from_db()
    print(f"{'outcomes':10}{ {name: number for name, number in made.counts().items() if number} }")
    actions.apply(made, by=officer)
    total += timed("apply", lambda: work.work(made.pk))[0]
    assert Community.objects.count() - before == made.counts()["made"]
    actions.undo(made, by=officer)
    timed("undo", lambda: work.work(made.pk))
    assert Community.objects.count() == before
    made.refresh_from_db()
    made.file.delete(save=False)
    return total


def spreadsheet(count: int, region: Any) -> Any:
    import openpyxl
    from django.core.files.uploadedfile import SimpleUploadedFile

    from regions.models import Level, Region

    villages = list(Region.objects.within(region).at(Level.VILLAGE).values_list("pk", flat=True))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for at in range(count):
        village = villages[at % len(villages)]
        sheet.append([
            f"KIM Kelompok {at}", village, f"141/{at}/2024", "17 Agustus 2024", "Bahar Udin", 81234567890,
            f"kim{at}@contoh.example",
        ])  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("kim.xlsx", content.getvalue())


def timed(name: str, step: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = step()
    seconds = time.perf_counter() - began
    print(f"{name:10}{seconds:6.2f} s")
    return seconds, answer


if __name__ == "__main__":
    main()
