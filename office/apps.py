"""The regional desk: no models, but the history's words for postings."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Registers the verbs of postings and ends those of people who erase their account."""

    name = "office"

    def ready(self) -> None:
        """Announce the verbs; listen to accounts."""
        from accounts.signals import erasing
        from activity import verbs
        from office.posting_actions import on_erasing
        from office.verbs import LABELS, OF_OFFICE

        for verb, label in LABELS.items():
            verbs.register(verb, label)
        for verb, duty in OF_OFFICE.items():
            verbs.of_office(verb, duty)
        erasing.connect(on_erasing, dispatch_uid="office.end_postings")
