"""Things people do with fact checks, beyond the moves that every item has: write one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

import moderation.actions
from factchecks import rules
from factchecks.models import FactCheck

if TYPE_CHECKING:
    from accounts.models import User
    from articles.models import Article


def save(check: FactCheck, articles: Iterable[Article], *, by: User) -> FactCheck:
    """Store what somebody wrote, and what it touches. A second click finds what the first one made.

    PermissionDenied for who may not write in this name; TransitionRefused once it is under review
    and says something else, or touches others.
    """
    with transaction.atomic():
        if check._state.adding:
            _require_voice(check, by=by)
            check.created_by = by
            stored, _is_new = moderation.actions.create_once(check)
        else:
            stored = moderation.actions.save_changes(check, by=by)
        if stored.is_editable:
            stored.articles.set(articles)
        elif set(stored.articles.all()) != set(articles):
            raise moderation.actions.too_late()
    return stored


def _require_voice(check: FactCheck, *, by: User) -> None:
    if check.community is not None:
        allowed = check.community in rules.communities_of(by)
    else:
        allowed = any(posting.region_id == check.region_id for posting in rules.offices_of(by))
    if not allowed:
        raise PermissionDenied
