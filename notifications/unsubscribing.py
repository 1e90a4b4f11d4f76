"""The page of the link that ends e-mails. It needs no account: the link says for whom (unsubscribe.py)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import unsubscribe

UNDO = "kembali"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
@csrf_exempt  # mail programs post here without cookies (RFC 8058); the signed link is what allows it
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """End what brought the mail: at once by POST, by a button where the link is only opened.

    Scanners open every link of a mail, so opening ends nothing.
    """
    ending = unsubscribe.read(token)
    if ending is None:
        raise Http404
    if request.method != "POST":
        return _page(request, token, ending)
    if UNDO in request.POST:
        return _take_back(request, token)
    taken_back_by = unsubscribe.end(ending)
    if request.POST.get("List-Unsubscribe") == "One-Click":  # whoever posts this follows no redirect
        return _page(request, token, ending, taken_back_by)
    return redirect(f"{_path(token)}?{urlencode({UNDO: taken_back_by})}")


def _take_back(request: HttpRequest, token: str) -> HttpResponse:
    ended = unsubscribe.read_undo(request.POST[UNDO])
    if ended is None:
        raise Http404
    unsubscribe.undo(ended)
    return redirect(f"{_path(token)}?lagi=1")


def _page(
    request: HttpRequest, token: str, ending: unsubscribe.Ending, taken_back_by: str = ""
) -> HttpResponse:
    taken_back_by = taken_back_by or request.GET.get(UNDO, "")
    ended = unsubscribe.read_undo(taken_back_by) if taken_back_by else None
    context = {
        "ending": ending,
        "ended": ended,
        "subscriptions": ended.subscriptions if ended else ending.subscriptions,
        "kind": ending.kind and ending.kind.label,
        "is_over": ended is not None or ending.is_over,
        "comes_again": "lagi" in request.GET,
        "taken_back_by": taken_back_by,
        "action": _path(token),
        "nav": "notifications",
    }
    return render(request, "notifications/unsubscribe.html", context)


def _path(token: str) -> str:
    return reverse("notifications:unsubscribe", args=[token])
