"""Who was posted in two regions that become one: one posting goes on there, and takes no duty away."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from django.utils import timezone

import activity.actions
from accounts.models import Posting, User
from accounts.roles import MAY, Role
from office.decree.places import by_place
from office.verbs import POSTING_APPOINT, POSTING_END
from regions.changing.holders import Merged


def postings(by: User | None) -> Merged:
    """One posting a person in each region; what the others allowed, the one that goes on allows too.

    One without an end goes before those that end by themselves: what is given for a while is not made to
    last, nor does it end what lasts.
    """
    merged = Merged()
    for place, found in by_place(Posting).items():
        held: dict[int, list[Posting]] = defaultdict(list)
        for posting in found:
            if posting.ended_at is None and posting.stands_in_for_id is None:
                held[posting.user_id].append(posting)
        for own in held.values():
            if len(own) > 1:
                _put_together(own, place, by, merged)
    return merged


def _put_together(own: list[Posting], place: str, by: User | None, merged: Merged) -> None:
    lasting, role = _that_last(own), _role_for(own)
    kept = max((each for each in lasting if each.role == role), key=_end_of, default=None)
    others = [posting for posting in own if posting is not kept]
    for posting in others:
        _end(posting, role, place, by)
    if kept is None:
        until = max(lasting, key=_end_of).ends_at
        kept = Posting.objects.create(
            user=own[0].user, role=role, region_id=place, started_by=by, ends_at=until
        )
        _record(POSTING_APPOINT, kept, by, after={"role": role})
        merged.copied += 1
    for posting in others:
        _hand_over_substitutes(posting, kept, by)
    ended = ", ".join(str(posting.get_role_display()) for posting in others)
    merged.notes.append(
        f"{place}: {kept.user.email} was posted there twice; {kept.get_role_display()} goes on, "
        f"{ended} has ended."
    )


def _that_last(own: list[Posting]) -> list[Posting]:
    """Those without an end; where there are none, those that go on for a while."""
    now = timezone.now()
    return (
        [posting for posting in own if posting.ends_at is None]
        or [posting for posting in own if _end_of(posting) > now]
        or own[:1]
    )


def _end_of(posting: Posting) -> datetime:
    return posting.ends_at or datetime.max.replace(tzinfo=UTC)


def _role_for(own: list[Posting]) -> str:
    """The role with the fewest duties that has all of theirs."""
    duties = frozenset().union(*(MAY[posting.role] for posting in _that_last(own)))
    return min((role for role in Role.values if duties <= MAY[role]), key=lambda role: len(MAY[role]))


def _hand_over_substitutes(giver: Posting, taker: Posting, by: User | None) -> None:
    """They stand in for the posting that goes on, unless they do already or it does not allow as much."""
    already = set(taker.substitutes.filter(ended_at=None).values_list("user", flat=True)) | {taker.user_id}
    for substitute in giver.substitutes.filter(ended_at=None).select_related("user", "region").order_by("pk"):
        if substitute.user_id in already or not MAY[substitute.role] <= MAY[taker.role]:
            _end(substitute, taker.role, taker.region_id or "", by)
            continue
        already.add(substitute.user_id)
        Posting.objects.filter(pk=substitute.pk).update(stands_in_for=taker)


def _end(posting: Posting, role: str, place: str, by: User | None) -> None:
    # A rehearsal goes without anybody who answers for it, but what has ended says by whom.
    now = {"ended_at": timezone.now(), "ended_by": by or posting.user}
    Posting.objects.filter(pk=posting.pk).update(**now)
    before = {"role": str(posting.role), "region": posting.region_id}
    _record(POSTING_END, posting, by, before=before, after={"role": str(role), "region": place})


def _record(verb: str, posting: Posting, by: User | None, **details: dict[str, str | None]) -> None:
    activity.actions.record(verb, posting, by=by, region=posting.region, details=details)
