"""Which region a page of the office is about: only one that a posting of the person covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect

from office.names import NATION
from regions.succession import find_of_today

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from accounts.models import Posting, User
    from regions.models import Region

__all__ = ["NATION", "at_its_address", "code_of", "posting_over", "region_of"]

# How addresses wrote the nation before.
FORMER_NATION = "indonesia"


def region_of(user: User, code: str) -> Region | None:
    """The region of this code, None for the nation. 404 where it lies outside every posting of the person.

    A code that a decree has closed means what followed it.
    """
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


def at_its_address(request: HttpRequest, code: str, region: Region | None) -> HttpResponse | None:
    """For good to the page under the region's code of today, where it was asked for by a former one."""
    today = code_of(region)
    if code == today:
        return None
    return redirect(request.get_full_path().replace(f"/{code}/", f"/{today}/", 1), permanent=True)


def _named(code: str) -> Region | None:
    if code in (NATION, FORMER_NATION):
        return None
    found = find_of_today(code)
    if found is None:
        raise Http404
    return found
