"""Which region a page of the office is about: only one that a posting of the person covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from regions.codes import is_code
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import Posting, User

# How addresses write the nation.
NATION = "indonesia"


def region_of(user: User, code: str) -> Region | None:
    """The region of this code, None for the nation. 404 where it lies outside every posting of the person."""
    region = _named(code)
    if not any(posting.covers(region) for posting in user.current_postings):
        raise Http404
    return region


def posting_over(user: User, region: Region | None) -> Posting:
    """The posting that lets the person see the region; the nearest, where there are several."""
    covering = [posting for posting in user.current_postings if posting.covers(region)]
    return max(covering, key=lambda posting: len(posting.region_id or ""))


def code_of(region: Region | None) -> str:
    """The region as addresses write it."""
    return region.code if region else NATION


def _named(code: str) -> Region | None:
    if code == NATION:
        return None
    found = Region.objects.filter(code=code).first() if is_code(code) else None
    if found is None:
        raise Http404
    return found
