"""The dry run: each row's values, or what is wrong with them, cell by cell. Nothing is registered here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from communities.likeness import are_alike, decree_key, name_key
from imports import sheets, values
from imports.columns import COLUMNS
from imports.existing import Existing
from imports.models import Import, ImportRow, Outcome, State
from imports.villages import Villages
from regions.models import Region

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


class Earlier(NamedTuple):
    """What is compared of a row that stands further up."""

    number: int
    name: str
    name_key: str
    decree_key: str


def _point_at_doubles(upload: Import, rows: list[ImportRow]) -> None:
    """Say of each row which earlier one is the same group, or may be. The first of them counts."""
    in_village: dict[str, list[Earlier]] = defaultdict(list)
    by_decree: dict[str, int] = {}
    for village, one in _earlier(upload, rows):
        in_village[village].append(one)
        by_decree.setdefault(one.decree_key, one.number)
    codes = {row.village_id for row in rows if row.village_id}
    names = dict(Region.objects.filter(pk__in=codes).values_list("pk", "name"))
    for row in rows:
        if row.village_id and row.name_key:
            _point_at_double(row, names[row.village_id], in_village[row.village_id], by_decree)
            own = Earlier(row.number, row.values["name"], row.name_key, row.decree_key)
            in_village[row.village_id].append(own)
            by_decree.setdefault(row.decree_key, row.number)


def _earlier(upload: Import, rows: list[ImportRow]) -> Iterator[tuple[str, Earlier]]:
    """The rows of the steps before, of the same villages or with the same SK numbers, with their village."""
    keys = {row.decree_key for row in rows if row.decree_key}
    villages = {row.village_id for row in rows if row.village_id}
    found = upload.rows.filter(number__lt=rows[0].number, village__isnull=False).filter(
        Q(village__in=villages) | Q(decree_key__in=keys)
    )
    for village, *fields in found.order_by("number").values_list(
        "village_id", "number", "values__name", "name_key", "decree_key"
    ):
        yield village, Earlier(*fields)


def _point_at_double(row: ImportRow, village: str, above: list[Earlier], by_decree: dict[str, int]) -> None:
    for one in above:
        if row.name_key == one.name_key:
            row.errors.append(["name", "double_name", {"row": one.number}])
            return
    for one in above:
        if row.decree_key and row.decree_key == one.decree_key:
            row.hint("decree_number", "double_decree", row=one.number)
            return
        if are_alike(row.values["name"], one.name, village):
            row.hint("name", "alike_row", row=one.number)
            return
    if row.decree_key in by_decree and row.decree_key:
        # One SK of a camat or bupati may name many groups.
        row.hint("decree_number", "same_decree", row=by_decree[row.decree_key])


def entry(row: ImportRow) -> dict[str, Any]:
    """What communities.importing takes of a row."""
    fields = dict(row.values)
    for name in values.DATES:
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    return {**fields, "region": row.village_id}
