"""The forum of a province with members that have written nothing: its page must not read the province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from benchmarks.copying import Row
from benchmarks.items import Start

QUIET = 1_000


def communities(start: Start, first: int, province: str, villages: Sequence[str]) -> Iterator[Row]:
    """The forum, and a quiet KIM in each of the villages; `first` is the key of the forum."""
    yield {**_verified(start, first, province, 1), "kind": "forum", "name": f"Forum KIM {province}"}
    for key, village in enumerate(villages, start=first + 1):
        yield {**_verified(start, key, village, 2), "kind": "kim", "name": f"KIM Tenang {key}"}


def memberships(start: Start, first: int, number: int) -> Iterator[Row]:
    """That each of them belongs to the forum."""
    at = start.now - timedelta(days=100)
    for offset in range(number):
        yield {
            "id": start.of("forummembership") + offset,
            "forum_id": first,
            "community_id": first + 1 + offset,
            "is_invitation": False,
            "asked_at": at,
            "asked_by_id": start.first_manager,
            "accepted_at": at,
            "accepted_by_id": start.first_manager,
        }


def _verified(start: Start, key: int, region: str, sequence: int) -> Row:
    at = start.now - timedelta(days=120)
    return {
        "id": key,
        "slug": f"forum-{key}",
        "region_id": region,
        "status": "approved",
        "form_key": f"{start.chance.getrandbits(128):032x}",
        "created_at": at,
        "changed_at": at,
        "created_by_id": start.first_manager,
        "submitted_at": at,
        "submitted_by_id": start.first_manager,
        "due_at": at,
        "decided_at": at,
        "decided_by_id": start.officer,
        "verified_at": at,
        "active_at": start.now,
        "registry_number": f"{region.replace('.', '').ljust(10, '0')}{sequence:02d}",
    }
