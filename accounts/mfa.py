"""The second factor: whether a person has one, and what allauth shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: User) -> bool:
    """Whether the person signs in with an app's code or a passkey; recovery codes alone are none."""
    return is_mfa_enabled(user, SECOND_FACTORS)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor in the portal's own words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "The address cannot change while a second step protects the account. Remove the second step, "
            "change the address, and set the second step up again."
        ),
        "incorrect_code": _(
            "This code is not right. Wait for the next one, and check the clock of your phone."
        ),
        "no_passkey": _("The device did not confirm it. Try again, or take another way."),
        "unverified_email": _("Confirm your e-mail address first: open the link in the mail we sent you."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey belongs to: this host, by the portal's name."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Portal KIM"}
