"""The inbox as it is read: unread first, what is alike as one line, older pages by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, Max, When
from django.db.models.functions import Cast

from notifications.inbox import Entry, entries, notifications_of
from notifications.models import Kind, Notification, Story
from notifications.stories import DESK

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

PER_PAGE = 30
# So many of the newest that are unread are gathered into groups: who has more comes to them by reading.
GATHERED = 5000


@dataclass(frozen=True)
class Asked:
    """Which page of the inbox: of one kind or of all, and below which unread or read one."""

    kind: str = ""
    below_unread: int = 0
    below_read: int = 0

    @classmethod
    def read(cls, params: Any) -> Asked:
        """From the address; what makes no sense is the first page."""
        kind = params.get("jenis", "")
        numbers = (_number(params.get(name, "")) for name in ("baru", "lama"))
        return cls(kind if kind in Kind.values else "", *numbers)

    def query(self, **more: int) -> str:
        """The same kind, and another page."""
        named = {"jenis": self.kind, **more}
        return f"?{urlencode({key: value for key, value in named.items() if value})}"


@dataclass(frozen=True)
class Page:
    """One page: lines, and the query of the next page, empty on the last."""

    entries: list[Entry]
    next_query: str = ""

    @property
    def newest(self) -> int:
        """The id of the newest one that the page shows; 0 where it shows none."""
        return max((entry.notification.pk for entry in self.entries), default=0)


def page(user: User, asked: Asked) -> Page:
    """Unread first, in groups; then what was read, one by one."""
    groups = [] if asked.below_read else _unread_groups(user, asked)
    if len(groups) > PER_PAGE:
        following = asked.query(baru=groups[PER_PAGE - 1]["newest"])
        return _page(user, groups[:PER_PAGE], [], following)
    room = PER_PAGE - len(groups)
    read = _read_ones(user, asked)[: room + 1]
    ids = list(read.values_list("pk", flat=True))
    following = ""
    if len(ids) > room:
        last = ids[room - 1] if room else ids[0] + 1
        following = asked.query(lama=last)
    return _page(user, groups, ids[:room], following)


def _unread_groups(user: User, asked: Asked) -> list[dict[str, Any]]:
    """For each thread of what is unread the newest one and how many; what has no thread stands alone."""
    unread = _of_kind(Notification.objects.visible_to(user).unread(), asked.kind)
    gathered = unread.order_by("-pk").values("pk")[:GATHERED]
    thread = Case(
        When(activity__story__thread__gt="", then=F("activity__story__thread")),
        default=Cast("activity_id", CharField()),
    )
    groups = (
        Notification.objects.filter(pk__in=gathered)
        .annotate(line=thread)
        .values("line")
        .annotate(newest=Max("pk"), number=Count("pk"))
        .order_by("-newest")
    )
    if asked.below_unread:
        groups = groups.filter(newest__lt=asked.below_unread)
    return [dict(group) for group in groups[: PER_PAGE + 1]]


def _read_ones(user: User, asked: Asked) -> QuerySet[Notification]:
    """What was read; without the desk, which shows by itself what waits and what was decided."""
    read = _of_kind(Notification.objects.visible_to(user).exclude(read_at=None), asked.kind)
    read = read.exclude(activity__story__thread=DESK)
    return (read.filter(pk__lt=asked.below_read) if asked.below_read else read).order_by("-pk")


def _of_kind(rows: QuerySet[Notification], kind: str) -> QuerySet[Notification]:
    return rows.filter(activity__story__kind=kind) if kind else rows


def _page(user: User, groups: list[dict[str, Any]], read: list[int], following: str) -> Page:
    ids = [group["newest"] for group in groups] + read
    counts = {
        group["newest"]: group["number"] for group in groups if group["number"] > 1 or group["line"] == DESK
    }
    rows = {row.pk: row for row in notifications_of(user).filter(pk__in=ids)}
    # Between the two queries one may have been taken away.
    return Page(entries([rows[pk] for pk in ids if pk in rows], user, counts), following)


def of_thread(user: User, story: Story, until: int) -> QuerySet[Notification]:
    """What the person was told in one thread, read or not, up to and with the newest one that was shown."""
    return notifications_of(user).filter(activity__story__thread=story.thread, pk__lte=until)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
