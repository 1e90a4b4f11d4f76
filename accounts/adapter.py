"""What the portal does differently from allauth's defaults."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.mail_failures import failures

logger = logging.getLogger(__name__)


def portal_link(url: str) -> str:
    """The address as a mail shows it: in production at PORTAL_URL, whatever host was asked for."""
    if not settings.PRODUCTION:
        return url
    return f"{settings.PORTAL_URL}/{url.split('/', 3)[3]}"


def _staged(email: str) -> User | None:
    """The staged account of the address, with what it follows; an account once the address is confirmed."""
    user = User.objects.filter(email=email, is_staged=True).first()
    if user:
        user.joined_at = timezone.now()
    return user


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by the portal's rules and in its words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is not active."),
        "duplicate_email": _("This is the address of your account already."),
        "email_password_mismatch": _(
            "Address or password is not right. Check both, or ask for a new password below."
        ),
        "enter_current_password": _("This is not your password until now."),
        "incorrect_password": _("This is not your password. Try again, or ask for a new one."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
        "rate_limited": _("Too many attempts. Wait ten minutes, then try again."),
        "too_many_login_attempts": _(
            "Too many failed attempts on this account. Wait ten minutes, or ask for a new password below."
        ),
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        """A new account has its name and the language of its first page; a staged one grows into it."""
        user = _staged(form.cleaned_data["email"]) or user
        user.name = form.cleaned_data["name"]
        language = get_language()
        if language in dict(settings.LANGUAGES):
            user.language = language
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; a mail server that is down costs the mail, never the page or the account."""
        links = {name: portal_link(value) for name, value in context.items() if name.endswith("_url")}
        try:
            super().send_mail(template_prefix, email, {**context, **links})
        except failures():
            logger.exception("A mail could not be sent: %s", template_prefix)
            messages.error(
                current.request, gettext("The mail could not be sent just now. Try again in a few minutes.")
            )

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Confirm an address, unless another account has taken it in the meantime."""
        taken = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id).exists()
        if taken:
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        return super().confirm_email(request, email_address)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An officer begins at the desk; everybody else where the portal begins. A `next` comes first."""
        if request.user.is_authenticated and request.user.is_officer:
            return reverse(settings.LOGIN_REDIRECT_URL_OF_OFFICERS)
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile."""
        return reverse("accounts:profile")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Who confirms a changed address goes back to the profile."""
        if self.request.user.is_authenticated:
            return reverse("accounts:profile")
        return super().get_email_verification_redirect_url(email_address)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Attempts count per account. allauth adds the host, and a made-up port would start a new count."""
        return str(credentials.get("email", "")).strip().lower()
