"""Finding the village that a row means: by its code, or by its name and what lies above it."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches
from typing import NamedTuple

from accounts.models import Posting
from accounts.roles import Duty, roles_with
from imports.values import Wrong
from regions.models import Level, Region

_KIND = re.compile(
    r"^(desa adat|desa|ds|kelurahan|kel|nagari|kampung|kecamatan|kec|distrik|kabupaten|kab|kota)\b[. ]*"
)
# Looking for alike names costs time with each name: enough of them for an office to see what is wrong.
MOST_SUGGESTIONS = 400
MOST_NAMES = 4000


class Village(NamedTuple):
    """What the index knows of a village."""

    code: str
    name: str
    district: str
    regency: str


def plain(name: str) -> str:
    """A name of a region as it is compared: small letters, without the word for its kind."""
    small = " ".join(re.findall(r"[a-z0-9]+", name.casefold()))
    return (_KIND.sub("", small) or small).replace(" ", "")


class Villages:
    """Every village of an office's region, read once for a whole spreadsheet."""

    def __init__(self, region: Region | None) -> None:
        self.region = region
        self.by_code: dict[str, Village] = {}
        self.by_name: dict[str, list[Village]] = defaultdict(list)
        self._suggested: dict[str, list[str]] = {}
        self._elsewhere = _regions_of_lower_offices(region)
        found = Region.objects.within(region).at(Level.VILLAGE).open()
        for row in found.values_list("code", "name", "parent__name", "parent__parent__name"):
            village = Village(*row)
            self.by_code[village.code] = village
            self.by_name[plain(village.name)].append(village)

    def find(self, *, code: str, name: str, district: str, regency: str) -> Village:
        """The village meant. Wrong with words for the office where it is none, several, or not theirs."""
        village = self._by_code(code) if code.strip() else self._by_name(name, district, regency)
        for lower, label in self._elsewhere.items():
            if village.code.startswith(f"{lower}."):
                raise Wrong("other_office", office=label)
        return village

    def _by_code(self, text: str) -> Village:
        digits = re.sub(r"\D", "", text)
        if len(digits) != 10:
            raise Wrong("village_code", text=text[:40])
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
        if village := self.by_code.get(code):
            return village
        outside = Region.objects.filter(pk=code).select_related("parent__parent").first()
        if outside is None:
            raise Wrong("village_code_unknown", code=code)
        if self.region is None or self.region.contains(outside):
            raise Wrong("village_closed", code=code)
        raise Wrong("village_outside", place=outside.full_name)

    def _by_name(self, name: str, district: str, regency: str) -> Village:
        if not name.strip():
            raise Wrong("village_missing")
        # "Toman, Babat Toman" says both.
        name, _, rest = name.partition(",")
        district = district or rest
        found = self.by_name.get(plain(name), [])
        narrowed = _narrowed(_narrowed(found, "district", district), "regency", regency)
        if len(narrowed) == 1:
            return narrowed[0]
        if narrowed:
            several = ", ".join(sorted(f"{each.district} ({each.code})" for each in narrowed)[:5])
            raise Wrong("village_several", name=name[:80], places=several)
        if found:
            places = ", ".join(sorted(f"{each.district} ({each.code})" for each in found)[:5])
            raise Wrong("village_other_district", name=name[:80], places=places)
        raise Wrong("village_unknown", name=name[:80], suggestions=", ".join(self._alike(name)))

    def _alike(self, name: str) -> list[str]:
        key = plain(name)
        if key not in self._suggested:
            if len(self._suggested) >= MOST_SUGGESTIONS or len(self.by_name) > MOST_NAMES:
                return []
            keys = get_close_matches(key, self.by_name, n=3, cutoff=0.7)
            self._suggested[key] = [
                f"{village.name} ({village.district})" for each in keys for village in self.by_name[each][:2]
            ][:4]
        return self._suggested[key]


def _narrowed(found: list[Village], level: str, name: str) -> list[Village]:
    return [each for each in found if not name.strip() or plain(getattr(each, level)) == plain(name)]


def _regions_of_lower_offices(region: Region | None) -> dict[str, str]:
    """Where another office decides, beneath this one: its region's code, and how it is called."""
    beneath = Posting.objects.current().filter(role__in=roles_with(Duty.REGISTRY), region__isnull=False)
    if region is not None:
        beneath = beneath.filter(region__code__startswith=f"{region.code}.")
    found = Region.objects.filter(pk__in=beneath.values("region"))
    return {lower.code: lower.label for lower in found}
