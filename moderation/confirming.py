"""The page behind the link of the mail by which somebody without an account confirms what they wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from mailing.unconfirmed import ByEmail


def confirm(
    request: HttpRequest, token: str, by_email: ByEmail, *, nav: str, said: Callable[[Any], Any]
) -> HttpResponse:
    """A button sends it, for scanners open every link; then it leads to what became of it.

    Under the name of the kind there are pages, confirm.html (asked; refusal, why it could not be sent) and
    confirm_gone.html, and the address `own`. `said` says in words that it was sent.
    """
    asked = by_email.of_token(token)
    if asked is None:
        sent = by_email.sent_by_token(token)
        return _to_own(by_email, sent) if sent else _gone(request, by_email, nav)
    page = f"{by_email.name}/confirm.html"
    if request.method != "POST":
        return render(request, page, {"asked": asked, "nav": nav})
    try:
        sent = by_email.confirm(asked)
    except TransitionRefused as refusal:
        context = {"asked": asked, "refusal": refusal.message, "nav": nav}
        return render(request, page, context, status=422)
    if sent is None:
        return _gone(request, by_email, nav)
    messages.success(request, str(said(sent)))
    return _to_own(by_email, sent)


def _to_own(by_email: ByEmail, sent: Any) -> HttpResponse:
    return redirect(f"{by_email.name}:own", by_email.own_token(sent))


def _gone(request: HttpRequest, by_email: ByEmail, nav: str) -> HttpResponse:
    return render(request, f"{by_email.name}/confirm_gone.html", {"nav": nav}, status=410)
