"""Changes of what is published: asked for by its authors, decided by the office, kept for everybody to read.

The published words stand until an amendment is approved; see docs/adr/0047.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from articles.parts import WHERE, WORDS, described, photos_text, words_of
from communities.handing import HandedIn
from communities.models import Community, Membership
from moderation.appeals import APPEAL, Appealable
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.querysets import ModeratedQuerySet
from moderation.states import Move
from moderation.versions import Change
from moderation.versions import changes as differing
from regions.models import Region
from regions.templatetags.region_time import local_time

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from articles.models import Article, Photo

OPEN = ("draft", "submitted", "returned")


class Nature(models.TextChoices):
    """What kind of change it is, for readers."""

    CORRECTION = "correction", _("Correction: something in it was wrong")
    UPDATE = "update", _("Update: something new is added")
    SLIP = "slip", _("Typing slip: a few letters, nothing of what it says")


class AmendmentQuerySet(ModeratedQuerySet):
    """Amendments: for the authors of the article and the office, never for the public."""

    def public_q(self) -> Q:
        """None of them is public; what comes of them is."""
        return Q(pk__in=[])

    def authored_parts(self, user: User) -> list[Q]:
        """Who may change the article."""
        mine = Membership.objects.current().filter(user=user)
        return [
            Q(article__created_by=user, community__in=mine.values("community")),
            Q(article__is_open_to_members=True, community__in=mine.values("community")),
            Q(community__in=mine.managers().values("community")),
        ]

    def open(self) -> Self:
        """Those that are not decided for good."""
        return self.filter(status__in=OPEN)

    def for_cards(self) -> Self:
        """With everything that a row of a list shows, and nothing that is long."""
        return self.select_related("community", "region", "created_by").defer("body", "base")


class Amendment(Appealable, HandedIn):
    """Other words for an article that is published, and why."""

    KIND = "amendment"
    KIND_LABEL = _("Amendment")
    # What was changed is changed again by another amendment; there is nothing to withdraw.
    UNUSED_MOVES: ClassVar[frozenset[str]] = frozenset({"suspend", "restore"})
    MOVE_LABELS = {"approve": _("Publish the change")}
    MOVES_CHOSEN = frozenset({APPEAL})
    CITES_RULES = True
    SHEET = ("balanced", "sources", "children", "hate", "advertising", "photos")
    PLACES = ("title", "lead", "body", "photos")

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="amendments_created", editable=False
    )
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="amendments", editable=False
    )
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="amendments", editable=False
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    nature = models.CharField(_("kind of change"), max_length=12, choices=Nature, default=Nature.CORRECTION)
    was_wrong = models.TextField(
        _("what was wrong"), max_length=1000, blank=True,
        help_text=_("One sentence; readers see it. Do not repeat a name that should not have stood there."),
    )  # fmt: skip
    is_right = models.TextField(
        _("what is right"), max_length=1000, blank=True, help_text=_("One sentence; readers see it.")
    )
    is_before_hidden = models.BooleanField(
        _("Do not show readers the old words"), default=False,
        help_text=_("When they name a child or a victim, or show somebody's private data."),
    )  # fmt: skip
    corrects = models.ForeignKey(
        "articles.PublicChange", verbose_name=_("corrects an earlier correction"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(_("lead"), max_length=600)
    body = models.TextField(_("body"), max_length=200_000)
    category = models.CharField(_("category"), max_length=20)
    dateline = models.CharField(_("dateline"), max_length=60)
    source = models.CharField(_("source"), max_length=12)
    place = models.CharField(_("place of what happened"), max_length=120, blank=True, default="")
    byline = models.CharField(_("byline"), max_length=80, blank=True, default="")
    # Empty while it stays the region of the article.
    happened_in = models.ForeignKey(
        Region, verbose_name=_("region of what happened"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", db_index=False,
    )  # fmt: skip
    # Of photos, by their numbers: the words that become others, or {"remove": true}.
    photo_words = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)
    # What the article said when its authors last looked at it: what differs from it is what they changed.
    base = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)

    objects = AmendmentQuerySet.as_manager()

    class Meta(HandedIn.Meta):
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            *Moderated.Meta.constraints,
            *HandedIn.Meta.constraints,
            *Appealable.Meta.constraints,
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="amendment_nature_known"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(status__in=OPEN), name="amendment_one_open"
            ),
        ]
        indexes = [
            *Moderated.Meta.indexes,
            *HandedIn.Meta.indexes,
            models.Index(fields=["decided_at"], name="amendment_decided"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the amendment, for the authors and the office."""
        return reverse("articles:amendment", args=[self.pk])

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Whoever may change the article."""
        return self.article.is_authored_by(user)

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """What the office would have to ask for."""
        from articles import amendment_actions

        return amendment_actions.problems(self)

    def is_open_to(self, move: Move) -> bool:
        """Whoever has begun another amendment since has gone on, and appeals against nothing."""
        return super().is_open_to(move) and not (move.name == APPEAL and self._is_gone_past)

    def why_closed_to(self, move: Move) -> StrOrPromise:
        """Which of these it is."""
        if move.name == APPEAL and self.appeal_until and self._is_gone_past:
            return _begun_since()
        return super().why_closed_to(move)

    @property
    def _is_gone_past(self) -> bool:
        return Amendment.objects.open().filter(article=self.article_id).exclude(pk=self.pk).exists()

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """With the approval the article says it, in the same transaction."""
        from articles import amendment_actions

        changed = super().on_move(move, by=by, at=at)
        if move.name == "approve":
            amendment_actions.apply(self, by=by, at=at)
        if move.name == "reject" and self.appealed_at:
            amendment_actions.discard_photos(self)
        if move.name == APPEAL and amendment_actions.is_overtaken(self):
            raise TransitionRefused(_begun_since())
        return changed

    def content(self) -> dict[str, str]:
        """The fields, and the words of the photos."""
        photos = photos_text(self.article, self.photo_words, self.new_photos)
        return {**super().content(), "photos": photos}

    def content_label(self, name: str) -> StrOrPromise:
        """The same words as for the article."""
        is_its_own = name not in (*WORDS, WHERE, "photos")
        return super().content_label(name) if is_its_own else self.article.content_label(name)

    def content_words(self, name: str, value: str) -> str:
        """The same words as for the article."""
        if name in (*WORDS, WHERE, "photos"):
            return self.article.content_words(name, value)
        if name == "is_before_hidden":
            return _now("yes") if value == "True" else _now("no")
        return super().content_words(name, value)

    def passages(self, name: str) -> list[str]:
        """Of the text as it would be, which is what the office reads."""
        return self.would_be.passages(name)

    @cached_property
    def new_photos(self) -> list[Photo]:
        """Those that it would add, asked for once however often a page needs them."""
        if self._state.adding:
            return []
        models.prefetch_related_objects([self], "photos")
        return list(self.photos.all())

    @property
    def would_be(self) -> Article:
        """The article with its words and those of its photos, to be looked at; not stored."""
        from articles import merging

        article, words = copy(self.article), merging.proposed(self)
        for name in WORDS:
            setattr(article, name, words[name])
        article.region = self.happened_in or article.region
        article.shown_photos = described(self.article, self.photo_words, self.new_photos)
        return article

    @property
    def said(self) -> dict[str, str]:
        """What the article would say, part by part."""
        where = (self.happened_in or self.article.region).label
        own = {name: getattr(self, name) for name in WORDS}
        return {**own, WHERE: where, "photos": self.content()["photos"]}

    @property
    def changes(self) -> list[Change]:
        """What readers would find changed, beside what the article says now."""
        from articles import merging

        return differing(self.article, words_of(self.article), merging.proposed(self))

    @property
    def clashes(self) -> list[Change]:
        """Where the published words became others since its authors looked, in parts that it changes too."""
        from articles import merging

        names, now = merging.clashing(self), words_of(self.article)
        return differing(self.article, {name: self.base[name] for name in names}, {n: now[n] for n in names})


class PublicChange(models.Model):
    """One change of a published article, for everybody to read. Never changed itself: an error in it is
    corrected by another one.

    What a later change takes away to protect somebody is not repeated by an earlier one either:
    articles.corrections.protect() says so to those that are shown.
    """

    # A later change hides the words that this one shows too.
    is_of_hidden_words = False
    # A later correction hides what this one says.
    is_silenced = False

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="public_changes")
    # Empty where a small slip passed at once.
    amendment = models.OneToOneField(
        Amendment, null=True, on_delete=models.PROTECT, related_name="public_change"
    )
    nature = models.CharField(max_length=12, choices=Nature)
    was_wrong = models.TextField(blank=True)
    is_right = models.TextField(blank=True)
    is_before_hidden = models.BooleanField(default=False)
    # How many came with it: their words stand in `after`.
    photos_added = models.PositiveSmallIntegerField(default=0, db_default=0)
    corrects = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="corrected_by")
    before = models.JSONField(encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="publicchange_nature_known"),
            models.CheckConstraint(
                condition=~Q(nature=Nature.CORRECTION) | (~Q(was_wrong="") & ~Q(is_right="")),
                name="publicchange_correction_says_what",
            ),
        ]
        indexes = [models.Index(fields=["article", "-id"], name="publicchange_of_article")]

    def __str__(self) -> str:
        return f"{self.when}: {self.is_right or self.label}"

    @property
    def when(self) -> str:
        """When it was published, by the clock of the article's place."""
        return local_time(self.changed_at, self.article.region)

    @property
    def sentence(self) -> str:
        """A correction where there are only words: what it said, and what is right."""
        if self.is_silenced:
            return _now("Its words are not shown any more, to protect somebody.")
        said = {"wrong": self.was_wrong, "right": self.is_right}
        return _now("It said: %(wrong)s Right is: %(right)s") % said

    @property
    def are_words_hidden(self) -> bool:
        """Whether readers see neither the old words nor what was put in their place then."""
        return self.is_before_hidden or self.is_of_hidden_words

    @property
    def is_correction(self) -> bool:
        """Whether it says what was wrong."""
        return self.nature == Nature.CORRECTION

    @property
    def label(self) -> StrOrPromise:
        """What kind of change it was, in a word or two."""
        return {
            Nature.CORRECTION: _("Correction"),
            Nature.UPDATE: _("Update"),
            Nature.SLIP: _("Typing slip"),
        }[Nature(self.nature)]

    @property
    def changes(self) -> list[Change]:
        """What went and what came; nothing where the old words are not to be shown."""
        return [] if self.are_words_hidden else self.all_changes

    @property
    def all_changes(self) -> list[Change]:
        """The same for authors and the office, from whom nothing is hidden."""
        return differing(self.article, self.before, self.after)


def _begun_since() -> str:
    return _now("Another change of this article has been begun since: send that one.")
