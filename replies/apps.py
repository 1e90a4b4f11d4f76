"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    """Listens when a person takes data along or goes; its verbs are those of every kind."""

    name = "replies"

    def ready(self) -> None:
        """Listen."""
        from accounts.signals import erasing, exporting

        exporting.connect(_export, dispatch_uid="replies.export")
        erasing.connect(_erase, dispatch_uid="replies.erase")


def _export(*, user: Any, **_: Any) -> dict[str, Any]:
    from replies import personal_data

    return personal_data.export(user)


def _erase(*, user: Any, **_: Any) -> None:
    from replies import personal_data

    personal_data.erase(user)
