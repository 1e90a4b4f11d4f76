"""Cheap rows for tests: one insert each, plus what the model demands. Regions are the real ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Consent, Posting, User
from accounts.roles import Role
from announcements.models import Announcement
from articles.models import Amendment, Article, Category
from aspirations.models import Aspiration
from communities.models import ChangeRequest, Community, Document, ForumMembership, Kind, Membership
from events.change import Nature
from events.models import Event, EventChange
from factchecks.models import FactCheck
from moderation.models import Moderated
from moderation.states import Status
from regions.models import Region
from replies.models import Reply

TOMAN = "16.06.06.2008"  # a village of Babat Toman, Musi Banyuasin, Sumatera Selatan (WIB)
MUSI_BANYUASIN = "16.06"
SUMATERA_SELATAN = "16"
LOMBOK_TENGAH = "52.02"  # Nusa Tenggara Barat (WITA)
PASSWORD = "kata-sandi-uji-77"
DECIDED = {Status.APPROVED, Status.REJECTED, Status.RETURNED, Status.SUSPENDED}
_serial = count(1)


def region(code: str) -> Region:
    """A real region by its code."""
    return Region.objects.get(pk=code)


def make_user(name: str = "Rina Oktavia", *, agreed: bool = True, **fields: Any) -> User:
    """An account that can sign in with PASSWORD, verified and agreed to the terms."""
    from allauth.account.models import EmailAddress

    from accounts.terms import TERMS_VERSION

    fields.setdefault("email", f"orang{next(_serial)}@contoh.example")
    user = User.objects.create_user(password=PASSWORD, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if agreed:
        Consent.objects.create(user=user, document=Consent.Document.TERMS, version=TERMS_VERSION)
    return user


def all_yes(model: type[Moderated]) -> dict[str, str]:
    """The sheet of a kind with yes to everything, as the desk sends it."""
    return {f"periksa-{code}": "yes" for code in model.SHEET}


def make_officer(code: str | None = MUSI_BANYUASIN, *, role: str = Role.OFFICER, name: str = "Wati") -> User:
    """A person with a posting in the region; None is the ministry."""
    user = make_user(name)
    Posting.objects.create(user=user, region_id=code, role=role)
    return user


def _state(status: str, author: User, decider: User | None, due_at: datetime | None) -> dict[str, Any]:
    now = timezone.now()
    fields: dict[str, Any] = {"status": status, "created_by": author}
    if status != Status.DRAFT:
        fields |= {"submitted_at": now, "submitted_by": author, "due_at": due_at or now + timedelta(days=2)}
    if status in DECIDED:
        fields |= {"decided_at": now, "decided_by": decider or author}
        fields["decision_reason"] = "" if status == Status.APPROVED else "Mohon dilengkapi."
    return fields


def make_community(
    status: str = Status.APPROVED,
    *,
    village: str = TOMAN,
    applicant: User | None = None,
    due_at: datetime | None = None,
    **fields: Any,
) -> Community:
    """A community; a verified one has a number and its applicant as manager."""
    number = next(_serial)
    applicant = applicant or make_user("Bahar Udin")
    if status in (Status.APPROVED, Status.SUSPENDED):
        fields.setdefault("registry_number", f"{village.replace('.', '')}{number:05d}"[:15])
        fields.setdefault("verified_at", timezone.now())
    fields.setdefault("name", f"KIM Surya {number}")
    fields.setdefault("slug", f"kim-surya-{number}")
    community = Community.objects.create(
        region_id=village, **{**COMPLETE, **_state(status, applicant, None, due_at), **fields}
    )
    if status in (Status.APPROVED, Status.SUSPENDED):
        make_member(community, user=applicant, role=Membership.Role.MANAGER)
    return community


def make_forum(
    code: str = MUSI_BANYUASIN, status: str = Status.APPROVED, *, applicant: User | None = None, **fields: Any
) -> Community:
    """A Forum KIM of a regency or a province."""
    if status in (Status.APPROVED, Status.SUSPENDED):
        fields.setdefault("registry_number", f"{code.replace('.', ''):0<10}{next(_serial):05d}")
    fields.setdefault("name", f"Forum KIM {next(_serial)}")
    return make_community(status, village=code, applicant=applicant, kind=Kind.FORUM, **fields)


def make_forum_member(forum: Community, community: Community | None = None) -> ForumMembership:
    """A membership on which both have agreed."""
    community = community or make_community()
    return ForumMembership.objects.create(
        forum=forum,
        community=community,
        is_invitation=False,
        asked_by=community.created_by,
        accepted_at=timezone.now(),
        accepted_by=forum.created_by,
    )


COMPLETE = {
    "address": "Jalan Merdeka 1",
    "founded_on": date(2020, 8, 17),
    "member_count": 12,
    "description": "Kelompok warga yang menulis kabar desa.",
    "decree_number": "141/12/KPTS/2026",
    "decree_date": date(2026, 1, 5),
    "decree_issuer": "Kepala Desa",
    "decree_valid_until": date(2031, 1, 5),
    "chair_name": "Bahar Udin",
    "secretary_name": "Siti Aminah",
    "treasurer_name": "Joko Susilo",
    "phone": "0812 0000 0000",
}


def make_decree(community: Community) -> Document:
    """A row for the scan of the SK, without a file behind it."""
    return Document.objects.create(
        community=community,
        file="documents/none",
        original_name="sk.pdf",
        content_type="application/pdf",
        size=10,
        uploaded_by=community.created_by,
    )


def make_member(
    community: Community, *, user: User | None = None, role: str = Membership.Role.MEMBER
) -> User:
    """A current member of the community."""
    user = user or make_user("Anggota")
    Membership.objects.create(
        community=community, user=user, role=role, accepted_at=timezone.now(), accepted_by=user
    )
    return user


def _item_fields(
    status: str, community: Community, author: User | None, due_at: datetime | None
) -> dict[str, Any]:
    author = author or community.created_by
    fields = {"community": community, **_state(status, author, None, due_at)}
    if status in (Status.APPROVED, Status.SUSPENDED):
        fields["published_at"] = timezone.now() - timedelta(minutes=next(_serial) % 50)
    return fields


def make_article(
    status: str = Status.APPROVED,
    *,
    community: Community | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    **fields: Any,
) -> Article:
    """An article; its community is verified and its author the community's manager unless given."""
    number = next(_serial)
    community = community or make_community()
    defaults = {
        "title": f"Warga membersihkan sungai ke-{number}",
        "lead": "Puluhan warga bergotong royong pada Minggu pagi.",
        "body": "<p>Kegiatan dimulai pukul tujuh.</p>",
        "category": Category.ENVIRONMENT,
        "dateline": "TOMAN",
    }
    return Article.objects.create(**{**defaults, **_item_fields(status, community, author, due_at), **fields})


