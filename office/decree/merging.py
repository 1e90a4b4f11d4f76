"""What two regions that become one would otherwise hold twice; each answers what it put together, in words.

All of them read region_moves (regions/changing/holders.py): which closed region is which one of today.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Model

import activity.actions
from accounts.models import Holiday, Office, SavedReply, User
from office.decree.places import AT_STAKE, by_place
from office.settings_actions import values_of
from office.verbs import OFFICE_CHANGE
from regions.changing.holders import Merged

_TITLE = 80
_FOLLOW_ALL = """
    INSERT INTO notifications_subscription (user_id, region_id, category, rhythm, by_email, created_at)
    SELECT held.user_id, also.new_id, held.category, held.rhythm, held.by_email, held.created_at
    FROM notifications_subscription held
    JOIN regions_regionsuccession also ON also.old_id = held.region_id AND NOT also.is_default
    JOIN regions_region open ON open.code = also.new_id AND open.closed_at IS NULL
    ON CONFLICT DO NOTHING
"""
_PLACES = """
    WITH following AS (
        SELECT old_id, new_id FROM region_moves
        UNION
        SELECT also.old_id, also.new_id FROM regions_regionsuccession also
        JOIN regions_region open ON open.code = also.new_id AND open.closed_at IS NULL
    )
    UPDATE announcements_announcement told SET places = (
        SELECT array_agg(DISTINCT coalesce(following.new_id, place)) FROM unnest(told.places) place
        LEFT JOIN following ON following.old_id = place
    )
    WHERE told.places && ARRAY(SELECT old_id FROM region_moves)
"""
# Of two that become one, the stronger rhythm stays, and e-mail where either came by it.
_FOLLOWED_TWICE = f"""
    WITH at_stake AS ({AT_STAKE.format(table="notifications_subscription")}), told AS (
        SELECT held.id, held.rhythm, held.by_email, held.user_id, held.category, at_stake.place,
            row_number() OVER (
                PARTITION BY held.user_id, held.category, at_stake.place
                ORDER BY held.region_id <> at_stake.place, held.id
            ) AS place_in_row
        FROM at_stake JOIN notifications_subscription held ON held.id = at_stake.id
    ), strongest AS (
        SELECT user_id, category, place, max(rhythm) AS rhythm, bool_or(by_email) AS by_email
        FROM told GROUP BY 1, 2, 3
    ), strengthened AS (
        UPDATE notifications_subscription held
        SET rhythm = strongest.rhythm, by_email = strongest.by_email
        FROM told kept JOIN strongest USING (user_id, category, place)
        WHERE held.id = kept.id AND kept.place_in_row = 1
        AND (held.rhythm, held.by_email) <> (strongest.rhythm, strongest.by_email)
    )
    DELETE FROM notifications_subscription WHERE id IN (SELECT id FROM told WHERE place_in_row > 1)
"""  # noqa: S608 - made of the constants above


def subscriptions(_by: User | None) -> Merged:
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


def places_of_announcements(_by: User) -> Merged:
    """What went to a closed region goes to all that follows it: places are no foreign key."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES)
        moved = cursor.rowcount
    return Merged(notes=[f"{moved} announcements went to regions that are others now."] if moved else [])


def holidays(by: User | None) -> Merged:
    """The same day closed in two regions that are one is closed once."""
    merged = Merged()
    for place, days in by_place(Holiday).items():
        first: dict[Any, Holiday] = {}
        for holiday in days:
            kept = first.setdefault(holiday.day, holiday)
            if kept is holiday:
                continue
            merged.notes.append(f"{place}: the holiday {holiday.name} ({holiday.day}) stood there twice.")
            before, after = (
                {"holiday": f"{each.day} {each.name}", "region": code}
                for each, code in ((holiday, holiday.region_id), (kept, place))
            )
            _record(kept, holiday, by, before, after)
            holiday.delete()
            merged.gone += 1
    return merged


def offices(by: User | None) -> Merged:
    """Two offices become one: the one that is there already, else the first by code, keeps its settings."""
    merged = Merged()
    for place, found in by_place(Office).items():
        kept, *others = found
        for other in others:
            replies = _hand_over_replies(other, kept, by)
            merged.notes.append(
                f"{place}: {other.name} goes into {kept.name}, whose name, contacts and settings hold; "
                f"{replies} saved replies go along."
            )
            before = values_of(other) | {"region": other.region_id}
            _record(kept, other, by, before, values_of(kept) | {"region": place})
            other.delete()
            merged.gone += 1
    return merged


def _hand_over_replies(giver: Office, taker: Office, by: User | None) -> int:
    taken = set(taker.saved_replies.values_list("title", flat=True))
    replies = list(SavedReply.objects.filter(office=giver))
    for reply in replies:
        if reply.title in taken:
            before = {"reply": {"title": reply.title, "text": reply.text}}
            suffix = f" ({giver.region_id})"
            reply.title = reply.title[: _TITLE - len(suffix)] + suffix
            after = {"reply": {"title": reply.title, "text": reply.text}}
            _record(taker, giver, by, before, after)
        reply.office = taker
        reply.save()
    return len(replies)


def _record(target: Model, gone: Holiday | Office, by: User | None, before: dict, after: dict) -> None:
    """Note under the code that closes what was there and what holds instead; what is the same is left out."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    details = {
        "before": {name: before[name] for name in changed if name in before},
        "after": {name: after[name] for name in changed if name in after},
    }
    activity.actions.record(OFFICE_CHANGE, target, by=by, region=gone.region, details=details)
