"""Every form that people fill in: where it is, who fills it in, and what a good answer looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Posting, User
from accounts.roles import Role
from activity.models import Activity
from articles.models import Amendment, Article
from communities.models import Community
from communities.registration_steps import STEPS
from events.models import Event
from moderation.states import Status
from tests.factories import (
    COMPLETE,
    PASSWORD,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_officer,
    make_user,
)

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def scan() -> SimpleUploadedFile:
    """A scan of an SK, small."""
    return SimpleUploadedFile("sk.pdf", PDF, "application/pdf")


def tomorrow(hours: int) -> str:
    """A moment of tomorrow as the field for it sends it."""
    return f"{timezone.localtime() + timedelta(days=1, hours=hours):%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class Form:
    """One form. `texts` are the fields where people type; `needed` those that an empty form asks for."""

    name: str
    prepare: Callable[[], tuple[User | None, str]]
    good: Callable[[], dict[str, Any]]
    texts: tuple[str, ...]
    needed: frozenset[str]
    makes: type[Model]
    # What is never shown again, however wrong the rest was.
    secrets: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name

    def open(self, client: Client) -> str:
        """Sign in who fills it in; the address of the form."""
        person, url = self.prepare()
        if person:
            client.force_login(person)
        return url


def _of_writer(page: str) -> Callable[[], tuple[User, str]]:
    return lambda: (make_community().created_by, reverse(page))


def _of_somebody(page: str) -> Callable[[], tuple[User, str]]:
    return lambda: (make_user("Bahar Udin"), reverse(page))


def _of_author() -> tuple[User, str]:
    article = make_article()
    return article.created_by, reverse("articles:amend", args=[article.pk, article.slug])


def _of_officer() -> tuple[User, str]:
    article = make_article(Status.SUBMITTED)
    return make_officer(), reverse("office:decide", args=["article", article.pk])


def _of_head() -> tuple[User, str]:
    return make_officer(SUMATERA_SELATAN, role=Role.HEAD), reverse("office:appoint")


def good_beginning() -> dict[str, Any]:
    """The first step of a registration."""
    first = {"kind": "kim", "name": "KIM Surya Gambo", "region": TOMAN, "address": "Jalan Merdeka 1"}
    return {**first, "form_key": str(uuid4())}


def good_step(slug: str) -> dict[str, Any]:
    """Everything that an office asks for in one of the later steps."""
    known = {
        **{name: str(value) for name, value in COMPLETE.items()},
        "vision": "Desa yang tahu.",
        "mission": "Menulis setiap pekan.",
        "email": "kim@contoh.example",
        "website": "https://contoh.example/kim",
        "decree": scan(),
    }
    return {name: known[name] for step in STEPS if step.slug == slug for name in step.fields if name in known}


def register(client: Client, sent: dict[str, Any]) -> Any:
    """All steps with what is sent, and the button at their end."""
    answer = client.post(reverse("communities:begin"), {**good_beginning(), **sent})
    if answer.status_code != 302:
        return answer
    community = Community.objects.get()
    for step in STEPS[1:-1]:
        fields = {name: value for name, value in sent.items() if name in step.fields}
        url = reverse("communities:step", args=[community.slug, step.slug])
        answer = client.post(url, {**good_step(step.slug), **fields})
        if answer.status_code != 302:
            return answer
    return client.post(reverse("communities:move", args=[community.slug]), {"move": "submit"})


def good_article() -> dict[str, Any]:
    """News as one writes it."""
    return {
        "community": Community.objects.get().pk,
        "title": "Warga membersihkan sungai",
        "lead": "Puluhan warga bergotong royong.",
        "body": "Kegiatan dimulai pukul tujuh.",
        "category": "environment",
        "dateline": "TOMAN",
        "source": "report",
        "form_key": str(uuid4()),
        "then": "submit",
    }


def good_amendment() -> dict[str, Any]:
    """Other words for what is published."""
    article = Article.objects.get()
    kept = {name: getattr(article, name) for name in ("title", "category", "dateline", "source")}
    return {
        **kept,
        "nature": "update",
        "lead": "Seratus warga bergotong royong.",
        "body": "Kegiatan dimulai pukul enam.",
        "article_version": article.changed_at.isoformat(),
        "form_key": str(uuid4()),
        "then": "submit",
    }


def good_event() -> dict[str, Any]:
    """An event of tomorrow."""
    return {
        "community": Community.objects.get().pk,
        "title": "Gotong royong",
        "text": "Bawa alat kebersihan sendiri.",
        "place": "Balai Desa Toman",
        "starts_at": tomorrow(0),
        "ends_at": tomorrow(2),
        "form_key": str(uuid4()),
        "then": "submit",
    }


def good_appointment() -> dict[str, Any]:
    """An officer for the kabupaten."""
    person = User.objects.filter(name="Calon Petugas").first() or make_user("Calon Petugas")
    return {"email": person.email, "role": Role.OFFICER.value, "office": "16.06"}


def _step(slug: str, *texts: str) -> Form:
    """A later step of a registration: it needs nothing to be kept."""

    def prepare() -> tuple[User, str]:
        draft = make_community(Status.DRAFT)
        return draft.created_by, reverse("communities:step", args=[draft.slug, slug])

    return Form(slug, prepare, partial(good_step, slug), texts, needed=frozenset(), makes=Community)


REGISTRATION = Form(
    "registration",
    _of_somebody("communities:begin"),
    good_beginning,
    texts=("name", "address"),
    needed=frozenset({"name", "kind", "region"}),
    makes=Community,
)
GROUP = _step("kelompok", "description", "vision", "mission")
DECREE = _step("sk", "decree_number", "decree_issuer")
MANAGERS = _step(
    "pengurus",
    "chair_name", "secretary_name", "treasurer_name",
    "collecting_head_name", "processing_head_name", "spreading_head_name",
)  # fmt: skip
CONTACTS = _step("kontak", "email", "phone", "website", "facebook", "instagram", "youtube", "tiktok")
STEP_FORMS = [GROUP, DECREE, MANAGERS, CONTACTS]
ARTICLE = Form(
    "article",
    _of_writer("articles:compose"),
    good_article,
    texts=("title", "lead", "body", "dateline"),
    needed=frozenset({"community", "title", "source"}),  # a draft may lack the rest
    makes=Article,
)
AMENDMENT = Form(
    "amendment",
    _of_author,
    good_amendment,
    texts=("title", "lead", "body", "dateline"),
    needed=frozenset({"nature", "title", "category", "source"}),
    makes=Amendment,
)
EVENT = Form(
    "event",
    _of_writer("events:compose"),
    good_event,
    texts=("title", "text", "place"),
    needed=frozenset({"community", "title", "text", "place", "starts_at", "ends_at"}),
    makes=Event,
)
DECISION = Form(
    "decision",
    _of_officer,
    lambda: {"move": "reject", "reason": "Mohon sebutkan sumber berita.", "rule": "untrue"},
    texts=("reason",),
    needed=frozenset({"move"}),
    makes=Activity,
)
SIGN_UP = Form(
    "sign-up",
    lambda: (None, reverse("account_signup")),
    lambda: {"name": "Rina", "email": "rina@contoh.example", "password1": PASSWORD, "agreed": "on"},
    texts=("name", "email"),
    needed=frozenset({"name", "email", "password1", "agreed"}),
    makes=User,
    secrets=frozenset({"password1"}),
)
PROFILE = Form(
    "profile",
    _of_somebody("accounts:profile"),
    lambda: {"name": "Bahar", "language": "id", "wants_email": "on", "home_region": "16.06"},
    texts=("name",),
    needed=frozenset({"name", "language"}),
    makes=User,
)
APPOINTMENT = Form(
    "appointment",
    _of_head,
    good_appointment,
    texts=("email",),
    needed=frozenset({"email", "role", "office"}),
    makes=Posting,
)
FORMS = [REGISTRATION, ARTICLE, EVENT, DECISION, SIGN_UP, PROFILE, APPOINTMENT]
TEXT_FIELDS = [(form, name) for form in FORMS + STEP_FORMS for name in form.texts]
