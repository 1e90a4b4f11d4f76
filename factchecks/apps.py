"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class FactchecksConfig(AppConfig):
    """Listens when a person goes; its verbs are those of every kind."""

    name = "factchecks"

    def ready(self) -> None:
        """Listen."""
        from accounts.signals import erasing

        erasing.connect(_erase, dispatch_uid="factchecks.erase")


def _erase(*, user: Any, **_: Any) -> None:
    from factchecks import personal_data

    personal_data.erase(user)
