"""What fact checks can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from communities.filters import CommunityItemFilter
from factchecks.findings import Finding
from factchecks.models import FactCheck


class FactCheckFilter(CommunityItemFilter):
    """Fact checks by region, KIM and finding."""

    temuan = django_filters.ChoiceFilter(
        field_name="finding", choices=Finding.choices, label=_("Finding"), empty_label=_("All findings")
    )

    class Meta:
        model = FactCheck
        fields: list[Any] = []
