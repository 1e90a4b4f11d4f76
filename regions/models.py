"""The regions of Indonesia by their official codes."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.codes import codes_upwards
from regions.querysets import RegionQuerySet
from regions.search import Words
from regions.succession import RegionSuccession

__all__ = ["Kind", "Level", "Region", "RegionSuccession", "TimeZone"]

JAKARTA = "31"
YOGYAKARTA = "34"
PAPUA = "9"  # every code on the island begins so, also of provinces to come


class Level(models.IntegerChoices):
    """How deep a region lies: the number of parts of its code."""

    PROVINCE = 1, _("Province")
    REGENCY = 2, _("Regency or city")
    DISTRICT = 3, _("District")
    VILLAGE = 4, _("Village")


class Kind(models.TextChoices):
    """What a region is by law. The labels are parts of names, so they are Indonesian everywhere."""

    PROVINCE = "province", "Provinsi"
    REGENCY = "regency", "Kabupaten"
    CITY = "city", "Kota"
    DISTRICT = "district", "Kecamatan"
    VILLAGE = "village", "Desa"
    URBAN_VILLAGE = "urban_village", "Kelurahan"
    CUSTOMARY_VILLAGE = "customary_village", "Desa Adat"


class TimeZone(models.TextChoices):
    """The three time zones; the labels are what people write after the hour."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


KINDS_BY_LEVEL = {
    Level.PROVINCE: (Kind.PROVINCE,),
    Level.REGENCY: (Kind.REGENCY, Kind.CITY),
    Level.DISTRICT: (Kind.DISTRICT,),
    Level.VILLAGE: (Kind.VILLAGE, Kind.URBAN_VILLAGE, Kind.CUSTOMARY_VILLAGE),
}
CODE_BY_LEVEL = {
    Level.PROVINCE: r"^[0-9]{2}$",
    Level.REGENCY: r"^[0-9]{2}\.[0-9]{2}$",
    Level.DISTRICT: r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$",
    Level.VILLAGE: r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$",
}


def _any_level(lookup: str, by_level: dict) -> Q:
    """A condition that holds another value for each level."""
    condition = Q()
    for level, value in by_level.items():
        condition |= Q(("level", int(level)), (lookup, value))
    return condition


class Region(models.Model):
    """A province, regency or city, district, or village. Its code is its path."""

    code = models.CharField(max_length=13, primary_key=True, db_collation="C")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    time_zone = models.CharField(max_length=20, choices=TimeZone.choices)
    # "Toman, Babat Toman, Musi Banyuasin, Sumatera Selatan": what is searched, and tells namesakes apart.
    full_name = models.CharField(max_length=200)
    # Set when a decree no longer names the region; what followed it stands in RegionSuccession.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="region_level_fits_code", condition=_any_level("code__regex", CODE_BY_LEVEL)
            ),
            models.CheckConstraint(
                name="region_kind_fits_level", condition=_any_level("kind__in", KINDS_BY_LEVEL)
            ),
            models.CheckConstraint(
                name="region_parent_fits_code",
                condition=Q(level=1, parent=None)
                | Q(
                    level__gt=1,
                    parent__isnull=False,
                    parent=Func(F("code"), Value(r"\.[0-9]+$"), Value(""), function="regexp_replace"),
                ),
            ),
            models.CheckConstraint(
                name="region_time_zone_is_known", condition=Q(time_zone__in=TimeZone.values)
            ),
        )
        indexes = (
            models.Index(fields=("parent", "name"), name="region_children"),
            GinIndex(Words("name"), name="region_name_words", fastupdate=False),
            GinIndex(Words("full_name"), name="region_full_name_words", fastupdate=False),
        )

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The public page of the region."""
        return reverse("home:region", args=[self.code])

    @property
    def label(self) -> str:
        """The name with what it is: "Desa Toman", "Kabupaten Musi Banyuasin", "Kota Palembang"."""
        title = self.title
        if not title or self.name.startswith(f"{title} "):
            return self.name
        return f"{title} {self.name}"

    @property
    def title(self) -> str:
        """The official word before the name; empty where the name says it itself."""
        province = self.code[:2]
        if self.level == Level.PROVINCE and province in (JAKARTA, YOGYAKARTA):
            return ""
        if self.level == Level.REGENCY and province == JAKARTA:
            return f"{Kind(self.kind).label} Administrasi"
        if self.level == Level.DISTRICT and province.startswith(PAPUA):
            return "Distrik"
        return str(Kind(self.kind).label)

    @property
    def place(self) -> str:
        """Where it lies, to tell namesakes apart: "Babat Toman, Musi Banyuasin, Sumatera Selatan"."""
        own = f"Kota {self.name}" if self.kind == Kind.CITY else self.name
        return self.full_name.removeprefix(own).removeprefix(", ")

    @property
    def ancestor_codes(self) -> list[str]:
        """Own code first, then upwards: 16.06.07.2001, 16.06.07, 16.06, 16."""
        return codes_upwards(self.code)

    def ancestors(self, *, include_self: bool = False) -> RegionQuerySet:
        """The regions above this one, from the province down."""
        codes = self.ancestor_codes if include_self else self.ancestor_codes[1:]
        return Region.objects.filter(code__in=codes).order_by("level")

    @property
    def lineage(self) -> list[Region]:
        """From the province down to this one, by the parents; free where they were selected along."""
        above = self.parent.lineage if self.parent else []
        return [*above, self]

    def contains(self, other: Region) -> bool:
        """Whether `other` is this region or lies beneath it."""
        return other.code == self.code or other.code.startswith(f"{self.code}.")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone that clocks in the region show."""
        return ZoneInfo(self.time_zone)

    @property
    def today(self) -> date:
        """The day that calendars in the region show."""
        return timezone.now().astimezone(self.zone).date()

    @property
    def zone_abbreviation(self) -> str:
        """WIB, WITA or WIT."""
        return str(TimeZone(self.time_zone).label)
