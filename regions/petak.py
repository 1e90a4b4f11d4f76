"""The `petak` map: parts of a region as equal tiles, so that small ones are easy to see.

Provinces and regencies stand roughly as on the map; districts and villages, whose places are not known here,
in the order of their codes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regions.models import Kind, Level, Region, RegionSuccession

TABLE = Path(__file__).parent / "data" / "petak.csv"
# Shades of a tile: 0 is nothing, 4 the most.
STEPS = 4
# The two letters of ISO 3166-2:ID.
PROVINCES = {
    "11": "AC", "12": "SU", "13": "SB", "14": "RI", "15": "JA", "16": "SS", "17": "BE", "18": "LA",
    "19": "BB", "21": "KR", "31": "JK", "32": "JB", "33": "JT", "34": "YO", "35": "JI", "36": "BT",
    "51": "BA", "52": "NB", "53": "NT", "61": "KB", "62": "KT", "63": "KS", "64": "KI", "65": "KU",
    "71": "SA", "72": "ST", "73": "SN", "74": "SG", "75": "GO", "76": "SR", "81": "MA", "82": "MU",
    "91": "PA", "92": "PB", "93": "PS", "94": "PT", "95": "PE", "96": "PD",
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One region on the map. `shown` is its figure in words, `step` its shade.

    `column` and `row` are 0 where it stands in order, not in its place.
    """

    region: Region
    column: int
    row: int
    step: int
    shown: str
    url: str

    @property
    def is_placed(self) -> bool:
        """Whether it stands roughly where it lies."""
        return self.column > 0

    @property
    def short(self) -> str:
        """A few letters for a narrow screen: "SS", "MB", "PLG"."""
        if self.region.level == Level.PROVINCE:
            return PROVINCES.get(self.region.code, self.region.name[:2].upper())
        words = self.region.name.split()
        return "".join(word[0] for word in words[:3]) if len(words) > 1 else words[0][:3]

    @property
    def is_city(self) -> bool:
        """A city is named like the regency around it, so it is marked."""
        return self.region.kind == Kind.CITY


@cache
def places() -> dict[str, tuple[int, int]]:
    """Column and row of each province and regency by code."""
    with TABLE.open() as file:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}


def _placed(codes: list[str]) -> dict[str, tuple[int, int]]:
    """The place of each; a region of a new decree takes that of the one it follows, or a free one."""
    table = {code: places()[code] for code in codes if code in places()}
    fresh = [code for code in codes if code not in table]
    if not fresh:
        return table
    followed = RegionSuccession.objects.filter(new__in=fresh, is_default=True).order_by("-old")
    before = dict(followed.values_list("new_id", "old_id"))
    for code in fresh:
        place = places().get(before.get(code, ""))
        if place and place not in table.values():
            table[code] = place
    return table | dict(zip([code for code in fresh if code not in table], _free(table), strict=False))


def _free(table: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Cells between the others that nobody has, from the lower right."""
    width = max((column for column, _row in table.values()), default=0)
    height = max((row for _column, row in table.values()), default=0)
    cells = [(column, row) for row in range(height, 0, -1) for column in range(width, 0, -1)]
    return [cell for cell in cells if cell not in table.values()]


def tiles(
    regions: Iterable[Region],
    figure: Callable[[Region], float],
    *,
    shown: Callable[[Region], str],
    url: Callable[[Region], str],
    most: float | None = None,
) -> list[Tile]:
    """The tiles of regions of one level, in reading order: each in its place, or all in the order of codes.

    None for a single one, which is no map.
    figure: what shades a tile, from 0 to `most` (by default that of the highest).
    """
    parts = list(regions)
    if len(parts) < 2:
        return []
    table = _placed([region.code for region in parts]) if parts[0].level <= Level.REGENCY else {}
    is_placed = len(table) == len(parts)
    values = {region.code: figure(region) for region in parts}
    highest = most or max(values.values())
    found = [
        Tile(
            region,
            *(table[region.code] if is_placed else (0, 0)),
            step(values[region.code], highest),
            shown(region),
            url(region),
        )
        for region in parts
    ]
    return sorted(found, key=lambda tile: (tile.row, tile.column, tile.region.code))


def step(value: float, highest: float) -> int:
    """The shade of a value: 0 for none, then a quarter of the highest each."""
    if value <= 0 or highest <= 0:
        return 0
    return min(int(value / highest * STEPS - 1e-9) + 1, STEPS)
