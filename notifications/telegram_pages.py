"""Telegram on the page "What I follow", and the address that Telegram itself calls."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications import telegram, telegram_updates
from notifications.telegram_api import Bot

LONGEST_UPDATE = 100_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """A button makes the link; a form may not lead to another site, so the page shows it."""
    if not telegram.is_offered():
        raise Http404
    address = telegram.deep_link(request.user) if request.method == "POST" else ""  # type: ignore[arg-type]
    context = {
        "address": address,
        "bot": f"@{settings.TELEGRAM_BOT_NAME}",
        "nav": "notifications:inbox",
    }
    return render(request, "notifications/telegram.html", context)


@require_POST
def kinds(request: HttpRequest) -> HttpResponse:
    """Of what the bot may speak."""
    telegram.allow(request.user, request.POST.getlist("kinds"))  # type: ignore[arg-type]
    messages.success(request, _("The bot speaks of what you have chosen."))
    return redirect("notifications:settings")


@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """The bot writes no more."""
    if telegram.unlink(request.user):  # type: ignore[arg-type]
        messages.success(request, _("Telegram is not linked any more."))
    return redirect("notifications:settings")


@csrf_exempt
@login_not_required
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """One update, from whoever knows the secret that only Telegram was told."""
    said = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not telegram.is_offered() or not constant_time_compare(said, telegram.webhook_secret()):
        raise Http404
    try:
        update = json.loads(request.body) if len(request.body) <= LONGEST_UPDATE else None
    except ValueError:
        update = None
    if isinstance(update, dict):
        with Bot() as bot:
            telegram_updates.hear(update, bot)
    return HttpResponse()
