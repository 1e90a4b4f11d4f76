"""Questions about many reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from regions.querysets import within_q

if TYPE_CHECKING:
    from accounts.models import User


class ReportQuerySet(models.QuerySet):
    """Reports by who may read them and by what is left to do."""

    def visible_to(self, user: User) -> Self:
        """Those of the regions of the person's postings, and of what lies beneath."""
        postings = user.current_postings
        if any(posting.region_id is None for posting in postings):
            return self.all()
        covered = Q(pk__in=[])
        for posting in postings:
            covered |= within_q("region", posting.region)
        return self.filter(covered)

    def to_make(self) -> Self:
        """Asked for and not finished, oldest first."""
        return self.filter(state__in=["waiting", "working"]).order_by("pk")
