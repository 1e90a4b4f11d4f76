"""What became of a region that a decree has closed: its successors, and how an old code is still read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.codes import code_range, is_code

if TYPE_CHECKING:
    from regions.models import Region

# Every region that has become one in the range, by however many decrees.
_PREDECESSORS = """
    WITH RECURSIVE past AS (
        SELECT old_id FROM regions_regionsuccession WHERE new_id >= %s AND new_id < %s
        UNION
        SELECT earlier.old_id FROM regions_regionsuccession earlier JOIN past ON earlier.new_id = past.old_id
    ) SELECT old_id FROM past ORDER BY old_id
"""
# More decrees in a row than one region will ever see: a circle ends here.
MOST_STEPS = 20


class RegionSuccession(models.Model):
    """That one region followed another. A region that was split has several, one of them by default."""

    old = models.ForeignKey("regions.Region", models.CASCADE, related_name="successions", db_index=False)
    new = models.ForeignKey("regions.Region", models.PROTECT, related_name="predecessions")
    # Where everything of the old region went; the office looks at it again where there are several.
    is_default = models.BooleanField(default=True)
    decree = models.CharField(max_length=120)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of a region")
        verbose_name_plural = _("changes of regions")
        constraints = (
            models.UniqueConstraint(fields=["old", "new"], name="region_follows_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(is_default=True), name="region_has_one_default_successor"
            ),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="region_does_not_follow_itself"),
        )

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


def successors_of(region: Region) -> list[Region]:
    """What a closed region has become, the default first; nothing for one that is open or just ended."""
    if region.closed_at is None:
        return []
    found = RegionSuccession.objects.filter(old=region).select_related("new__parent")
    return [each.new for each in found.order_by("-is_default", "new_id")]


def of_today(region: Region | None) -> Region | None:
    """The region itself while it exists, else what followed it by default; itself where nothing did."""
    found = region
    for _step in range(MOST_STEPS):
        following = successors_of(found) if found else []
        if not following:
            break
        found = following[0]
    return found


def find_of_today(code: str | None) -> Region | None:
    """The region that the code means today, also where a decree has closed it since."""
    from regions.models import Region

    if not is_code(code):
        return None
    return of_today(Region.objects.select_related("parent").filter(code=code).first())


def codes_of_the_past(region: Region | str) -> list[str]:
    """Closed codes that have become the region, or something in it.

    For the history, which is never rewritten: everything else is moved when regions change.
    """
    code = region if isinstance(region, str) else region.code
    with connection.cursor() as cursor:
        cursor.execute(_PREDECESSORS, code_range(code))
        return [old for (old,) in cursor.fetchall()]
