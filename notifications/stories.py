"""What an activity is about: its kind, by which people filter, and the thread that gathers what is alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notifications import aspiring, replying
from notifications.models import Kind, Story

if TYPE_CHECKING:
    from activity.models import Activity

DESK = "desk"


def _news(article: Any) -> str:
    return f"news:community:{article.community_id}"


def _events(event: Any) -> str:
    return f"event:community:{event.community_id}"


def _requests(membership: Any) -> str:
    return f"membership:community:{membership.community_id}"


def _desk(item: Any) -> str:
    return DESK


# Every verb that tells somebody has a kind.
KINDS: dict[str, Kind] = {
    "community.submit": Kind.DESK,
    "community.approve": Kind.DECISION,
    "community.return": Kind.DECISION,
    "community.reject": Kind.DECISION,
    "community.suspend": Kind.DECISION,
    "community.restore": Kind.DECISION,
    "community.expiring": Kind.DECISION,
    "community.warn": Kind.DECISION,
    "community.rest": Kind.DECISION,
    "community.keep": Kind.DECISION,
    "community.dissolve": Kind.DECISION,
    "community.move": Kind.DECISION,
    "community.place": Kind.DECISION,
    "change.submit": Kind.DESK,
    "change.approve": Kind.DECISION,
    "change.return": Kind.DECISION,
    "change.reject": Kind.DECISION,
    "article.submit": Kind.DESK,
    "article.appeal": Kind.DESK,
    "article.approve": Kind.NEWS,
    "article.return": Kind.DECISION,
    "article.reject": Kind.DECISION,
    "article.suspend": Kind.DECISION,
    "article.restore": Kind.DECISION,
    "article.slip": Kind.DECISION,
    "article.fix_slip": Kind.DECISION,
    "amendment.submit": Kind.DESK,
    "amendment.appeal": Kind.DESK,
    "amendment.approve": Kind.DECISION,
    "amendment.return": Kind.DECISION,
    "amendment.reject": Kind.DECISION,
    "event.submit": Kind.DESK,
    "event.appeal": Kind.DESK,
    "event.approve": Kind.EVENT,
    "event.return": Kind.DECISION,
    "event.reject": Kind.DECISION,
    "event.suspend": Kind.DECISION,
    "event.restore": Kind.DECISION,
    "event.slip": Kind.DECISION,
    **dict.fromkeys(("event.move", "event.cancel", "event.resume"), Kind.EVENT),
    "eventchange.submit": Kind.DESK,
    "eventchange.approve": Kind.DECISION,
    "eventchange.return": Kind.DECISION,
    "article.publish_first": Kind.NEWS,
    "event.publish_first": Kind.EVENT,
    **dict.fromkeys(("community.trust", "community.distrust"), Kind.DECISION),
    **{f"{kind}.hand_in": Kind.MEMBERSHIP for kind in ("article", "event", "amendment", "factcheck")},
    **{f"{kind}.hand_back": Kind.DECISION for kind in ("article", "event", "amendment", "factcheck")},
    "membership.ask": Kind.MEMBERSHIP,
    "membership.accept": Kind.MEMBERSHIP,
    "membership.decline": Kind.MEMBERSHIP,
    "membership.end": Kind.MEMBERSHIP,
    "membership.promote": Kind.MEMBERSHIP,
    "membership.demote": Kind.MEMBERSHIP,
    "membership.join": Kind.MEMBERSHIP,
    "invitation.send": Kind.MEMBERSHIP,
    **dict.fromkeys(
        ("forum.ask", "forum.invite", "forum.join", "forum.decline", "forum.end"), Kind.MEMBERSHIP
    ),
    "posting.appoint": Kind.ACCOUNT,
    "posting.end": Kind.ACCOUNT,
    "posting.substitute": Kind.ACCOUNT,
    "desk.overdue": Kind.DESK,
    "announcement.send": Kind.ANNOUNCEMENT,
    "announcement.withdraw": Kind.ANNOUNCEMENT,
    "article.publish": Kind.NEWS,
    "report.open": Kind.DESK,
    "report.decide": Kind.DECISION,
    "factcheck.submit": Kind.DESK,
    "factcheck.appeal": Kind.DESK,
    "factcheck.approve": Kind.NEWS,
    "factcheck.return": Kind.DECISION,
    "factcheck.reject": Kind.DECISION,
    "factcheck.suspend": Kind.DECISION,
    "factcheck.restore": Kind.DECISION,
    "reply.submit": Kind.DESK,
    "reply.appeal": Kind.DESK,
    **dict.fromkeys(replying.AUDIENCES, Kind.DECISION),
    **dict.fromkeys(aspiring.AUDIENCES, Kind.ASPIRATION),
    **dict.fromkeys(aspiring.ON_DESK, Kind.DESK),
}
# Of these many alike are one line in the inbox. What waits on a desk leaves in one message an hour, too.
THREADS: dict[str, Callable[[Any], str]] = {
    "community.submit": _desk,
    "change.submit": _desk,
    "article.submit": _desk,
    "article.appeal": _desk,
    "amendment.submit": _desk,
    "amendment.appeal": _desk,
    "event.submit": _desk,
    "eventchange.submit": _desk,
    "reply.submit": _desk,
    "reply.appeal": _desk,
    "factcheck.submit": _desk,
    "factcheck.appeal": _desk,
    "event.appeal": _desk,
    "article.approve": _news,
    "article.publish": _news,
    "article.publish_first": _news,
    "event.publish_first": _events,
    "event.approve": _events,
    "membership.ask": _requests,
    **dict.fromkeys(aspiring.ON_DESK, _desk),
}
# What waits on the desk of an office: all of it is one thread there.
ON_DESK = frozenset(verb for verb, thread in THREADS.items() if thread is _desk)
# Told at once by every channel, whatever the hour and without waiting for others.
URGENT = {"report.open"}


def story_of(activity: Activity) -> Story:
    """What the activity is about, not stored yet. KeyError where its verb has no kind."""
    thread = THREADS.get(activity.verb)
    target = activity.target if thread else None
    return Story(
        activity=activity,
        kind=KINDS[activity.verb],
        thread=thread(target) if thread and target is not None else "",
    )
