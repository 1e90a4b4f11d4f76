"""Addresses of earlier: what a community was called before leads to what it is called now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from communities.models import FormerSlug

View = Callable[..., HttpResponseBase]


def also_by_former_slug(view: View) -> View:
    """Where the slug is unknown but was some community's, redirect for good; reading only."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, slug=slug, **kwargs)
        except Http404:
            if request.method not in ("GET", "HEAD"):
                raise
            former = FormerSlug.objects.select_related("community").filter(slug=slug).first()
            if former is None or request.resolver_match is None:
                raise
            path = reverse(request.resolver_match.view_name, kwargs={**kwargs, "slug": former.community.slug})
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)

    return found
