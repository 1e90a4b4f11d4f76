"""Who may give and end postings: the level above, and a head in the own office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Posting, User
from accounts.roles import Role
from regions.models import Level, Region

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICE_LEVELS = frozenset({Level.PROVINCE, Level.REGENCY})


def has_office(region: Region | None) -> bool:
    """Whether postings exist here: the ministry, a province, a regency or city."""
    return region is None or region.level in OFFICE_LEVELS


def appointing_postings(user: User) -> list[Posting]:
    """The postings by which this person appoints others."""
    return [posting for posting in user.current_postings if posting.appoints]


def may_appoint(user: User, region: Region | None, role: str) -> bool:
    """Whether this person may give the role in the region.

    The ministry appoints in the provinces, a province in its regencies and cities. In the own office a head
    appoints everybody else; another head there only the ministry's, which has nobody above.
    """
    if not has_office(region):
        return False
    return any(
        _is_directly_above(posting, region) or _is_own_office(posting, region, role)
        for posting in appointing_postings(user)
    )


def may_end(user: User, posting: Posting) -> bool:
    """Whether this person may end the posting: their own, or one that they could give."""
    if posting.user_id == user.pk or may_appoint(user, posting.region, posting.role):
        return True
    return posting.stands_in_for is not None and may_name_substitute(user, posting.stands_in_for)


def may_name_substitute(user: User, posting: Posting) -> bool:
    """Whether this person may say who does the posting's work while its person is away.

    Who could give the posting; and a head for themselves. A substitute has no substitute.
    """
    if posting.stands_in_for_id:
        return False
    is_own_head = posting.user_id == user.pk and posting.appoints
    return is_own_head or may_appoint(user, posting.region, posting.role)


def acts_from_outside(user: User, posting: Posting) -> bool:
    """Whether the posting is somebody else's, or this person also stands above its office."""
    above = any(_is_directly_above(own, posting.region) for own in appointing_postings(user))
    return posting.user_id != user.pk or above


def is_last_head(posting: Posting, heads: Iterable[Posting]) -> bool:
    """Whether nobody among the office's heads would be left without this posting."""
    lasts = posting.role == Role.HEAD and posting.ends_at is None
    return lasts and not any(head.user_id != posting.user_id for head in heads)


def _is_directly_above(posting: Posting, region: Region | None) -> bool:
    if region is None:
        return False
    return region.parent_id == posting.region_id


def _is_own_office(posting: Posting, region: Region | None, role: str) -> bool:
    is_own = posting.region_id == (region.pk if region else None)
    return is_own and (role != Role.HEAD or region is None)
