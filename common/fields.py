"""Fields of forms that more than one app uses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime


def lines(typed: str) -> str:
    """The text with line breaks of one letter, as a browser counts them.

    It sends two: what it has let through would be refused for its length, or cut.
    """
    return typed.replace("\r\n", "\n")


def typed(text: str, most: int) -> str:
    """Words that no form has looked at: so many letters at most, without what the database cannot keep."""
    return lines(text).replace("\x00", "")[:most]


class LinesField(forms.CharField):
    """A field of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """The text, counted as the browser does."""
        return super().to_python(lines(value) if isinstance(value, str) else value)


class SeenField(forms.CharField):
    """The moment of what a page shows, which comes back with what is done there; None for nonsense."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        """The moment, with its zone."""
        try:
            moment = parse_datetime(super().clean(value))
        except (ValueError, forms.ValidationError):
            return None
        return moment if moment and moment.tzinfo else None
