"""Configuration of the app."""

from typing import Any

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Makes its verbs known, and listens to withdrawals and to people who take data along or go."""

    name = "complaints"

    def ready(self) -> None:
        """Register and listen."""
        from accounts.signals import erasing, exporting
        from activity import verbs
        from activity.signals import recorded
        from complaints.outcome_mail import KIND
        from complaints.verbs import LABELS, OF_OFFICE
        from mailing import kinds
        from moderation import rules

        for verb, label in LABELS.items():
            verbs.register(verb, label)
        for verb, duty in OF_OFFICE.items():
            verbs.of_office(verb, duty)
        kinds.register(KIND)
        recorded.connect(_recorded, dispatch_uid="complaints.recorded")
        exporting.connect(_export, dispatch_uid="complaints.export")
        erasing.connect(_erase, dispatch_uid="complaints.erase")
        if _has_risen not in rules.RISEN:
            rules.RISEN.append(_has_risen)


def _recorded(*, activity: Any, **_: Any) -> None:
    from complaints import actions

    actions.end_with_withdrawal(activity)


def _has_risen(item: Any) -> bool:
    from complaints.models import Case

    return Case.objects.of(item).overdue().exists()


def _export(*, user: Any, **_: Any) -> dict[str, Any]:
    from complaints import personal_data

    return personal_data.export(user)


def _erase(*, user: Any, **_: Any) -> None:
    from complaints import personal_data

    personal_data.erase(user)
