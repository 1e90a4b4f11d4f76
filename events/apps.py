"""Configuration of the app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Django's entry of the app."""

    name = "events"
