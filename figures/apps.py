"""Configuration of the app."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Makes the verbs of exports and reports known."""

    name = "figures"

    def ready(self) -> None:
        """Register."""
        from activity import verbs
        from figures.verbs import LABELS

        for verb, label in LABELS.items():
            verbs.register(verb, label)
