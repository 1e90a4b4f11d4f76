"""Configuration of the app."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """Kinds of mail register themselves from the apps above."""

    name = "mailing"
