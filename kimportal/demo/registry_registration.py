"""Two applications: one that is likely a double of a verified KIM, and one that is half finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kimportal.demo.steps import Step
from kimportal.demo.tales import Tale

# Somebody of Toman does not know that the KIM of the village is registered under the other spelling.
DOUBLE: dict[str, Any] = {
    "applicant": "bayu",
    "history": [{"move": "submit", "ago": "1d 14.20"}],
    "registration": {
        "name": "KIM Suria Gambo",
        "kind": "kim",
        "region": "16.06.06.2008",
        "address": "Dusun III RT 01",
        "founded_on": date(2021, 6, 12),
        "member_count": 8,
        "decree_number": "141/27/KPTS/{tahun}",
        "decree_ago": 40,
        "decree_issuer": "Kepala Desa",
        "chair_name": "Bayu Anggara",
        "secretary_name": "Lestari",
        "treasurer_name": "Mulyadi",
        "phone": "0812 0000 0144",
        "description": "Pemuda desa yang ingin mengabarkan kegiatan karang taruna.",
    },
}
# Kept after its second step; the next one to open is the SK.
HALF: dict[str, Any] = {
    "applicant": "rina",
    "history": [],
    "written": "1d 20.10",
    "registration": {
        "name": "Sanggar Senjang Serasan",
        "kind": "traditional_media",
        "region": "16.06.01.1011",
        "address": "Jalan Merdeka RT 04 RW 02",
        "founded_on": date(2022, 3, 5),
        "member_count": 11,
        "description": "Kami melantunkan senjang di hajatan dan menyelipkan kabar penting desa di dalamnya.",
    },
}


def load(now: datetime) -> Iterator[Step]:
    """Both, as steps; the caller sorts."""
    for entry in (DOUBLE, HALF):
        yield from Tale(entry, now).steps()
