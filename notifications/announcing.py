"""Whom an announcement tells: the same circles for the number in the preview and for the fan-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from announcements.places import lying_q
from communities.models import Membership
from notifications.circles import Circle, people
from notifications.models import Subscription

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from announcements.models import Announcement


def addressed(announcement: Announcement) -> list[Circle]:
    """Members of the communities meant; for everybody also who lives there, and who follows something there.

    Each circle names a person once, in the order of an index of its own. Who follows keeps their rhythm.
    """
    members = Circle(announcement.addressed_members().distinct())
    if not announcement.is_for_readers:
        return [members]
    residents = Circle(announcement.addressed_residents(), person="id")
    paths = ("region", "community__region")
    followed = (Subscription.objects.filter(lying_q(path, announcement.places)) for path in paths)
    return [members, residents, *(Circle(rows.distinct(), rhythm=F("rhythm")) for rows in followed)]


def told(announcement: Announcement) -> list[Circle]:
    """The same while it is in force: nobody is told of what was withdrawn or is over."""
    return addressed(announcement) if announcement.is_in_force else []


def recipients(announcement: Announcement, *, by: User) -> QuerySet[User]:
    """Who will be told when this person sends it."""
    return people(addressed(announcement)).exclude(pk=by.pk)


def who_passed_it_on(announcement: Announcement) -> list[Circle]:
    """Once it is withdrawn, who has something to do: who made news of it, and who manages their community."""
    passed = announcement.passed_on.filter(community=OuterRef("community"))
    theirs = Membership.objects.current().filter(
        Exists(passed.filter(passed_on_by=OuterRef("user"))) | Q(Exists(passed), role=Membership.Role.MANAGER)
    )
    return [Circle(theirs.distinct())]
