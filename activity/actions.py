"""The one way into the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from activity import verbs
from activity.models import Activity
from activity.signals import recorded

if TYPE_CHECKING:
    from accounts.models import Posting, User
    from accounts.roles import Duty
    from regions.models import Region


def record(
    verb: str,
    target: models.Model,
    *,
    by: User | None,
    region: Region | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    happened_at: datetime | None = None,
    duty: Duty | None = None,
) -> Activity:
    """Note that `verb` happened to `target`, in the caller's transaction, and announce it.

    by: who did it, None for the system. reason: what the person who acted said, shown to the author.
    happened_at: now, unless demo data tell of the past. duty: what `by` does this for an office by, where the
    verb does not say it already (activity.verbs.of_office). KeyError for a verb that no app registered;
    RuntimeError outside a transaction, where the row and what it tells of could part ways.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An activity is recorded in the transaction that changes its target.")
    verbs.label(verb)
    activity = Activity.objects.create(
        verb=verb,
        actor=by,
        posting=_posting(verb, by, region, duty),
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        region=region,
        reason=reason,
        details=details or {},
        happened_at=happened_at or timezone.now(),
    )
    recorded.send(sender=Activity, activity=activity)
    return activity


def record_all(
    verb: str,
    targets: Sequence[models.Model],
    *,
    by: User | None,
    details: dict[str, Any] | None = None,
) -> None:
    """Note that `verb` happened to each of the targets, in one statement. Nobody is told of any.

    For what is done to hundreds at once: the targets are of one kind and have a region. RuntimeError outside
    a transaction, KeyError for an unknown verb, as with record().
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An activity is recorded in the transaction that changes its target.")
    verbs.label(verb)
    now = timezone.now()
    first = targets[0].region if targets else None  # type: ignore[attr-defined]
    posting = _posting(verb, by, first, None)
    Activity.objects.bulk_create(
        Activity(
            verb=verb,
            actor=by,
            posting=posting,
            target_type=ContentType.objects.get_for_model(target),
            target_id=target.pk,
            region_id=target.region_id,  # type: ignore[attr-defined]
            details=details or {},
            happened_at=now,
            fanned_out_at=now,
        )
        for target in targets
    )


def acting_posting(user: User, region: Region | None, duty: Duty | None = None) -> Posting | None:
    """The posting by which the person acts in the region: the nearest that covers it and has the duty."""
    fitting = [
        posting
        for posting in user.current_postings
        if posting.covers(region) and (duty is None or posting.may(duty))
    ]
    return max(fitting, key=lambda posting: len(posting.region_id or ""), default=None)


def _posting(verb: str, by: User | None, region: Region | None, duty: Duty | None) -> Posting | None:
    if by is None or (duty is None and verb not in verbs.OF_OFFICE):
        return None
    return acting_posting(by, region, duty or verbs.OF_OFFICE.get(verb))
