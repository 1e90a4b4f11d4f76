"""Who may import: whoever decides on communities in the office, and nobody of another office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Duty

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Region


def may_import(user: User, region: Region | None) -> bool:
    """Whether the person decides on communities in the office of this region."""
    return any(
        posting.may(Duty.REGISTRY) and posting.region_id == (region.pk if region else None)
        for posting in user.current_postings
    )
