"""Claiming the page of a community that its office imported."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.consent import agreed_required
from imports import claims
from imports.models import PageClaim
from moderation.errors import TransitionRefused


@sensitive_variables("code")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What is claimed, and by pressing the button: claim it. A wrong code finds nothing."""
    found = get_object_or_404(PageClaim.objects.select_related("community__region"), pk=pk)
    if not claims.is_code_of(found, code):
        raise Http404
    if request.method == "POST":
        return _claim(request, found)
    context = {"claim": found, "community": found.community, "here": claims.path_of(found)}
    return render(request, "imports/claim.html", context, status=200 if found.is_open else 410)


@agreed_required
def _claim(request: HttpRequest, found: PageClaim) -> HttpResponse:
    try:
        community = claims.claim(found, by=request.user)  # type: ignore[arg-type]
    except TransitionRefused as refused:
        messages.error(request, refused.message)
        return redirect(claims.path_of(found))
    messages.success(
        request, _("You are now a manager of %(name)s. Look through its page.") % {"name": community.name}
    )
    return redirect(community)
