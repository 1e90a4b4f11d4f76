"""What changes of published news must show: one in each state, and a correction that readers see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

import moderation.actions
from articles import amendment_actions
from articles.models import Amendment, Article
from kimportal.demo.people import person
from kimportal.demo.steps import Step

ROAD = "Jalan cor 800 meter di Dusun II Toman mulai dilalui warga"
GAMBIER = "Getah gambir: dulu terbuang di dapur, kini pewarna kain"
SHOP = "Gerai Gambo Toman menerima pesanan seragam untuk akhir tahun"
CLOTH = "Tenun gambo dari Desa Toman tembus pasar Palembang"
BUS = "Layanan KTP dan kartu keluarga keliling pindah ke hari Sabtu"
MORE = (
    "<p>Setelah berita ini terbit, dua kelompok perajin dari Babat Toman meminta pelatihan. Pelatihan "
    "pertama diadakan bulan depan di balai desa.</p>"
)
# What the words of a part become: others, or made of what they were.
Words = Mapping[str, str | Callable[[str], str]]


def load(now: datetime) -> Iterator[Step]:
    """A correction of ten days ago, and what waits, came back, was refused and is begun in these days."""
    yield from _tale(now, 247, ROAD, _corrected("34 warga", "43 warga", "Jalan itu dikerjakan {}."))
    yield _decided(now, 240, ROAD, "approve", by="deni")
    short = "Mobil layanan kependudukan kini singgah di halaman kantor lurah setiap Sabtu pertama."
    yield from _tale(now, 52, BUS, {"nature": "update", "lead": short})
    reason = "Bahwa warga yang bekerja tidak perlu izin adalah alasan perubahan ini. Mohon jangan dihapus."
    yield _decided(now, 47, BUS, "reject", by="wati", reason=reason, cited="unbalanced")
    yield from _tale(now, 34, SHOP, _corrected("Rp145.000", "Rp165.000", "Harga mulai {} per potong."))
    reason = "Terima kasih. Mohon tulis juga sejak kapan harga itu berlaku, lalu kirim lagi."
    yield _decided(now, 32, SHOP, "return", by="wati", reason=reason)
    yield from _tale(now, 31, GAMBIER, {"nature": "update", "body": lambda body: body + MORE})
    title = "Tenun gambo dari Desa Toman masuk dua toko di Palembang"
    words = {"nature": "update", "title": title}
    yield Step(now - timedelta(hours=1), partial(_begin, CLOTH, words))


def _corrected(wrong: str, right: str, sentence: str) -> Words:
    """A correction of a few words of the body; the sentence says it with either."""
    told = {"was_wrong": sentence.format(wrong), "is_right": sentence.format(right)}
    return {**told, "body": lambda body: body.replace(wrong, right)}


def _tale(now: datetime, hours: int, title: str, words: Words) -> Iterator[Step]:
    yield Step(now - timedelta(hours=hours, minutes=20), partial(_begin, title, words))
    yield Step(now - timedelta(hours=hours), partial(_send, title))


def _begin(title: str, words: Words) -> None:
    article = Article.objects.get(title=title)
    amendment = amendment_actions.begin(article)
    for name, said in words.items():
        setattr(amendment, name, said(getattr(amendment, name)) if callable(said) else said)
    amendment_actions.save(amendment, by=article.created_by)


def _send(title: str) -> None:
    amendment = Amendment.objects.open().get(article__title=title)
    amendment_actions.send(amendment, by=amendment.created_by)


def _decided(
    now: datetime, hours: int, title: str, move: str, *, by: str, reason: str = "", cited: str = ""
) -> Step:
    return Step(now - timedelta(hours=hours), partial(_decide, title, move, by, reason, cited))


def _decide(title: str, move: str, by: str, reason: str, cited: str) -> None:
    amendment = Amendment.objects.waiting().get(article__title=title)
    moderation.actions.move(amendment, move, by=person(by), reason=reason, cited=cited)
