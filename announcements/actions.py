"""What offices and members do with announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from accounts.offices import office_name
from announcements import rules
from announcements.models import Announcement, Receipt
from announcements.verbs import SEND, WITHDRAW
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User


class DraftChanged(TransitionRefused):
    """The draft is not any more what the person has seen."""


def save_draft(
    announcement: Announcement,
    *,
    by: User,
    attachment: UploadedFile | None = None,
    keep_attachment: bool = True,
    seen: str = "",
) -> Announcement:
    """Store what an office writes. A second click of the same form finds what the first one made.

    seen: the fingerprint of what was opened. PermissionDenied for who does not speak for the office;
    TransitionRefused once it is sent, DraftChanged where a colleague has changed it since.
    """
    if not rules.may_announce(by, announcement.region):
        raise PermissionDenied
    announcement.source = office_name(announcement.region)
    with transaction.atomic():
        if announcement._state.adding:
            announcement.created_by = by
            stored = _created_once(announcement)
            if stored is not announcement:
                return stored
        else:
            _require_seen(announcement, _locked(announcement), seen)
        if attachment is not None or not keep_attachment:
            _attach(announcement, attachment)
        announcement.save()
    return announcement


def discard_draft(announcement: Announcement, *, by: User) -> None:
    """Throw a draft away; what was sent stays. Raises as save_draft() does."""
    if not rules.may_announce(by, announcement.region):
        raise PermissionDenied
    with transaction.atomic():
        locked = _locked(announcement)
        _require_draft(locked)
        _attach(locked, None)
        locked.delete()


def send(announcement: Announcement, *, by: User, people: int, seen: str = "") -> Announcement:
    """Let it go down, once: sending again changes nothing. `people`: how many it goes to, as counted now.

    seen: the fingerprint of what was looked at. PermissionDenied for who does not speak for the office;
    TransitionRefused where its last day is over or nobody would be told, DraftChanged where it is not what
    was looked at.
    """
    if not rules.may_announce(by, announcement.region):
        raise PermissionDenied
    with transaction.atomic():
        locked = _locked(announcement)
        if locked.is_sent:
            return locked
        if seen and seen != locked.fingerprint:
            raise DraftChanged(_("A colleague has just changed this draft. Look at it again, then send it."))
        _require_sendable(locked, people)
        locked.sent_at, locked.sent_by = timezone.now(), by
        locked.source = office_name(locked.region)
        locked.people, locked.communities = people, locked.addressed_communities().count()
        locked.save()
        activity.actions.record(SEND, locked, by=by, region=locked.region)
    return locked


def withdraw(announcement: Announcement, *, by: User, reason: str) -> Announcement:
    """Take back what was sent: who has not been told yet is not told, and its page says why. Twice is once.

    PermissionDenied for who does not speak for the office; TransitionRefused without a reason, or of a draft.
    """
    if not rules.may_announce(by, announcement.region):
        raise PermissionDenied
    with transaction.atomic():
        locked = _locked(announcement)
        if locked.withdrawn_at:
            return locked
        _require_withdrawable(locked, reason)
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
        locked.withdrawal_reason = reason.strip()
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        activity.actions.record(
            WITHDRAW, locked, by=by, region=locked.region, reason=locked.withdrawal_reason
        )
    return locked


def confirm_reading(announcement: Announcement, *, by: User) -> Receipt:
    """Note that the person has read it; the first time counts. PermissionDenied where it is not for them."""
    if not rules.may_confirm(by, announcement):
        raise PermissionDenied
    return Receipt.objects.get_or_create(announcement=announcement, user=by)[0]


def _created_once(announcement: Announcement) -> Announcement:
    try:
        with transaction.atomic():
            announcement.save(force_insert=True)
    except IntegrityError:
        existing = Announcement.objects.filter(form_key=announcement.form_key).first()
        if existing is None:
            raise
        if existing.created_by_id != announcement.created_by_id:
            raise PermissionDenied from None
        return existing
    return announcement


def _locked(announcement: Announcement) -> Announcement:
    locked = Announcement.objects.select_for_update(of=("self",)).select_related("region")
    found = locked.filter(pk=announcement.pk).first()
    if found is None:
        raise TransitionRefused(_("A colleague has just thrown this draft away."))
    return found


def _attach(announcement: Announcement, file: UploadedFile | None) -> None:
    """Put a file in the place of the one that is there, which goes once that is certain."""
    if announcement.attachment:
        storage, former = announcement.attachment.storage, str(announcement.attachment.name)
        transaction.on_commit(lambda: storage.delete(former))
    announcement.attachment = file or ""
    announcement.attachment_name = (file.name or "lampiran")[-120:] if file else ""
    announcement.attachment_type = getattr(file, "detected_type", "application/octet-stream") if file else ""


def _require_draft(announcement: Announcement) -> None:
    if announcement.is_sent:
        raise TransitionRefused(
            _("It was sent in the meantime, and what was sent is not changed. Write a correction instead.")
        )


def _require_seen(typed: Announcement, stored: Announcement, seen: str) -> None:
    """Nobody writes over what they have not seen; the second of two clicks says what is there already."""
    _require_draft(stored)
    if not seen or seen == stored.fingerprint:
        return
    names = ("title", "text", "valid_until", "audience", "kinds", "places")
    if any(getattr(typed, name) != getattr(stored, name) for name in names):
        raise DraftChanged(
            _("A colleague has changed this draft meanwhile. Saving again replaces what they wrote.")
        )


def _require_sendable(announcement: Announcement, people: int) -> None:
    if announcement.is_expired:
        raise TransitionRefused(_("Its last day is over. Set a later one and send it then."))
    if people == 0 and not announcement.is_for_readers:
        raise TransitionRefused(_("Nobody would be told: no KIM of these kinds has members there."))


def _require_withdrawable(announcement: Announcement, reason: str) -> None:
    if not announcement.is_sent:
        raise TransitionRefused(_("It was not sent yet. Throw the draft away instead."))
    if not reason.strip():
        raise TransitionRefused(_("Say why it is withdrawn: its page tells everybody."))
