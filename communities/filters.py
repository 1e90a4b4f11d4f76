"""What public lists can be narrowed by, as forms."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Kind
from regions.models import Region
from regions.querysets import within_q
from regions.search import names_that_begin_like, with_name, with_name_in_order
from regions.succession import find_of_today

# What nearly every name begins with.
COMMON_WORD = "kim"


class WithinRegionFilter(django_filters.FilterSet):
    """Lists by region: `?wilayah=16.06` is the region and all beneath it. An unknown code finds nothing."""

    wilayah = django_filters.CharFilter(method="within_region", label=_("Region"), widget=forms.HiddenInput)

    def within_region(self, queryset: QuerySet, name: str, code: str) -> QuerySet:
        """Rows of the region of that code; none where there is no such region."""
        if self.region is None:
            return queryset.none()
        return queryset.filter(within_q("region", self.region))

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """A query that makes no sense finds nothing, rather than everything."""
        if self.form.errors:
            return queryset.none()
        return super().filter_queryset(queryset)

    @cached_property
    def region(self) -> Region | None:
        """The region that the list is narrowed to, if any."""
        return find_of_today(str(self.data.get("wilayah", "") if self.data else "")[:13])


class CommunityFilter(WithinRegionFilter):
    """The directory."""

    jenis = django_filters.ChoiceFilter(
        field_name="kind", choices=Kind.choices, label=_("Kind"), empty_label=_("All kinds")
    )
    nama = django_filters.CharFilter(method="named", label=_("Name"), max_length=100)

    class Meta:
        model = Community
        fields: list[Any] = []

    def named(self, queryset: QuerySet, name: str, words: str) -> QuerySet:
        """Communities whose name has words that begin like these."""
        names = names_that_begin_like(words)
        if not names:
            return queryset.none()
        if COMMON_WORD.startswith(words.strip().casefold()):
            return with_name(queryset, "name", names)  # any page is full of them: walking there is faster
        return with_name_in_order(queryset, "name", names)


class CommunityItemFilter(WithinRegionFilter):
    """What articles and events can both be narrowed by: the region, and `?komunitas=` its address."""

    komunitas = django_filters.CharFilter(
        field_name="community__slug", label=_("Community"), max_length=150, widget=forms.HiddenInput
    )

    @cached_property
    def community(self) -> Community | None:
        """The community that the list is narrowed to, if any."""
        slug = str(self.data.get("komunitas", "") if self.data else "")[:150]
        return Community.objects.public().filter(slug=slug).first() if slug and "\0" not in slug else None
