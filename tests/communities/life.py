"""What the tests of a community's later life have in common."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

import moderation.actions
from accounts.models import User
from activity.models import Activity
from communities import change_actions
from communities.models import ChangeRequest, Community
from moderation.errors import TransitionRefused


def verbs_of(community: Community) -> list[str]:
    """Its own history, oldest first."""
    return [row.verb for row in Activity.objects.of(community)]


def scan() -> SimpleUploadedFile:
    """An SK as an upload."""
    upload = SimpleUploadedFile("sk-baru.pdf", b"%PDF-1.4")
    upload.detected_type = "application/pdf"  # type: ignore[attr-defined]
    return upload


def asked(community: Community, purpose: str, *, by: User | None = None, **fields: Any) -> ChangeRequest:
    """A change request that was sent."""
    by = by or community.created_by
    fields.setdefault("reason", "Musyawarah anggota.")
    change = ChangeRequest(community=community, region=community.region, purpose=purpose, **fields)
    change = change_actions.save(change, by=by, decree=None if purpose == "change" else scan())
    return moderation.actions.move(change, "submit", by=by)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start together; answers or refusals, in the same order."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return call()
        except (TransitionRefused, PermissionDenied) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
