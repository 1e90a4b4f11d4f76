"""Who may check facts: offices by the duty for news; members of verified KIM, unless their office says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import offices
from accounts.roles import Duty
from communities.models import Community

if TYPE_CHECKING:
    from accounts.models import Posting, User


def offices_of(user: User) -> list[Posting]:
    """The postings in whose office's name the person may write; the ministry has no region of its own."""
    return [posting for posting in user.current_postings if posting.may(Duty.NEWS) and posting.region_id]


def communities_of(user: User) -> list[Community]:
    """The KIM in whose name the person may write: where the office leaves it to KIM too."""
    own = Community.objects.with_member(user).select_related("region").order_by("name", "pk")
    said = offices.own_values("kim_check_facts")
    return [community for community in own if offices.resolve(said, community.region)]


def is_left_to_kim(community: Community) -> bool:
    """Whether the office of its region leaves checking facts to KIM too."""
    return bool(offices.setting_for(community.region, "kim_check_facts"))
