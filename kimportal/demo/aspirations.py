"""What people of the demo told their offices: one in each status, one late, one forwarded, one of a KIM."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aspirations import actions
from aspirations.models import Aspiration
from communities.models import Community
from kimportal.demo.people import person
from kimportal.demo.steps import Step
from regions.models import Region

# Each: who writes, about which place; then who does what, so many hours before now.
TALES: list[dict[str, Any]] = [
    {
        "by": "citra",
        "region": "16.06.01.1010",
        "hours": 5,
        "title": "Lampu jalan di depan pasar padam",
        "text": "Tiga lampu jalan di depan pasar padam sejak dua minggu lalu.\n\nMalam hari jalan gelap dan "
        "pedagang yang pulang sulit melihat lubang. Mohon diperbaiki.",
    },
    {
        "by": "yanto",
        "region": "16.06.02.2009",
        "hours": 9 * 24,
        "title": "Saluran air di jalan desa tersumbat",
        "text": "Saluran di sisi jalan penuh lumpur. Setiap hujan air masuk ke halaman rumah warga.\n\n"
        "Kami siap gotong royong bila ada alat untuk mengangkat lumpurnya.",
    },
    {
        "by": "rina",
        "region": "16.06.01.1011",
        "hours": 50,
        "title": "Jadwal mobil perpustakaan keliling",
        "text": "Mobil perpustakaan sudah tidak datang sejak bulan lalu. Apakah ada jadwal baru yang bisa "
        "diumumkan kepada warga?",
        "steps": [(26, "wati", "receive", {})],
        "supporters": [(20, "yogi"), (8, "citra")],
    },
    {
        "by": "marlina",
        "region": "16.06.06.2008",
        "community": "KIM Surya Gambo",
        "hours": 7 * 24,
        "title": "Jembatan gantung dusun perlu diperbaiki",
        "text": "Dalam musyawarah anggota, warga meminta papan jembatan gantung diganti. Dua papan patah dan "
        "warga yang membawa hasil kebun harus memutar empat kilometer.\n\nFoto keadaannya ada pada "
        "berita kami.",
        "steps": [
            (150, "wati", "receive", {}),
            (
                120,
                "wati",
                "work",
                {"words": "Kami sudah menghubungi Dinas PUPR. Survei dijadwalkan pekan ini."},
            ),
            (46, "amrul", "work", {"words": "Survei selesai. Papan pengganti sedang disiapkan."}),
        ],
        "supporters": [(140, "fikri"), (130, "bayu"), (90, "rina"), (60, "heri"), (30, "citra")],
    },
    {
        "by": "bayu",
        "region": "16.06.06.1038",
        "hours": 12 * 24,
        "title": "Sinyal telepon lemah di tepi sungai",
        "text": "Di sepanjang tepi sungai sinyal hilang-timbul. Warga sulit menelepon bila ada keadaan "
        "darurat.",
        "steps": [
            (270, "wati", "receive", {}),
            (
                200,
                "wati",
                "forward",
                {
                    "words": "Kewenangan ada pada kementerian. Laporan dapat diikuti dengan nomor di bawah.",
                    "forwarded_to": "SP4N-LAPOR!",
                    "lapor_number": "8124457",
                },
            ),
        ],
        "supporters": [(190, "marlina"), (180, "fikri")],
    },
    {
        "by": "rina",
        "region": "16.06",
        "hours": 15 * 24,
        "title": "Pelatihan membuat konten untuk pelaku UMKM",
        "text": "Banyak pelaku UMKM ingin belajar memotret dan memasarkan produknya lewat ponsel. Mohon "
        "diadakan "
        "pelatihan di tingkat kecamatan.",
        "steps": [
            (340, "wati", "receive", {}),
            (
                70,
                "amrul",
                "answer",
                {
                    "words": "Terima kasih atas usulnya. Pelatihan kami jadwalkan di lima kecamatan "
                    "mulai bulan "
                    "depan, bekerja sama dengan KIM setempat. Jadwalnya diumumkan lewat siaran."
                },
            ),
        ],
        "supporters": [(330, "citra"), (320, "yogi"), (310, "yanto"), (300, "susanti")],
    },
    {
        "by": "lale",
        "region": "52.02.01.1001",
        "hours": 24 * 24,
        "title": "Papan pengumuman di kantor kelurahan",
        "text": "Papan pengumuman di kantor kelurahan rusak. Warga yang tidak memakai ponsel tidak "
        "mendapat kabar.",
        "steps": [
            (560, "sahdan", "receive", {}),
            (480, "sahdan", "answer", {"words": "Papan baru sudah dipasang hari ini di sisi pintu masuk."}),
            (460, "lale", "close", {}),
        ],
    },
    {
        "by": "desi",
        "region": "16.06.03.2008",
        "hours": 30,
        "is_public": False,
        "title": "Pungutan saat mengurus surat",
        "text": "Saya diminta membayar saat mengurus surat keterangan. Mohon diperiksa tanpa menyebut "
        "nama saya.",
        "steps": [(6, "amrul", "receive", {})],
    },
    {
        "by": "zubaidah",
        "region": "16.06.01.1011",
        "hours": 6 * 24,
        "title": "Marka jalan provinsi sudah pudar",
        "text": "Marka jalan provinsi di tikungan dekat sekolah sudah tidak terlihat, terutama saat hujan.",
        "steps": [
            (120, "wati", "receive", {}),
            (96, "wati", "hand_over", {"words": "Jalan ini kewenangan provinsi.", "office": "16"}),
        ],
    },
]


def load(now: datetime) -> Iterator[Step]:
    """Everything of it, as steps; the caller sorts."""
    for tale in TALES:
        box: dict[str, Aspiration] = {}
        yield Step(now - timedelta(hours=tale["hours"]), partial(_send, tale, box))
        for hours, key, name, given in tale.get("steps", []):
            yield Step(now - timedelta(hours=hours), partial(_take, box, key, name, given))
        for hours, key in tale.get("supporters", []):
            yield Step(now - timedelta(hours=hours), partial(_support, box, key))


def _send(tale: dict[str, Any], box: dict[str, Aspiration]) -> None:
    community = Community.objects.get(name=tale["community"]) if "community" in tale else None
    aspiration = Aspiration(
        region=Region.objects.get(pk=tale["region"]),
        community=community,
        title=tale["title"],
        text=tale["text"],
        is_public=tale.get("is_public", True),
    )
    box["it"] = actions.send(aspiration, by=person(tale["by"]))


def _take(box: dict[str, Aspiration], key: str, name: str, given: dict[str, Any]) -> None:
    if "office" in given:
        given = given | {"office": Region.objects.get(pk=given["office"])}
    box["it"] = actions.take_step(box["it"], name, by=person(key), **given)


def _support(box: dict[str, Aspiration], key: str) -> None:
    actions.support(box["it"], by=person(key))
