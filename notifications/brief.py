"""What a short message says: a title, one line, and where it leads. For push and messengers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator

from notifications import desk, digests, wording
from notifications.kinds import Kind
from notifications.links import path_of
from notifications.models import Delivery

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_TITLE = 80
LONGEST_LINE = 200


@dataclass(frozen=True)
class Brief:
    """A message in the language of now."""

    title: str
    line: str
    path: str
    # What a newer message takes the place of: the older one of the same topic.
    topic: str


def brief(person: User, deliveries: Sequence[Delivery]) -> Brief:
    """One message about all of them, the lowest pk first."""
    first = deliveries[0]
    if first.bundle and len(deliveries) > 1:
        return _of_many(person, deliveries)
    activity = first.notification.activity
    title = wording.group_title(activity, first.notification.kind or Kind.NEWS)
    return Brief(
        title=_short(title, LONGEST_TITLE),
        line=_short(wording.line(activity, person), LONGEST_LINE),
        path=path_of(activity),
        topic=first.notification.thread or f"activity:{activity.pk}",
    )


def _of_many(person: User, deliveries: Sequence[Delivery]) -> Brief:
    activities = [delivery.notification.activity for delivery in deliveries]
    bundle = deliveries[0].bundle
    is_desk = bundle == Delivery.Bundle.DESK
    return Brief(
        title=_short(digests.headline(person, activities, bundle), LONGEST_TITLE),
        line=_short(wording.line(activities[-1], person), LONGEST_LINE),
        path=desk.path_of(one.verb for one in activities) if is_desk else reverse("notifications:inbox"),
        topic=f"bundle:{bundle}",
    )


def _short(text: str, length: int) -> str:
    return Truncator(text).chars(length)
