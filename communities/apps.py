"""Configuration of the app."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """Django's entry of the app."""

    name = "communities"

    def ready(self) -> None:
        """Make the verbs of documents and memberships known to the history."""
        from activity import verbs
        from communities.verbs import LABELS

        for verb, label in LABELS.items():
            verbs.register(verb, label)
