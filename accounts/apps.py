"""People, their consent and their postings."""

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "accounts"

    def ready(self) -> None:
        """Listen to what allauth announces."""
        from allauth.account.signals import email_confirmed

        email_confirmed.connect(_grow_up, dispatch_uid="accounts.staged")


def _grow_up(*, email_address: Any, **_: Any) -> None:
    """A staged account is an account from the moment its owner has signed up and confirmed the address."""
    from accounts.models import User

    User.objects.filter(pk=email_address.user_id, is_staged=True).update(is_staged=False)
