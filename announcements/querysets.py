"""Questions about many announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.roles import Duty
from announcements.places import above_village, array_of, as_text, codes_above, reaching_q
from communities.models import Community, Membership
from moderation.states import Status
from regions.querysets import within_q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import Posting, User


class AnnouncementQuerySet(models.QuerySet):
    """Announcements by who may read them, whom they are addressed to, and whose office they are of."""

    def sent(self) -> Self:
        """Those that have left their office, withdrawn ones among them: their page says so."""
        return self.filter(sent_at__isnull=False)

    def in_force(self) -> Self:
        """Those that hold today."""
        return self.sent().filter(withdrawn_at=None, valid_until__gte=timezone.localdate())

    def archived(self) -> Self:
        """Those that have expired or were withdrawn."""
        over = Q(valid_until__lt=timezone.localdate()) | Q(withdrawn_at__isnull=False)
        return self.sent().filter(over)

    def for_readers(self) -> Self:
        """Those that everybody may read."""
        return self.sent().filter(audience="readers")

    def reaching(self, code: str | None) -> Self:
        """Those that come down to this very place, none being the nation: its own, and from all above."""
        return self.filter(places__overlap=codes_above(code))

    def addressed_to(self, user: User) -> Self:
        """Those sent to a community that the person belongs to now."""
        return self.sent().filter(_to_member(user))

    def concerning(self, user: User | AnonymousUser) -> Self:
        """What the list of a person holds: what everybody may read, and what is addressed to them."""
        if not user.is_authenticated:
            return self.for_readers()
        return self.sent().filter(Q(audience="readers") | _to_member(user))

    def unread_by(self, user: User) -> Self:
        """Those that the person has not confirmed, and that no later one puts right."""
        from announcements.models import Receipt

        read = Receipt.objects.filter(announcement=OuterRef("pk"), user=user.pk)
        corrected = self.model._default_manager.sent().filter(corrects=OuterRef("pk"))  # type: ignore[attr-defined]
        return self.filter(~Exists(read), ~Exists(corrected))

    def now_for(self, user: User | AnonymousUser, code: str | None) -> Self:
        """What a reader of this region (none: of all Indonesia) should hear now, the newest first."""
        there = Q(audience="readers", places__overlap=codes_above(code))
        found = self.in_force().order_by("-sent_at", "-pk")
        if not user.is_authenticated:
            return found.filter(there)
        return found.filter(there | _to_member(user)).unread_by(user)

    def with_receipt_of(self, user: User | AnonymousUser) -> Self:
        """Each with whether the person has confirmed it: `is_confirmed`."""
        from announcements.models import Receipt

        read = Receipt.objects.filter(announcement=OuterRef("pk"), user=user.pk)
        return self.annotate(is_confirmed=Exists(read))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What concerns them, and what their offices oversee or receive. Drafts stay in their office."""
        if not user.is_authenticated:
            return self.for_readers()
        concerned = Q(audience="readers") | _to_member(user)
        found = self.alias(places_text=as_text())
        sent = Q(sent_at__isnull=False) & (concerned | _overseen(user.current_postings))
        return found.filter(sent | _own_drafts(user.current_postings))

    def on_desks_of(self, user: User) -> Self:
        """For the office's pages: its own with the drafts, those from above it, and those from beneath."""
        postings = user.current_postings
        found = self.alias(places_text=as_text())
        return found.filter(Q(sent_at__isnull=False) & _overseen(postings) | _own_drafts(postings))


class PassedOnQuerySet(models.QuerySet):
    """What was made of announcements."""

    def published(self) -> Self:
        """The only ones that count: readers can read the item now."""
        return self.filter(article__status=Status.APPROVED)


def _to_member(user: User) -> Q:
    """Announcements for the kind and the village of one of the person's communities."""
    own = (
        Membership.objects.current()
        .filter(user=user.pk, community__in=Community.objects.living())
        .alias(above=above_village("community__region_id"), kind_array=array_of(F("community__kind")))
        .filter(above__overlap=OuterRef("places"))
    )
    of_kind = own.filter(kind_array__overlap=OuterRef("kinds"))
    return Q(Exists(own), kinds=[]) | Q(Exists(of_kind))


def _overseen(postings: list[Posting]) -> Q:
    """Of an office: what it and those beneath it sent, and what comes down to it. Needs `places_text`."""
    condition = Q(pk__in=[])
    for posting in postings:
        if posting.region is None:
            return ~Q(pk__in=[])
        condition |= Q(within_q("region", posting.region)) | reaching_q(posting.region)
    return condition


def _own_drafts(postings: list[Posting]) -> Q:
    own = Q(pk__in=[])
    for posting in postings:
        if posting.may(Duty.ANNOUNCE):
            own |= Q(region=posting.region_id)
    return Q(sent_at=None) & own
