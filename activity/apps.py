"""Configuration of the app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Django's entry of the app."""

    name = "activity"
