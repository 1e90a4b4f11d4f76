"""Configuration of the app."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Makes the verbs of exports and reports known."""

    name = "figures"

    def ready(self) -> None:
        """Register."""
        from activity import verbs
        from figures.verbs import LABELS, OF_OFFICE

        for verb, label in LABELS.items():
            verbs.register(verb, label)
        for verb, duty in OF_OFFICE.items():
            verbs.of_office(verb, duty)
