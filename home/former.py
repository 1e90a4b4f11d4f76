"""The old addresses of a region that a decree has closed: they lead to what followed it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from regions.models import Region
from regions.succession import of_today, successors_of


def answer(request: HttpRequest, region: Region | None, name: str) -> HttpResponse | None:
    """For good to the successor's address of this name; of several, a page that names them all.

    None for a region of today, and for one that just ended: its own page says so.
    """
    following = successors_of(region) if region else []
    if not following:
        return None
    if len(following) == 1:
        return redirect(name, code=of_today(following[0]).code, permanent=True)  # type: ignore[union-attr]
    context = {"region": region, "successors": [(each, name) for each in following]}
    return render(request, "home/former_region.html", context)
