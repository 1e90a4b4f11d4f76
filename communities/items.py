"""What a member writes for a community: the common part of articles and events."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities import life_actions, publishing_first
from communities.handing import HandedIn
from communities.models import Community, Membership
from communities.publishing_first import PublishedFirst, ReviewedAfterQuerySet
from moderation.appeals import APPEAL, Appealable
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.states import Move, Status
from regions.models import Region

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


PUBLISHING = ("approve", publishing_first.PUBLISH_FIRST)


class CommunityItemQuerySet(ReviewedAfterQuerySet):
    """Items of communities by who may see and who may change them."""

    def public_q(self) -> Q:
        """It and its community are approved."""
        return super().public_q() & Q(community__status=Status.APPROVED)

    def authored_parts(self, user: User) -> list[Q]:
        """Its writer while a member, and every manager of its community."""
        mine = Membership.objects.current().filter(user=user)
        return [
            Q(created_by=user, community__in=mine.values("community")),
            Q(community__in=mine.managers().values("community")),
        ]

    def for_cards(self) -> Self:
        """With everything that a row of a list shows, in the same number of queries for 1 and for 30."""
        return self.select_related("community", "region", "region__parent")


class CommunityItem(Appealable, HandedIn, PublishedFirst):
    """An item that a member writes, that the office reviews, and that stands under the community's name."""

    FALLBACK_SLUG: ClassVar[str]
    MOVE_LABELS = {"approve": _("Publish")}
    MOVES_TOGETHER = frozenset({"approve", "return"})
    MOVES_CHOSEN = publishing_first.MOVES | {APPEAL}
    CITES_RULES = True
    HAS_SLIPS = True

    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, related_name="%(app_label)s"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(max_length=80, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta(Moderated.Meta):
        abstract = True
        constraints = [
            *PublishedFirst.Meta.constraints,
            *Appealable.Meta.constraints,
            *HandedIn.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "suspended"]) | Q(published_at__isnull=False),
                name="%(class)s_approved_has_time",
            ),
        ]
        indexes = [*Moderated.Meta.indexes, *HandedIn.Meta.indexes, *PublishedFirst.Meta.indexes]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep what is derived from other fields: the slug, and the region of the community."""
        if kwargs.get("update_fields") is None:
            self.set_slug()
            self.region_id = self.region_code()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_slug(self) -> None:
        """Let the address follow the title; not stored."""
        self.slug = slugify(self.title)[:80].strip("-") or self.FALLBACK_SLUG

    def region_code(self) -> str:
        """Where it belongs: to the region of its community; a kind may know better."""
        return self.community.region_id

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse(f"{self._meta.app_label}:detail", args=[self.pk, self.slug])

    @property
    def shown_url(self) -> str:
        """The same for everybody's eyes: the address of a hidden title does not repeat it."""
        slug = self.FALLBACK_SLUG if self.is_title_hidden else self.slug
        return reverse(f"{self._meta.app_label}:detail", args=[self.pk, slug])

    @property
    def shown_heading(self) -> str:
        """The title, unless it repeats the harm for which the item was withdrawn."""
        return str(self.KIND_LABEL) if self.is_title_hidden else self.title

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Its writer while a member, and every manager of its community."""
        if not user.is_authenticated:
            return False
        if self.created_by_id == user.pk:
            return self.community.has_member(user)
        return self.community.has_manager(user)

    def is_party(self, user: User) -> bool:
        """Whoever wrote it decides nothing about it, though they left the community since."""
        return self.created_by_id == user.pk

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """It can only come from a verified community."""
        if self.community.is_dissolved:
            return [_now("Your community has been dissolved. What it published stays; nothing new comes.")]
        if self.community.status != Status.APPROVED:
            return [_now("Your community is not verified at the moment, so nothing of it can be reviewed.")]
        return []

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """The first approval is the moment of publication."""
        if move.name in PUBLISHING and not self.community.takes_writing:
            raise TransitionRefused(
                _now("Its community is dissolved or suspended: nothing of it can be published.")
            )
        changed = super().on_move(move, by=by, at=at)
        if move.name not in PUBLISHING or self.published_at is not None:
            return changed
        life_actions.note_published(self.community, by=by, at=at)
        self.published_at = at
        return [*changed, "published_at"]
