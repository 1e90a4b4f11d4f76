"""What one person has been told, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Posting
from communities.models import ForumMembership, Invitation, Membership
from complaints.models import Case
from moderation.kinds import kinds
from moderation.models import Moderated
from notifications import wording
from notifications.models import Notification

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Region

# What a line never needs, and is long.
LONG_FIELDS = {"body", "search"}


def unread_count(user: User) -> int:
    """How many notifications the person has not read; an index answers it."""
    return Notification.objects.visible_to(user).unread().count()


@dataclass(frozen=True)
class Entry:
    """One notification in words. A line that is empty is of something that may not be seen any more."""

    notification: Notification
    line: str
    reason: str

    @property
    def happened_at(self) -> datetime:
        """When it happened, which may be before it was told."""
        return self.notification.activity.happened_at

    @property
    def region(self) -> Region | None:
        """Whose clock counts."""
        return self.notification.activity.region


def notifications_of(user: User) -> QuerySet[Notification]:
    """With everything that a line is made of: as many queries for 30 as for one."""
    return (
        Notification.objects.visible_to(user)
        .select_related("activity__region")
        .prefetch_related(GenericPrefetch("activity__target", _targets(user)))  # type: ignore[misc]
    )


def entry(notification: Notification, user: User) -> Entry:
    """The notification as its recipient may see it now."""
    target = notification.activity.target
    if target is None or not getattr(target, "is_visible", True):
        return Entry(notification, "", "")
    return Entry(notification, wording.line(notification.activity, user), notification.activity.reason)


def _targets(user: User) -> list[QuerySet]:
    return [
        *(_moderated(kind, user) for kind in kinds().values()),
        Membership.objects.select_related("community", "user"),
        Invitation.objects.select_related("community", "invited_by"),
        ForumMembership.objects.select_related("community", "forum"),
        Posting.objects.select_related("region"),
        Case.objects.select_related("region").prefetch_related("target"),
    ]


def _moderated(kind: type[Moderated], user: User) -> QuerySet:
    """Items of one kind, each with whether the person may see it now."""
    manager = kind._default_manager
    seen = manager.visible_to(user).filter(pk=OuterRef("pk"))  # type: ignore[attr-defined]
    fields = {field.name for field in kind._meta.concrete_fields}
    needed = [name for name in ("region", "community") if name in fields]
    long = LONG_FIELDS & {field.name for field in kind._meta.get_fields()}
    return manager.select_related(*needed).defer(*long).annotate(is_visible=Exists(seen))
