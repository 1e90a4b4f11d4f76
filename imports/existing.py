"""What is registered already in the villages of some rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from communities.likeness import are_alike, decree_key, name_key
from communities.models import Community
from imports.models import ImportRow, Outcome
from moderation.states import Status

REGISTERED = (Status.APPROVED, Status.SUSPENDED)
WAITING = (Status.SUBMITTED, Status.RETURNED)


class Known(NamedTuple):
    """What is compared of a community."""

    pk: int
    name: str
    number: str
    status: str
    name_key: str
    decree_key: str
    village: str


class Existing:
    """The communities in the villages of some rows, asked with one query."""

    def __init__(self, rows: Sequence[ImportRow]) -> None:
        self.rows = [row for row in rows if row.village_id]
        self._in: dict[str, list[Known]] = defaultdict(list)
        found = Community.objects.filter(
            region__in={row.village_id for row in self.rows}, status__in=REGISTERED + WAITING
        )
        for pk, name, number, status, region, decree, village in found.order_by("pk").values_list(
            "pk", "name", "registry_number", "status", "region_id", "decree_number", "region__name"
        ):
            keys = name_key(name), decree_key(decree)
            self._in[region].append(Known(pk, name, number or "", status, *keys, village))

    def compare(self) -> None:
        """Mark the rows that are registered already, and those that somebody must look at."""
        for row in self.rows:
            if row.name_key:
                self._compare(row)

    def _compare(self, row: ImportRow) -> None:
        assert row.village_id is not None  # noqa: S101 - only such rows are kept
        known = self._in[row.village_id]
        same = next((each for each in known if each.name_key == row.name_key), None)
        if same and same.status in WAITING:
            row.errors.append(["name", "waiting", {"name": same.name}])
        elif same:
            self._is_registered(row, same)
        else:
            self._look_alike(row, known)

    def _is_registered(self, row: ImportRow, same: Known) -> None:
        row.hint("name", "registered", name=same.name, number=same.number)
        row.community_id = same.pk
        if not row.errors:
            row.outcome = Outcome.SAME

    def _look_alike(self, row: ImportRow, known: list[Known]) -> None:
        """Point at the first that may be the same group; it is for people to judge, and stops nothing."""
        for each in known:
            words = {"name": each.name, "number": each.number}
            if row.decree_key and row.decree_key == each.decree_key and each.number:
                row.hint("decree_number", "decree_taken", **words)
                return
            if each.number and are_alike(each.name, row.values["name"], each.village):
                row.hint("name", "alike", **words)
                return
