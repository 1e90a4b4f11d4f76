"""Giving and ending postings, each with its line in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from accounts import rules
from accounts.errors import PostingRefused
from accounts.models import Posting, User
from office.verbs import POSTING_APPOINT, POSTING_END

if TYPE_CHECKING:
    from regions.models import Region


def appoint(*, email: str, role: str, region: Region | None, by: User | None) -> Posting:
    """Give the person of this address a role in the region; another role there ends with it.

    by: who appoints; None for the command that begins an installation. PermissionDenied where `by` may not;
    PostingRefused, with words that say what to do, where the person cannot be posted.
    """
    if by is not None and not rules.may_appoint(by, region, role):
        raise PermissionDenied
    with transaction.atomic():
        person = _person(email)
        if person == by:
            raise PostingRefused(_("Nobody appoints themselves. Ask another head, or the level above."))
        _end_another_role(person, role, region, by)
        posting = Posting.objects.create(user=person, role=role, region=region, started_by=by)
        _record(POSTING_APPOINT, posting, by=by)
    return posting


def end(posting: Posting, *, by: User) -> Posting:
    """End a posting; what it allowed ends at once.

    PermissionDenied where `by` may not; PostingRefused for one's own as the last head of an office, which
    only the level above can end, and for a posting that has ended already.
    """
    with transaction.atomic():
        # The heads are locked first and always in the same order: two who leave at once never both pass.
        heads = list(Posting.objects.current().heads_of(posting.region).select_for_update(of=("self",)))
        locked = Posting.objects.select_for_update(of=("self",)).select_related("region").get(pk=posting.pk)
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
    held = Posting.objects.filter(user=person, region=region, ended_at=None).select_related("region").first()
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


def _close(posting: Posting, *, by: User) -> None:
    posting.ended_at = timezone.now()
    posting.ended_by = by
    posting.save(update_fields=["ended_at", "ended_by"])
    _record(POSTING_END, posting, by=by)


def _record(verb: str, posting: Posting, *, by: User | None) -> None:
    activity.actions.record(verb, posting, by=by, region=posting.region, details={"role": str(posting.role)})
