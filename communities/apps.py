"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """Makes the verbs of memberships known, and listens when a person takes data along or goes."""

    name = "communities"

    def ready(self) -> None:
        """Register and listen."""
        from accounts.signals import erasing, exporting
        from activity import verbs
        from communities.handing import models_handed_in
        from communities.invitation_mail import KIND
        from communities.verbs import HANDED, LABELS, OF_OFFICE
        from mailing import kinds

        kinds.register(KIND)

        for verb, label in LABELS.items():
            verbs.register(verb, label)
        for model in models_handed_in():
            for step, label in HANDED.items():
                verbs.register(f"{model.KIND}.{step}", label)
        for verb, duty in OF_OFFICE.items():
            verbs.of_office(verb, duty)
        exporting.connect(_export, dispatch_uid="communities.export")
        erasing.connect(_erase, dispatch_uid="communities.erase")


def _export(*, user: Any, **_: Any) -> dict[str, Any]:
    from communities import personal_data

    return personal_data.export(user)


def _erase(*, user: Any, **_: Any) -> None:
    from communities import personal_data

    personal_data.erase(user)
