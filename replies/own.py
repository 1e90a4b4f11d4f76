"""The page of who has replied: what became of it, repairing it, taking it back. By account or by link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import moderation.actions
from accounts import staged
from accounts.requests import SignedInRequest
from activity.models import Activity
from communities.composing import APPEALED, said_with
from communities.showing import about_appeal
from moderation.appeals import APPEAL
from moderation.errors import TransitionRefused
from moderation.states import Status
from replies import actions
from replies.by_email import by_email
from replies.forms import WordsForm
from replies.models import Reply

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

SENT = gettext_lazy("Sent. The office decides, and you are told the outcome.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page of an author with an account."""
    return _page(request, get_object_or_404(_own(), pk=pk, created_by=request.user), request.user)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an author without an account, behind the link of their mails."""
    reply = get_object_or_404(_own(), pk=by_email.of_own_token(token))
    author = staged.without_account(reply.created_by)
    if author is None:
        return _to_account(request, reply)
    return _page(request, reply, author)


def _to_account(request: HttpRequest, reply: Reply) -> HttpResponse:
    """Who has an account since finds their own by it: after signing in."""
    page = reverse("replies:mine", args=[reply.pk])
    return redirect(page) if request.user.is_authenticated else redirect_to_login(page)


def _page(request: HttpRequest, reply: Reply, author: User) -> HttpResponse:
    """What became of it; a POST takes it back, appeals, or sends it again with other words."""
    if request.method != "POST":
        return _show(request, reply, WordsForm(initial=_words(reply)))
    if request.POST.get("do") == "withdraw":
        return _withdraw(request, reply, author)
    if request.POST.get("move") == APPEAL:
        return _appeal(request, reply, author)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _show(request, reply, form, status=422)
    try:
        actions.send_again(reply, form.words, by=author)
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return _show(request, _own().get(pk=reply.pk), form, status=422)
    messages.success(request, SENT)
    return redirect(request.path)


def _withdraw(request: HttpRequest, reply: Reply, author: User) -> HttpResponse:
    try:
        moderation.actions.move(reply, "withdraw", by=author)
    except TransitionRefused as refusal:
        if not Reply.objects.filter(pk=reply.pk, status=Status.DRAFT).exists():
            messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back. You can change it now and send it again."))
    return redirect(request.path)


def _appeal(request: HttpRequest, reply: Reply, author: User) -> HttpResponse:
    try:
        actions.appeal(reply, said_with(request), by=author)
    except TransitionRefused as refusal:
        if not Reply.objects.get(pk=reply.pk).is_on_appeal:
            messages.error(request, str(refusal.message))
    else:
        messages.success(request, APPEALED)
    return redirect(request.path)


def _show(request: HttpRequest, reply: Reply, form: WordsForm, status: int = 200) -> HttpResponse:
    context = {
        "reply": reply,
        "form": form if reply.is_editable else None,
        "moves": {move.name for move in moderation.actions.available_moves(reply, reply.created_by)},
        **about_appeal(reply),
        "history": Activity.objects.of(reply).filter(verb__startswith=f"{reply.KIND}."),
        "nav": "articles",
    }
    return render(request, "replies/own.html", context, status=status)


def _words(reply: Reply) -> dict[str, str]:
    return {name: getattr(reply, name) for name in actions.WORDS}


def _own() -> QuerySet[Reply]:
    return Reply.objects.select_related("article__community", "community", "region", "created_by")
