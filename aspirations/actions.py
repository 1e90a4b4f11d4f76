"""What people and offices do with aspirations. take_step() alone writes the status of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from accounts.models import User
from accounts.offices import office_name
from activity.models import Activity
from aspirations import effects, rules
from aspirations.deadlines import deadlines
from aspirations.effects import Said
from aspirations.models import Aspiration, Support
from aspirations.steps import STEPS, Status
from aspirations.verbs import ARRIVE, SEND
from moderation.errors import TransitionRefused
from regions.templatetags.region_time import local_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from aspirations.steps import Step
    from regions.models import Region

# So many a person may send in a day: an office of two people has to read them.
MOST_A_DAY = 5
# After an answer that nobody contradicts.
CLOSES_AFTER = timedelta(days=14)
CHUNK = 200


def send(aspiration: Aspiration, *, by: User) -> Aspiration:
    """Bring what somebody wrote to the office of its region. A second click finds what the first one sent.

    PermissionDenied for who does not speak for the KIM; TransitionRefused beyond the limit of a day.
    """
    community = aspiration.community
    if community and not rules.communities_speaking(by).filter(pk=community.pk).exists():
        raise PermissionDenied
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).filter(pk=by.pk).get()
        existing = Aspiration.objects.filter(form_key=aspiration.form_key).first()
        if existing is not None:
            return _own(existing, by)
        _require_room(by)
        aspiration.sent_by, aspiration.sent_at = by, timezone.now()
        aspiration.desk = aspiration.region
        _set_deadlines(aspiration, aspiration.sent_at)
        stored = _created_once(aspiration, by)
        if stored is aspiration:
            activity.actions.record(SEND, aspiration, by=by, region=aspiration.region)
    return stored


def take_step(
    aspiration: Aspiration,
    name: str,
    *,
    by: User | None,
    words: str = "",
    office: Region | None = None,
    forwarded_to: str = "",
    lapor_number: str = "",
) -> Aspiration:
    """Make the step `name` of the table and return the aspiration as it now is. The same step again is once.

    by: None for the portal. office: to which it is handed over, none being the ministry. PermissionDenied for
    the wrong person; TransitionRefused for the wrong moment or missing words, in words for the person.
    """
    step = STEPS[name]
    said = Said(by, timezone.now(), words.strip(), office, forwarded_to.strip(), lapor_number.strip())
    with transaction.atomic():
        locked = _locked(aspiration)
        details = effects.details_of(step, said)
        if by is not None and _is_repeated(locked, step, said, details):
            return locked
        if not rules.may(by, locked, step):
            raise PermissionDenied
        _require_moment(locked, step)
        if step.needs_words and not said.words:
            raise TransitionRefused(_("Write some words: they are what the other side reads."))
        _write(locked, step, said)
        _record(locked, step, said, details)
    return locked


def available_steps(aspiration: Aspiration, user: User) -> list[Step]:
    """The steps that this person may make now: what the screen offers is what the door lets through."""
    fitting = [step for step in STEPS.values() if effects.fits(aspiration, step)]
    sides = {step.side: step for step in fitting}
    theirs = {side for side, step in sides.items() if rules.may(user, aspiration, step)}
    return [step for step in fitting if step.side in theirs]


def support(aspiration: Aspiration, *, by: User) -> bool:
    """Stand behind what another has written; whether it was new. PermissionDenied for its own author;
    TransitionRefused where it cannot be supported any more."""

    def give(locked: Aspiration) -> bool:
        if locked.is_authored_by(by):
            raise PermissionDenied
        if not locked.takes_support:
            raise TransitionRefused(_("This aspiration cannot be supported any more."))
        return Support.objects.get_or_create(aspiration=locked, user=by)[1]

    return _count(aspiration, give, more=1)


def withdraw_support(aspiration: Aspiration, *, by: User) -> bool:
    """Support it no longer; whether there was anything to take back."""

    def take_back(locked: Aspiration) -> bool:
        return bool(Support.objects.filter(aspiration=locked, user=by).delete()[0])

    return _count(aspiration, take_back, more=-1)


def close_lapsed() -> int:
    """Close what was answered and nobody has contradicted; how many. A run that was missed is made up."""
    lapsed = Aspiration.objects.filter(status=Status.ANSWERED, answered_at__lt=timezone.now() - CLOSES_AFTER)
    return sum(_lapse(aspiration) for aspiration in lapsed.order_by("answered_at")[:CHUNK])


def _lapse(aspiration: Aspiration) -> bool:
    try:
        take_step(aspiration, "lapse", by=None)
    except TransitionRefused:  # its author was faster
        return False
    return True


def _count(aspiration: Aspiration, change: Callable[[Aspiration], bool], *, more: int) -> bool:
    with transaction.atomic():
        is_changed = change(_locked(aspiration))
        if is_changed:
            Aspiration.objects.filter(pk=aspiration.pk).update(support_count=F("support_count") + more)
    return is_changed


def _locked(aspiration: Aspiration) -> Aspiration:
    rows = Aspiration.objects.select_for_update(of=("self",)).select_related("region", "desk", "community")
    return rows.get(pk=aspiration.pk)


def _own(existing: Aspiration, by: User) -> Aspiration:
    if existing.sent_by_id != by.pk:
        raise PermissionDenied
    return existing


def _created_once(aspiration: Aspiration, by: User) -> Aspiration:
    try:
        with transaction.atomic():
            aspiration.save(force_insert=True)
    except IntegrityError:
        existing = Aspiration.objects.filter(form_key=aspiration.form_key).first()
        if existing is None:
            raise
        return _own(existing, by)
    return aspiration


def _require_room(by: User) -> None:
    lately = Aspiration.objects.filter(sent_by=by, sent_at__gt=timezone.now() - timedelta(days=1))
    if lately.count() >= MOST_A_DAY:
        raise TransitionRefused(
            _("You have sent %(number)s aspirations since yesterday. Please send this one tomorrow.")
            % {"number": MOST_A_DAY}
        )


def _is_repeated(locked: Aspiration, step: Step, said: Said, details: dict[str, str]) -> bool:
    """Whether the last thing that happened is this very step by this person: the second of two clicks."""
    last = Activity.objects.of(locked).exclude(verb=ARRIVE).last()
    return last is not None and (last.verb, last.actor_id, last.reason, last.details) == (
        step.verb, said.by.pk if said.by else None, said.words, details,
    )  # fmt: skip


def _require_moment(locked: Aspiration, step: Step) -> None:
    if effects.fits(locked, step):
        return
    last = Activity.objects.of(locked).last()
    if step.name == "reopen" and locked.reopened_at:
        raise TransitionRefused(_("It was reopened once already. Please write a new aspiration."))
    raise TransitionRefused(
        _("Not possible any more: “%(status)s”, %(time)s. Nothing was changed.")
        % {
            "status": Status(locked.status).label,
            "time": local_time(last.happened_at if last else locked.sent_at, locked.region),
        }
    )


def _set_deadlines(aspiration: Aspiration, moment: datetime) -> None:
    found = deadlines(aspiration.desk, moment)
    aspiration.receive_due_at, aspiration.answer_due_at = found
    aspiration.due_at = found.receive


def _write(locked: Aspiration, step: Step, said: Said) -> None:
    if step.name == "hand_over":
        _require_another_office(locked, said.office)
    effects.EFFECTS[step.name](locked, said)
    if step.target:
        locked.status = step.target
    if step.name == "hand_over":
        _set_deadlines(locked, said.at)
    elif step.name == "reopen":
        locked.answer_due_at = deadlines(locked.desk, said.at).answer
    locked.due_at = None if not locked.is_open else effects.due_at(locked)
    locked.save()


def _require_another_office(locked: Aspiration, office: Region | None) -> None:
    now = rules.office_of(locked)
    after = rules.deciding_region(office, locked.DUTY)  # type: ignore[arg-type]
    if (now.pk if now else None) == (after.pk if after else None):
        raise TransitionRefused(_("That is the office which has it already. Choose another one."))


def _record(locked: Aspiration, step: Step, said: Said, details: dict[str, str]) -> None:
    activity.actions.record(
        step.verb, locked, by=said.by, region=locked.region, reason=said.words, details=details
    )
    if step.name == "hand_over":
        activity.actions.record(ARRIVE, locked, by=said.by, region=locked.region)


def name_of_desk(aspiration: Aspiration) -> str:
    """The office that has it, by its name."""
    return office_name(rules.office_of(aspiration))
