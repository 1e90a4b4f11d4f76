"""Who decides an item: the lowest office above it that has an officer for its kind; above that, once overdue.

Which duty a kind needs stands on the kind (Moderated.DUTY), which role has it in accounts/roles.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.models import Posting, User
from accounts.roles import Duty, roles_with
from moderation.states import Move, Side, Status

if TYPE_CHECKING:
    from moderation.models import Moderated
    from regions.models import Region


def deciding_postings(region: Region, duty: Duty, *, without: int | None = None) -> list[Posting]:
    """The postings of the lowest office at or above the region that has an officer with the duty.

    without: a person who does not count, because somebody else has to decide.
    """
    postings = list(
        Posting.objects.current()
        .covering(region)
        .filter(role__in=roles_with(duty))
        .exclude(user=without)
        .select_related("user", "region")
    )
    lowest = max((posting.region_id or "" for posting in postings), default=None)
    return [posting for posting in postings if (posting.region_id or "") == lowest]


def deciding_region(region: Region, duty: Duty) -> Region | None:
    """The region of the office that decides; None is the ministry, or that nobody is posted at all."""
    postings = deciding_postings(region, duty)
    return postings[0].region if postings else None


def postings_for(item: Moderated) -> list[Posting]:
    """The postings of the office whose turn an item is: who decides it now, but for its author."""
    return deciding_postings(item.region, item.DUTY, without=item.kept_out)


# Asked of an item that is public: whether something about it waits too long. The layers above add theirs.
RISEN: list[Callable[[Moderated], bool]] = []


def may_decide(user: User, item: Moderated) -> bool:
    """Whether this officer decides this item now. Nobody decides what they wrote themselves."""
    covering = [
        posting for posting in user.current_postings if posting.may(item.DUTY) and posting.covers(item.region)
    ]
    if not covering or user.pk == item.kept_out or item.is_authored_by(user) or _has_sent(user, item):
        return False
    if item.is_overdue:
        return True
    lowest = next((posting.region_id for posting in postings_for(item)), None)
    if any(posting.region_id == lowest for posting in covering):
        return True
    return item.status == Status.APPROVED and any(has_risen(item) for has_risen in RISEN)


def _has_sent(user: User, item: Moderated) -> bool:
    """Whether it is about this person's work, or waits from them though they left the community since."""
    has_sent = item.waits_for_office and user.pk in (item.created_by_id, item.submitted_by_id)
    return has_sent or item.is_party(user)


def may_take_over(user: User, item: Moderated) -> bool:
    """Whether this person heads an office that covers the item, and so may take it from an officer."""
    return any(posting.appoints and posting.covers(item.region) for posting in user.current_postings)


def may(user: User, item: Moderated, move: Move) -> bool:
    """Whether this person is on the side that makes the move."""
    if not user.is_authenticated or not user.is_active:
        return False
    if move.side is Side.OFFICE:
        return may_decide(user, item)
    return item.is_authored_by(user)
