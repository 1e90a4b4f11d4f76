"""The door of the office: a current posting, and a second factor where the installation asks for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.mfa import has_second_factor
from accounts.requests import SignedInRequest
from office.session import current_postings_for

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]


def office_view(view: View[P]) -> View[P]:
    """Wrap every view of the office. 403 without a posting; to the set-up page without a second factor.

    The posting is asked for at each request, so that one that ends takes its rights along at once.
    """

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated or not user.is_officer:
            raise PermissionDenied
        user.current_postings = current_postings_for(request)
        if settings.OFFICE_REQUIRES_MFA and not has_second_factor(user):
            return redirect(
                f"{reverse('accounts:second_factor')}?{urlencode({'next': request.get_full_path()})}"
            )
        return view(request, *args, **kwargs)

    guarded.is_office_view = True  # type: ignore[attr-defined]
    return guarded
