"""Makes petak.csv: which column and row of a small grid each province and regency has, roughly as on the map.

    python regions/data/make_petak.py islands.csv regencies.csv > regions/data/petak.csv

Provinces are placed by hand. A regency lies where its islands lie (islands.csv of idn-area-data), or, where
it has none, between those whose codes stand beside its own; then each takes the free tile nearest to it.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

PROVINCES = {
    "11": (1, 1), "12": (2, 2), "13": (2, 3), "14": (3, 3), "21": (4, 2), "15": (3, 4), "17": (3, 5),
    "16": (4, 5), "19": (5, 5), "18": (4, 6), "36": (5, 7), "31": (6, 7), "32": (6, 8), "33": (7, 7),
    "34": (7, 8), "35": (8, 7), "51": (9, 8), "52": (10, 8), "53": (11, 8), "61": (5, 3), "62": (6, 4),
    "64": (7, 3), "65": (7, 2), "63": (7, 4), "75": (9, 2), "71": (10, 2), "72": (9, 3), "76": (9, 4),
    "73": (9, 5), "74": (10, 5), "82": (11, 3), "81": (11, 5), "96": (12, 3), "92": (12, 4), "91": (13, 3),
    "94": (13, 4), "95": (13, 5), "93": (13, 6),
}  # fmt: skip
_ANGLE = re.compile(r"(\d+)°(\d+)'([\d.]+)\"* *([NSEW])")
Point = tuple[float, float]


def degrees(text: str) -> Point:
    """Longitude and latitude (southwards) of a coordinate as the list of islands writes it."""
    north, east = (
        (int(d) + int(m) / 60 + float(s) / 3600) * (-1 if side in "SW" else 1)
        for d, m, s, side in _ANGLE.findall(text)
    )
    return east, -north


def centres(islands: Path) -> dict[str, Point]:
    """The middle of the islands of each regency that has any."""
    points = defaultdict(list)
    for row in csv.DictReader(islands.open()):
        if row["regency_code"] and len(_ANGLE.findall(row["coordinate"])) == 2:
            points[row["regency_code"]].append(degrees(row["coordinate"]))
    return {code: _middle(found) for code, found in points.items()}


def _middle(points: list[Point]) -> Point:
    xs, ys = sorted(x for x, _y in points), sorted(y for _x, y in points)
    return xs[len(xs) // 2], ys[len(ys) // 2]


def between(codes: list[str], known: dict[str, Point]) -> dict[str, Point]:
    """A point for every regency of a province; those without islands lie between their neighbours by code."""
    given = [index for index, code in enumerate(codes) if code in known]
    if len(given) * 2 < len(codes):
        side = math.ceil(math.sqrt(len(codes)))
        return {code: (index % side, index // side) for index, code in enumerate(codes)}
    found = {}
    for index, code in enumerate(codes):
        left = max((other for other in given if other <= index), default=given[0])
        right = min((other for other in given if other >= index), default=given[-1])
        share = (index - left) / (right - left) if right > left else 0
        (x, y), (x2, y2) = known[codes[left]], known[codes[right]]
        found[code] = (x + (x2 - x) * share, y + (y2 - y) * share)
    return found


def tiles(points: dict[str, Point]) -> dict[str, tuple[int, int]]:
    """The free tile nearest to each point, on a grid with about a third more tiles than needed."""
    xs, ys = [x for x, _y in points.values()], [y for _x, y in points.values()]
    width, height = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1
    wide = min(max(round(math.sqrt(len(points) * 1.35 * width / height)), 2), 8)
    high = max(math.ceil(len(points) * 1.35 / wide), 2)
    free = {(column, row) for column in range(wide) for row in range(high)}
    taken = {}
    for code, (x, y) in sorted(points.items(), key=lambda item: (item[1][1], item[1][0])):
        spot = ((x - min(xs)) / width * (wide - 1), (y - min(ys)) / height * (high - 1))
        nearest = min(free, key=lambda tile: (math.dist(tile, spot), tile))
        free.remove(nearest)
        taken[code] = nearest
    return _without_gaps(taken)


def _without_gaps(taken: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    columns = sorted({column for column, _row in taken.values()})
    rows = sorted({row for _column, row in taken.values()})
    return {code: (columns.index(c) + 1, rows.index(r) + 1) for code, (c, r) in taken.items()}


def main() -> None:
    """Print the table."""
    islands, regencies = map(Path, sys.argv[1:3])
    known = centres(islands)
    by_province = defaultdict(list)
    for row in csv.DictReader(regencies.open()):
        by_province[row["code"][:2]].append(row["code"])
    table = dict(PROVINCES)
    for codes in by_province.values():
        table |= tiles(between(sorted(codes), known))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["code", "column", "row"])
    writer.writerows([code, *place] for code, place in sorted(table.items()))


if __name__ == "__main__":
    main()
