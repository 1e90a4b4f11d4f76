"""Devices on the page "What I follow": a browser comes in, is tried, and goes (static/js/push.js)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications import push, push_keys, push_sessions
from notifications.channels.base import NotNow
from notifications.models import PushDevice

LONGEST_REQUEST = 4000
BETWEEN_TRIALS = timedelta(seconds=10)


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """The browser has allowed it: from now on it takes the person's notifications."""
    if not push_keys.is_offered():
        raise Http404
    fields = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    try:
        device = push.register(request.user, agent=request.headers.get("User-Agent", ""), **fields)  # type: ignore[arg-type]
    except push.NotADevice:
        return JsonResponse({"error": "device"}, status=422)
    messages.success(request, _("Notifications come to this device now."))
    return push_sessions.remember(JsonResponse({}, status=201), device)


@csrf_exempt  # asked by the service worker, without a page; it shows that it knows the old endpoint
@login_not_required
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The push service has given the browser another endpoint."""
    try:
        said = _said(request)
        is_known = push.renew(str(said["old"]), endpoint=str(said["endpoint"]), **_keys(said))
    except (push.NotADevice, ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "device"}, status=422)
    return JsonResponse({}, status=200 if is_known else 404)


def _said(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_REQUEST:
        raise ValueError
    return json.loads(request.body)


def _keys(said: dict[str, Any]) -> dict[str, str]:
    return {name: str(said["keys"][name]) for name in ("p256dh", "auth")}


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is sent to this device any more."""
    device = _own(request, pk)
    device.delete()
    messages.success(request, _("Nothing is sent to %(device)s any more.") % {"device": device.label})
    return redirect("notifications:settings")


@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one message there now, and say what came of it."""
    if not push_keys.is_offered():
        raise Http404
    device = _own(request, pk)
    if device.last_sent_at and device.last_sent_at > timezone.now() - BETWEEN_TRIALS:
        messages.info(request, _("Something was just sent to %(device)s.") % {"device": device.label})
    else:
        _try(request, device)
    return redirect("notifications:settings")


def _try(request: HttpRequest, device: PushDevice) -> None:
    from notifications.push_trial import Gone, send_trial

    words = {"device": device.label}
    try:
        send_trial(device)
    except Gone:
        messages.error(
            request, _("%(device)s takes nothing any more: we have taken it off the list.") % words
        )
    except NotNow:
        messages.error(request, _("The push service of %(device)s does not answer. Try again later.") % words)
    else:
        messages.success(request, _("Sent to %(device)s: it should show it in a moment.") % words)


def _own(request: HttpRequest, pk: int) -> PushDevice:
    return get_object_or_404(PushDevice.objects.of(request.user), pk=pk)  # type: ignore[arg-type]
