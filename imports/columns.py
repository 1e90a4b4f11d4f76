"""The fields that a spreadsheet may bring, and the headings by which offices call them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from imports.sheets import Row

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Column:
    """One field: its name in code, its words, and headings as they are found, in small letters."""

    name: str
    label: StrOrPromise
    headings: tuple[str, ...]


COLUMNS = (
    Column("name", _("name"), ("nama kim", "nama komunitas", "nama kelompok", "kim", "komunitas", "nama")),
    Column("kind", _("kind"), ("jenis", "jenis komunitas", "jenis kim", "kategori", "jenis kelompok")),
    Column(
        "village_code",
        _("village code"),
        ("kode desa", "kode wilayah", "kode desa kelurahan", "kode kemendagri", "kode kelurahan", "kode"),
    ),
    Column(
        "village", _("village"),
        ("desa kelurahan", "desa", "kelurahan", "nama desa", "desa kel", "kel desa"),
    ),
    Column("district", _("district"), ("kecamatan", "nama kecamatan", "kec", "distrik")),
    Column(
        "regency",
        _("regency or city"),
        ("kabupaten kota", "kabupaten", "kab kota", "kota", "nama kabupaten"),
    ),
    Column("address", _("address"), ("alamat", "alamat sekretariat", "sekretariat", "alamat kim")),
    Column(
        "founded_on",
        _("founded on"),
        ("tanggal berdiri", "tanggal dibentuk", "tgl berdiri", "berdiri", "tanggal pembentukan"),
    ),
    Column("member_count", _("number of members"), ("jumlah anggota", "jml anggota", "anggota")),
    Column(
        "decree_number", _("SK number"),
        ("nomor sk", "no sk", "sk", "nomor surat keputusan", "no surat keputusan"),
    ),
    Column(
        "decree_date", _("SK date"),
        ("tanggal sk", "tgl sk", "tanggal surat keputusan", "tanggal terbit sk"),
    ),
    Column(
        "decree_issuer",
        _("issued by"),
        ("penerbit sk", "penerbit", "diterbitkan oleh", "pejabat penerbit", "yang menerbitkan"),
    ),
    Column(
        "decree_valid_until",
        _("valid until"),
        ("berlaku sampai", "sk berlaku sampai", "masa berlaku", "masa berlaku sk", "berlaku hingga"),
    ),
    Column("chair_name", _("chair (ketua)"), ("ketua", "nama ketua", "ketua kim")),
    Column("secretary_name", _("secretary (sekretaris)"), ("sekretaris", "nama sekretaris")),
    Column("treasurer_name", _("treasurer (bendahara)"), ("bendahara", "nama bendahara")),
    Column("email", _("group e-mail"), ("email", "e mail", "surel", "alamat email", "email kim")),
    Column(
        "phone",
        _("telephone or WhatsApp"),
        ("telepon", "no hp", "no telepon", "nomor hp", "hp", "wa", "no wa", "whatsapp", "telp", "kontak",
         "nomor telepon", "no hp wa", "nomor wa"),
    ),
    Column("website", _("website"), ("website", "situs", "situs web", "web", "blog")),
    Column("facebook", "Facebook", ("facebook", "fb")),
    Column("instagram", "Instagram", ("instagram", "ig")),
    Column("description", _("description"), ("keterangan", "deskripsi", "profil")),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
# How far down a title may push the headings.
LOOK_DOWN = 15


def key(heading: str) -> str:
    """A heading as it is compared: small letters and digits, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold()))


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Which column is likely to hold which field. The first heading of a field's list wins."""
    keys = [key(heading) for heading in headings]
    found: dict[str, int] = {}
    for column in COLUMNS:
        for wanted in column.headings:
            if wanted in keys and keys.index(wanted) not in found.values():
                found[column.name] = keys.index(wanted)
                break
    return found


def headings_among(rows: Sequence[Row]) -> Row | None:
    """The row of headings: among the first rows the one with most that are known."""
    if not rows:
        return None
    return max(rows[:LOOK_DOWN], key=lambda row: (len(guess(row.cells)), -row.number))


def remembered(mapping: dict[str, int], former: Sequence[str], headings: Sequence[str]) -> dict[str, int]:
    """What an office matched the last time, wherever those headings stand now."""
    keys = [key(heading) for heading in headings]
    again = {}
    for name, column in mapping.items():
        wanted = key(former[column]) if column < len(former) else ""
        if name in BY_NAME and wanted and wanted in keys:
            again[name] = keys.index(wanted)
    return again
