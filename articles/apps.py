"""Configuration of the app."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Django's entry of the app."""

    name = "articles"
