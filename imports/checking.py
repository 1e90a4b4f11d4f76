"""The dry run: each row's values, or what is wrong with them, cell by cell. Nothing is registered here."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from imports import sheets, values
from imports.columns import COLUMNS
from imports.existing import Existing
from imports.models import Import, ImportRow, Outcome, State
from imports.names import are_alike, decree_key, name_key
from imports.villages import Villages

AT_ONCE = 500
# These say where; the village is found by all of them together.
PLACES = ("village_code", "village", "district", "regency")
CHECKED_FIELDS = (
    "outcome", "errors", "hints", "values", "village", "name_key", "decree_key", "community",
)  # fmt: skip


def check_some(upload: Import, villages: Villages) -> None:
    """Check the next rows after the cursor; the caller holds the lock and the transaction."""
    rows = list(upload.rows.filter(number__gt=upload.cursor).order_by("number")[:AT_ONCE])
    if not rows:
        upload.state, upload.cursor = State.CHECKED, 0
        upload.save(update_fields=["state", "cursor"])
        return
    for row in rows:
        _read_cells(row, upload.mapping, villages)
    _point_at_doubles(upload, rows)
    Existing(rows).compare()
    for row in rows:
        if row.errors:
            row.outcome = Outcome.WRONG
    ImportRow.objects.bulk_update(rows, CHECKED_FIELDS)
    upload.cursor = rows[-1].number
    upload.done_count += len(rows)
    upload.save(update_fields=["cursor", "done_count"])


def _read_cells(row: ImportRow, mapping: dict[str, int], villages: Villages) -> None:
    row.errors, row.hints, row.values, row.outcome = [], [], {}, Outcome.READY
    row.village_id, row.name_key, row.decree_key = None, "", ""
    for column in COLUMNS:
        if column.name in mapping:
            _read_cell(row, column.name, mapping)
    if not row.values.get("name") and not _has_error(row, "name"):
        row.errors.append(["name", "missing", {}])
    _find_village(row, mapping, villages)
    _look_at_decree(row)
    row.name_key = name_key(row.values.get("name", ""))
    row.decree_key = decree_key(row.values.get("decree_number", ""))


def _read_cell(row: ImportRow, field: str, mapping: dict[str, int]) -> None:
    mark = row.marks.get(str(mapping[field]), row.marks.get(mapping[field]))
    if mark == sheets.FORMULA:
        row.errors.append([field, "formula", {}])
        return
    if mark == sheets.MERGED:
        row.hints.append([field, "merged", {}])
    if field in PLACES:
        return
    try:
        value = values.read(field, row.cell(field, mapping))
    except values.Wrong as wrong:
        row.errors.append([field, wrong.code, wrong.parameters])
    else:
        if value not in ("", None):
            row.values[field] = value


def _find_village(row: ImportRow, mapping: dict[str, int], villages: Villages) -> None:
    code, name, district, regency = (row.cell(field, mapping) for field in PLACES)
    if any(_has_error(row, field) for field in PLACES):
        return
    try:
        village = villages.find(code=code, name=name, district=district, regency=regency)
    except values.Wrong as wrong:
        field = "village_code" if code.strip() else "village"
        row.errors.append([field, wrong.code, wrong.parameters])
    else:
        row.village_id = village.code


def _look_at_decree(row: ImportRow) -> None:
    signed, until = row.values.get("decree_date"), row.values.get("decree_valid_until")
    if signed and until and until <= signed:
        row.errors.append(["decree_valid_until", "decree_ends_first", {}])
    elif until and date.fromisoformat(until) < timezone.localdate():
        row.hints.append(["decree_valid_until", "decree_over", {}])
    if not row.values.get("decree_number") and not _has_error(row, "decree_number"):
        row.hints.append(["decree_number", "no_decree", {}])


def _has_error(row: ImportRow, field: str) -> bool:
    return any(error[0] == field for error in row.errors)


def _point_at_doubles(upload: Import, rows: list[ImportRow]) -> None:
    """Say of each row which earlier one is the same group. The first of them counts."""
    in_village: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    by_decree: dict[str, int] = {}
    keys = {row.decree_key for row in rows if row.decree_key}
    earlier = upload.rows.filter(number__lt=rows[0].number, village__isnull=False).filter(
        Q(village__in={row.village_id for row in rows if row.village_id}) | Q(decree_key__in=keys)
    )
    for number, village, name, decree in earlier.order_by("number").values_list(
        "number", "village_id", "name_key", "decree_key"
    ):
        in_village[village].append((number, name, decree))
        by_decree.setdefault(decree, number)
    for row in rows:
        if row.village_id and row.name_key:
            _point_at_double(row, in_village[row.village_id], by_decree)
            in_village[row.village_id].append((row.number, row.name_key, row.decree_key))
            by_decree.setdefault(row.decree_key, row.number)


def _point_at_double(row: ImportRow, village: list[tuple[int, str, str]], by_decree: dict[str, int]) -> None:
    for number, name, decree in village:
        if are_alike(row.name_key, name):
            row.errors.append(["name", "double_name", {"row": number}])
            return
        if row.decree_key and row.decree_key == decree:
            row.errors.append(["decree_number", "double_decree", {"row": number}])
            return
    if row.decree_key in by_decree and row.decree_key:
        # One SK of a camat or bupati may name many groups.
        row.hints.append(["decree_number", "same_decree", {"row": by_decree[row.decree_key]}])


def entry(row: ImportRow) -> dict[str, Any]:
    """What communities.importing takes of a row."""
    fields = dict(row.values)
    for name in values.DATES:
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    return {**fields, "region": row.village_id}
