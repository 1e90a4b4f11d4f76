"""What two regions that become one would otherwise hold twice; each answers what it put together, in words.

All of them read region_moves (regions/changing/holders.py): which closed region is which one of today.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

import activity.actions
from accounts.models import Holiday, Office, Posting, SavedReply, User
from accounts.roles import MAY
from office.verbs import POSTING_END
from regions.changing.holders import Merged

_TITLE = 80
# Whose region changes, and who holds the region that it becomes.
_AT_STAKE = """
    SELECT held.id, coalesce(move.new_id, held.region_id) AS place FROM {table} held
    LEFT JOIN region_moves move ON move.old_id = held.region_id
    WHERE move.old_id IS NOT NULL OR held.region_id IN (SELECT new_id FROM region_moves)
"""
_FOLLOW_ALL = """
    INSERT INTO notifications_subscription (user_id, region_id, wants_email, created_at)
    SELECT held.user_id, also.new_id, held.wants_email, held.created_at FROM notifications_subscription held
    JOIN regions_regionsuccession also ON also.old_id = held.region_id AND NOT also.is_default
    JOIN regions_region open ON open.code = also.new_id AND open.closed_at IS NULL
    ON CONFLICT DO NOTHING
"""
_FOLLOWED_TWICE = f"""
    WITH at_stake AS ({_AT_STAKE.format(table="notifications_subscription")}), told AS (
        SELECT held.id, held.wants_email, held.user_id, at_stake.place, row_number() OVER (
            PARTITION BY held.user_id, at_stake.place ORDER BY held.region_id <> at_stake.place, held.id
        ) AS place_in_row
        FROM at_stake JOIN notifications_subscription held ON held.id = at_stake.id
    ), mailed AS (
        UPDATE notifications_subscription held SET wants_email = TRUE
        FROM told kept JOIN told other USING (user_id, place)
        WHERE held.id = kept.id AND kept.place_in_row = 1 AND other.wants_email AND NOT held.wants_email
    )
    DELETE FROM notifications_subscription WHERE id IN (SELECT id FROM told WHERE place_in_row > 1)
"""  # noqa: S608 - made of the constants above


def subscriptions(_by: User) -> Merged:
    """A region that was split is followed in all its parts; who followed two that are one follows it once."""
    merged = Merged()
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW_ALL)
        merged.copied = cursor.rowcount
        cursor.execute(_FOLLOWED_TWICE)
        merged.gone = cursor.rowcount
    if merged.copied:
        merged.notes.append(f"{merged.copied} followers of a split region follow its other parts too.")
    if merged.gone:
        merged.notes.append(
            f"{merged.gone} times somebody followed two regions that are one now: once from now on."
        )
    return merged


def holidays(_by: User) -> Merged:
    """The same day closed in two regions that are one is closed once."""
    merged = Merged()
    for place, days in _by_place(Holiday).items():
        seen = set()
        for holiday in days:
            if holiday.day not in seen:
                seen.add(holiday.day)
                continue
            merged.notes.append(f"{place}: the holiday {holiday.name} ({holiday.day}) stood there twice.")
            holiday.delete()
            merged.gone += 1
    return merged


def offices(_by: User) -> Merged:
    """Two offices become one: the one that is there already, else the first by code, keeps its settings."""
    merged = Merged()
    for place, found in _by_place(Office).items():
        kept, *others = found
        for other in others:
            replies = _hand_over_replies(other, kept)
            merged.notes.append(
                f"{place}: {other.name} goes into {kept.name}, whose name, contacts and settings hold; "
                f"{replies} saved replies go along."
            )
            other.delete()
            merged.gone += 1
    return merged


def _hand_over_replies(giver: Office, taker: Office) -> int:
    taken = set(taker.saved_replies.values_list("title", flat=True))
    replies = list(SavedReply.objects.filter(office=giver))
    for reply in replies:
        if reply.title in taken:
            suffix = f" ({giver.region_id})"
            reply.title = reply.title[: _TITLE - len(suffix)] + suffix
        reply.office = taker
        reply.save()
    return len(replies)


def postings(by: User) -> Merged:
    """Who was posted in two regions that are one keeps the posting with more duties; the other ends now."""
    merged = Merged()
    for place, found in _by_place(Posting).items():
        held: dict[int, list[Posting]] = defaultdict(list)
        for posting in found:
            if posting.ended_at is None and posting.stands_in_for_id is None:
                held[posting.user_id].append(posting)
        for own in held.values():
            kept, *others = sorted(own, key=lambda posting: -len(MAY[posting.role]))
            for other in others:
                _end(other, kept, by)
                merged.notes.append(
                    f"{place}: {other.user.email} was posted there twice; {kept.get_role_display()} goes on, "
                    f"{other.get_role_display()} has ended."
                )
    return merged


def _end(posting: Posting, kept: Posting, by: User) -> None:
    """End one posting. Who stands in for it does so for the other, unless they do already."""
    now = timezone.now()
    standing_in = posting.substitutes.filter(ended_at=None)
    already = kept.substitutes.filter(ended_at=None).values("user")
    ended = {"ended_at": now, "ended_by": by}
    standing_in.filter(Q(user__in=already) | Q(user=kept.user_id)).update(**ended)
    standing_in.filter(ended_at=None).update(stands_in_for=kept)
    Posting.objects.filter(pk=posting.pk).update(**ended)
    activity.actions.record(
        POSTING_END,
        posting,
        by=by,
        region=posting.region,
        details={"role": posting.role, "merged_into": kept.pk},
    )


def _by_place(model: type[Holiday | Office | Posting]) -> dict[str, list[Any]]:
    """The rows at stake by the region they will hold, those first that hold it already."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_STAKE.format(table=model._meta.db_table))
        place_of = dict(cursor.fetchall())
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in model._default_manager.filter(pk__in=place_of):
        rows[place_of[row.pk]].append(row)
    for place, found in rows.items():
        found.sort(key=lambda row: (row.region_id != place, row.region_id, row.pk))
    return dict(sorted(rows.items()))
