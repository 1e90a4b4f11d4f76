"""What offices of the demo announced: the ministry to all, a kabupaten to its KIM; read, and passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from fpdf import FPDF

import moderation.actions
from announcements import actions, passing_on
from announcements.models import Announcement
from articles.models import Article
from common.html import clean_html
from common.uploads import DocumentField
from communities.models import Community
from kimportal.demo.people import person
from kimportal.demo.steps import Step
from notifications.announcing import recipients
from regions.models import Region

MINISTRY: dict[str, Any] = {
    "by": "ratna",
    "region": None,
    "audience": "readers",
    "title": "Waspada undian palsu yang mengatasnamakan bantuan pemerintah",
    "text": """Beredar pesan WhatsApp yang mengatakan penerima berhak atas bantuan tunai dan diminta mengisi
data di sebuah tautan. <strong>Pesan itu palsu.</strong> Bantuan pemerintah tidak pernah dibagikan lewat
undian atau tautan.""",
    "points": [
        "Jangan membuka tautan dan jangan mengirim foto KTP, PIN, atau kode OTP kepada siapa pun.",
        "Tanyakan kepada perangkat desa atau dinas sosial bila menerima pesan semacam itu.",
        "Sampaikan kepada keluarga dan tetangga, terutama yang lanjut usia.",
    ],
    "days": 60,
}
KABUPATEN: dict[str, Any] = {
    "by": "amrul",
    "region": "16.06",
    "audience": "communities",
    "title": "Pekan imunisasi serentak di semua posyandu",
    "text": """Pekan imunisasi berlangsung di semua posyandu Kabupaten Musi Banyuasin, pukul 08.00 sampai
12.00 WIB. KIM diminta menyampaikan jadwal posyandu di desanya dan meliput pelaksanaannya.""",
    "points": [
        "Sasaran: bayi dan anak usia di bawah lima tahun.",
        "Orang tua membawa buku KIA.",
        "Wajah dan nama anak tidak ditampilkan dalam berita.",
    ],
    "days": 21,
    "letter": "Nomor 440/812/DINKOMINFO, perihal Pemberitahuan Pekan Imunisasi Serentak (contoh)",
}
DRAFT: dict[str, Any] = {
    "by": "wati",
    "region": "16.06",
    "audience": "communities",
    "title": "Pelatihan foto jurnalistik untuk pengurus KIM",
    "text": "Dinkominfo mengadakan pelatihan foto dengan ponsel. Tempat dan tanggal menyusul.",
    "points": [],
    "days": 40,
}


def load(now: datetime) -> Iterator[Step]:
    """Everything of it, as steps; the caller sorts."""
    ministry: dict[str, Announcement] = {}
    kabupaten: dict[str, Announcement] = {}
    yield Step(now - timedelta(days=6, hours=4), partial(_announce, MINISTRY, ministry))
    yield Step(now - timedelta(days=3, hours=5), partial(_announce, KABUPATEN, kabupaten))
    yield Step(now - timedelta(hours=20), partial(_write, DRAFT))
    for hours, key in ((140, "baiq"), (130, "yogi"), (121, "rusdi"), (96, "marlina")):
        yield Step(now - timedelta(hours=hours), partial(_read, ministry, key))
    for hours, key in ((75, "yogi"), (73, "marlina"), (70, "fikri"), (52, "heri")):
        yield Step(now - timedelta(hours=hours), partial(_read, kabupaten, key))
    article: dict[str, Article] = {}
    yield Step(now - timedelta(hours=69), partial(_pass_on, kabupaten, article, "marlina", "KIM Surya Gambo"))
    yield Step(now - timedelta(hours=68), partial(_move, article, "submit", "marlina"))
    yield Step(now - timedelta(hours=49), partial(_move, article, "approve", "wati"))


def _write(entry: dict[str, Any]) -> Announcement:
    region = Region.objects.get(pk=entry["region"]) if entry["region"] else None
    points = "".join(f"<li>{point}</li>" for point in entry["points"])
    words = (
        entry["text"].replace("\n", " ").replace("**Pesan itu palsu.**", "<strong>Pesan itu palsu.</strong>")
    )
    announcement = Announcement(
        region=region,
        title=entry["title"],
        text=clean_html(f"<p>{words}</p>" + (f"<ul>{points}</ul>" if points else "")),
        valid_until=timezone.localdate() + timedelta(days=entry["days"]),
        audience=entry["audience"],
        places=[entry["region"] or ""],
        created_at=timezone.now(),
    )
    by = person(entry["by"])
    return actions.save_draft(announcement, by=by, attachment=_letter(entry, region))


def _announce(entry: dict[str, Any], box: dict[str, Announcement]) -> None:
    draft, by = _write(entry), person(entry["by"])
    box["announcement"] = actions.send(draft, by=by, people=recipients(draft, by=by).count())


def _letter(entry: dict[str, Any], region: Region | None) -> Any:
    if "letter" not in entry:
        return None
    letter = FPDF()
    letter.add_page()
    letter.set_font("Helvetica", size=14)
    letter.multi_cell(0, 8, f"Pemerintah {region}\n\n{entry['letter']}")
    file = SimpleUploadedFile("surat-pekan-imunisasi.pdf", bytes(letter.output()), "application/pdf")
    return DocumentField().clean(file)


def _read(box: dict[str, Announcement], key: str) -> None:
    actions.confirm_reading(box["announcement"], by=person(key))


def _pass_on(box: dict[str, Announcement], article: dict[str, Article], key: str, name: str) -> None:
    community = Community.objects.get(name=name)
    article["article"] = passing_on.pass_on(box["announcement"], community, by=person(key))[0].article


def _move(box: dict[str, Article], move: str, key: str) -> None:
    box["article"] = moderation.actions.move(box["article"], move, by=person(key))
