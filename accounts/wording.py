"""allauth's forms in the portal's words: label and help of each field, and no placeholders."""

from __future__ import annotations

from typing import Any

from django import forms

Words = dict[str, tuple[Any, Any]]


class Worded(forms.Form):
    """A form whose fields are named in `words`: field name to label and help."""

    words: Words = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
