"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Makes its own verb known, and listens when a person goes."""

    name = "articles"

    def ready(self) -> None:
        """Register and listen."""
        from accounts.signals import erasing
        from activity import verbs
        from articles.scheduling import LABELS

        for verb, label in LABELS.items():
            verbs.register(verb, label)
        erasing.connect(_erase, dispatch_uid="articles.erase")


def _erase(*, user: Any, **_: Any) -> None:
    from articles import personal_data

    personal_data.erase(user)
