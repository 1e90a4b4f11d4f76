"""Changing how an office works, each change with its line in the history: what was before, what is now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

import activity.actions
from accounts.models import Holiday, Office, SavedReply, User
from office.verbs import OFFICE_CHANGE

if TYPE_CHECKING:
    from office.settings_forms import OfficeForm
    from regions.models import Region

NAMES = [
    "name", "address", "email", "phone", "website", "minimum_members", "dormant_months",
    "kim_check_facts", "trust_items", "trust_days", "review_days", "hours",
]  # fmt: skip


def office_of(region: Region | None) -> Office:
    """The office's row, or a new one, not stored yet, by the name that offices usually have."""
    found = Office.objects.filter(region=region).first()
    name = f"Diskominfo {region.label}" if region else ""
    return found or Office(region=region, name=name)


def save_office(form: OfficeForm, *, by: User) -> Office:
    """Store what the head has said."""
    with transaction.atomic():
        before = values_of(Office.objects.filter(pk=form.instance.pk).first())
        office = form.save()
        now = values_of(office)
        changed = [name for name in NAMES if before.get(name) != now[name]]
        if changed:
            details = {"before": {name: before.get(name) for name in changed}}
            _record(office, by, details | {"after": {name: now[name] for name in changed}})
    return office


def add_holiday(holiday: Holiday, *, by: User) -> Holiday:
    """Close the offices of a region on one day; twice the same click is once."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                holiday.save()
        except IntegrityError:
            return Holiday.objects.get(region=holiday.region, day=holiday.day)
        _record(_stored_office(holiday.region), by, {"after": {"holiday": f"{holiday.day} {holiday.name}"}})
    return holiday


def remove_holiday(holiday: Holiday, *, by: User) -> None:
    """Open them again."""
    with transaction.atomic():
        _record(_stored_office(holiday.region), by, {"before": {"holiday": f"{holiday.day} {holiday.name}"}})
        holiday.delete()


def save_reply(reply: SavedReply, *, by: User) -> SavedReply:
    """Keep a reply, new or changed."""
    with transaction.atomic():
        before = SavedReply.objects.filter(pk=reply.pk).values("title", "text").first()
        if reply.office._state.adding:
            reply.office = _stored_office(reply.office.region)
        reply.save()
        now = {"title": reply.title, "text": reply.text}
        _record(reply.office, by, {"before": {"reply": before}, "after": {"reply": now}})
    return reply


def remove_reply(reply: SavedReply, *, by: User) -> None:
    """Take a reply away."""
    with transaction.atomic():
        _record(reply.office, by, {"before": {"reply": {"title": reply.title, "text": reply.text}}})
        reply.delete()


def _stored_office(region: Region | None) -> Office:
    office = office_of(region)
    if office._state.adding:
        office.save()
    return office


def values_of(office: Office | None) -> dict[str, Any]:
    """What an office has said of itself, as the history keeps it; nothing of one that is not there."""
    return model_to_dict(office, NAMES) | _uneditable(office) if office else {}


def _uneditable(office: Office) -> dict[str, Any]:
    return {"review_days": office.review_days, "hours": office.hours}


def _record(office: Office, by: User, details: dict[str, Any]) -> None:
    activity.actions.record(OFFICE_CHANGE, office, by=by, region=office.region, details=details)
