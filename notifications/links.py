"""Where a notification leads: to the place where the person reads it, or does what is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from aspirations.models import Aspiration
from communities.models import Community, ForumMembership, Membership
from complaints.models import Case
from moderation.models import Moderated
from notifications import aspiring, replying
from replies.models import Reply

if TYPE_CHECKING:
    from accounts.models import Posting, User
    from activity.models import Activity


def _on_desk(item: Moderated) -> str:
    return reverse("office:item", args=[item.KIND, item.pk])


def _members(membership: Membership) -> str:
    return reverse("communities:members", args=[membership.community.slug])


def _community(membership: Membership) -> str:
    return membership.community.get_absolute_url()


def _federation(membership: ForumMembership) -> str:
    return reverse("communities:federation", args=[membership.answering.slug])


def _renewal(community: Community) -> str:
    return f"{reverse('communities:begin_change', args=[community.slug])}?untuk=renewal"


def _desk(posting: Posting) -> str:
    return reverse("office:desk")


def _overdue(posting: Posting) -> str:
    return f"{reverse('office:desk')}?terlambat=1"


def _account(posting: Posting) -> str:
    return reverse("accounts:profile")


def _case_on_desk(case: Case) -> str:
    if case.target is None:
        return reverse("office:desk")
    return f"{reverse('office:item', args=[case.target.KIND, case.target_id])}#laporan"


def _page(item: Moderated) -> str:
    """Of what is withdrawn for what its title says, the address does not repeat it."""
    return str(getattr(item, "shown_url", None) or item.get_absolute_url())


# What is not named here leads to the page of its target, which shows authors the reason and what to do.
PLACES: dict[str, Callable[..., str]] = {
    "community.submit": _on_desk,
    "article.submit": _on_desk,
    "article.appeal": _on_desk,
    "event.submit": _on_desk,
    "event.appeal": _on_desk,
    "eventchange.submit": _on_desk,
    "amendment.submit": _on_desk,
    "amendment.appeal": _on_desk,
    "reply.submit": _on_desk,
    "factcheck.submit": _on_desk,
    "factcheck.appeal": _on_desk,
    "change.submit": _on_desk,
    "community.expiring": _renewal,
    "membership.ask": _members,
    "membership.accept": _community,
    "membership.decline": _community,
    "membership.end": _community,
    "membership.promote": _members,
    "membership.demote": _community,
    "membership.join": _members,
    "forum.ask": _federation,
    "forum.invite": _federation,
    "posting.appoint": _desk,
    "posting.substitute": _desk,
    "posting.end": _account,
    "desk.overdue": _overdue,
    **dict.fromkeys(aspiring.ON_DESK, aspiring.on_desk),
    "report.open": _case_on_desk,
}


def path_of(activity: Activity, reader: User | None = None) -> str:
    """The path that a notification of the activity leads to; the inbox where the thing itself is gone.

    reader: who will open it, where that is known; whoever has no account has a link of their own.
    """
    if activity.target is None:
        return reverse("notifications:inbox")
    if reader and reader.is_staged and isinstance(activity.target, Aspiration):
        return aspiring.own_page(activity.target, reader)
    if reader and reader.is_staged and isinstance(activity.target, Reply):
        return replying.own_page(activity.target, reader)
    if activity.verb == "desk.overdue" and _is_of_aspirations(activity):
        return f"{reverse('office:aspirations')}?terlambat=1"
    return PLACES.get(activity.verb, _page)(activity.target)


def _is_of_aspirations(activity: Activity) -> bool:
    """Whether nothing else is late: the desk would be empty."""
    return (
        bool(activity.details.get("aspirations"))
        and activity.details["aspirations"] == activity.details["number"]
    )


def address_of(path: str) -> str:
    """A path as an address for e-mails."""
    return f"{settings.PORTAL_URL}{path}"
