"""Times as the clocks of a region show them: {{ article.published_at|local_time:article.region }}."""

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.dateformat import format as spelled
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

JAKARTA = ZoneInfo("Asia/Jakarta")


class HasZone(Protocol):
    """A region, or anything else that knows its time zone."""

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock counts."""


@register.filter(expects_localtime=False)
def local_time(moment: datetime | None, place: HasZone | None = None) -> str:
    """Sabtu, 21 November 2026, 08.10 WIB."""
    local = _local(moment, place)
    return f"{spelled(local, 'l, j F Y')}, {_clock(local)}" if local else ""


@register.filter(expects_localtime=False)
def local_date(moment: datetime | None, place: HasZone | None = None) -> str:
    """21 November 2026."""
    local = _local(moment, place)
    return spelled(local, "j F Y") if local else ""


@register.filter(expects_localtime=False)
def local_clock(moment: datetime | None, place: HasZone | None = None) -> str:
    """08.10 WIB."""
    local = _local(moment, place)
    return _clock(local) if local else ""


@register.filter(expects_localtime=False)
def ago(moment: datetime | None, place: HasZone | None = None) -> str:
    """How long ago, in the words that say most: 2 jam lalu; kemarin, 16.20 WIB; 20 November."""
    local = _local(moment, place)
    if not local:
        return ""
    now = timezone.now().astimezone(local.tzinfo)
    days = (now.date() - local.date()).days
    if local > now or days > 1:
        return spelled(local, "j F" if local.year == now.year else "j F Y")
    if days == 1:
        return gettext("yesterday, %(clock)s") % {"clock": _clock(local)}
    return _today(now - local)


def _today(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def _local(moment: datetime | None, place: HasZone | None) -> datetime | None:
    # A template hands over "" for what is missing.
    return moment.astimezone(place.zone if place else JAKARTA) if moment else None


def _clock(local: datetime) -> str:
    pattern = "H.i" if (get_language() or "").startswith("id") else "H:i"
    return f"{spelled(local, pattern)} {local.tzname()}"
