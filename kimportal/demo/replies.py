"""Replies of people who are named in the news: one in each state, by people with and without an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

import moderation.actions
import replies.actions
from accounts.models import User
from accounts.staged import owner_of
from articles.models import Article
from kimportal.demo.people import address, person
from kimportal.demo.steps import Step
from replies.models import Reply

WRITING = timedelta(minutes=12)
# Each: who replies to which article how many hours ago, and what was done then, by whom, how many hours ago.
TALES: list[dict[str, Any]] = [
    {
        "key": "warga-lais",
        "title": "Cara mengenali pesan berantai palsu soal bansos",
        "hours": 50,
        "name": "Dian Permata",
        "relation": "Pengelola grup WhatsApp yang disebut",
        "passage": "Pesan itu pertama kali beredar di grup warga.",
        "text": "Pesan itu memang masuk ke grup kami, tetapi kami yang pertama menghapusnya dan mengingatkan "
        "anggota. Saya mohon hal ini ikut diketahui pembaca.",
        "moves": [(40, "approve", "wati", {})],
    },
    {
        "key": "citra",
        "title": "Gerai Gambo Toman menerima pesanan seragam untuk akhir tahun",
        "hours": 5,
        "name": "Citra Maharani",
        "relation": "Pengrajin yang disebut",
        "passage": "",
        "text": "Pesanan diterima sampai tanggal 10, bukan sampai akhir bulan. Mohon dibetulkan agar pembeli "
        "tidak kecewa.",
    },
    {
        "key": "yogi",
        "title": "Gerai Gambo Toman menerima pesanan seragam untuk akhir tahun",
        "hours": 40,
        "name": "Yogi Pratama",
        "relation": "Pemilik gerai",
        "passage": "",
        "text": "Ada yang kurang tepat tentang gerai kami di berita ini.",
        "moves": [
            (33, "return", "wati", {"reason": "Mohon sebutkan kalimat mana dan bagaimana yang benar."})
        ],
    },
    {
        "key": "warga-sekayu",
        "title": "Jalan cor 800 meter di Dusun II Toman mulai dilalui warga",
        "hours": 90,
        "name": "Toko Jaya",
        "relation": "Pemilik toko",
        "passage": "",
        "text": "Toko kami di tepi jalan itu menjual semen murah. Silakan datang.",
        "moves": [
            (70, "reject", "wati", {"reason": "Toko Anda tidak disebut dalam berita ini."}),
            (
                60,
                "appeal",
                "warga-sekayu",
                {"reason": "Foto berita itu memperlihatkan papan nama toko kami."},
            ),
            (52, "reject", "deni", {"reason": "Papan nama tidak terbaca di foto. Iklan bukan hak jawab."}),
        ],
    },
    {
        "key": "warga-toman",
        "title": "Gerai Gambo Toman menerima pesanan seragam untuk akhir tahun",
        "hours": 140,
        "name": "Pelanggan lama",
        "relation": "Pelanggan yang dikutip",
        "passage": "",
        "text": "Saya tidak pernah diwawancarai. Penulisnya memang selalu mengarang cerita.",
        "moves": [
            (130, "approve", "wati", {}),
            (110, "suspend", "wati", {"reason": "Menuduh penulis tanpa bukti.", "cited": "slander"}),
        ],
    },
    {
        "key": "rina",
        "title": "Cara mengenali pesan berantai palsu soal bansos",
        "hours": 44,
        "name": "Rina Oktavia",
        "relation": "Pembaca yang dikutip",
        "passage": "",
        "text": "Kutipan saya dipotong di tengah; kalimat lengkapnya berbeda artinya.",
        "moves": [(43, "withdraw", "rina", {})],
    },
]


def load(now: datetime) -> Iterator[Step]:
    """Sent within the last days; each by its own hands."""
    for tale in TALES:
        yield Step(now - timedelta(hours=tale["hours"]), partial(_send, tale))
        for hours, move, by, words in tale.get("moves", []):
            yield Step(now - timedelta(hours=hours), partial(_move, tale, move, by, words))


def _sender(key: str) -> User:
    """Somebody of the demo; or who has confirmed an address, and has no account."""
    if not key.startswith("warga-"):
        return person(key)
    sender = owner_of(address(key), language="id")
    User.objects.filter(pk=sender.pk).update(wants_email=False)
    return sender


def _send(tale: dict[str, Any]) -> None:
    words = {name: tale[name] for name in replies.actions.WORDS}
    article = Article.objects.get(title=tale["title"])
    begun = timezone.now() - WRITING
    replies.actions.send(Reply(article=article, created_at=begun, **words), by=_sender(tale["key"]))


def _move(tale: dict[str, Any], move: str, by: str, words: dict[str, Any]) -> None:
    reply = Reply.objects.get(article__title=tale["title"], name=tale["name"])
    moderation.actions.move(reply, move, by=_sender(by), **words)
