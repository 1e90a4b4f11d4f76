"""Configuration of the app."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Django's entry of the app."""

    name = "common"
