"""The desk of an office in the inboxes of its officers: one line while something waits, none afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from notifications import aspiring, stories
from notifications.models import Notification

ASPIRATION = "aspiration"
# What takes an item off the desk, told by the second half of its verb.
SETTLING = {"approve", "return", "reject", "withdraw", "decide"}
# Of an aspiration: by receiving it, and by all that an office does with one that was reopened.
SETTLING |= {"receive", "hand_over", "work", "forward", "answer"}
# What has told the officers.
ASKING = stories.ON_DESK | stories.URGENT


def settle(activity: Activity) -> None:
    """Where the activity takes an item off the desk: nobody needs to read any more that it was sent in."""
    kind, _, what = activity.verb.partition(".")
    if what not in SETTLING:
        return
    asked = Activity.objects.filter(
        target_type=activity.target_type_id,
        target_id=activity.target_id,
        verb__in=[verb for verb in ASKING if verb.startswith(f"{kind}.")],
        pk__lt=activity.pk,
    )
    Notification.objects.unread().filter(activity__in=asked.values("pk")).update(read_at=timezone.now())


def waits(verb: str) -> bool:
    """Whether it says that something waits for the office."""
    return verb in stories.ON_DESK


def path_of(verbs: Iterable[str]) -> str:
    """Where all of it is done: what people tell the office has a page of its own."""
    is_all_told = all(verb in aspiring.ON_DESK for verb in verbs)
    return reverse("office:aspirations" if is_all_told else "office:desk")


def part_of(kind: str) -> str:
    """Where what waits of one kind is done."""
    return reverse("office:aspirations") if kind == ASPIRATION else f"{reverse('office:desk')}?jenis={kind}"
