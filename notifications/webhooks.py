"""What a mail service reports of mails that left: which came back, and which were complained of.

The service of the settings alone is heard, under /pemberitahuan/surel/laporan/<service>/, and only with the
secret that ANYMAIL holds. What it says is django-anymail's to read; what it means stands here.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import addresses
from notifications.models import AddressStop

# The address does not exist, or the service will never send to it again.
FOR_GOOD = {None, "invalid", "bounced"}
COMPLAINT = {"spam", "unsubscribed"}


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def tracking(request: HttpRequest, service: str) -> HttpResponse:
    """Hand the report to the part of django-anymail that reads this service.

    Some services look first whether the address is there, by HEAD or GET: its part knows which.
    """
    if service != settings.MAIL_SERVICE or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    try:
        match = resolve(f"/{service}/tracking/", urlconf="anymail.urls")
    except Resolver404 as unknown:
        raise Http404 from unknown
    _listen()
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def _listen() -> None:
    """Only where a service reports, django-anymail is loaded at all."""
    from anymail.signals import tracking as reported

    reported.connect(note, dispatch_uid="notifications.webhooks")


def note(*, event: Any, **_: Any) -> None:
    """What one report says against an address. A mail that is only late says nothing."""
    if not event.recipient:
        return
    said = event.mta_response or event.description or ""
    if event.event_type == "complained":
        addresses.stop(event.recipient, AddressStop.Reason.COMPLAINED)
    elif event.event_type == "bounced":
        _bounced(event.recipient, event.reject_reason, said)
    elif event.event_type == "rejected":
        _rejected(event.recipient, event.reject_reason, said)


def _bounced(recipient: str, reason: str | None, said: str) -> None:
    """Blocked, spam and the like are said of the portal: they are counted, and stop nobody at once."""
    if reason in FOR_GOOD:
        addresses.stop(recipient, AddressStop.Reason.BOUNCED, said)
    else:
        addresses.refused(recipient, said)


def _rejected(recipient: str, reason: str | None, said: str) -> None:
    """The service itself did not send: it remembers what happened to mails before."""
    if reason in COMPLAINT:
        addresses.stop(recipient, AddressStop.Reason.COMPLAINED, said)
    elif reason in FOR_GOOD:
        addresses.stop(recipient, AddressStop.Reason.REFUSED, said)
    else:
        addresses.refused(recipient, said)
