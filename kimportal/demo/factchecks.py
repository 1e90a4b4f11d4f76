"""Fact checks of KIM and of an office: every finding, and every state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

import factchecks.actions
import moderation.actions
from articles.models import Article
from common.html import clean_html
from communities.models import Community
from factchecks.models import FactCheck
from kimportal.demo.people import person
from kimportal.demo.steps import Step
from regions.models import Region

WRITING = timedelta(minutes=95)
BANSOS = "Cara mengenali pesan berantai palsu soal bansos"
# Each: who writes in whose name how many hours ago, and the moves that followed: hours ago, move, by, words.
TALES: list[dict[str, Any]] = [
    {
        "by": "alya",
        "kim": "Muba Baik",
        "hours": 58,
        "title": "Pendaftaran bansos lewat tautan WhatsApp itu palsu",
        "claim_text": "Daftar bansos Rp600.000 lewat tautan ini sebelum jam 12 malam, kuota terbatas.",
        "spread": "Grup WhatsApp warga Sekayu dan Babat Toman",
        "links": "https://contoh.example/daftar-bansos",
        "finding": "hoax",
        "summary": "Bansos tidak pernah didaftarkan lewat tautan. Penerima diusulkan desa atau kelurahan.",
        "body": "Kami membuka tautan itu dari ponsel yang tidak berisi data pribadi. Halamannya meminta "
        "nomor induk dan kode OTP, lalu mengalihkan ke iklan.\n\nPetugas kelurahan menjelaskan bahwa usulan "
        "penerima dibahas dalam musyawarah, tidak lewat tautan.",
        "sources": "Petugas Kelurahan Serasan Jaya, wawancara\nhttps://cekbansos.kemensos.go.id/",
        "articles": [BANSOS],
        "moves": [(56, "submit", "alya", {}), (50, "approve", "wati", {})],
    },
    {
        "by": "wati",
        "office": "16.06",
        "hours": 47,
        "title": "Foto banjir yang beredar bukan di Sekayu tahun ini",
        "claim_text": "Sekayu terendam malam ini, jembatan putus, jangan lewat.",
        "claimant": "Akun tanpa nama",
        "spread": "Facebook dan status WhatsApp",
        "links": "",
        "finding": "misinformation",
        "summary": "Foto itu diambil di tempat lain beberapa tahun lalu. Jembatan di Sekayu dapat dilalui.",
        "body": "Pencarian gambar menemukan foto yang sama pada berita lama dari daerah lain.\n\nPetugas di "
        "lapangan memotret jembatan pagi ini: kering dan dapat dilalui.",
        "sources": "Petugas lapangan, foto pukul 07.10 WIB\nPencarian gambar terbalik",
        "moves": [(46, "submit", "wati", {}), (45, "approve", "deni", {})],
    },
    {
        "by": "rina",
        "kim": "KIM Senjang Sekayu",
        "hours": 100,
        "title": "Layanan KTP keliling memang pindah ke hari Sabtu",
        "claim_text": "Mobil KTP keliling sekarang hanya datang hari Sabtu.",
        "spread": "Obrolan di pasar dan grup RT",
        "links": "",
        "finding": "true",
        "summary": "Benar. Jadwal baru berlaku sejak bulan ini, pukul 08.00 sampai 12.00.",
        "body": "Kami bertanya ke loket dan melihat pengumuman yang ditempel di kantor kecamatan.",
        "sources": "Pengumuman di kantor kecamatan\nPetugas loket, wawancara",
        "articles": ["Layanan KTP dan kartu keluarga keliling pindah ke hari Sabtu"],
        "moves": [(99, "submit", "rina", {}), (80, "approve", "deni", {})],
    },
    {
        "by": "marlina",
        "kim": "KIM Surya Gambo",
        "hours": 7,
        "title": "Benarkah pewarna gambir berbahaya bagi kulit?",
        "claim_text": "Kain gambo membuat kulit gatal karena gambir beracun.",
        "spread": "Komentar di Facebook",
        "links": "",
        "finding": "unproven",
        "summary": "Belum ada hasil uji yang mendukung atau membantahnya.",
        "body": "Kami bertanya kepada bidan desa dan dua penenun. Belum ada keluhan, dan belum ada uji.",
        "sources": "Bidan desa, wawancara",
        "moves": [(6, "submit", "marlina", {})],
    },
    {
        "by": "alya",
        "kim": "Muba Baik",
        "hours": 76,
        "title": "Video “harga BBM naik besok” dipotong dari siaran lama",
        "claim_text": "Harga BBM naik dua kali lipat mulai besok.",
        "spread": "TikTok",
        "links": "",
        "finding": "disinformation",
        "summary": "Video itu potongan siaran lama yang diberi tanggal baru.",
        "body": "Siaran lengkapnya kami tonton sampai selesai; tanggalnya disebut di awal.",
        "sources": "Siaran lengkap",
        "moves": [
            (75, "submit", "alya", {}),
            (70, "return", "wati", {"reason": "Mohon tulis siaran mana dan tanggal tayangnya."}),
        ],
    },
    {
        "by": "rina",
        "kim": "KIM Senjang Sekayu",
        "hours": 170,
        "title": "Warung di simpang empat curang",
        "claim_text": "Timbangan warung itu selalu kurang.",
        "spread": "Obrolan tetangga",
        "links": "",
        "finding": "true",
        "summary": "Menurut tetangga memang begitu.",
        "body": "Kami bertanya kepada dua tetangga.",
        "sources": "Tetangga",
        "moves": [
            (169, "submit", "rina", {}),
            (160, "reject", "wati", {"reason": "Menuduh orang tanpa bukti.", "cited": "slander"}),
        ],
    },
    {
        "by": "marlina",
        "kim": "KIM Surya Gambo",
        "hours": 200,
        "title": "Imunisasi di balai desa tidak dipungut biaya",
        "claim_text": "Imunisasi di balai desa harus bayar.",
        "spread": "Grup ibu-ibu",
        "links": "",
        "finding": "hoax",
        "summary": "Imunisasi di posyandu gratis.",
        "body": "Kader posyandu menjelaskan bahwa tidak ada pungutan.",
        "sources": "Kader posyandu",
        "moves": [
            (199, "submit", "marlina", {}),
            (190, "approve", "wati", {}),
            (180, "suspend", "deni", {"reason": "Menyebut nama anak dalam contoh.", "cited": "children"}),
        ],
    },
    {
        "by": "rina",
        "kim": "KIM Senjang Sekayu",
        "hours": 3,
        "title": "Pesan tentang penculikan di dekat sekolah",
        "claim_text": "Ada mobil putih menculik anak di dekat sekolah.",
        "spread": "",
        "links": "",
        "finding": "",
        "summary": "",
        "body": "",
        "sources": "",
    },
]
WORDS = ("title", "claim_text", "claimant", "spread", "links", "finding", "summary", "sources")


def load(now: datetime) -> Iterator[Step]:
    """Written within the last days, each through the portal's own actions."""
    for tale in TALES:
        yield Step(now - timedelta(hours=tale["hours"]), partial(_write, tale))
        for hours, move, by, words in tale.get("moves", []):
            yield Step(now - timedelta(hours=hours), partial(_move, tale["title"], move, by, words))


def _write(tale: dict[str, Any]) -> None:
    begun = timezone.now() - WRITING
    check = FactCheck(created_at=begun, body=clean_html(tale["body"]))
    for name in WORDS:
        setattr(check, name, tale.get(name, ""))
    if "kim" in tale:
        check.community = Community.objects.select_related("region").get(name=tale["kim"])
        check.region = check.community.region
    else:
        check.region = Region.objects.get(pk=tale["office"])
    articles = Article.objects.filter(title__in=tale.get("articles", []))
    factchecks.actions.save(check, articles, by=person(tale["by"]))


def _move(title: str, move: str, by: str, words: dict[str, Any]) -> None:
    moderation.actions.move(FactCheck.objects.get(title=title), move, by=person(by), **words)
