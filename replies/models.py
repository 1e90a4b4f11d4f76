"""What somebody who is named in an article answers, and what waits for the confirmation of an address."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from common.html import excerpt
from communities.models import Community
from mailing.unconfirmed import Unconfirmed
from moderation.appeals import APPEAL, Appealable
from moderation.models import Moderated
from moderation.states import Status
from regions.models import Region
from replies.querysets import ReplyQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from moderation.states import Move

NAME_LENGTH, RELATION_LENGTH, PASSAGE_LENGTH, TEXT_LENGTH = 120, 160, 600, 5000
OPEN = [Status.SUBMITTED, Status.RETURNED]


class Words(models.Model):
    """Who answers, as whom, what of the article, and with what."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    relation = models.CharField(_("who you are in this matter"), max_length=RELATION_LENGTH)
    passage = models.TextField(_("what the article says"), max_length=PASSAGE_LENGTH, blank=True)
    text = models.TextField(_("your reply"), max_length=TEXT_LENGTH)

    class Meta:
        abstract = True


class Reply(Words, Appealable, Moderated):
    """The reply of somebody whom an article names. An office decides; published, it stands at the article."""

    KIND = "reply"
    KIND_LABEL = _("Right of reply")
    TITLE_FIELD = "article__title"
    MOVE_LABELS = {"approve": _("Publish")}
    CITES_RULES = True
    MOVES_CHOSEN = frozenset({APPEAL})
    SHEET = ("children", "hate")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="replies", editable=False)
    # The article's, so that lists and desks find a reply without it.
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta(Moderated.Meta):
        abstract = False
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        constraints = [
            *Moderated.Meta.constraints,
            *Appealable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "suspended"]) | Q(published_at__isnull=False),
                name="reply_approved_has_time",
            ),
            models.UniqueConstraint(
                fields=["article", "created_by"], condition=Q(status__in=OPEN), name="reply_one_open"
            ),
        ]
        indexes = [
            *Moderated.Meta.indexes,
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="approved"), name="reply_newest"
            ),
            models.Index(
                fields=["region", "-published_at"],
                condition=Q(status="approved"),
                name="reply_newest_in_region",
            ),
            models.Index(fields=["decided_at"], name="reply_decided"),
        ]

    def __str__(self) -> str:
        return self.heading

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep what is the article's."""
        if kwargs.get("update_fields") is None:
            self.region_id, self.community_id = self.article.region_id, self.article.community_id
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def heading(self) -> str:
        """Who answers what."""
        return _now("%(name)s on “%(title)s”") % {"name": self.speaker, "title": self.article.shown_heading}

    @property
    def shown_heading(self) -> str:
        """The same, unless it repeats the harm for which it was withdrawn."""
        return str(self.KIND_LABEL) if self.is_title_hidden else self.heading

    @property
    def speaker(self) -> str:
        """Who answers; of somebody who has erased their data, not any more."""
        return self.name or _now("deleted author")

    @property
    def summary(self) -> str:
        """Its first words."""
        return excerpt(self.text, 40)

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it: the twin of ReplyQuerySet.public()."""
        return (
            self.status == self.article.status == self.community.status == Status.APPROVED
            and not self.article.is_before_its_time
        )

    @property
    def is_of_earlier_text(self) -> bool:
        """Whether the article was changed after the reply was sent, so that it may say something else now."""
        changed = self.article.amended_at
        return bool(changed and self.submitted_at and changed > self.submitted_at)

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("replies:detail", args=[self.pk])

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Whoever sent it, and nobody else."""
        return user.is_authenticated and self.created_by_id == user.pk

    def is_party(self, user: User) -> bool:
        """Who wrote the article, or manages its community, does not decide what answers it."""
        return self.article.is_authored_by(user) or self.article.is_party(user)

    @classmethod
    def cites(cls, move: Move) -> bool:
        """Refusing needs words alone: no rule of writing says that somebody is not named in an article."""
        return move.name == "suspend"

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """It says who answers, as whom, and what."""
        missing = [name for name in ("name", "relation", "text") if not getattr(self, name).strip()]
        return [_now("“%(part)s” is still empty.") % {"part": self.content_label(name)} for name in missing]

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """The first approval is the moment of publication."""
        changed = super().on_move(move, by=by, at=at)
        if move.name != "approve" or self.published_at is not None:
            return changed
        self.published_at = at
        return [*changed, "published_at"]

    def is_open_to(self, move: Move) -> bool:
        """Whoever has written another reply since has gone on, and appeals against nothing while it waits."""
        return super().is_open_to(move) and not (move.name == APPEAL and self._is_gone_past)

    def why_closed_to(self, move: Move) -> StrOrPromise:
        """Which of these it is."""
        if move.name == APPEAL and self.appeal_until and self._is_gone_past:
            return _now("Another reply of yours to this article waits, so you cannot appeal now.")
        return super().why_closed_to(move)

    @property
    def _is_gone_past(self) -> bool:
        waiting = Reply.objects.filter(article=self.article_id, created_by=self.created_by_id)
        return waiting.filter(status__in=OPEN).exclude(pk=self.pk).exists()


class Request(Words, Unconfirmed):
    """What somebody without an account has written; it waits until they confirm their address."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("reply to be confirmed")
        verbose_name_plural = _("replies to be confirmed")
        indexes = [
            models.Index(fields=["email", "created_at"], name="reply_request_of_address"),
            models.Index(fields=["created_at"], name="reply_request_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
