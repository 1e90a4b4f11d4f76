"""allauth's forms of the second step in the portal's words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from accounts.wording import Worded

# What the parser of passkey answers raises on one that no browser made.
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
NAME = (_("Name of the passkey"), _("So that you know it again, for example: my phone."))


class _Code(Worded):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "off", "spellcheck": "false"}


class CodeForm(_Code, base.AuthenticateForm):
    """The code of the app, or a recovery code, when signing in."""

    words = {"code": (_("Code"), _("The six digits that your app shows now, or one of your recovery codes."))}


class ReauthenticateForm(_Code, base.ReauthenticateForm):
    """The same, before something that matters."""

    words = CodeForm.words


class ActivateAppForm(_Code, totp.ActivateTOTPForm):
    """The first code of a new app."""

    words = {"code": (_("Code"), _("The six digits that the app shows now."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):
    """A new passkey, by its name."""

    words = {
        "name": NAME,
        "passwordless": (
            _("Sign in with it alone, without the password"),
            _("The device asks for your finger, face or PIN. Choose this unless it cannot."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any] | None:
        """A real answer of a device, or an error in words."""
        try:
            return super().clean()
        except MALFORMED as malformed:
            raise get_adapter().validation_error("no_passkey") from malformed


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": NAME}


class _Answer(Worded):
    def clean_credential(self) -> Authenticator:
        """The passkey that answered, or an error in words."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as malformed:
            raise get_adapter().validation_error("no_passkey") from malformed


class PasskeyForm(_Answer, webauthn.AuthenticateWebAuthnForm):
    """The passkey as the second step when signing in."""


class PasskeySignInForm(_Answer, webauthn.LoginWebAuthnForm):
    """The passkey alone."""


class PasskeyReauthenticateForm(_Answer, webauthn.ReauthenticateWebAuthnForm):
    """The passkey once more, before something that matters."""
