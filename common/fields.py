"""Text of several lines, as long as the browser says it is.

A browser counts a line break as one letter and sends two: what it has let through would be refused or cut.
"""

from __future__ import annotations

from typing import Any

from django import forms


def lines(typed: str) -> str:
    """The text with line breaks of one letter."""
    return typed.replace("\r\n", "\n")


class LinesField(forms.CharField):
    """A field of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """The text, counted as the browser does."""
        return super().to_python(lines(value) if isinstance(value, str) else value)
