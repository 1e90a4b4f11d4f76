"""Digests: what came in a day or a week, by community; and the desk of an office, by what waits there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.models import Aspiration
from communities.items import CommunityItem
from moderation.kinds import kinds
from notifications import desk, letters, manage_link, wording
from notifications.links import address_of, path_of
from notifications.models import Delivery

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Activity
    from notifications.letters import Letter

# A mail longer than 100 KB is cut off by Gmail, and nobody reads the fiftieth title.
MOST_GROUPS = 15
MOST_ENTRIES = 5
LEAD_WORDS = 40
PUBLISHED = (
    "article.approve", "article.publish", "article.publish_first", "event.approve", "event.publish_first",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One thing of a digest."""

    title: str
    url: str
    lead: str = ""


@dataclass
class Group:
    """What belongs together: the news of one community; the rest has no title."""

    title: str = ""
    place: str = ""
    url: str = ""
    entries: list[Entry] = field(default_factory=list)
    more: int = 0

    def add(self, activity: Activity, reader: User) -> None:
        """One more; what is too much is counted only, and not put into words."""
        if len(self.entries) < MOST_ENTRIES:
            self.entries.append(_entry(activity, reader))
        else:
            self.more += 1


def digest(reader: User, deliveries: Sequence[Delivery], *, stop_url: str = "") -> Letter:
    """One mail about all of them, in the reader's own language."""
    activities = [delivery.notification.activity for delivery in deliveries]
    with translation.override(letters.language_of(reader)):
        if deliveries[0].bundle == Delivery.Bundle.DESK:
            title, context = _desk(reader, activities)
        else:
            title, context = _news(reader, activities, deliveries[0].bundle)
        letter = letters.rendered("digest", title, reader, {"headline": title, **context})
    return letters.filled(letter, letters.marks_of(reader, stop_url))


def headline(reader: User, activities: Sequence[Activity], bundle: str) -> str:
    """How many they are, in the language of now; also for channels that say no more than that."""
    count = len(activities)
    if bundle == Delivery.Bundle.DESK:
        count = len(_asking(activities))
        if not count:
            return wording.line(activities[-1], reader)
        said = ngettext("%(count)s item waits for your office", "%(count)s items wait for your office", count)
    elif bundle == Delivery.Bundle.WEEKLY:
        said = ngettext("This week: %(count)s news", "This week: %(count)s news", count)
    else:
        said = ngettext("Today: %(count)s news", "Today: %(count)s news", count)
    return said % {"count": count}


def _asking(activities: Sequence[Activity]) -> list[Activity]:
    """Those by which something waits for the office."""
    return [one for one in activities if desk.waits(one.verb)]


def _news(reader: User, activities: Sequence[Activity], bundle: str) -> tuple[str, dict[str, Any]]:
    groups = _grouped(reader, activities)
    shown = groups[:MOST_GROUPS]
    return headline(reader, activities, bundle), {
        "groups": shown,
        "more": sum(len(group.entries) + group.more for group in groups[MOST_GROUPS:]),
        "has_inbox": not reader.is_staged,
        "url": _all_of_it(reader),
        "label": _("What I follow") if reader.is_staged else _("Open your inbox"),
    }


def _all_of_it(reader: User) -> str:
    """Where everything is found: the inbox, or the page of who has no account and so no inbox."""
    return manage_link.address_for(reader) if reader.is_staged else address_of(reverse("notifications:inbox"))


def _grouped(reader: User, activities: Sequence[Activity]) -> list[Group]:
    """By community, in the order of their regions; what is not news of a community comes first."""
    groups: dict[tuple[str, str], Group] = {}
    for activity in activities:
        item = activity.target
        if isinstance(item, CommunityItem) and activity.verb in PUBLISHED:
            community = item.community
            group = groups.setdefault((community.region_id, community.name), _group_of(item))
        else:
            group = groups.setdefault(("", ""), Group(url=_all_of_it(reader)))
        group.add(activity, reader)
    return [groups[place] for place in sorted(groups)]


def _group_of(item: CommunityItem) -> Group:
    community = item.community
    place = community.region.label if community.region else ""
    return Group(community.name, place, address_of(community.get_absolute_url()))


def _entry(activity: Activity, reader: User) -> Entry:
    item = activity.target
    url = address_of(path_of(activity))
    if not isinstance(item, CommunityItem) or activity.verb not in PUBLISHED:
        return Entry(wording.line(activity, reader), url, activity.reason)
    said = wording.paragraphs(activity, reader)
    return Entry(item.title, url, Truncator(said[0]).words(LEAD_WORDS) if said else "")


def _desk(reader: User, activities: Sequence[Activity]) -> tuple[str, dict[str, Any]]:
    """How much waits, by kind, each with its part of the desk; other notes of the desk as lines."""
    asking = _asking(activities)
    url = address_of(desk.path_of(one.verb for one in activities))
    group = Group(url=url)
    for kind, count in Counter(one.verb.partition(".")[0] for one in asking).most_common():
        group.entries.append(Entry(f"{_name(kind)}: {count}", address_of(desk.part_of(kind))))
    for activity in activities:
        if activity not in asking:
            group.add(activity, reader)
    said = headline(reader, activities, Delivery.Bundle.DESK)
    return said, {"groups": [group], "url": url, "label": _("Open the desk")}


def _name(kind: str) -> str:
    model = kinds().get(kind, Aspiration if kind == desk.ASPIRATION else None)
    return str(model._meta.verbose_name_plural).capitalize() if model else kind
