"""What becomes of a report: it opens a case or joins it, and the office ends the case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
import mailing.actions
from complaints.models import TIME_TO_DECIDE, Case, Report
from complaints.verbs import REPORT_DECIDE, REPORT_OPEN
from moderation import rules
from moderation.errors import TransitionRefused
from moderation.guidelines import RULES
from moderation.states import MOVES

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Activity
    from moderation.models import Moderated

SUSPEND = MOVES["suspend"]


def report(item: Moderated, *, rule: str, words: str = "", email: str = "", by: User | None = None) -> Report:
    """Take a reader's report of a public item: into its open case, or into a new one.

    Who has an account says it once a case; the newest words count. KeyError for a rule that is not on the
    list. The history keeps no name: authors read it.
    """
    said: dict[str, Any] = {"rule": RULES[rule].code, "words": words.strip(), "email": "" if by else email}
    with transaction.atomic():
        case = _open_case(item)
        said["reported_at"] = timezone.now()
        if by is None:
            return Report.objects.create(case=case, **said)
        return Report.objects.update_or_create(case=case, reporter=by, defaults=said)[0]


def decide(case: Case, outcome: str, *, by: User, words: str, read_until: datetime | None = None) -> Case:
    """Leave the item as it is, or note that it was repaired. Withdrawing it is a move of the item.

    read_until: when the newest report was sent that the officer has read.
    PermissionDenied for who may not decide; TransitionRefused once it is decided, without words, or while
    there is a report that was not read.
    """
    if outcome not in (Case.Outcome.KEPT, Case.Outcome.REPAIRED):
        raise ValueError(outcome)
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("region").get(pk=case.pk)
        if not locked.is_open:
            raise TransitionRefused(_("This report was decided in the meantime. Nothing was changed."))
        if not may_decide(by, locked):
            raise PermissionDenied
        if not words.strip():
            raise TransitionRefused(_("Write a few words: those who reported it read them."))
        if read_until and locked.reports.filter(reported_at__gt=read_until).exists():
            raise TransitionRefused(_("Another report came in the meantime. Read it, then decide."))
        return _end(locked, outcome, by=by, words=words.strip(), at=timezone.now())


def may_decide(user: User, case: Case) -> bool:
    """Whether this officer answers the case: the lowest office; the levels above it once it is overdue."""
    return case.is_open and case.target is not None and rules.may_decide(user, case.target)


def end_with_withdrawal(activity: Activity) -> None:
    """In the transaction that withdraws an item, its open case ends, whoever withdrew it and why."""
    if activity.verb.partition(".")[2] != SUSPEND.name or activity.actor is None:
        return
    these = Case.objects.open().filter(target_type=activity.target_type, target_id=activity.target_id)
    for case in these.select_for_update(of=("self",)).select_related("region"):
        at = activity.happened_at
        _end(case, Case.Outcome.WITHDRAWN, by=activity.actor, words=activity.reason, at=at)


def _open_case(item: Moderated) -> Case:
    """The open case of the item, locked, so that nobody decides it without this report; or a new one."""
    for _attempt in range(3):
        found = Case.objects.open().of(item).select_for_update().first()
        if found:
            return found
        try:
            with transaction.atomic():
                return _begin(item)
        except IntegrityError:  # another reader was faster
            continue
    raise RuntimeError("A case is opened and decided faster than it can be found.")


def _begin(item: Moderated) -> Case:
    now = timezone.now()
    case = Case.objects.create(target=item, region=item.region, opened_at=now, due_at=now + TIME_TO_DECIDE)
    activity.actions.record(REPORT_OPEN, case, by=None, region=item.region)
    return case


def _end(case: Case, outcome: str, *, by: User, words: str, at: datetime) -> Case:
    case.outcome, case.decided_at, case.decided_by, case.words = outcome, at, by, words
    case.save(update_fields=["outcome", "decided_at", "decided_by", "words"])
    activity.actions.record(
        REPORT_DECIDE,
        case,
        by=by,
        region=case.region,
        reason=words,
        details={"outcome": str(outcome)},
        duty=case.item.DUTY,
        happened_at=at,
    )
    mailing.actions.send_soon()
    return case
