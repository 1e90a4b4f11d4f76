"""What the clock asks for, and what a click sets to work, where the newsroom has its full size.

Each is what a task calls. All of it is taken back, so the order does not matter.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from operator import attrgetter
from typing import Any
from unittest import mock

from django.db import connection, transaction


def _sweep() -> None:
    from notifications import fanout

    fanout.fan_out_waiting()


def _collect(channel: str) -> Callable[[], object]:
    def collect() -> object:
        from notifications import claims

        return claims.due(channel, 250, part=0, parts=4)

    return collect


def _reads() -> None:
    """Five hundred articles that were read in the last minute."""
    from articles.reading import KEEP

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM articles_article ORDER BY id DESC LIMIT 500")
        ids = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(KEEP, [ids, [90_000] * len(ids), [3] * len(ids)])


def _copies() -> object:
    """Those of a press release that others sent too."""
    from accounts.models import Posting
    from articles import copies
    from articles.models import Fingerprint

    officer = Posting.objects.filter(region=None).earliest("pk").user
    kept = Fingerprint.objects.exclude(bands=[]).select_related("article").latest("pk")
    with (
        mock.patch.object(copies, "signature", return_value=kept.signature),
        mock.patch.object(copies, "bands", return_value=kept.bands),
    ):
        return copies.likely_copies(kept.article, officer)


def _trust() -> object:
    from communities import trusting
    from communities.models import Community

    with connection.cursor() as cursor:
        cursor.execute("SELECT community FROM bench_place WHERE i = 1")
        community = Community.objects.get(pk=cursor.fetchone()[0])
    return trusting.record_of(community)


def _forget_read() -> object:
    from notifications import retention

    read = retention.Notification.objects.filter(read_at__isnull=False).order_by("read_at")
    return retention._forget(list(read.values_list("pk", flat=True)[:1000]))


def _forget_unread() -> object:
    from notifications import retention

    # What is gone in a year is gone; the round that finds nothing more to do is the usual one.
    with mock.patch.object(retention, "KEPT_UNREAD", retention.timedelta(days=399)):
        return retention.forget_unread(time.monotonic() + 60)


def _recipients() -> object:
    from accounts.models import User
    from announcements.models import Announcement
    from notifications.announcing import recipients

    national = Announcement.objects.filter(region=None).latest("pk")
    return recipients(national, by=User(pk=0)).count()


def _result() -> object:
    from announcements.models import Announcement
    from announcements.results import result_in

    return result_in(Announcement.objects.filter(region=None).latest("pk"), None)


def _named(module: str, name: str, *arguments: Any) -> Callable[[], object]:
    def work() -> object:
        from importlib import import_module

        return attrgetter(name)(import_module(module))(*arguments)

    return work


def _mails() -> object:
    from mailing.kinds import KINDS

    return [list(kind.waiting().order_by("pk")[:50]) for kind in KINDS.values()]


def taken_back(job: Callable[[], object]) -> float:
    """Do it, take it back, and say how many seconds it took."""
    with transaction.atomic():
        began = time.perf_counter()
        job()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds


JOBS: dict[str, Callable[[], object]] = {
    "outbox, one activity": _sweep,
    "mails that are due": _collect("email"),
    "devices that are due": _collect("push"),
    "single mails that wait": _mails,
    "readings of 500 articles": _reads,
    "news whose time has come": _named("articles.scheduling", "announce_due"),
    "photos that wait": _named("articles.tasks", "sweep_photos"),
    "news without a fingerprint": _named("articles.copies", "keep_missing"),
    "likely copies": _copies,
    "what speaks for a community": _trust,
    "saved versions to forget": _named("articles.revisions", "forget_old"),
    "uploads to forget": _named("articles.uploads", "forget_old"),
    "a thousand read ones to forget": _forget_read,
    "unread ones to forget": _forget_unread,
    "requests to forget": _named("notifications.requests", "forget_old"),
    "aspirations to close": _named("aspirations.actions", "close_lapsed"),
    "aspirations to forget": _named("aspirations.by_email", "by_email.forget_old"),
    "replies to forget": _named("replies.by_email", "by_email.forget_old"),
    "setbacks to forget": _named("mailing.sending", "forget_old"),
    "postings to end": _named("office.posting_actions", "end_run_out"),
    "telling of what is overdue": _named("office.overdue", "tell"),
    "reports to make": _named("figures.reporting", "make_waiting"),
    "tallies to forget": _named("figures.counting", "forget_old"),
    "figures of the nation": _named("figures.counting", "count_ahead"),
    "whom an announcement reaches": _recipients,
    "how far an announcement came": _result,
}
