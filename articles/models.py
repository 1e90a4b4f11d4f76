"""News that members write, and its photos."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from articles import whereabouts
from articles.amendment import Amendment, PublicChange
from articles.parts import WHERE
from articles.photographs import Photo, Upload, faults_of, require_ready
from articles.placing import MARKER, without_markers
from articles.querysets import ArticleQuerySet
from articles.writing import Revision, Turn
from common.html import plain_text
from communities.items import PUBLISHING, CommunityItem
from moderation.states import SENDING, Status
from regions.models import Region

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from moderation.states import Move

__all__ = [
    "Amendment",
    "Article",
    "Category",
    "Fingerprint",
    "Photo",
    "PublicChange",
    "ReadCount",
    "Revision",
    "Source",
    "Turn",
    "Upload",
]

# What a draft may lack and what is sent must have, beside its title.
NEEDED_TO_SEND = ("lead", "body", "category", "dateline")


class Category(models.TextChoices):
    """The categories in use among KIM (PRODUCT.md, News)."""

    GOVERNMENT = "government", _("Government")
    DEVELOPMENT = "development", _("Development")
    CULTURE = "culture", _("Society and culture")
    ECONOMY = "economy", _("Economy and small business")
    FARMING = "farming", _("Farming")
    TOURISM = "tourism", _("Tourism")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    ENVIRONMENT = "environment", _("Environment")
    SAFETY = "safety", _("Safety and disasters")
    SPORT = "sport", _("Sport")
    LITERACY = "literacy", _("Digital literacy")
    POTENTIAL = "potential", _("Village potential")


class Source(models.TextChoices):
    """Where the text comes from; what is paid is labelled."""

    REPORT = "report", _("Own report")
    RELEASE = "release", _("Press release")
    ADVERTORIAL = "advertorial", _("Advertorial")


def _search_vector() -> Expression:
    """Title before lead before body, stemmed and as written; of the body without the places of photos.

    The parser passes over HTML tags.
    """
    body = Func(
        "body", Value(MARKER.pattern), Value(""), Value("g"),
        function="regexp_replace", output_field=models.TextField(),
    )  # fmt: skip
    vectors = [
        SearchVector(field, config=config, weight=weight)
        for config in ("indonesian", "simple")
        for field, weight in (("title", "A"), ("lead", "B"), (body, "C"))
    ]
    return cast(Expression, reduce(add, vectors))


class Article(CommunityItem):
    """One piece of news of a community."""

    KIND = "article"
    KIND_LABEL = _("Article")
    RICH_FIELDS = frozenset({"body"})
    SHEET = ("balanced", "sources", "children", "hate", "advertising", "photos")
    PLACES = ("title", "lead", "body", "photos")
    FALLBACK_SLUG = "berita"

    lead = models.TextField(
        _("lead"), max_length=600, help_text=_("The heart of the news in one or two sentences.")
    )
    body = models.TextField(
        _("body"),
        max_length=200_000,
        help_text=_("Who, what, when, where, why and how. Leave an empty line between paragraphs."),
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    dateline = models.CharField(
        _("dateline"), max_length=60, help_text=_("Where the news comes from, for example SEKAYU.")
    )
    source = models.CharField(_("source"), max_length=12, choices=Source, default=Source.REPORT)
    place = models.CharField(
        _("place of what happened"), max_length=120, blank=True, default="", db_default="",
        help_text=_("Like Balai Desa Toman; in another village of your regency, with its name."),
    )  # fmt: skip
    byline = models.CharField(
        _("byline"), max_length=80, blank=True, default="", db_default="",
        help_text=_("Your name or initials as they shall stand there; empty: the name of your account."),
    )  # fmt: skip
    region = models.ForeignKey(
        Region, verbose_name=_("region of what happened"), on_delete=models.PROTECT, related_name="+"
    )
    publish_at = models.DateTimeField(_("time of publication"), null=True, blank=True)
    is_open_to_members = models.BooleanField(
        _("Other members of the KIM may write along"), default=False, db_default=False,
        help_text=_("One at a time; each saved version says who wrote it."),
    )  # fmt: skip
    # When its published words became others, the last time; articles.amendment_actions writes it.
    amended_at = models.DateTimeField(null=True, editable=False)
    # Approved before its time: articles.scheduling announces it when its time comes.
    awaits_its_time = models.BooleanField(default=False, db_default=False, editable=False)
    # The opened page that saved it last: what comes from the same page again overwrites nothing of others.
    saved_by_page = models.UUIDField(null=True, editable=False)
    search = models.GeneratedField(
        expression=_search_vector(), output_field=SearchVectorField(), db_persist=True, editable=False
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(CommunityItem.Meta):
        abstract = False
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            *CommunityItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(category__in=Category.values) | Q(category="", status__in=["draft", "returned"]),
                name="article_category_known",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="article_source_known"),
        ]
        indexes = [
            *CommunityItem.Meta.indexes,
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="approved"), name="article_newest"
            ),
            models.Index(
                fields=["region", "-published_at"],
                condition=Q(status="approved"),
                name="article_newest_in_region",
            ),
            models.Index(
                Left("region", 2),
                models.F("published_at").desc(),
                models.F("id").desc(),
                condition=Q(status="approved"),
                name="article_newest_in_province",
            ),
            models.Index(
                Left("region", 5),
                models.F("published_at").desc(),
                models.F("id").desc(),
                condition=Q(status="approved"),
                name="article_newest_in_regency",
            ),
            models.Index(
                fields=["community", "-published_at"],
                condition=Q(status="approved"),
                name="article_of_community",
            ),
            models.Index(
                fields=["category", "-published_at"],
                condition=Q(status="approved"),
                name="article_in_category",
            ),
            models.Index(fields=["decided_at"], name="article_decided"),
            models.Index(
                fields=["published_at"], condition=Q(awaits_its_time=True), name="article_awaits_its_time"
            ),
            models.Index(
                fields=["community"], condition=Q(is_open_to_members=True), name="article_open_to_members"
            ),
            GinIndex(fields=["search"], name="article_search"),
        ]

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Of every member too, where its writer lets them write along."""
        if super().is_authored_by(user):
            return True
        return self.is_open_to_members and user.is_authenticated and self.community.has_member(user)

    def region_code(self) -> str:
        """What was chosen within the regency of its community; else the community's own region."""
        chosen = self.region_id
        return chosen if chosen and whereabouts.is_within(chosen, self.community) else super().region_code()

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """A draft may lack its parts; what is sent has them."""
        missing = [
            name for name in NEEDED_TO_SEND if not plain_text(without_markers(getattr(self, name))).strip()
        ]
        words = [_now("“%(part)s” is still empty.") % {"part": self.content_label(name)} for name in missing]
        words += faults_of(self.photos.all()) if self.pk else []
        return [*super().problems_before_submitting(), *words]

    def content(self) -> dict[str, str]:
        """The fields, and the words of the photos."""
        photos = [photo.words for photo in self.photos.all()]
        content = {**super().content(), "photos": "\n".join(photos)}
        # Who may write is nothing that the article says.
        del content["is_open_to_members"]
        return content

    def content_words(self, name: str, value: str) -> str:
        """Where a photo stands, in words."""
        words = MARKER.sub(r"<p>(foto \1)</p>", value) if name == "body" else value
        return super().content_words(name, words)

    def passages(self, name: str) -> list[str]:
        """The words of each photo are a paragraph."""
        if name == "photos":
            return [photo.words for photo in self.shown_photos]
        return super().passages(name)

    @cached_property
    def shown_photos(self) -> list[Photo]:
        """The photos, asked for once however often a page needs them."""
        models.prefetch_related_objects([self], "photos")
        return list(self.photos.all())

    def content_label(self, name: str) -> StrOrPromise:
        """The photos are no field, and neither is the name of the region."""
        if name == WHERE:
            return _("region of what happened")
        return _("photos") if name == "photos" else super().content_label(name)

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """What is sent is remembered by what it says, to find copies of it."""
        if move.name == "approve":
            require_ready(self.photos.all())
        if move.name in SENDING:
            from articles import copies

            copies.keep(self)
        changed = super().on_move(move, by=by, at=at)
        if move.name in PUBLISHING and self.publish_at and self.publish_at > at:
            self.published_at, self.awaits_its_time = self.publish_at, True
            changed = [*changed, "published_at", "awaits_its_time"]
        return changed

    def on_slip(self, name: str, *, by: User) -> list[str]:
        """A saved version of its own; and no page that was open before overwrites it in silence."""
        from articles import revisions

        revisions.keep(self, by=by)
        self.saved_by_page = None
        return ["saved_by_page"]

    @property
    def author_name(self) -> str:
        """The byline that was chosen, else the name of the account; of somebody who has gone, neither."""
        return self.byline if self.byline and not self.created_by.erased_at else str(self.created_by)

    @property
    def is_before_its_time(self) -> bool:
        """Whether it is approved for a time that has not come."""
        return bool(
            self.status == Status.APPROVED and self.published_at and self.published_at > timezone.now()
        )

    @property
    def times_read(self) -> int:
        """How often it was read; asked with `reads` selected, it costs no query."""
        found = getattr(self, "reads", None)
        return found.total if found else 0

    @property
    def first_photo(self) -> Photo | None:
        """The photo of the card, from what was prefetched."""
        return next((photo for photo in self.photos.all() if photo.is_ready), None)


class ReadCount(models.Model):
    """How often an article was read; written once a minute by articles.reading, never per reading."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="reads")
    # Of the windows of time that are over, and of the last one counted.
    settled = models.PositiveBigIntegerField(default=0)
    window = models.PositiveBigIntegerField()
    in_window = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("read count")
        verbose_name_plural = _("read counts")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.total}"

    @property
    def total(self) -> int:
        """Readings by people, each once in a window of time."""
        return self.settled + self.in_window


class Fingerprint(models.Model):
    """What an article says, in numbers that can be compared: see articles.copies."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    signature = ArrayField(models.BigIntegerField())
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]

    def __str__(self) -> str:
        return f"{self.article_id}"
