"""The pages under /akun/ that are the portal's own; for allauth's see sign_in_urls.py."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, consent, personal_data
from accounts.errors import ErasureRefused
from accounts.forms import ErasureForm, ProfileForm, TermsForm
from accounts.mfa import has_second_factor
from accounts.requests import SignedInRequest
from accounts.terms import PRIVACY_VERSION, TERMS_VERSION
from regions.forms import is_region_step, unvalidated

# Where a person goes on after setting up the second step, which takes several of allauth's pages.
AFTER_SECOND_FACTOR = "after_second_factor"
# Whose account was erased on this device: so its pages know what to take away.
ERASED = "erased"


def next_address(request: HttpRequest) -> str:
    """The page of the portal that `next` names; empty without one, or when it leads elsewhere."""
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=hosts, require_https=request.is_secure()):
        return asked
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Name, home region and mail; and the ways to everything else of the account."""
    form = ProfileForm(_sent(request), instance=request.user)
    if is_region_step(request):
        form = unvalidated(form)
    elif form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    else:
        request.user.refresh_from_db()
    return render(
        request,
        "accounts/profile.html",
        {"form": form, "has_second_factor": has_second_factor(request.user), "nav": "accounts:profile"},
        status=_status(form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: SignedInRequest) -> HttpResponse:
    """Agree to the terms and the privacy notice as they stand now, then go on."""
    form = TermsForm(_sent(request))
    onward = next_address(request)
    if form.is_valid():
        consent.agree_to_all(request.user)
        messages.success(request, _("Thank you. Your agreement is on record."))
        return redirect(onward or "accounts:profile")
    return render(
        request,
        "accounts/terms.html",
        {
            "form": form,
            "next": onward,
            "has_agreed": consent.has_agreed(request.user),
            "consents": request.user.consents.order_by("-agreed_at", "document"),
            "terms_version": TERMS_VERSION,
            "privacy_version": PRIVACY_VERSION,
            "nav": "accounts:profile",
        },
        status=_status(form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Why a second step is needed and how to set one up; who has one goes on to where they were going."""
    onward = next_address(request)
    if onward:
        request.session[AFTER_SECOND_FACTOR] = onward
    if has_second_factor(request.user):
        return redirect(request.session.pop(AFTER_SECOND_FACTOR, "mfa_index"))
    return render(request, "accounts/second_factor.html", {"nav": "accounts:profile"})


@never_cache
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """Download what the portal keeps about the person."""
    day = timezone.localdate()
    response = JsonResponse(
        personal_data.export(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="portal-kim-{day:%Y-%m-%d}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest) -> HttpResponse:
    """Erase the account, after the password."""
    form = ErasureForm(_sent(request), user=request.user)
    if form.is_valid():
        try:
            actions.erase(request.user)
        except ErasureRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            owner = str(request.user.pk)
            logout(request)
            request.session[ERASED] = owner
            return redirect("accounts:erased")
    context = {"form": form, "nav": "accounts:profile"}
    return render(request, "accounts/erase.html", context, status=_status(form))


@never_cache
@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """That it is done; the page takes away what the person had written on this device."""
    owner = request.session.get(ERASED)
    if owner is None:
        return redirect("home:front")
    return render(request, "accounts/erased.html", {"owner": owner})


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form has sent, be it nothing."""
    return request.POST if request.method == "POST" else None


def _status(form: BaseForm) -> int:
    """A form that comes back with errors says so to programs too."""
    return 422 if form.is_bound and form.errors else 200
