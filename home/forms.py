"""Forms for readers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.forms import RegionField
from regions.models import Level


class ChooseRegionForm(forms.Form):
    """Which region's news come first: any level will do."""

    wilayah = RegionField(
        Level.VILLAGE,
        shallowest=Level.PROVINCE,
        label=_("My region"),
        help_text=_("A village, a district, a regency or city, or a province."),
    )
