"""Consent on record, by version: who may write has agreed to the terms as they stand now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Consent
from accounts.terms import CURRENT_VERSIONS, TERMS_VERSION

if TYPE_CHECKING:
    from accounts.models import User

View = Callable[..., HttpResponse]


def agree(user: User, document: str, version: str) -> Consent:
    """Put on record that the person agreed to this version of the text; the first time counts."""
    consent, _is_new = Consent.objects.get_or_create(user=user, document=document, version=version)
    return consent


def agree_to_all(user: User) -> None:
    """Put on record that the person agreed to every text as it stands now."""
    for document, version in CURRENT_VERSIONS.items():
        agree(user, document, version)


def has_agreed(user: User) -> bool:
    """Whether the person has agreed to the terms of writing as they stand now."""
    return user.consents.filter(document=Consent.Document.TERMS, version=TERMS_VERSION).exists()


def agreed_required(view: View) -> View:
    """Lead who has not agreed to the current terms to the page that asks, and back afterwards.

    What was composed under an earlier version is still taken, so that a new version loses nobody's text.
    """

    @wraps(view)
    def agreed_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(sign_in_url(request))
        if not has_agreed(request.user) and not _sends_what_was_composed(request, request.user):
            return redirect(_with_next("accounts:terms", request))
        return view(request, *args, **kwargs)

    return agreed_view


def agreed_if_signed_in(view: View) -> View:
    """The same for who is signed in; whoever is not agrees by the form itself."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = agreed_required(view) if request.user.is_authenticated else view
        return shown(request, *args, **kwargs)

    return open_view


def sign_in_url(request: HttpRequest) -> str:
    """Where somebody signs in and comes back to this page."""
    return _with_next("account_login", request)


def _sends_what_was_composed(request: HttpRequest, user: User) -> bool:
    return request.method == "POST" and user.consents.filter(document=Consent.Document.TERMS).exists()


def _with_next(name: str, request: HttpRequest) -> str:
    return f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