def make_event(
    status: str = Status.APPROVED,
    *,
    community: Community | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    **fields: Any,
) -> Event:
    """An event of tomorrow; its community is verified unless given."""
    community = community or make_community()
    start = timezone.now() + timedelta(days=1)
    defaults = {
        "title": f"Gotong royong ke-{next(_serial)}",
        "text": "Bawa alat kebersihan sendiri.",
        "place": "Balai Desa Toman",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
    }
    return Event.objects.create(**{**defaults, **_item_fields(status, community, author, due_at), **fields})


def make_change(
    status: str = Status.SUBMITTED,
    *,
    community: Community | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    **fields: Any,
) -> ChangeRequest:
    """A request for another name; its community is verified and its author the manager unless given."""
    community = community or make_community()
    author = author or community.created_by
    defaults = {"purpose": "change", "name": f"KIM Baru {next(_serial)}", "reason": "Musyawarah anggota."}
    state = _state(status, author, None, due_at)
    return ChangeRequest.objects.create(
        community=community, region=community.region, **{**defaults, **state, **fields}
    )


def make_reply(
    status: str = Status.APPROVED,
    *,
    article: Article | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    **fields: Any,
) -> Reply:
    """A reply to a published article; who sent it belongs to no community. `title` is the article's."""
    about = {name: fields.pop(name) for name in ("title", "community") if name in fields}
    article = article or make_article(**about)
    if status in (Status.APPROVED, Status.SUSPENDED):
        fields.setdefault("published_at", timezone.now())
    words = {"name": "Ahmad Fauzi", "relation": "Kepala dusun dua", "text": "Saya hadir pada hari itu."}
    state = _state(status, author or make_user("Ahmad Fauzi"), None, due_at)
    return Reply.objects.create(article=article, **{**words, **state, **fields})


def make_fact_check(
    status: str = Status.APPROVED,
    *,
    community: Community | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    of_office: str = "",
    **fields: Any,
) -> FactCheck:
    """A check of a KIM, or of the office of a region; its author is the community's manager unless given."""
    if not of_office:
        community = community or make_community()
        fields.setdefault("region", community.region)
    else:
        fields.setdefault("region_id", of_office)
    if status in (Status.APPROVED, Status.SUSPENDED):
        fields.setdefault("published_at", timezone.now())
    defaults = {
        "title": f"Bansos dibagikan lewat tautan ke-{next(_serial)}",
        "claim_text": "Bansos 600 ribu dibagikan lewat tautan ini.",
        "spread": "Grup WhatsApp warga",
        "finding": "hoax",
        "summary": "Bansos tidak pernah didaftarkan lewat tautan.",
        "body": "<p>Kami menelepon dinas sosial.</p>",
        "sources": "Dinas Sosial, wawancara",
    }
    author = author or (community.created_by if community else make_officer(of_office))
    state = _state(status, author, None, due_at)
    return FactCheck.objects.create(community=community, **{**defaults, **state, **fields})


