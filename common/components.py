"""/_gaya/: every component in every state, for who builds pages. Only mounted while DEBUG is on."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common import batik

STATUSES = ("draft", "submitted", "returned", "approved", "rejected", "suspended")
REGION = Thing(name="Toman", label="Desa Toman", get_absolute_url="#", zone=ZoneInfo("Asia/Jakarta"))


class SampleForm(forms.Form):
    """One field of each shape. The texts are samples, Indonesian by nature."""

    title = forms.CharField(label="Judul", help_text="Paling banyak 120 huruf.", max_length=120)
    lead = forms.CharField(label="Teras", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    category = forms.ChoiceField(
        label="Kategori", choices=[("", "Pilih…"), ("a", "Pertanian"), ("b", "Kesehatan")]
    )
    kind = forms.ChoiceField(
        label="Jenis komunitas",
        choices=[("kim", "KIM"), ("media", "Media tradisional")],
        widget=forms.RadioSelect,
    )
    adinda = forms.MultipleChoiceField(
        label="Kegiatan",
        choices=[("a", "Akses"), ("d", "Diskusi")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = forms.DateField(label="Tanggal", widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.SplitDateTimeField(
        label="Mulai",
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": "Tanggal mulai"},
            time_attrs={"type": "time", "aria-label": "Jam mulai"},
        ),
        required=False,
    )
    scan = forms.FileField(label="Scan SK", help_text="PDF atau foto, paling besar 5 MB.")
    agreed = forms.BooleanField(label="Saya setuju dengan pedoman dan tidak menulis kabar bohong.")


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """All components, each in its states. In development only."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "gaya/gallery.html", samples())


def samples() -> dict[str, Any]:
    """Things to fill the components with; none is from the database."""
    now = timezone.now()
    return {
        "statuses": STATUSES,
        "tones": ("ok", "wait", "stop", "draft", ""),
        "kinds": ("success", "info", "warning", "error"),
        "form": SampleForm(),
        "wrong": SampleForm({"title": "", "kind": "x"}),
        "articles": [_article(now - timedelta(hours=h), i) for i, h in enumerate((2, 30, 200))],
        "events": [Thing(**_EVENT, starts_at=now + timedelta(days=d)) for d in (3, 11)],
        "community": _community(0),
        "region": REGION,
        "dues": [now + timedelta(hours=h) for h in (-3, 5, 33, 120)],
        "history": _history(now),
        "page": _page(),
        "keyset": Thing(previous_query="?sebelum=b2", next_query="?sesudah=a9"),
        "tabs": [("#", "Semua", 18, True), ("#", "Berita", 11, False), ("#", "Kegiatan", None, False)],
        "cloths": [
            [
                (motif.name, dye, batik.Cloth(motif, dye, ground))
                for dye in batik.DYES
                for ground in batik.GROUNDS
            ]
            for motif in batik.MOTIFS
        ],
        "now": now,
    }


_EVENT = {
    "title": "Pelatihan menulis berita 5W+1H",
    "get_absolute_url": "#",
    "place": "Balai Desa Toman",
    "region": REGION,
    "community": Thing(name="KIM Surya Gambo"),
}
_TITLES = (
    "Tenun gambo dari Desa Toman tembus pasar Palembang",
    "Posyandu keliling menjangkau tiga dusun di seberang sungai",
    "Petani karet beralih ke tumpang sari, ini hitungannya",
)


def _community(number: int) -> Thing:
    return Thing(
        name=("KIM Surya Gambo", "KIM Sungai Keruh", "KIM Bina Tani")[number],
        get_absolute_url="#",
        region=REGION,
        registry_number=f"16060720010{number + 1}",
        kind="kim",
    )


def _article(published_at: datetime, number: int) -> Thing:
    return Thing(
        title=_TITLES[number],
        get_absolute_url="#",
        get_category_display=("Ekonomi & UMKM", "Kesehatan", "Pertanian")[number],
        community=_community(number),
        region=REGION,
        lead="Setiap Jumat malam, dua puluh remaja berkumpul di balai desa untuk berlatih.",
        published_at=published_at,
        status=STATUSES[number],
        KIND="article",
    )


def _history(now: datetime) -> list[Thing]:
    return [
        Thing(
            label="Diajukan", actor=Thing(name="Bahar Udin"), happened_at=now - timedelta(days=2), reason=""
        ),
        Thing(
            label="Dikembalikan",
            actor=Thing(name="Wati"),
            happened_at=now - timedelta(days=1),
            reason="Mohon unggah ulang SK,\nhalaman kedua terpotong.",
        ),
    ]


def _page() -> Page:
    return Paginator(range(95), 20).page(3)
