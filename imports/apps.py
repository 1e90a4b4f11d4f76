"""Configuration of the app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Makes the verbs of imports known, and the mail by which a page is claimed."""

    name = "imports"

    def ready(self) -> None:
        """Register them."""
        from activity import verbs
        from imports.claim_mail import KIND
        from imports.verbs import LABELS, OF_OFFICE
        from mailing import kinds

        for verb, label in LABELS.items():
            verbs.register(verb, label)
        for verb, duty in OF_OFFICE.items():
            verbs.of_office(verb, duty)
        kinds.register(KIND)
