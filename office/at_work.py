"""As whom an officer works: by all postings they hold, or by the one they chose on the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Posting
from accounts.requests import SignedInRequest
from office.guard import office_view
from office.session import CHOSEN


@office_view
@require_POST
def choose(request: SignedInRequest) -> HttpResponse:
    """Work by one posting from now on, or by all of them."""
    chosen = _held(request, request.POST.get("posting", ""))
    if chosen:
        request.session[CHOSEN] = chosen.pk
        messages.success(request, _("You work as: %(posting)s.") % {"posting": chosen})
    else:
        request.session.pop(CHOSEN, None)
        messages.success(request, _("You work by all your postings."))
    return redirect("office:desk")


def _held(request: HttpRequest, pk: str) -> Posting | None:
    return next((posting for posting in request.user.held_postings if str(posting.pk) == pk), None)  # type: ignore[union-attr]


choice_urls = [path("penugasan/", choose, name="choose_posting")]
