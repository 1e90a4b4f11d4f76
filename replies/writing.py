"""Writing a reply: with an account it is sent at once, without one when the address is confirmed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.consent import agreed_if_signed_in, sign_in_url
from articles.models import Article
from communities.showing import Gone, find, gone
from moderation import confirming
from moderation.errors import TransitionRefused
from replies import actions, own
from replies.by_email import by_email
from replies.forms import WriteForm

NAV = "articles"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@agreed_if_signed_in
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a reply to a published article."""
    try:
        article = find(Article.objects.select_related("community", "region"), request, pk=pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    if not Article.objects.public().filter(pk=pk).exists():
        messages.info(request, _("It is not public, so there is nothing to reply to."))
        return redirect(article)
    if request.method != "POST":
        return _page(request, WriteForm(user=request.user, article=article))
    form = WriteForm(request.POST, user=request.user, article=article)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _send(request, form) if request.user.is_authenticated else _ask(request, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of the mail."""
    return confirming.confirm(request, token, by_email, nav=NAV, said=lambda _reply: own.SENT)


def _send(request: HttpRequest, form: WriteForm) -> HttpResponse:
    try:
        sent = actions.send(form.reply(), by=request.user)  # type: ignore[arg-type]
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, status=422)
    messages.success(request, own.SENT)
    return redirect("replies:mine", sent.pk)


def _ask(request: HttpRequest, form: WriteForm) -> HttpResponse:
    """A request that its address confirms. The answer never tells whether the address is known."""
    if not by_email.ask_by(form, form.request(), address=get_adapter().get_client_ip(request)):
        return _page(request, form, status=429)
    context = {"email": form.cleaned_data["email"], "article": form.article, "nav": NAV}
    return render(request, "replies/asked.html", context)


def _page(request: HttpRequest, form: WriteForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "article": form.article,
        "nav": NAV,
        "sign_in_url": sign_in_url(request),
    }
    return render(request, "replies/write.html", context, status=status)
