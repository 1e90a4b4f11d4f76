"""What the list of replies can be narrowed by."""

from __future__ import annotations

from typing import Any

from communities.filters import WithinRegionFilter
from replies.models import Reply


class ReplyFilter(WithinRegionFilter):
    """Replies by region."""

    class Meta:
        model = Reply
        fields: list[Any] = []
