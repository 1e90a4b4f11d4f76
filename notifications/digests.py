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

from communities.items import CommunityItem
from moderation.kinds import kinds
from notifications import letters, wording
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
PUBLISHED = ("article.approve", "event.approve", "article.publish_first", "event.publish_first")


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

    def add(self, entry: Entry) -> None:
        """One more; what is too much is counted only."""
        if len(self.entries) < MOST_ENTRIES:
            self.entries.append(entry)
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
        count = len(_submitted(activities))
        if not count:
            return wording.line(activities[-1], reader)
        said = ngettext("%(count)s item waits for your office", "%(count)s items wait for your office", count)
    elif bundle == Delivery.Bundle.WEEKLY:
        said = ngettext("This week: %(count)s news", "This week: %(count)s news", count)
    else:
        said = ngettext("Today: %(count)s news", "Today: %(count)s news", count)
    return said % {"count": count}


def _submitted(activities: Sequence[Activity]) -> list[Activity]:
    return [one for one in activities if one.verb.endswith(".submit")]


def _news(reader: User, activities: Sequence[Activity], bundle: str) -> tuple[str, dict[str, Any]]:
    groups = _grouped(reader, activities)
    shown = groups[:MOST_GROUPS]
    return headline(reader, activities, bundle), {
        "groups": shown,
        "more": sum(len(group.entries) + group.more for group in groups[MOST_GROUPS:]),
        "url": address_of(reverse("notifications:inbox")),
        "label": _("Open your inbox"),
    }


def _grouped(reader: User, activities: Sequence[Activity]) -> list[Group]:
    """By community, in the order of their regions; what is not news of a community comes first."""
    groups: dict[tuple[str, str], Group] = {}
    for activity in activities:
        item = activity.target
        if isinstance(item, CommunityItem) and activity.verb in PUBLISHED:
            community = item.community
            group = groups.setdefault((community.region_id, community.name), _group_of(item))
        else:
            group = groups.setdefault(("", ""), Group(url=address_of(reverse("notifications:inbox"))))
        group.add(_entry(activity, reader))
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
    desk = address_of(reverse("office:desk"))
    submitted = _submitted(activities)
    counts = Counter(one.verb.removesuffix(".submit") for one in submitted)
    group = Group(url=desk)
    for kind, count in counts.most_common():
        group.entries.append(Entry(f"{_name(kind)}: {count}", f"{desk}?jenis={kind}"))
    for activity in activities:
        if activity not in submitted:
            group.add(_entry(activity, reader))
    said = headline(reader, activities, Delivery.Bundle.DESK)
    return said, {"groups": [group], "url": desk, "label": _("Open the desk")}


def _name(kind: str) -> str:
    model = kinds().get(kind)
    return str(model._meta.verbose_name_plural).capitalize() if model else kind
