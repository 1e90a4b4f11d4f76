"""Where it happened: a region within the regency of the community, and the dateline that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regions.forms import RegionField
from regions.models import Level, Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django import forms

    from communities.models import Community

# The code of a regency is so long; that of a province, where a forum may stand, is shorter.
REGENCY = 5


def region_field() -> RegionField:
    """The picker of the composer: a village or a district, or nothing."""
    return RegionField(
        Level.VILLAGE,
        shallowest=Level.DISTRICT,
        required=False,
        label=_("Region of what happened"),
        help_text=_("Within your regency. Empty: the village of your KIM."),
    )


def around(community: Community) -> str:
    """The code of the region within which a community writes: its regency, or what a forum stands for."""
    return community.region_id[:REGENCY]


def is_within(code: str, community: Community) -> bool:
    """Whether a community may say of something that it happened in the region of this code."""
    outer = around(community)
    return code == outer or code.startswith(f"{outer}.")


def bind(form: forms.BaseForm, communities: Iterable[Community] | None) -> None:
    """Let the picker of a form offer the regency of those who may write; of several, all of them."""
    writing = {around(community): community for community in communities or ()}
    field = cast(RegionField, form.fields["region"])
    if len(writing) == 1:
        field.within = _outer(*writing.values())


def is_left_out(form: forms.BaseForm) -> bool:
    """Whether the form that was sent did not ask for it."""
    widget, name = form.fields["region"].widget, form.add_prefix("region")
    return widget.value_omitted_from_data(form.data, form.files, name)


def _outer(community: Community) -> Region | None:
    """The regency by way of the parents, which may have come along already."""
    region: Region | None = community.region
    while region and region.code != around(community):
        region = region.parent
    return region


def require_within(region: Region | None, community: Community | None) -> None:
    """ValidationError for a region that lies elsewhere."""
    if region and community and not is_within(region.code, community):
        raise ValidationError(
            _("%(region)s lies outside the regency of your KIM."), params={"region": region.label}
        )


def dateline(typed: str, region: Region | None, community: Community, before: Region | None) -> str:
    """What was typed; where that is but the name of the own or the former region, the one that was chosen."""
    names = {"", community.region.name.upper(), *([before.name.upper()] if before else [])}
    return (region or community.region).name.upper() if typed in names else typed
