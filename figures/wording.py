"""A figure for people."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from figures.definitions import Figure


def in_words(figure: Figure, number: float | None) -> str:
    """A number as it is written: "1.204", "2 hari 4 jam", "–"."""
    if number is None:
        return "–"
    if not figure.is_median:
        return str(intcomma(int(number)))
    days, hours = divmod(round(number), 24)
    parts = [ngettext("%(n)d day", "%(n)d days", days) % {"n": days}] if days else []
    if hours or not days:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    return " ".join(parts)


def change_in_words(figure: Figure, now: float | None, before: float | None) -> str:
    """What changed against the period before; empty where that cannot be known."""
    if before is None or now is None:
        return ""
    if figure.is_median:
        return _("before: %(time)s") % {"time": in_words(figure, before)}
    more = int(now - before)
    return f"{more:+d}".replace("-", "−") if more else _("unchanged")


def percent(share: float) -> str:
    """A share of a hundred: "0%", "<1%", "37%", and "100%" for nothing less than all."""
    if 0 < share < 1:
        return "<1%"
    return f"{int(share)}%"
