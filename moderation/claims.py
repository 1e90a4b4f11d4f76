"""Taking an item: while an officer reviews it, no other decides it; see docs/adr/0020.

Everything here runs under the lock of the item's row, the same that a decision takes, so a claim and a
decision never pass each other by.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from moderation import rules
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.reviewing import Claim
from regions.templatetags.region_time import local_clock

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated

# How long an item stays taken after the officer's last touch.
IDLE = timedelta(minutes=15)


def current(item: Moderated) -> Claim | None:
    """Who has the item now, if anybody."""
    return Claim.objects.live().of(item).select_related("taken_by").first()


def may_take(user: User, item: Moderated) -> bool:
    """Whether it waits and is this officer's to decide; whoever else may have it at the moment."""
    return item.waits_for_office and rules.may_decide(user, item)


def take(item: Moderated, *, by: User, by_hand: bool = True, over: bool = False) -> Claim:
    """Take the item, or go on having it for another quarter of an hour.

    PermissionDenied for who may not decide it, or takes over without being the head; TransitionRefused,
    with the name and until when, while somebody else has it. over: take it away from who has it.
    """
    with transaction.atomic():
        locked = _lock(item)
        if not may_take(by, locked) or (over and not rules.may_take_over(by, locked)):
            raise PermissionDenied
        claim = current(locked)
        if claim and claim.taken_by_id == by.pk:
            return _renew(claim, by_hand=by_hand)
        if claim and not over:
            raise TransitionRefused(words(claim, locked))
        if not by_hand:
            Claim.objects.filter(taken_by=by, is_by_hand=False).delete()
        Claim.objects.of(locked).delete()
        now = timezone.now()
        return Claim.objects.create(
            target=locked, taken_by=by, taken_at=now, lapses_at=now + IDLE, is_by_hand=by_hand
        )


def release(item: Moderated, *, by: User) -> None:
    """Give back what one has; nothing happens where one has not."""
    Claim.objects.of(item).filter(taken_by=by).delete()


def end(item: Moderated) -> None:
    """Nobody reviews it any more: it was decided, or taken back."""
    Claim.objects.of(item).delete()


def require_free(item: Moderated, *, by: User) -> None:
    """TransitionRefused while somebody else has the item."""
    claim = current(item)
    if claim and claim.taken_by_id != by.pk:
        raise TransitionRefused(words(claim, item))


def words(claim: Claim, item: Moderated) -> str:
    """Who has it and until when."""
    return _("%(name)s is reviewing this, until %(time)s at the latest. Nothing was changed.") % {
        "name": claim.taken_by,
        "time": local_clock(claim.lapses_at, item.region),
    }


def of_rows(rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Claim]:
    """The live claims of a list of items, named by kind and number, in one query."""
    wanted: dict[str, list[int]] = {}
    for kind, pk in rows:
        wanted.setdefault(kind, []).append(pk)
    types = {kind: ContentType.objects.get_for_model(kinds()[kind]).pk for kind in wanted}
    these = Q(pk__in=[])
    for kind, pks in wanted.items():
        these |= Q(target_type=types[kind], target_id__in=pks)
    names = {number: kind for kind, number in types.items()}
    found = Claim.objects.live().filter(these).select_related("taken_by")
    return {(names[claim.target_type_id], claim.target_id): claim for claim in found}


def _lock(item: Moderated) -> Moderated:
    rows = type(item)._base_manager.select_for_update(of=("self",))
    locked: Moderated = rows.select_related("region").get(pk=item.pk)  # type: ignore[misc]
    return locked


def _renew(claim: Claim, *, by_hand: bool) -> Claim:
    claim.lapses_at = timezone.now() + IDLE
    claim.is_by_hand = claim.is_by_hand or by_hand
    claim.save(update_fields=["lapses_at", "is_by_hand"])
    return claim
