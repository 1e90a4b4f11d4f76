"""What an office is called: data, since ministries and offices change their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Office

if TYPE_CHECKING:
    from regions.models import Region

# How addresses and forms call the region that has no code.
NATION = "nasional"


def office_name(region: Region | None) -> str:
    """The name of the office of a region; of none, the ministry's."""
    found = _office(region)
    if found:
        return found.name
    if region is None:
        return str(settings.MINISTRY_NAME)
    return _("the office of %(region)s") % {"region": region.label}


def _office(region: Region | None) -> Office | None:
    """The office, asked for only where it did not come with the region."""
    if region is not None and "office" in region._state.fields_cache:
        return getattr(region, "office", None)
    return Office.objects.filter(region=region).first()
