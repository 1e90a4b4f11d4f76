"""Configuration of the app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Makes its own verbs known."""

    name = "events"

    def ready(self) -> None:
        """Register them."""
        from accounts.roles import Duty
        from activity import verbs
        from events import change_actions

        for verb, label in change_actions.LABELS.items():
            verbs.register(verb, label)
        verbs.of_office(change_actions.REWORD, Duty.NEWS)
