"""What one person has been told, as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts.models import Posting
from announcements.models import Announcement
from aspirations.models import Aspiration
from communities.models import Community, ForumMembership, Invitation, Membership
from complaints.models import Case
from moderation.kinds import kinds
from moderation.models import Moderated
from notifications import wording
from notifications.heard import PUBLISHED, community_of, not_chosen
from notifications.models import Notification

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Region

# What a line never needs, and is long.
LONG_FIELDS = {"body", "search"}
# What the header shows as a number; more is "99+", and is not counted.
MOST_SHOWN = 99


def unread_count(user: User) -> int:
    """How many notifications the person has not read, up to one more than is shown; an index answers it."""
    return Notification.objects.visible_to(user).unread()[: MOST_SHOWN + 1].count()


def shown_count(count: int) -> str:
    """The number as the header shows it: "7", "99+"."""
    return str(count) if count <= MOST_SHOWN else f"{MOST_SHOWN}+"


@dataclass(frozen=True)
class Entry:
    """One line in words. A line that is empty is of something that may not be seen any more."""

    notification: Notification
    line: str
    reason: str = ""
    # Not 0: the line stands for so many of its thread, all that are unread.
    count: int = 0
    # A community that is only heard of because of a region, and may be muted here.
    mutable: Community | None = None

    @property
    def happened_at(self) -> datetime:
        """When it happened, which may be before it was told."""
        return self.notification.activity.happened_at

    @property
    def region(self) -> Region | None:
        """Whose clock counts."""
        return self.notification.activity.region

    @property
    def path(self) -> str:
        """Where pressing it leads; it is read by opening."""
        return reverse(f"notifications:{'group' if self.count else 'open'}", args=[self.notification.pk])


def notifications_of(user: User) -> QuerySet[Notification]:
    """With everything that a line is made of: as many queries for 30 as for one."""
    return (
        Notification.objects.visible_to(user)
        .select_related("activity__region", "activity__story")
        .prefetch_related(GenericPrefetch("activity__target", _targets(user)))  # type: ignore[misc]
    )


def entries(notifications: Iterable[Notification], user: User, counts: dict[int, int]) -> list[Entry]:
    """Lines of the notifications; counts: of those that stand for a group how many it has."""
    shown = list(notifications)
    mutable = _mutable(shown, user)
    return [
        replace(entry(one, user, counts.get(one.pk, 0)), mutable=mutable.get(_heard_from(one, user)))
        for one in shown
    ]


def entry(notification: Notification, user: User, count: int = 0) -> Entry:
    """The notification as its recipient may see it now; with a count the group that it stands for."""
    activity = notification.activity
    if activity.target is None or not (count or getattr(activity.target, "is_visible", True)):
        return Entry(notification, "", count=count)
    if count:
        return Entry(notification, wording.group_line(activity, notification.kind, count), count=count)
    return Entry(notification, wording.line(activity, user), activity.reason)


def _mutable(shown: list[Notification], user: User) -> dict[int, Community]:
    """The communities of these lines that come by a region only, by id."""
    ids = {_heard_from(one, user) for one in shown} - {0}
    return {community.pk: community for community in not_chosen(user, ids)} if ids else {}


def _heard_from(notification: Notification, user: User) -> int:
    """The community whose news this is; 0 where it is none, or of the person's own."""
    is_own = getattr(notification.activity.target, "created_by_id", None) == user.pk
    return community_of(notification.thread) if notification.kind in PUBLISHED and not is_own else 0


def _targets(user: User) -> list[QuerySet]:
    return [
        *(_moderated(kind, user) for kind in kinds().values()),
        Membership.objects.select_related("community", "user"),
        Invitation.objects.select_related("community", "invited_by"),
        ForumMembership.objects.select_related("community", "forum"),
        Posting.objects.select_related("region"),
        _announcements(user),
        _aspirations(user),
        Case.objects.select_related("region").prefetch_related("target"),
    ]


def _announcements(user: User) -> QuerySet:
    """Announcements, each with whether the person may see it now: who has left a community may not."""
    seen = Announcement.objects.visible_to(user).filter(pk=OuterRef("pk"))
    return Announcement.objects.defer("text").select_related("region").annotate(is_visible=Exists(seen))


def _aspirations(user: User) -> QuerySet:
    seen = Aspiration.objects.visible_to(user).filter(pk=OuterRef("pk"))
    related = Aspiration.objects.select_related("region", "community", "sent_by")
    return related.annotate(is_visible=Exists(seen))


def _moderated(kind: type[Moderated], user: User) -> QuerySet:
    """Items of one kind, each with whether the person may see it now."""
    manager = kind._default_manager
    seen = manager.visible_to(user).filter(pk=OuterRef("pk"))  # type: ignore[attr-defined]
    fields = {field.name for field in kind._meta.concrete_fields}
    needed = [name for name in ("region", "community", "article", "event") if name in fields]
    long = LONG_FIELDS & {field.name for field in kind._meta.get_fields()}
    return manager.select_related(*needed).defer(*long).annotate(is_visible=Exists(seen))
