"""Questions about many aspirations."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from aspirations.steps import OPEN, Status
from common.keys import keys_first
from communities.models import Membership
from regions.querysets import within_q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import Posting, User
    from regions.models import Region

# What everybody can read: received once by an office, not kept back, not taken back.
SHOWN = Q(shown_at__isnull=False, kept_back_at=None) & ~Q(status=Status.WITHDRAWN)


class AspirationQuerySet(models.QuerySet):
    """Aspirations by who may see them, and by what an office has to do."""

    def public(self) -> Self:
        """What everybody can read."""
        return self.filter(SHOWN)

    def authored_by(self, user: User) -> Self:
        """The twin of Aspiration.is_authored_by(), for lists."""
        return self._any_of(_authored_parts(user))

    def on_desks_of(self, user: User) -> Self:
        """Those about the regions of the person's postings, and those that were handed to their offices."""
        return self.filter(_overseen(user.current_postings))

    def listed_on_desks_of(self, user: User) -> Self:
        """The same for a list: of one office those few that it has are found before they are put in order."""
        if any(posting.region is None for posting in user.current_postings):
            return self
        return self._any_of(_overseen_parts(user.current_postings))

    def _any_of(self, parts: list[Q]) -> Self:
        """Rows that meet one of the conditions, each answered by its own index."""
        if not parts:
            return self.none()
        found = [self.model._base_manager.filter(part).order_by().values("pk") for part in parts]
        return keys_first(self, found[0].union(*found[1:]) if found[1:] else found[0])

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Public ones, one's own, and those of the offices at which one works."""
        if not user.is_authenticated:
            return self.public()
        return self.filter(reduce(or_, _authored_parts(user), SHOWN) | _overseen(user.current_postings))

    def within(self, region: Region | None) -> Self:
        """Those about the region and all beneath it."""
        return self.filter(within_q("region", region))

    def waiting(self) -> Self:
        """Those with which an office has something to do."""
        return self.filter(status__in=OPEN)

    def overdue(self) -> Self:
        """Those whose time has passed."""
        return self.filter(due_at__lt=timezone.now())

    def with_support_of(self, user: User | AnonymousUser) -> Self:
        """Each with whether the person supports it: `is_supported`."""
        from aspirations.models import Support

        given = Support.objects.filter(aspiration=OuterRef("pk"), user=user.pk)
        return self.annotate(is_supported=Exists(given))


def _authored_parts(user: User) -> list[Q]:
    managed = Membership.objects.current().managers().filter(user=user.pk).values("community")
    return [Q(sent_by=user.pk), Q(community__in=managed)]


def _overseen(postings: list[Posting]) -> Q:
    """Of these postings: all of the ministry's, else what lies in the region or on its desk."""
    if any(posting.region is None for posting in postings):
        return ~Q(pk__in=[])
    return reduce(or_, _overseen_parts(postings), Q(pk__in=[]))


def _overseen_parts(postings: list[Posting]) -> list[Q]:
    """Of these postings, none of them the ministry's: what lies in the region, and what is on its desk."""
    return [within_q(path, posting.region) for posting in postings for path in ("region", "desk")]
