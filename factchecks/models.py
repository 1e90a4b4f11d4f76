"""One check of a claim: what is said and where it spread, what was found, by what sources, and by whom."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Expression
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.offices import office_name
from accounts.roles import Duty
from articles.models import Article
from common.html import plain_text
from communities import trusting
from communities.handing import HandedIn
from communities.models import Community
from factchecks import rules
from factchecks.findings import MEANINGS, Finding, Meaning
from factchecks.querysets import FactCheckQuerySet
from moderation.appeals import APPEAL, Appealable
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.states import Status
from regions.models import Region

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from moderation.states import Move

# What a draft may lack and what is sent must have, beside its title.
NEEDED_TO_SEND = ("claim_text", "spread", "finding", "summary", "body", "sources")
FALLBACK_SLUG = "cek-fakta"


def _search_vector() -> Expression:
    """Title and claim before the rest, stemmed and as written. The parser passes over HTML tags."""
    vectors = [
        SearchVector(field, config=config, weight=weight)
        for config in ("indonesian", "simple")
        for field, weight in (("title", "A"), ("claim_text", "A"), ("summary", "B"), ("body", "C"))
    ]
    return cast(Expression, reduce(add, vectors))


class FactCheck(Appealable, HandedIn):
    """A check that a KIM or an office has made. Another officer than its writer decides."""

    KIND = "factcheck"
    KIND_LABEL = _("Fact check")
    RICH_FIELDS = frozenset({"body"})
    MOVE_LABELS = {"approve": _("Publish")}
    MOVES_CHOSEN = frozenset({APPEAL})
    CITES_RULES = True
    SHEET = ("balanced", "sources", "children", "hate")
    PLACES = ("title", "claim_text", "summary", "body", "sources")
    KEEPS_OUT = "kept_from"  # type: ignore[misc]

    # The KIM that speaks; none where it is the office of the region.
    community = models.ForeignKey(
        Community, null=True, on_delete=models.PROTECT, related_name="fact_checks", editable=False
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    # Who may not decide what waits: the officer who wrote it; since an appeal, who had rejected it.
    kept_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False,
        db_index=False,
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160, help_text=_("What you found, in one line."))
    slug = models.SlugField(max_length=80, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    claim_text = models.TextField(
        _("claim"), max_length=600, help_text=_("What is said, in the words in which it goes round.")
    )
    claimant = models.CharField(
        _("who says it"),
        max_length=160,
        blank=True,
        help_text=_("A person or an account, where it is known."),
    )
    seen_on = models.DateField(_("first seen on"), null=True, blank=True)
    spread = models.CharField(
        _("where it spread"), max_length=300, help_text=_("For example WhatsApp groups in Sekayu, Facebook.")
    )
    links = models.TextField(
        _("links to it"), max_length=3000, blank=True,
        help_text=_("Where it can be seen: a web address on each line, ten at most."),
    )  # fmt: skip
    finding = models.CharField(_("finding"), max_length=16, choices=Finding)
    summary = models.TextField(
        _("in short"), max_length=400, help_text=_("What is right, in one or two sentences to pass on.")
    )
    body = models.TextField(
        _("how it was checked"), max_length=100_000,
        help_text=_("Step by step, so that others can do the same. Leave an empty line between paragraphs."),
    )  # fmt: skip
    sources = models.TextField(
        _("sources"), max_length=4000,
        help_text=_("One on each line: who said it or where it stands, with its web address if it has one."),
    )  # fmt: skip
    checker = models.CharField(
        _("checked by"), max_length=80, blank=True, help_text=_("Empty: the name of your account.")
    )
    articles = models.ManyToManyField(
        Article, verbose_name=_("articles that it touches"), related_name="fact_checks", editable=False
    )
    search = models.GeneratedField(
        expression=_search_vector(), output_field=SearchVectorField(), db_persist=True, editable=False
    )

    objects = FactCheckQuerySet.as_manager()

    class Meta(HandedIn.Meta):
        abstract = False
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        constraints = [
            *Moderated.Meta.constraints,
            *HandedIn.Meta.constraints,
            *Appealable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "suspended"]) | Q(published_at__isnull=False),
                name="factcheck_approved_has_time",
            ),
            models.CheckConstraint(
                condition=Q(finding__in=Finding.values) | Q(finding="", status__in=["draft", "returned"]),
                name="factcheck_finding_known",
            ),
        ]
        indexes = [
            *Moderated.Meta.indexes,
            *HandedIn.Meta.indexes,
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="approved"), name="factcheck_newest"
            ),
            models.Index(
                fields=["region", "-published_at"],
                condition=Q(status="approved"),
                name="factcheck_newest_in_region",
            ),
            models.Index(
                fields=["finding", "-published_at"],
                condition=Q(status="approved"),
                name="factcheck_with_finding",
            ),
            models.Index(fields=["decided_at"], name="factcheck_decided"),
            GinIndex(fields=["search"], name="factcheck_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep what follows from other fields: the slug, and the region of the KIM."""
        if kwargs.get("update_fields") is None:
            self.slug = slugify(self.title)[:80].strip("-") or FALLBACK_SLUG
            if self.community is not None:
                self.region_id = self.community.region_id
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("factchecks:detail", args=[self.pk, self.slug])

    @property
    def shown_url(self) -> str:
        """The same for everybody's eyes: the address of a hidden title does not repeat it."""
        return reverse(
            "factchecks:detail", args=[self.pk, FALLBACK_SLUG if self.is_title_hidden else self.slug]
        )

    @property
    def shown_heading(self) -> str:
        """The title, unless it repeats the harm for which it was withdrawn."""
        return str(self.KIND_LABEL) if self.is_title_hidden else self.title

    @property
    def meaning(self) -> Meaning:
        """What its finding means."""
        return MEANINGS[self.finding]

    @property
    def publisher(self) -> str:
        """Whose check it is: a KIM by its name, or an office."""
        if self.community is not None:
            return self.community.name
        named = getattr(self.region, "office", None)
        return named.name if named else office_name(self.region)

    @property
    def office_url(self) -> str:
        """The page of the office that speaks, where no KIM does."""
        return reverse("home:office", args=[self.region_id[:5]])

    @property
    def checker_name(self) -> str:
        """The name that was chosen, else that of the account; of somebody who has gone, neither."""
        return self.checker if self.checker and not self.created_by.erased_at else str(self.created_by)

    @property
    def link_list(self) -> list[str]:
        """Where the claim can be seen."""
        return self.links.split()

    @property
    def source_list(self) -> list[str]:
        """The sources, one by one."""
        return [line.strip() for line in self.sources.splitlines() if line.strip()]

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Of a KIM its writer while a member, and every manager; of an office its writer while there."""
        if not user.is_authenticated:
            return False
        if self.community is None:
            return self.created_by_id == user.pk and any(
                posting.may(Duty.NEWS) and posting.covers(self.region) for posting in user.current_postings
            )
        if self.created_by_id == user.pk:
            return self.community.has_member(user)
        return self.community.has_manager(user)

    def is_party(self, user: User) -> bool:
        """Whoever has written it, or an article that it touches, does not decide about it."""
        return self.created_by_id == user.pk or self.articles.filter(created_by=user).exists()

    def is_open_to(self, move: Move) -> bool:
        """An office does not appeal against its own colleagues."""
        return super().is_open_to(move) and not (move.name == APPEAL and self.community_id is None)

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """A draft may lack its parts; what is sent has them."""
        missing = [name for name in NEEDED_TO_SEND if not plain_text(getattr(self, name)).strip()]
        words = [_now("“%(part)s” is still empty.") % {"part": self.content_label(name)} for name in missing]
        if self.community is not None and not self.community.takes_writing:
            words.append(
                _now("Your community is not verified at the moment, so nothing of it can be reviewed.")
            )
        elif self.community is not None and not rules.is_left_to_kim(self.community):
            words.append(_now("The office of your region checks facts itself, and leaves it to no KIM."))
        return [*words]

    def content(self) -> dict[str, str]:
        """The fields, and the articles."""
        named = [str(article) for article in self.articles.order_by("pk")]
        return {**super().content(), "articles": "\n".join(named)}

    def content_words(self, name: str, value: str) -> str:
        """The articles are words already."""
        return value if name == "articles" else super().content_words(name, value)

    def beside_review(self, officer: User) -> dict[str, Any]:
        """The articles that it touches."""
        return {"touched": list(self.articles.select_related("community", "region").defer("body", "search"))}

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """Who is kept from deciding; and the first approval is the moment of publication."""
        changed = super().on_move(move, by=by, at=at)
        if move.name == "submit":
            self.kept_from = self.created_by if self.community_id is None else self.appealed_against
            return [*changed, "kept_from"]
        if move.name == APPEAL:
            self.kept_from = self.appealed_against
            return [*changed, "kept_from"]
        if move.name == "suspend" and self.community is not None:
            trusting.lose(self.community, at=at)
        if move.name != "approve":
            return changed
        if self.community is not None and not self.community.takes_writing:
            raise TransitionRefused(
                _now("Its community is dissolved or suspended: nothing of it can be published.")
            )
        if self.published_at is not None:
            return changed
        self.published_at = at
        return [*changed, "published_at"]

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it: the twin of FactCheckQuerySet.public()."""
        has_voice = self.community is None or self.community.status == Status.APPROVED
        return self.status == Status.APPROVED and has_voice
