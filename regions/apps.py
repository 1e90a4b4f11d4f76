"""The app of regions."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Regions know nothing but what is common."""

    name = "regions"
