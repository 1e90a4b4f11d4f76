"""Makes regions.csv.gz from the npm package idn-area-data.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
    python regions/data/make_regions.py package

The same input gives the same bytes. After a new decree: take the package's new version here, in NOTICE.md
and in the counts of regions/loading.py, and give every new province its time zone below.
"""

import argparse
import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).with_name("regions.csv.gz")
WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}
WIB = {*map(str, range(11, 20)), "21", *map(str, range(31, 37)), "61", "62"}
VILLAGE_KINDS = {"1": "urban_village", "2": "village", "3": "customary_village"}
REGENCY_KINDS = {
    "Kabupaten Administrasi ": "regency",
    "Kota Administrasi ": "city",
    "Kabupaten ": "regency",
    "Kota ": "city",
}


def time_zone(code: str) -> str:
    """The time zone of the province that the code begins with; an unknown province is an error."""
    zones = {"Asia/Jakarta": WIB, "Asia/Makassar": WITA, "Asia/Jayapura": WIT}
    return next(zone for zone, provinces in zones.items() if code[:2] in provinces)


def regency(name: str) -> tuple[str, str]:
    """Kind and bare name of "Kabupaten Musi Banyuasin" or "Kota Administrasi Jakarta Pusat"."""
    prefix = next(prefix for prefix in REGENCY_KINDS if name.startswith(prefix))
    return REGENCY_KINDS[prefix], name.removeprefix(prefix)


def kind_and_name(code: str, name: str) -> tuple[str, str]:
    """What the region is, and its name without that word."""
    level = code.count(".") + 1
    if level == 2:
        return regency(name)
    if level == 4:
        return VILLAGE_KINDS[code[9]], name.removeprefix("Desa Adat ")
    return ("province" if level == 1 else "district"), name


def rows(package: Path) -> Iterator[tuple[str, str, str, str]]:
    """Code, kind, time zone and name of every region."""
    for part in ("provinces", "regencies", "districts", "villages"):
        with (package / "data" / f"{part}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                kind, name = kind_and_name(row["code"], " ".join(row["name"].split()))
                yield row["code"], kind, time_zone(row["code"]), name


def main() -> None:
    """Write the file that the loader reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked package's folder")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "kind", "time_zone", "name"))
    writer.writerows(sorted(rows(parser.parse_args().package)))
    TARGET.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
