"""Pages of an address that takes no mail: why, and how its owner shows that it works again."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from common.mail_failures import failures
from notifications import addresses, wording
from notifications.links import address_of
from notifications.models import KindStop

logger = logging.getLogger(__name__)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Send one mail with a link to the stopped address: whoever opens it has shown that mail arrives."""
    user: User = request.user  # type: ignore[assignment]
    if addresses.stop_of(user.email) is None:
        messages.info(request, _("E-mail to you is not stopped."))
    elif _sent(user):
        messages.success(
            request, _("We sent a mail to %(email)s. Open the link in it.") % {"email": user.email}
        )
    else:
        messages.error(
            request, _("The mail could not be sent just now. Try again later, or change your address.")
        )
    return redirect("notifications:settings")


def _sent(user: User) -> bool:
    token = addresses.token_to_resume(user.pk, user.email)
    link = address_of(reverse("notifications:resume", args=[token]))
    mail = EmailMessage(
        _("Does this address work again?"),
        wording.render_plain("notifications/try_again.txt", {"link": link, "name": user.get_short_name()}),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except failures() as problem:
        logger.warning("A mail to a stopped address was not taken: %s", type(problem).__name__)
        return False
    return True


@require_POST
def kind_again(request: HttpRequest, kind: str) -> HttpResponse:
    """Let a kind of notification come by e-mail again that a link in a mail had ended."""
    KindStop.objects.filter(user=request.user.pk, kind=kind).delete()
    messages.success(request, _("It comes by e-mail again, as before."))
    return redirect("notifications:settings")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_not_required
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of that mail leads: a button, since scanners open links too."""
    found = addresses.read_token(token)
    if found is None or not User.objects.filter(pk=found[0], email=found[1], is_active=True).exists():
        raise Http404
    if request.method != "POST":
        context = {"email": found[1], "action": request.path, "nav": "notifications"}
        return render(request, "notifications/resume.html", context)
    addresses.resume(found[1])
    messages.success(request, _("E-mail comes to %(email)s again.") % {"email": found[1]})
    return redirect("home:front")
