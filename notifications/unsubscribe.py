"""Ending e-mail by the link in it: what the link may end, and how it is taken back.

The link needs no account and no session: what it carries is signed, and can do nothing but end mails to the
person it was made for, and begin again what it ended. It names no address and never runs out: mails are old
when people are tired of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from activity.models import Activity
from communities.items import CommunityItem
from factchecks.models import FactCheck
from notifications import audiences, checking
from notifications.circles import strengths
from notifications.models import Delivery, KindStop, Rhythm, Story, Subscription

if TYPE_CHECKING:
    from notifications.kinds import Kind

SALT = "notifications.unsubscribe"
UNDO_SALT = "notifications.unsubscribe.undo"
# The reasons that people choose and leave by themselves; all others come with what they are.
BY_FOLLOWING = (audiences.followers, audiences.followers_at_once, checking.followers)
DIGESTS = {Delivery.Bundle.DAILY: Rhythm.DAILY, Delivery.Bundle.WEEKLY: Rhythm.WEEKLY}
_signer = signing.Signer(salt=SALT, sep=".")


def token(person_id: int, deliveries: Sequence[Delivery]) -> str:
    """What the link of this mail carries: for whom, and of which activity or bundle."""
    first = deliveries[0]
    what = first.bundle or str(first.notification.activity_id)
    return _signer.sign(f"{person_id}-{what}")


@dataclass
class Ending:
    """What a link ends, for whom: mails of subscriptions, or else all mails of one kind."""

    person: User
    subscriptions: list[Subscription] = field(default_factory=list)
    kind: Kind | None = None
    bundle: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing of it comes by e-mail any more."""
        if self.kind:
            return KindStop.objects.filter(user=self.person, kind=self.kind).exists()
        return not any(_is_mailed(one) for one in self.subscriptions)


def read(said: str) -> Ending | None:
    """What the link may end; None where it is not ours, or the person has gone."""
    try:
        person_id, what = _signer.unsign(said).split("-", 1)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=person_id, is_active=True).first()
    return _ending(person, what) if person else None


def _ending(person: User, what: str) -> Ending:
    if what in DIGESTS:
        own = Subscription.objects.filter(user=person, rhythm=DIGESTS[Delivery.Bundle(what)], by_email=True)
        return Ending(person, _shown(own), bundle=what)
    if what == Delivery.Bundle.DESK:
        return Ending(person, kind=Story.Kind.DESK)
    story = Story.objects.filter(pk=int(what)).select_related("activity").first()
    if story is None:
        return Ending(person)
    if not _is_followed(story.activity) or _by_role(story.activity, person):
        return Ending(person, kind=Story.Kind(story.kind))
    return Ending(person, _shown(_behind(story.activity).filter(user=person)))


def _is_followed(activity: Activity) -> bool:
    """Whether anybody is told of it because they follow something."""
    return any(reason in BY_FOLLOWING for reason in audiences.AUDIENCES.get(activity.verb, ()))


def _by_role(activity: Activity, person: User) -> bool:
    """Whether the person is told for being who they are, whatever they follow: a writer, a manager."""
    if activity.target is None:
        return False
    reasons = [one for one in audiences.AUDIENCES.get(activity.verb, ()) if one not in BY_FOLLOWING]
    circles = [circle for reason in reasons for circle in reason(activity.target)]
    return bool(strengths(circles, [person.pk]))


def _is_mailed(subscription: Subscription) -> bool:
    return subscription.by_email and subscription.rhythm != Rhythm.OFF


def _behind(activity: Activity) -> Any:
    """The subscriptions by which people hear of the item: its community, and all regions around it."""
    item = activity.target
    if not isinstance(item, CommunityItem | FactCheck):
        return Subscription.objects.none()
    category = ["", getattr(item, "category", "")]
    around = Q(region__in=item.region.ancestor_codes, category__in=category)
    # A fact check of an office has no community.
    return Subscription.objects.filter(around | Q(community=item.community_id, community__isnull=False))


def _shown(subscriptions: Any) -> list[Subscription]:
    return list(subscriptions.with_what_is_shown().order_by("pk"))


@transaction.atomic
def end(ending: Ending) -> str:
    """Let it come by e-mail no longer; by other ways it comes as before.

    The answer takes it back; empty where nothing was left to end.
    """
    ended = [one.pk for one in ending.subscriptions if _is_mailed(one)]
    Subscription.objects.filter(pk__in=ended).update(by_email=False)
    kind = ""
    if ending.kind and KindStop.objects.get_or_create(user=ending.person, kind=ending.kind)[1]:
        kind = str(ending.kind)
    if not ended and not kind:
        return ""
    return signing.dumps([ending.person.pk, ended, kind], salt=UNDO_SALT, compress=True)


@dataclass(frozen=True)
class Ended:
    """What was ended."""

    person: User
    ids: list[int]
    kind: str

    @property
    def subscriptions(self) -> list[Subscription]:
        """What is followed, as far as it still is."""
        return _shown(Subscription.objects.filter(user=self.person, pk__in=self.ids))


def read_undo(said: str) -> Ended | None:
    """What can be taken back; None where it is not ours, or the person has gone."""
    try:
        person_id, ids, kind = signing.loads(said, salt=UNDO_SALT)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=person_id, is_active=True).first()
    return Ended(person, ids, kind) if person else None


@transaction.atomic
def undo(ended: Ended) -> None:
    """Let it come by e-mail again, in the rhythm that it has now."""
    Subscription.objects.filter(user=ended.person, pk__in=ended.ids).update(by_email=True)
    KindStop.objects.filter(user=ended.person, kind=ended.kind).delete()
