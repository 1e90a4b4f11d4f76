"""Registering what the dry run found to be right, and taking it back; some rows at a time."""

from __future__ import annotations

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F

from activity.models import Activity
from communities import importing
from communities.models import Community
from imports.checking import entry
from imports.existing import Existing
from imports.models import Import, ImportRow, Outcome, State

AT_ONCE = 200
CHANGED = ["outcome", "errors", "hints", "community"]


def apply_some(upload: Import) -> None:
    """Register the next rows that are ready; the caller holds the lock and the transaction."""
    rows = list(_next_rows(upload, Outcome.READY))
    if not rows:
        _finish(upload, State.APPLIED)
        return
    # Somebody may have registered one of them since the dry run.
    Existing(rows).compare()
    for row in rows:
        if row.errors:
            row.outcome = Outcome.WRONG
    ready = [row for row in rows if row.outcome == Outcome.READY]
    assert upload.applied_by is not None  # noqa: S101 - a constraint says so
    try:
        with transaction.atomic():
            made = importing.register_imported(
                [entry(row) for row in ready], by=upload.applied_by, region=upload.region, source=upload.pk
            )
    except PermissionDenied:
        upload.state, upload.problem = State.CHECKED, "rights_ended"
        upload.save(update_fields=["state", "problem"])
        return
    for row, community in zip(ready, made, strict=True):
        row.outcome, row.community = Outcome.MADE, community
    _keep(upload, rows)


def undo_some(upload: Import) -> None:
    """Take back the next communities that nothing has happened to; say of the others what it was."""
    rows = list(_next_rows(upload, Outcome.MADE).select_related("community__region"))
    if not rows:
        _finish(upload, State.UNDONE)
        return
    assert upload.undone_by is not None  # noqa: S101 - a constraint says so
    communities = [row.community for row in rows if row.community is not None]
    touched = happenings(communities)
    free = [community for community in communities if community.pk not in touched]
    try:
        with transaction.atomic():
            importing.unregister_imported(free, by=upload.undone_by, region=upload.region, source=upload.pk)
    except PermissionDenied:
        upload.state, upload.problem = State.APPLIED, "rights_ended"
        upload.undone_at = upload.undone_by = None
        upload.save(update_fields=["state", "problem", "undone_at", "undone_by"])
        return
    for row in rows:
        what = touched.get(row.community_id or 0)
        if what:
            row.outcome, row.errors = Outcome.KEPT, [["name", "kept", {"what": what}]]
        else:
            row.outcome, row.community = Outcome.UNDONE, None
    _keep(upload, rows)


def _next_rows(upload: Import, outcome: str) -> models.QuerySet[ImportRow]:
    return upload.rows.filter(outcome=outcome, number__gt=upload.cursor).order_by("number")[:AT_ONCE]


def _keep(upload: Import, rows: list[ImportRow]) -> None:
    ImportRow.objects.bulk_update(rows, CHANGED)
    upload.cursor = rows[-1].number
    upload.done_count += len(rows)
    upload.save(update_fields=["cursor", "done_count"])


def _finish(upload: Import, state: str) -> None:
    upload.state, upload.cursor = state, 0
    upload.save(update_fields=["state", "cursor"])


def happenings(communities: list[Community]) -> dict[int, str]:
    """What has happened to each since it was imported, in a word; those left alone are not named."""
    pks = [community.pk for community in communities]
    touched: dict[int, str] = {}
    history = Activity.objects.filter(
        target_type=ContentType.objects.get_for_model(Community), target_id__in=pks
    ).exclude(verb=importing.COMMUNITY_IMPORT)
    for activity in history.order_by("-pk"):
        touched[activity.target_id] = str(activity.label)
    changed = Community.objects.filter(pk__in=pks).exclude(changed_at=F("created_at"))
    for community in changed:
        touched.setdefault(community.pk, str(Community._meta.get_field("changed_at").verbose_name))
    for relation in Community._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model._meta.app_config is apps.get_app_config("imports"):
            continue
        related = model._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True)
        for pk in related:
            touched.setdefault(pk, str(model._meta.verbose_name))
    return touched
