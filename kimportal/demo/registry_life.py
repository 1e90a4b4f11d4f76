"""The later life of some of the demo's communities: renewal, changes, silence, an invitation, an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import moderation.actions
from common.uploads import DocumentField
from communities import change_actions, invitation_actions, life_actions, verbs
from communities.models import ChangeRequest, Community
from kimportal.demo.people import person
from kimportal.demo.pictures import decree
from kimportal.demo.steps import Step
from kimportal.demo.tales import Tale

# Communities from which nothing came after they were verified, by who applied.
SILENT: list[dict[str, Any]] = [
    {
        "applicant": "tarmizi",
        "ago": 262,
        "name": "KIM Rantau Sialang",
        "region": "16.06.03.2010",
        "outcome": "rest",
    },
    {
        "applicant": "desi",
        "ago": 198,
        "name": "KIM Gajah Mati",
        "region": "16.06.03.2009",
        "outcome": "proposed",
    },
    {
        "applicant": "slamet",
        "ago": 240,
        "name": "KIM Sungai Lilin",
        "region": "16.06.07.1020",
        "outcome": "dissolved",
    },
]
NEW_NAME = {
    "name": "KIM Muba Baik",
    "reason": "Musyawarah anggota memutuskan memakai kata KIM, agar warga tahu kami siapa.",
}
# Who asks for what, when it was sent, and what the office did: days ago, move, officer, reason.
CHANGES: list[dict[str, Any]] = [
    {"community": "KIM Lais Siaga", "by": "heri", "purpose": "renewal", "sent": 2, "decided": None},
    {
        "community": "Muba Baik",
        "by": "alya",
        "purpose": "change",
        "sent": 1,
        "decided": None,
        "fields": NEW_NAME,
    },
    {
        "community": "Kelompok Ulak Lia",
        "by": "ferdi",
        "purpose": "change",
        "sent": 30,
        "decided": (29, "reject", "deni", "Nama yang diminta adalah nama lembaga desa. Pilih nama sendiri."),
        "fields": {"name": "Pemerintah Kelurahan", "reason": "Supaya lebih dikenal."},
    },
    {
        "community": "Pokdarwis Lantan Lestari",
        "by": "zulhadi",
        "purpose": "renewal",
        "sent": 40,
        "decided": (38, "approve", "sahdan", ""),
    },
    {
        "community": "Sanggar Gong Sengkerang",
        "by": "muksin",
        "purpose": "renewal",
        "sent": 6,
        "decided": (5, "return", "sahdan", "Pindaian terlalu gelap, nomor SK tidak terbaca."),
    },
    {"community": "KIM Sungai Keruh", "by": "tarmizi", "purpose": "renewal", "sent": None, "decided": None},
]


def load(now: datetime) -> Iterator[Step]:
    """Everything of it, as steps; the caller sorts."""
    for entry in SILENT:
        yield from _silent(entry, now)
    for entry in CHANGES:
        yield from _asked(entry, now)
    yield Step(now - timedelta(days=2, hours=3), _invite)


def _silent(entry: dict[str, Any], now: datetime) -> Iterator[Step]:
    verified = entry["ago"]
    history = [
        {"move": "submit", "ago": f"{verified + 3}d 09.10"},
        {"move": "approve", "by": "wati", "ago": f"{verified}d 10.20"},
    ]
    told = {"applicant": entry["applicant"], "history": history, "registration": _registration(entry)}
    yield from Tale(told, now).steps()
    name, at = entry["name"], now - timedelta(days=verified)
    if entry["outcome"] == "dissolved":
        yield Step(at + timedelta(days=150), partial(_dissolve, name))
        return
    yield Step(at + timedelta(days=95), partial(_note, name, verbs.COMMUNITY_WARN, "dormancy_warned_at"))
    yield Step(
        at + timedelta(days=126), partial(_note, name, verbs.COMMUNITY_PROPOSE, "dormancy_proposed_at")
    )
    if entry["outcome"] == "rest":
        yield Step(at + timedelta(days=129), partial(_let_rest, name))


def _registration(entry: dict[str, Any]) -> dict[str, Any]:
    chair = person_name(entry["applicant"])
    return {
        "name": entry["name"],
        "kind": "kim",
        "region": entry["region"],
        "address": "Dusun I RT 02",
        "founded_on": date(2023, 5, 20),
        "member_count": 9,
        "decree_number": f"141/0{len(entry['name']) % 9 + 1}/KPTS/{{tahun}}",
        "decree_ago": entry["ago"] + 20,
        "decree_issuer": "Kepala Desa",
        "chair_name": chair,
        "secretary_name": "Hartati",
        "treasurer_name": "Syamsudin",
        "phone": "0812 0000 0130",
        "description": "Kelompok warga yang mengabarkan kegiatan desa.",
    }


def person_name(key: str) -> str:
    """The name of somebody of the content, before there is an account."""
    from kimportal.demo import content

    return next(entry["name"] for entry in content.read("people")["people"] if entry["key"] == key)


def _note(name: str, verb: str, field: str) -> None:
    community = Community.objects.select_related("region").get(name=name)
    Community.objects.filter(pk=community.pk).update(**{field: timezone.now()})
    life_actions.record_many(verb, [community])


def _let_rest(name: str) -> None:
    reason = "Pengurus merantau; kepala desa membenarkan bahwa kegiatan berhenti."
    life_actions.let_rest(Community.objects.get(name=name), by=person("wati"), reason=reason)


def _dissolve(name: str) -> None:
    reason = "Anggota bergabung ke KIM Bina Tani menurut musyawarah desa."
    last = timezone.localdate() - timedelta(days=3)
    life_actions.dissolve(Community.objects.get(name=name), on=last, reason=reason, by=person("wati"))


def _asked(entry: dict[str, Any], now: datetime) -> Iterator[Step]:
    box: dict[str, ChangeRequest] = {}
    sent = now - timedelta(days=entry["sent"] if entry["sent"] is not None else 1, hours=5)
    yield Step(sent - timedelta(hours=1), partial(_write, entry, box))
    if entry["sent"] is not None:
        yield Step(sent, partial(_move, box, "submit", entry["by"], ""))
    if entry["decided"]:
        days, move, officer, reason = entry["decided"]
        yield Step(now - timedelta(days=days, hours=4), partial(_move, box, move, officer, reason))


def _write(entry: dict[str, Any], box: dict[str, ChangeRequest]) -> None:
    community = Community.objects.select_related("region__parent__parent").get(name=entry["community"])
    change = ChangeRequest(community=community, region=community.region, purpose=entry["purpose"])
    change.created_at = change.changed_at = timezone.now()
    scan = None
    if entry["purpose"] == "renewal":
        signed = timezone.localdate() - timedelta(days=4)
        change.decree_number = f"141/77/KPTS/{signed.year}"
        change.decree_date, change.decree_issuer = signed, community.decree_issuer
        change.decree_valid_until = signed + timedelta(days=5 * 365)
        change.reason = "Masa bakti pengurus diperpanjang menurut musyawarah."
        scan = _scan(community, change)
    for name, value in entry.get("fields", {}).items():
        setattr(change, name, value)
    box["change"] = change_actions.save(change, by=person(entry["by"]), decree=scan)


def _scan(community: Community, change: ChangeRequest) -> Any:
    assert change.decree_date  # noqa: S101 - filled in just above
    paper = decree.Decree(
        letterhead=[f"Pemerintah {community.region.parent.parent}", str(community.region)],  # type: ignore[union-attr]
        issuer=change.decree_issuer,
        number=change.decree_number,
        subject=f"Perpanjangan Masa Bakti Pengurus {community.name}",
        place=community.region.name,
        date=f"{change.decree_date:%d-%m-%Y}",
        officers=[("Ketua", community.chair_name), ("Sekretaris", community.secretary_name)],
    )
    return DocumentField().clean(
        SimpleUploadedFile("sk-perpanjangan.pdf", decree.as_pdf(paper), "application/pdf")
    )


def _move(box: dict[str, ChangeRequest], move: str, key: str, reason: str) -> None:
    box["change"] = moderation.actions.move(box["change"], move, by=person(key), reason=reason)


def _invite() -> None:
    community = Community.objects.get(name="KIM Senjang Sekayu")
    invitation_actions.invite(community, by=person("yogi"), email=person("citra").email)
    invitation_actions.invite(community, by=person("yogi"))
