"""Forms of the account: signing up and in, the password, the address, the profile, and leaving."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.consent import agree_to_all
from accounts.models import User
from accounts.wording import Worded
from regions.forms import RegionField
from regions.models import Level

ADDRESS = (_("E-mail address"), "")
PASSWORD = (_("Password"), "")
NEW_PASSWORD = (
    _("New password"),
    _("At least 8 characters, not only digits, and no word that everybody knows."),
)


def _where_the_texts_stand() -> SafeString:
    return format_html(
        gettext(
            "Read them first, each opens in a new tab: "
            '<a href="{terms}" target="_blank">terms of writing</a>, '
            '<a href="{privacy}" target="_blank">privacy notice</a>.'
        ),
        terms=reverse_lazy("home:about", args=["ketentuan"]),
        privacy=reverse_lazy("home:about", args=["privasi"]),
    )


class ConsentField(forms.BooleanField):
    """The box that a person ticks to agree to the terms and the privacy notice."""

    default_error_messages = {
        "required": _("Tick the box: without your agreement we may not keep an account.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("I agree to the terms of writing and the privacy notice"))
        kwargs.setdefault("help_text", lazy(_where_the_texts_stand, str, SafeString)())
        super().__init__(**kwargs)


class SignUpForm(Worded, allauth.SignupForm):
    """A new account: name, address, one password, and consent."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As it should stand under your news, for example Rina Oktavia."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    agreed = ConsentField()
    field_order = ["name", "email", "password1", "agreed"]
    words = {
        "email": (ADDRESS[0], _("We send a link there to confirm it. Readers never see it.")),
        "password1": (PASSWORD[0], NEW_PASSWORD[1]),
    }

    def validate_unique_email(self, value: str) -> str:
        """Whoever only followed with the address until now may sign up with it, once."""
        if User.objects.filter(email=value, is_staged=True, emailaddress=None).exists():
            return value
        return super().validate_unique_email(value)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new account; or, where the address has one already, the same answer and a mail that says so."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # The first click of a double click was faster.
            if not User.objects.filter(email=self.cleaned_data["email"]).exists():
                raise
            self.account_already_exists = True
            return super().try_save(request)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Consent is part of the account from its first moment."""
        agree_to_all(user)


class SignInForm(Worded, allauth.LoginForm):
    """Address and password."""

    words = {
        "login": ADDRESS,
        "password": PASSWORD,
        "remember": (_("Stay signed in on this device"), _("Leave it empty on a device that others use.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].initial = True


class ReauthenticateForm(Worded, allauth.ReauthenticateForm):
    """The password once more, before something that matters."""

    words = {"password": PASSWORD}


class ChangeAddressForm(Worded, allauth.AddEmailForm):
    """Another e-mail address; it counts once its link was opened."""

    words = {
        "email": (
            _("New e-mail address"),
            _("We send a link there. Until it is opened, the old address counts."),
        )
    }


class ForgottenPasswordForm(Worded, allauth.ResetPasswordForm):
    """Where the link for a new password goes. Whoever only follows has no password to forget."""

    words = {"email": ADDRESS}

    def clean_email(self) -> str:
        """As for an address that nobody knows, where there is no account."""
        email = super().clean_email()
        found: list[User] = self.users  # type: ignore[has-type]
        self.users = [user for user in found if not user.is_staged or user.has_usable_password()]
        return email


class _OnePassword(Worded):
    words = {
        "oldpassword": (_("Password until now"), ""),
        "password1": NEW_PASSWORD,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ChangePasswordForm(_OnePassword, allauth.ChangePasswordForm):
    """The old password and a new one."""


class SetPasswordForm(_OnePassword, allauth.SetPasswordForm):
    """A password for an account that had none."""


class NewPasswordForm(_OnePassword, allauth.ResetPasswordKeyForm):
    """A new password, after the link of the mail."""


class ProfileForm(forms.ModelForm):
    """What a person says of themselves."""

    home_region = RegionField(
        level=Level.REGENCY,
        required=False,
        label=_("Home region"),
        help_text=_("Your regency or city: its news come first when you open the portal."),
    )

    class Meta:
        model = User
        fields = ["name", "home_region", "language", "wants_email"]


class TermsForm(forms.Form):
    """Agreement to the texts as they stand now."""

    agreed = ConsentField()


class ErasureForm(forms.Form):
    """The password, so that nobody else erases the account."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """The right password; attempts count as attempts to sign in."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password