def make_amendment(
    status: str = Status.SUBMITTED,
    *,
    article: Article | None = None,
    community: Community | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    **words: Any,
) -> Amendment:
    """A correction of a published article, by its author unless given; other words may be named."""
    from articles.parts import WORDS, base_of

    article = article or make_article(community=community, author=author)
    base = base_of(article)
    told = {"was_wrong": "Kegiatan dimulai pukul tujuh.", "is_right": "Kegiatan dimulai pukul enam."}
    said = {name: base[name] for name in WORDS}
    changed = {"body": "<p>Kegiatan dimulai pukul enam.</p>"}
    return Amendment.objects.create(
        article=article,
        community=article.community,
        region=article.region,
        base=base,
        **{**told, **said, **changed, **_state(status, author or article.created_by, None, due_at), **words},
    )


def make_event_change(
    status: str = Status.SUBMITTED,
    *,
    event: Event | None = None,
    community: Community | None = None,
    author: User | None = None,
    due_at: datetime | None = None,
    **words: Any,
) -> EventChange:
    """Other words for a published event, by its author unless given."""
    from events.change import said_by

    event = event or make_event(community=community, author=author)
    before = said_by(event)
    after = {**before, "text": "Bawa cangkul sendiri."}
    told = {"title": event.title, "text": after["text"], "reason": "Alatnya keliru.", "before": before}
    state = _state(status, author or event.created_by, None, due_at)
    return EventChange.objects.create(
        event=event,
        community=event.community,
        region=event.region,
        **{
            "nature": Nature.REWORDED,
            **told,
            **state,
            "after": after if status == Status.APPROVED else {},
            **words,
        },
    )


ITEM_MAKERS: dict[str, Any] = {
    "amendment": make_amendment,
    "eventchange": make_event_change,
    "community": make_community,
    "article": make_article,
    "event": make_event,
    "change": make_change,
    "reply": make_reply,
    "factcheck": make_fact_check,
}


def make_item(kind: str, status: str, **fields: Any) -> Moderated:
    """An item of any kind in any state."""
    return ITEM_MAKERS[kind](status, **fields)  # type: ignore[no-any-return]


def make_announcement(
    code: str | None = MUSI_BANYUASIN, *, by: User | None = None, sent: bool = True, **fields: Any
) -> Announcement:
    """An announcement to all KIM beneath an office, sent unless said otherwise; nobody is told of it."""
    now = timezone.now()
    by = by or make_officer(code)
    if sent:
        fields = {"sent_at": now, "sent_by": by, **fields}
    defaults = {
        "title": f"Imunisasi serentak ke-{next(_serial)}",
        "text": "<p>Bawa buku KIA ke posyandu terdekat.</p>",
        "source": "Dinkominfo Musi Banyuasin",
        "valid_until": timezone.localdate() + timedelta(days=30),
        "places": [code or ""],
        "created_by": by,
    }
    return Announcement.objects.create(region_id=code, **{**defaults, **fields})


def make_aspiration(status: str = "sent", *, author: User | None = None, **fields: Any) -> Aspiration:
    """An aspiration of a village, public unless said otherwise, in any status; nobody is told of it."""
    now, by = timezone.now(), fields.pop("by", None) or author or make_user("Petugas Lama")
    state: dict[str, Any] = {"due_at": now + timedelta(days=3)}
    if status not in ("sent", "withdrawn"):
        state |= {"received_at": now, "received_by": by, "due_at": now + timedelta(days=10)}
        state["shown_at"] = now if fields.get("is_public", True) else None
    if status == "forwarded":
        state |= {"forwarded_at": now, "forwarded_by": by, "forwarded_to": "Dinas PUPR"}
    if status in ("answered", "closed"):
        state |= {"answered_at": now, "answered_by": by, "answer": "Sudah kami perbaiki.", "due_at": None}
    if status == "closed":
        state |= {"closed_at": now, "closed_by": by}
    if status == "withdrawn":
        state |= {"withdrawn_at": now, "withdrawn_by": by, "due_at": None}
    village = fields.pop("region_id", TOMAN)
    defaults = {
        "title": f"Jembatan rusak ke-{next(_serial)}",
        "text": "Jembatan dusun dua rusak sejak bulan lalu.",
        "region_id": village,
        "desk_id": village,
        "sent_by": author or make_user("Warga Desa"),
        "receive_due_at": now + timedelta(days=3),
        "answer_due_at": now + timedelta(days=10),
    }
    return Aspiration.objects.create(status=status, **{**defaults, **state, **fields})
