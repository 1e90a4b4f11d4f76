"""The front page, regions, search and the texts about the portal."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Pages for everybody."""

    name = "home"
