"""A province whose every code changes, in a portal with a community in each of Indonesia's villages.

    python -m benchmarks.decree [--communities 83762] [--followers 200000] [--villages 1500]

Makes a database of its own, fills it by COPY and drops it in the end. Takes the province with about so many
villages, gives it a new code and all that lies in it, and measures `manage.py change_regions`: the dry run,
the change, and the same once more. Prints the counts, and the figures as JSON on the last line.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import django

ONLY = "decree"
NEW_PROVINCE = "99"
_FOLLOWERS = """
    INSERT INTO notifications_subscription (user_id, region_id, wants_email, created_at)
    SELECT person.id, place.code, TRUE, now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts_user) person
    CROSS JOIN generate_series(0, 9) again
    JOIN (SELECT code, row_number() OVER (ORDER BY code) AS n FROM regions_region) place
        ON place.n = 1 + (person.n * 7919 + again * 104729) %% 91599
    LIMIT %s ON CONFLICT DO NOTHING
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--communities", type=int, default=83_762)
    parser.add_argument("--followers", type=int, default=200_000)
    parser.add_argument("--villages", type=int, default=1_500)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    from benchmarks.databases import own_databases

    with own_databases("benchmark", [ONLY]) as databases, databases.using(ONLY):
        _fill(options)
        print(json.dumps(measure(_province_of(options.villages))))


def _fill(options: argparse.Namespace) -> None:
    from django.db import connection

    from benchmarks import filling
    from benchmarks.databases import filling_fast, settle

    with filling_fast(filling.tables()):
        filled = filling.fill(filling.Size(options.communities, 2_000))
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWERS, [options.followers])
        print(f"filled: {filled.rows}, {cursor.rowcount} followers of regions", flush=True)
    settle()


def _province_of(villages: int) -> str:
    from django.db.models import Count
    from django.db.models.functions import Left

    from regions.models import Level, Region

    counted = Region.objects.at(Level.VILLAGE).order_by().values(province=Left("code", 2))
    found = counted.annotate(number=Count("pk")).values_list("province", "number")
    return min(found, key=lambda row: abs(row[1] - villages))[0]


def measure(province: str) -> dict[str, Any]:
    """Rehearse, change, and change again."""
    from accounts.models import User
    from office.decree.applying import Change, change_regions
    from office.decree.telling import tell
    from regions.changing.lists import Pair, read_list

    with tempfile.TemporaryDirectory() as folder:
        wanted = read_list(_list(province, Path(folder)), [province, NEW_PROVINCE])
    pairs = [Pair(province, NEW_PROVINCE, is_default=True, line=2)]
    by = User.objects.order_by("pk").first()

    def run(*, apply: bool) -> tuple[float, Change]:
        began = time.perf_counter()
        only = [province, NEW_PROVINCE]
        change = change_regions(wanted, pairs, by=by, decree="Measured", only=only, apply=apply)
        return round(time.perf_counter() - began, 1), change

    rehearsed, _told = run(apply=False)
    took, change = run(apply=True)
    again, second = run(apply=True)
    print("\n".join(tell(change, 3)))
    return {
        "province": province,
        "regions_closed": len(change.plan.closed),
        "rows_moved": sum(row.moved for row in change.counts),
        "seconds": {"dry_run": rehearsed, "apply": took, "again": again},
        "again_did_nothing": second.did_nothing,
    }


def _list(province: str, folder: Path) -> Path:
    """What lies in the province, under its new code."""
    from regions.models import Region

    rows = Region.objects.within(province).order_by("code").values_list("code", "kind", "time_zone", "name")
    path = folder / "decree.csv"
    lines = [f"{NEW_PROVINCE}{row[0][2:]},{row[1]},{row[2]},{row[3]}\n" for row in rows]
    path.write_text("code,kind,time_zone,name\n" + "".join(lines))
    return path


if __name__ == "__main__":
    main()
