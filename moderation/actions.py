"""The one door: nothing else writes the status of an item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from moderation import claims, remarks, rules, sheet, versions
from moderation.errors import TransitionRefused
from moderation.guidelines import RULES
from moderation.states import MOVES, SENDING, Move, Side, Status
from regions.templatetags.region_time import local_time

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated

Item = TypeVar("Item", bound="Moderated")

STATE_FIELDS = [
    "status", "submitted_at", "submitted_by", "due_at", "decided_at", "decided_by", "decision_reason",
    "decision_rule", "is_title_hidden",
]  # fmt: skip


class Decision(NamedTuple):
    """What an officer says with a move."""

    reason: str
    cited: str
    hides_title: bool
    answers: dict[str, str]

    def details(self) -> dict[str, Any]:
        """What the history holds of it besides the reason."""
        details: dict[str, Any] = {"rule": self.cited} if self.cited else {}
        return {**details, sheet.DETAIL: self.answers} if self.answers else details


def move(
    item: Item,
    name: str,
    *,
    by: User,
    reason: str = "",
    cited: str = "",
    hides_title: bool = False,
    answers: Mapping[str, str] | None = None,
    seen: datetime | None = None,
    at: datetime | None = None,
) -> Item:
    """Make the move `name` of the table on the item and return the item as it now is.

    PermissionDenied for the wrong person; TransitionRefused for the wrong state, for an item
    that another officer reviews, a missing reason, rule or missing parts, with words for the person.
    cited: the code of a rule of moderation.guidelines. hides_title: of what is withdrawn, because the title
    repeats the harm. answers: those of the sheet (moderation.sheet); who publishes with a no is refused.
    `at` is now, unless demo data tell of the past.
    """
    rule = MOVES[name]
    moment = at or timezone.now()
    with transaction.atomic():
        locked = (
            type(item)._base_manager.select_for_update(of=("self",)).select_related("region").get(pk=item.pk)
        )
        if not rules.may(by, locked, rule):
            raise PermissionDenied
        _require_state(locked, rule)
        if rule.side is Side.OFFICE:
            claims.require_free(locked, by=by)
        versions.require_seen(locked, seen)
        decision = Decision(
            _required_reason(rule, reason),
            _required_rule(locked, rule, cited),
            hides_title,
            _accepted_answers(locked, rule, answers or {}),
        )
        _require_complete(locked, rule)
        before, context = locked.status, locked.details_of(rule)
        _write(locked, rule, decision, by=by, at=moment)
        _keep_version(locked, rule, by=by, at=moment)
        claims.end(locked)
        if rule.side is Side.OFFICE:
            remarks.tell(locked)
        activity.actions.record(
            locked.verb(name),
            locked,
            by=by,
            region=locked.region,
            reason=decision.reason,
            details={"from": str(before), "to": str(locked.status), **decision.details(), **context},
            happened_at=moment,
        )
    return locked


def available_moves(item: Moderated, user: User, *, of: Side | None = None) -> list[Move]:
    """The moves this person may make now, on one side if one is named.

    What the screen offers is what the door lets through.
    """
    legal = [rule for rule in item.moves() if item.status in rule.sources and of in (None, rule.side)]
    legal = [rule for rule in legal if item.is_open_to(rule)]
    sides = {rule.side: rule for rule in legal}
    theirs = {side for side, rule in sides.items() if rules.may(user, item, rule)}
    return [rule for rule in legal if rule.side in theirs]


def create_once(item: Item) -> tuple[Item, bool]:
    """Store a new item, or find the one that the first click of the same form made.

    What was typed on since the first answer was lost is stored over it, as long as it may be edited.
    Returns the item and whether it is new. PermissionDenied when the form's key is somebody else's.
    """
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        existing = type(item)._base_manager.filter(form_key=item.form_key).first()
        if existing is None:
            raise
        if existing.created_by_id != item.created_by_id:
            raise PermissionDenied from None
        return _with_newer_words(existing, item), False
    return item, True


def _with_newer_words(existing: Item, typed: Item) -> Item:
    if not existing.is_editable:
        return existing
    for field in typed._meta.concrete_fields:
        if field.editable and not field.primary_key and not field.generated:
            setattr(existing, field.attname, getattr(typed, field.attname))
    try:
        return save_changes(existing, by=typed.created_by)
    except TransitionRefused:  # the first click has sent it meanwhile
        return type(typed)._base_manager.get(pk=existing.pk)


def _require_state(item: Moderated, rule: Move) -> None:
    if item.status in rule.sources and rule in item.moves():
        if item.is_open_to(rule):
            return
        raise TransitionRefused(item.why_closed_to(rule))
    if item.decided_by and item.decided_at:
        raise TransitionRefused(
            _("Already decided: “%(status)s”, by %(name)s, %(time)s. Nothing was changed.")
            % {
                "status": Status(item.status).label,
                "name": item.decided_by,
                "time": local_time(item.decided_at, item.region),
            }
        )
    raise TransitionRefused(
        _("This is not possible while the status is “%(status)s”. Reload the page to see where it stands.")
        % {"status": Status(item.status).label}
    )


def _required_reason(rule: Move, reason: str) -> str:
    reason = reason.strip()
    if rule.needs_reason and not reason:
        if rule.side is Side.AUTHOR:
            raise TransitionRefused(_("Write why: the office reads it before it decides."))
        raise TransitionRefused(_("Write a reason: the author reads it and knows what to do."))
    return reason


def _require_complete(item: Moderated, rule: Move) -> None:
    if rule.name not in SENDING:
        return
    problems = item.problems_before_submitting()
    if problems:
        raise TransitionRefused(_("Something is still missing. It stays saved as a draft."), problems)


def _required_rule(item: Moderated, rule: Move, cited: str) -> str:
    if not item.cites(rule):
        return ""
    if cited not in RULES:
        raise TransitionRefused(_("Name the rule that it breaks: the author reads it, and may look it up."))
    return cited


def _accepted_answers(item: Moderated, rule: Move, answers: Mapping[str, str]) -> dict[str, str]:
    if rule.side is not Side.OFFICE:
        return {}
    wrong = sheet.denied(type(item), answers)
    if rule.name in ("approve", "confirm") and wrong:
        raise TransitionRefused(
            _("The sheet says no to: %(questions)s. Ask for a repair, or change the answer.")
            % {"questions": ", ".join(str(question.name) for question in wrong)}
        )
    return sheet.kept(type(item), answers)


def _write(item: Moderated, rule: Move, decision: Decision, *, by: User, at: datetime) -> None:
    if rule.side is Side.AUTHOR and rule.target in (Status.SUBMITTED, Status.APPROVED):
        item.submitted_at, item.submitted_by, item.due_at = at, by, item.deadline_from(at)
    item.status = rule.target
    if rule.side is Side.OFFICE:
        item.decided_at, item.decided_by, item.decision_reason = at, by, decision.reason
        item.decision_rule = decision.cited
    item.is_title_hidden = decision.hides_title and rule.target == Status.SUSPENDED
    item.save(update_fields=[*STATE_FIELDS, *item.on_move(rule, by=by, at=at)])


def _keep_version(item: Moderated, rule: Move, *, by: User, at: datetime) -> None:
    if rule.name in SENDING:
        versions.keep(item, by=by, at=at)
    elif rule.name == "return":
        versions.mark_returned(item)


def too_late() -> TransitionRefused:
    """The refusal of changes of what was sent in the meantime."""
    return TransitionRefused(
        _("It was sent in the meantime and cannot be changed now. Take it back first, then edit it.")
    )


def save_changes(item: Item, *, by: User, only: Collection[str] | None = None) -> Item:
    """Store an author's changes of an item that may still be edited; of some fields, where `only` names them.

    Returns what is stored. PermissionDenied for who is not its author; TransitionRefused once it is being
    reviewed or decided, and these changes are not in it.
    """
    with transaction.atomic():
        locked = (
            type(item)._base_manager.select_for_update(of=("self",)).select_related("region").get(pk=item.pk)
        )
        if not locked.is_authored_by(by):
            raise PermissionDenied
        if not locked.is_editable:
            if locked.content() == item.content():
                return locked  # of a double click, the first one was faster, and has sent it too
            raise too_late()
        item.changed_at = timezone.now()
        for field in (*STATE_FIELDS, *item.state_fields()):
            setattr(item, field, getattr(locked, field))
        item.save(update_fields=None if only is None else {*only, "changed_at"})
    return item
