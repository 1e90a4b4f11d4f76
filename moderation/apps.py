"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Django's entry of the app."""

    name = "moderation"

    def ready(self) -> None:
        """Make the verbs of every kind known to the history; listen to accounts."""
        from accounts.signals import erasing, exporting
        from activity import verbs
        from moderation import checks  # noqa: F401  (registers the system check)
        from moderation.kinds import kinds
        from moderation.states import Side

        for model in kinds().values():
            for move in model.moves():
                verbs.register(model.verb(move.name), move.past)
                if move.side is Side.OFFICE:
                    verbs.of_office(model.verb(move.name), model.DUTY)
            if model.HAS_SLIPS:
                verbs.register(model.verb_of_slip(), _("Slip corrected by the office"))
                verbs.of_office(model.verb_of_slip(), model.DUTY)
        exporting.connect(_export, dispatch_uid="moderation.export")
        erasing.connect(_erase, dispatch_uid="moderation.erase")


def _export(*, user: Any, **_: Any) -> dict[str, Any]:
    from moderation import personal_data

    return personal_data.export(user)


def _erase(*, user: Any, **_: Any) -> None:
    from moderation import personal_data

    personal_data.erase(user)
