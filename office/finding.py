"""One item by its address, for who works at a desk on which it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from moderation.beside import with_what_was_said
from moderation.kinds import kinds

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated


def find(user: User, kind: str, pk: int) -> Moderated:
    """The item with what officers said about it; what lies elsewhere, or is a draft, does not exist: 404."""
    if kind not in kinds():
        raise Http404
    queryset = kinds()[kind].objects.on_desks_of(user)  # type: ignore[attr-defined]
    related = ["region__parent__parent__parent", "created_by", "decided_by"]
    fields = {field.name for field in kinds()[kind]._meta.fields}
    related += [
        path
        for path in ("community", "article__community", "event__community")
        if path.split("__")[0] in fields
    ]
    found: Moderated = get_object_or_404(with_what_was_said(queryset.select_related(*related)), pk=pk)
    return found
