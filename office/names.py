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
    found = Office.objects.filter(region=region).first()
    if found:
        return found.name
    if region is None:
        return str(settings.MINISTRY_NAME)
    return _("the office of %(region)s") % {"region": region.label}
