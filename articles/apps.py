"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Makes its own verb known, and listens when a person goes."""

    name = "articles"

    def ready(self) -> None:
        """Register and listen."""
        from accounts.roles import Duty
        from accounts.signals import erasing
        from activity import verbs
        from articles import amendment_actions
        from articles.scheduling import LABELS

        for verb, label in {**LABELS, **amendment_actions.LABELS}.items():
            verbs.register(verb, label)
        for verb in (amendment_actions.CORRECT, amendment_actions.UPDATE):
            verbs.of_office(verb, Duty.NEWS)
        erasing.connect(_erase, dispatch_uid="articles.erase")


def _erase(*, user: Any, **_: Any) -> None:
    from articles import personal_data

    personal_data.erase(user)
