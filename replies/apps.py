"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    """Listens when a person takes data along or goes, and when an article moves; its verbs are as of any."""

    name = "replies"

    def ready(self) -> None:
        """Listen."""
        from accounts.signals import erasing, exporting
        from articles.signals import moved

        exporting.connect(_export, dispatch_uid="replies.export")
        erasing.connect(_erase, dispatch_uid="replies.erase")
        moved.connect(_follow, dispatch_uid="replies.follow")


def _export(*, user: Any, **_: Any) -> dict[str, Any]:
    from replies import personal_data

    return personal_data.export(user)


def _erase(*, user: Any, **_: Any) -> None:
    from replies import personal_data

    personal_data.erase(user)


def _follow(*, article: Any, **_: Any) -> None:
    from replies.models import Reply

    Reply.objects.filter(article=article).update(region=article.region_id)
