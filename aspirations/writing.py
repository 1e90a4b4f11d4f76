"""Writing an aspiration: with an account at once, without one once the address is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.consent import agreed_if_signed_in, sign_in_url
from aspirations import actions
from aspirations.by_email import by_email
from aspirations.deadlines import working_days
from aspirations.forms import WriteForm
from communities.models import Community
from moderation import confirming
from moderation.errors import TransitionRefused
from regions.forms import is_region_step, unvalidated
from regions.models import Level
from regions.succession import find_of_today

if TYPE_CHECKING:
    from aspirations.models import Aspiration

NAV = "aspirations"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@agreed_if_signed_in
def write(request: HttpRequest) -> HttpResponse:
    """The form; ?wilayah= and ?komunitas= say beforehand what it is about."""
    if request.method != "POST":
        return _page(request, WriteForm(user=request.user, initial=_initial(request)))
    form = WriteForm(request.POST, user=request.user)
    if is_region_step(request):
        return _page(request, unvalidated(form))
    if not form.is_valid():
        return _page(request, form, status=422)
    return _send(request, form) if request.user.is_authenticated else _ask(request, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of the mail."""
    return confirming.confirm(request, token, by_email, nav=NAV, said=_said)


def _send(request: HttpRequest, form: WriteForm) -> HttpResponse:
    try:
        sent = actions.send(form.aspiration(), by=request.user)  # type: ignore[arg-type]
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, status=422)
    messages.success(request, _said(sent))
    return redirect(sent)


def _ask(request: HttpRequest, form: WriteForm) -> HttpResponse:
    """A request that its address confirms. The answer never tells whether the address is known."""
    if not by_email.ask_by(form, form.request(), address=get_adapter().get_client_ip(request)):
        return _page(request, form, status=429)
    context = {"email": form.cleaned_data["email"], "nav": NAV}
    return render(request, "aspirations/asked.html", context)


def _said(sent: Aspiration) -> str:
    return _("Sent. Its number is %(number)s; you are told of each step.") % {"number": sent.reference}


def _page(request: HttpRequest, form: WriteForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "nav": NAV,
        "limits": working_days(None),
        "sign_in_url": sign_in_url(request),
    }
    return render(request, "aspirations/write.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    code, slug = request.GET.get("wilayah", ""), request.GET.get("komunitas", "")
    region = find_of_today(code)
    if region is not None:
        return {"region": region.pk if region.level >= Level.REGENCY else ""}
    if not slug or "\x00" in slug:
        return {}
    found = Community.objects.public().filter(slug=slug[:150]).first()
    return {"region": found.region_id, "community": str(found.pk)} if found else {}
