"""What of a verified community changes only with the office's consent, and the addresses it had before."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from moderation.models import Moderated
from moderation.querysets import ModeratedQuerySet
from moderation.states import Move
from regions.models import Region

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from communities.models import Community, Document


class ChangeQuerySet(ModeratedQuerySet):
    """Change requests: for the managers and the office, never for the public."""

    def public_q(self) -> Q:
        """None of them is public; what comes of them is."""
        return Q(pk__in=[])

    def authored_parts(self, user: User) -> list[Q]:
        """The managers of its community."""
        from communities.models import Membership

        managed = Membership.objects.current().managers().filter(user=user).values("community")
        return [Q(community__in=managed)]

    def open(self) -> ChangeQuerySet:
        """Those that are not decided for good."""
        return self.filter(status__in=OPEN)


OPEN = ("draft", "submitted", "returned")


class ChangeRequest(Moderated):
    """A change of what the office has verified: name, kind, village, the SK, the lead, or the end."""

    class Purpose(models.TextChoices):
        CHANGE = "change", _("Change of name, kind or village")
        RENEWAL = "renewal", _("Renewal of the SK")
        HANDOVER = "handover", _("Handing over the lead")
        DISSOLUTION = "dissolution", _("Dissolution")

    KIND = "change"
    KIND_LABEL = _("Change request")
    DUTY = Duty.REGISTRY
    TITLE_FIELD = "community__name"
    # What was changed is changed again by another request; there is nothing to withdraw.
    UNUSED_MOVES: ClassVar[frozenset[str]] = frozenset({"suspend", "restore"})
    MOVE_LABELS = {"submit": _("Send to the office")}
    # What each purpose is about.
    FIELDS: ClassVar[dict[str, tuple[str, ...]]] = {
        Purpose.CHANGE: ("name", "kind", "village"),
        Purpose.RENEWAL: ("decree_number", "decree_date", "decree_issuer", "decree_valid_until"),
        Purpose.HANDOVER: (
            "decree_number", "decree_date", "decree_issuer", "decree_valid_until", "chair_name", "successor",
        ),
        Purpose.DISSOLUTION: ("ends_on",),
    }  # fmt: skip

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="changes_created", editable=False
    )
    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="changes", editable=False
    )
    # Whose office decides: the community's own, also where it moves elsewhere.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, editable=False)
    reason = models.TextField(
        _("reason"), max_length=1000, help_text=_("Why it changes. The office reads it.")
    )
    name = models.CharField(_("new name"), max_length=120, blank=True)
    kind = models.CharField(_("new kind"), max_length=20, blank=True)
    village = models.ForeignKey(
        Region, verbose_name=_("new village"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decree_number = models.CharField(_("SK number"), max_length=80, blank=True)
    decree_date = models.DateField(_("SK date"), null=True, blank=True)
    decree_issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    decree_valid_until = models.DateField(_("valid until"), null=True, blank=True)
    chair_name = models.CharField(_("new chair (ketua)"), max_length=120, blank=True)
    successor = models.ForeignKey(
        "communities.Membership",
        verbose_name=_("account of the new chair"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta(Moderated.Meta):
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        constraints = [
            *Moderated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(purpose__in=["change", "renewal", "handover", "dissolution"]),
                name="changerequest_purpose_known",
            ),
            # A forum moves to a regency or a province; which kind may move where, problems() knows.
            models.CheckConstraint(
                condition=~Q(Exact(Length("village"), 8)), name="changerequest_to_no_district"
            ),
            models.UniqueConstraint(
                fields=["community"], condition=Q(status__in=OPEN), name="changerequest_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.community}"

    @property
    def heading(self) -> str:
        """What for, and of whom."""
        return str(self)

    def get_absolute_url(self) -> str:
        """The page of the request, for the managers and the office."""
        return reverse("communities:change", args=[self.community.slug, self.pk])

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Every manager of the community."""
        return user.is_authenticated and self.community.has_manager(user)

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """What the office would have to ask for."""
        from communities import change_actions

        return change_actions.problems(self)

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """What was approved comes true in the same transaction."""
        if move.name == "approve":
            from communities import change_actions

            change_actions.apply(self, by=by, at=at)
        return []

    @functools.cached_property
    def scan(self) -> Document | None:
        """The newest scan of the new SK."""
        return self.documents.order_by("-pk").first()

    def rows(self) -> list[tuple[StrOrPromise, object, object]]:
        """What it is about: the words of each field, as it is, as it shall be; what stays is left out."""
        rows = []
        for name in self.FIELDS[self.purpose]:
            before, after = _shown(self.community, name), _shown(self, name)
            if after not in (None, "") and (before != after or self.status == "approved"):
                rows.append((self._label(name), before, after))
        return rows

    def _label(self, name: str) -> StrOrPromise:
        """What a field is called; a forum has a coordinator, and no village."""
        own = {"village": _("New region"), "chair_name": _("New coordinator")}
        if self.community.is_forum and name in own:
            return own[name]
        return self._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _shown(thing: Community | ChangeRequest, name: str) -> object:
    if name == "kind":
        from communities.models import Kind

        return Kind(thing.kind).label if thing.kind else ""
    if name == "village":
        place = getattr(thing, "village", None) if isinstance(thing, ChangeRequest) else thing.region
        return place.full_name if place else None
    if name == "successor":
        chosen = getattr(thing, "successor", None)
        return chosen.user if chosen else None
    if name == "ends_on":
        return getattr(thing, "ends_on", None)
    return getattr(thing, name)


class FormerSlug(models.Model):
    """An address that a community had: it leads to the one of now, and nobody else gets it."""

    slug = models.SlugField(max_length=150, unique=True)
    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="former_slugs"
    )
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
