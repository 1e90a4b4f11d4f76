"""Configuration of the app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Makes the verbs of imports known."""

    name = "imports"

    def ready(self) -> None:
        """Register them."""
        from activity.verbs import register
        from imports.verbs import LABELS

        for verb, label in LABELS.items():
            register(verb, label)
