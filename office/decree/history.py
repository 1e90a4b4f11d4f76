"""What the history keeps of a change of regions: a row for each that closed, and for each KIM that moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from activity.models import Activity
from communities.models import Community
from communities.verbs import COMMUNITY_MOVE, COMMUNITY_PLACE
from office.verbs import REGION_CHANGE
from regions.changing.plan import Plan
from regions.models import RegionSuccession

_GOING = """
    SELECT held.id, held.name, move.old_id, move.new_id, EXISTS (
        SELECT FROM regions_regionsuccession other WHERE other.old_id = move.old_id AND NOT other.is_default
    )
    FROM communities_community held JOIN region_moves move ON move.old_id = held.region_id ORDER BY held.id
"""
AT_ONCE = 2000


class Going(NamedTuple):
    """A community in a region that closes."""

    pk: int
    name: str
    old: str
    new: str
    was_split: bool


class Note(NamedTuple):
    """What all rows of one change have in common."""

    by: User | None
    decree: str

    def of(self, verb: str, kind: type[models.Model], pk: int, **fields: Any) -> Activity:
        """One row, not stored yet. Where `fanned_out_at` is not given, the sweep tells people of it."""
        return Activity(
            verb=verb,
            actor=self.by,
            target_type=ContentType.objects.get_for_model(kind),
            target_id=pk,
            region_id=fields.pop("region"),
            reason=self.decree,
            **fields,
        )


def communities_that_move() -> list[Going]:
    """Those whose village has a successor; asked before they move (reads region_moves)."""
    with connection.cursor() as cursor:
        cursor.execute(_GOING)
        return [Going(*row) for row in cursor.fetchall()]


def record(plan: Plan, going: list[Going], *, by: User | None, decree: str) -> list[str]:
    """Note it all; the sweep tells the managers. Answers, in words, the communities to be looked at."""
    note = Note(by, decree)
    moves = (
        note.of(
            COMMUNITY_PLACE if each.was_split else COMMUNITY_MOVE,
            Community,
            each.pk,
            region=each.new,
            details={"before": {"region": each.old}, "after": {"region": each.new}},
        )
        for each in going
    )
    Activity.objects.bulk_create(moves, batch_size=AT_ONCE)
    Activity.objects.bulk_create(_changes(plan, note), batch_size=AT_ONCE)
    return [f"{each.name}: {each.old} → {each.new}" for each in going if each.was_split]


def _changes(plan: Plan, note: Note) -> Iterable[Activity]:
    """One for each region that something follows, filed under its old code: the audit reads that too."""
    noted = RegionSuccession.objects.filter(old__in=plan.successors, is_default=True)
    for pk, old in noted.values_list("pk", "old_id"):
        details = {"before": {"region": old}, "after": {"region": ", ".join(plan.successors[old])}}
        yield note.of(
            REGION_CHANGE, RegionSuccession, pk, region=old, details=details, fanned_out_at=timezone.now()
        )
