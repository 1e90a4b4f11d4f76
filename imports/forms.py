"""The shape of what officers give: the file, and which column holds what."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from accounts.models import User
from accounts.roles import Duty
from common.uploads import BoundedFileField
from imports import reading, sheets, wording
from imports.columns import COLUMNS
from imports.errors import FileRefused
from imports.models import Import
from regions.models import Region

NATION = "nasional"


class SheetField(BoundedFileField):
    """A spreadsheet that can be read, at least its beginning."""

    limit_bytes = sheets.MAX_BYTES
    accept = (
        ".xlsx,.xlsm,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )

    def known(self, file: UploadedFile) -> UploadedFile:
        """Look at its headings now, while the form can still answer."""
        try:
            reading.look_at(file)
        except FileRefused as refused:
            raise ValidationError(wording.problem(refused.code), code=refused.code) from refused
        file.seek(0)
        return file


class UploadForm(forms.Form):
    """A spreadsheet, for one of the offices where the person decides."""

    office = forms.ChoiceField(label=_("For the KIM of"))
    file = SheetField(
        label=_("Spreadsheet"),
        help_text=_(
            "XLSX or CSV, at most 20 MB and 50,000 rows. The first sheet is read; macros are ignored."
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = registrar_regions(by)
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            (code, region.label if region else _("All of Indonesia")) for code, region in self.regions.items()
        ]
        if len(self.regions) == 1:
            self.fields["office"].initial = next(iter(self.regions))

    @property
    def region(self) -> Region | None:
        """The office's region, once the form is valid."""
        return self.regions[self.cleaned_data["office"]]


def registrar_regions(user: User) -> dict[str, Region | None]:
    """The regions whose communities the person decides on, by the code that the form sends."""
    postings = [posting for posting in user.current_postings if posting.may(Duty.REGISTRY)]
    return {posting.region_id or NATION: posting.region for posting in postings}


class MatchForm(forms.Form):
    """Which column of the spreadsheet holds which field."""

    def __init__(self, *args: Any, upload: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not in the file")), *_offered(upload)]
        for column in COLUMNS:
            self.fields[column.name] = forms.TypedChoiceField(
                label=column.label,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=column.name == "name",
                initial=upload.mapping.get(column.name, ""),
            )

    def clean(self) -> dict[str, Any]:
        """A column holds one field; the village is somewhere."""
        data = super().clean() or {}
        if data.get("village_code") is None and data.get("village") is None and not self.errors:
            self.add_error("village", _("Say which column holds the village: its code or its name."))
        taken: dict[int, str] = {}
        for name, column in list(data.items()):
            if column is not None and column in taken:
                self.add_error(name, _("This column is chosen for another field already."))
            elif column is not None:
                taken[column] = name
        return data

    @property
    def mapping(self) -> dict[str, int]:
        """The fields that the file has, by column."""
        return {name: column for name, column in self.cleaned_data.items() if column is not None}


def _offered(upload: Import) -> list[tuple[int, str]]:
    offered = []
    for index, heading in enumerate(upload.headings):
        examples = [row[index] for row in upload.samples if index < len(row) and row[index]]
        words = heading or (examples[0] if examples else "")
        if words:
            example = f" ({examples[0][:30]})" if examples and heading else ""
            offered.append((index, f"{get_column_letter(index + 1)} · {heading[:50] or '—'}{example}"))
    return offered
