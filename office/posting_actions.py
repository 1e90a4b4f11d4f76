"""Giving and ending postings, each with its line in the history."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from accounts import rules
from accounts.errors import PostingRefused
from accounts.models import Posting, User
from office.verbs import POSTING_APPOINT, POSTING_END, POSTING_SUBSTITUTE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from regions.models import Region


# Who stays away longer is replaced.
LONGEST_LEAVE = timedelta(days=92)
FARTHEST_YEARS = 50
JAKARTA = ZoneInfo("Asia/Jakarta")


def appoint(
    *, email: str, role: str, region: Region | None, by: User | None, last_day: date | None = None
) -> Posting:
    """Give the person of this address a role in the region; another role there ends with it.

    by: who appoints; None for the command that begins an installation. last_day: where it ends by itself.
    PermissionDenied where `by` may not; PostingRefused, with words that say what to do, where the person
    cannot be posted.
    """
    if by is not None and not rules.may_appoint(by, region, role):
        raise PermissionDenied
    with transaction.atomic():
        person = _person(email)
        if person == by:
            raise PostingRefused(_("Nobody appoints themselves. Ask another head, or the level above."))
        end_run_out(Posting.objects.filter(user=person))
        _end_another_role(person, role, region, by)
        posting = Posting.objects.create(
            user=person, role=role, region=region, started_by=by, ends_at=_end_of(last_day, region)
        )
        _record_begin(POSTING_APPOINT, posting, by=by)
    return posting


def name_substitute(posting: Posting, *, email: str, first_day: date, last_day: date, by: User) -> Posting:
    """Let the person of this address do the posting's work from one day to another; it ends by itself.

    The posting itself goes on, so that its person comes back to it. PermissionDenied where `by` may not;
    PostingRefused, with words, for wrong days or a wrong person.
    """
    with transaction.atomic():
        locked = Posting.objects.select_for_update(of=("self",)).select_related("region").get(pk=posting.pk)
        _require_current(locked)
        if not rules.may_name_substitute(by, locked):
            raise PermissionDenied
        starts_at = _start_of_leave(locked, first_day, last_day)
        person = _person(email)
        if person in (by, locked.user):
            raise PostingRefused(_("A substitute is somebody else: ask a colleague."))
        end_run_out(Posting.objects.filter(user=person))
        if locked.substitutes.filter(user=person, ended_at=None).exists():
            raise PostingRefused(_("%(name)s stands in already. End that first.") % {"name": person})
        substitute = Posting.objects.create(
            user=person, role=locked.role, region=locked.region, stands_in_for=locked, started_by=by,
            started_at=starts_at, ends_at=_end_of(last_day, locked.region),
        )  # fmt: skip
        _record_begin(POSTING_SUBSTITUTE, substitute, by=by)
    return substitute


def end_run_out(postings: QuerySet[Posting] | None = None) -> int:
    """Close the postings whose day has come. Their rights ended at that moment; this is for the history."""
    found = (Posting.objects.all() if postings is None else postings).run_out()  # type: ignore[attr-defined]
    with transaction.atomic():
        locked = list(found.select_for_update(of=("self",)).select_related("region").order_by("pk"))
        for posting in locked:
            posting.ended_at, posting.ended_by_id = posting.ends_at, posting.started_by_id or posting.user_id
            posting.save(update_fields=["ended_at", "ended_by"])
            _record_end(posting, by=None)
    return len(locked)


def end(posting: Posting, *, by: User) -> Posting:
    """End a posting; what it allowed ends at once.

    PermissionDenied where `by` may not; PostingRefused for one's own as the last head of an office, which
    only the level above can end, and for a posting that has ended already.
    """
    with transaction.atomic():
        # The heads are locked first and always in the same order: two who leave at once never both pass.
        heads = list(Posting.objects.current().heads_of(posting.region).select_for_update(of=("self",)))
        locked = (
            Posting.objects.select_for_update(of=("self",))
            .select_related("region", "stands_in_for__region")
            .get(pk=posting.pk)
        )
        _require_current(locked)
        if not rules.may_end(by, locked):
            raise PermissionDenied
        if rules.is_last_head(locked, heads) and not rules.acts_from_outside(by, locked):
            raise PostingRefused(
                _(
                    "You are the last head of this office. "
                    "Another head, or the level above, has to come first."
                )
            )
        _close(locked, by=by)
    return locked


def end_all_of(user: User) -> None:
    """End every posting of a person who erases their account."""
    for posting in Posting.objects.filter(user=user, ended_at=None).select_related("region").order_by("pk"):
        _close(posting, by=user)


def on_erasing(*, user: User, **_kwargs: Any) -> None:
    """Listen to accounts.signals.erasing."""
    end_all_of(user)


def _person(email: str) -> User:
    person = User.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise PostingRefused(
            _(
                "There is no account with the address %(email)s. "
                "Ask the person to sign up first, then appoint them."
            )
            % {"email": email}
        )
    if not person.has_confirmed_address:
        raise PostingRefused(
            _("%(email)s is not confirmed yet. Ask the person to open the link in the mail from the portal.")
            % {"email": email}
        )
    return person


def _end_another_role(person: User, role: str, region: Region | None, by: User | None) -> None:
    own = Posting.objects.filter(user=person, region=region, ended_at=None, stands_in_for=None)
    held = own.select_related("region").first()
    if held is None:
        return
    if held.role == role or by is None:
        raise PostingRefused(_("%(name)s holds this posting already.") % {"name": person})
    if not rules.may_end(by, held):
        raise PermissionDenied
    _close(held, by=by)


def _require_current(posting: Posting) -> None:
    if posting.ended_at:
        raise PostingRefused(_("This posting has ended already, by %(name)s.") % {"name": posting.ended_by})
    if posting.ends_at and posting.ends_at <= timezone.now():
        raise PostingRefused(_("This posting has ended by itself."))


def _start_of_leave(posting: Posting, first_day: date, last_day: date) -> datetime:
    now = timezone.now()
    today = now.astimezone(_zone(posting.region)).date()
    if not today <= first_day <= last_day:
        raise PostingRefused(_("The first day is today or later, and the last day is not before it."))
    if last_day - first_day > LONGEST_LEAVE:
        raise PostingRefused(_("Three months at most. Who stays away longer is replaced: appoint somebody."))
    return now if first_day == today else datetime.combine(first_day, time(), tzinfo=_zone(posting.region))


def _end_of(last_day: date | None, region: Region | None) -> datetime | None:
    if last_day is None:
        return None
    if last_day.year > timezone.now().year + FARTHEST_YEARS:
        raise PostingRefused(_("This day is too far away. Leave it empty for a posting without an end."))
    end = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=_zone(region))
    if end <= timezone.now():
        raise PostingRefused(_("The last day is today or later."))
    return end


def _zone(region: Region | None) -> ZoneInfo:
    return region.zone if region else JAKARTA


def _close(posting: Posting, *, by: User) -> None:
    posting.ended_at = timezone.now()
    posting.ended_by = by
    posting.save(update_fields=["ended_at", "ended_by"])
    _record_end(posting, by=by)
    for substitute in posting.substitutes.filter(ended_at=None).select_related("region").order_by("pk"):
        _close(substitute, by=by)


def _record_begin(verb: str, posting: Posting, *, by: User | None) -> None:
    now = {"role": str(posting.role)}
    if posting.ends_at:
        now["until"] = (
            (posting.ends_at - timedelta(seconds=1)).astimezone(_zone(posting.region)).date().isoformat()
        )
    _record(verb, posting, by=by, after=now)


def _record_end(posting: Posting, *, by: User | None) -> None:
    _record(POSTING_END, posting, by=by, before={"role": str(posting.role)})


def _record(verb: str, posting: Posting, *, by: User | None, **details: dict[str, str]) -> None:
    activity.actions.record(verb, posting, by=by, region=posting.region, details=details)
