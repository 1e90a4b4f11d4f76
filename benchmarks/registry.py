"""The registry with a community in each of Indonesia's villages, against one of a hundred.

    python -m benchmarks.registry [--communities 83762] [--few 100] [--officers 2000] [--repeat 30]
                                  [--no-jobs] [--plans]

Makes two databases of its own, fills them by COPY and drops them in the end. The same pages are opened in
both by turns. Prints a table, and the same as JSON on the last line; exit code 1 where a page
that is guarded (desk, directory, region, kept overview) takes half as long again as in the small one, or any
page asks the database more often.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from operator import truediv
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from benchmarks.databases import Databases
    from benchmarks.visits import Page, Visitors

PROMISED_RATIO = 1.5
FEW, MANY = "few", "many"


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    from benchmarks.databases import own_databases

    with own_databases("benchmark_registry", [FEW, MANY]) as databases:
        result = run(databases, options)
    print(json.dumps(result))
    sys.exit(not is_kept(result["pages"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--communities", type=int, default=83_762)
    parser.add_argument("--few", type=int, default=100, help="communities of the small portal")
    parser.add_argument("--officers", type=int, default=2_000)
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument(
        "--plans", action="store_true", help="show what PostgreSQL does for the slowest queries"
    )
    parser.add_argument(
        "--no-jobs", action="store_true", help="only the pages, not the work in the background"
    )
    return parser.parse_args()


def run(databases: Databases, options: argparse.Namespace) -> dict[str, Any]:
    """Fill both, open the pages in both, and let the large one do its work in the background."""
    from benchmarks.filling import Size
    from benchmarks.jobs import measure_jobs
    from benchmarks.visits import as_in_production, pages

    sizes = {
        FEW: Size(options.few, min(20, options.officers)),
        MANY: Size(options.communities, options.officers),
    }
    with as_in_production():
        visitors = {name: _fill(databases, name, size) for name, size in sizes.items()}
        measured = [measure(databases, visitors, page, options) for page in pages()]
        print(table(measured))
        jobs = []
        if not options.no_jobs:
            with databases.using(MANY):
                jobs = measure_jobs()
        print(
            "\n".join(f"{job['job']:<40}{job['seconds']:>9.1f} s{job['grown_mb']:>9.1f} MB" for job in jobs)
        )
    return {"communities": options.communities, "few": options.few, "pages": measured, "jobs": jobs}


def _fill(databases: Databases, name: str, size: Any) -> Visitors:
    from benchmarks import filling
    from benchmarks.databases import filling_fast, settle
    from benchmarks.visits import Visitors

    began = time.perf_counter()
    with databases.using(name):
        with filling_fast(filling.tables()):
            filled = filling.fill(size)
        settle()
        visitors = Visitors.of(filled)
    print(f"filled in {time.perf_counter() - began:.1f} s: {filled.rows}", flush=True)
    return visitors


def measure(
    databases: Databases, visitors: dict[str, Visitors], page: Page, options: argparse.Namespace
) -> dict[str, Any]:
    """One page in both portals by turns, so that a slow moment of the machine meets both."""
    from benchmarks.plans import show_plans
    from benchmarks.visits import queries_of, summary

    addresses, asked = {}, {}
    for name in (FEW, MANY):
        with databases.using(name) as connection:
            addresses[name] = page.address()
            page.prepare()
            visitors[name].open(page, addresses[name])  # warm
            page.prepare()
            asked[name] = queries_of(connection, lambda: visitors[name].open(page, addresses[name]))  # noqa: B023
            if options.plans and name == MANY:
                page.prepare()
                show_plans(page.name, connection, lambda: visitors[name].open(page, addresses[name]))  # noqa: B023
    took: dict[str, list[float]] = {FEW: [], MANY: []}
    for turn in range(options.repeat):
        for name in (FEW, MANY) if turn % 2 else (MANY, FEW):
            with databases.using(name):
                page.prepare()
                took[name].append(visitors[name].open(page, addresses[name]))
    return {
        "page": page.name,
        "is_guarded": page.is_guarded,
        "queries": [len(asked[FEW]), len(asked[MANY])],
        "median_ms": [summary(took[FEW])[0], summary(took[MANY])[0]],
        "p95_ms": [summary(took[FEW])[1], summary(took[MANY])[1]],
        # Of neighbours in time: what the machine does besides meets both of a pair.
        "ratio": round(statistics.median(map(truediv, took[MANY], took[FEW])), 2),
    }


def table(measured: list[dict[str, Any]]) -> str:
    """For people: few beside many."""
    lines = [f"{'page':<34}{'queries':>12}{'median, ms':>20}{'95 of 100, ms':>20}{'ratio':>8}"]
    for row in measured:
        cells = [f"{few:,} / {many:,}" for few, many in (row["queries"], row["median_ms"], row["p95_ms"])]
        lines.append(f"{row['page']:<34}{cells[0]:>12}{cells[1]:>20}{cells[2]:>20}{row['ratio']:>8}")
    return "\n".join(lines)


def is_kept(measured: list[dict[str, Any]], *, spare: int = 0) -> bool:
    """Whether the promise holds: no more queries (but for the spare ones, which no number of rows explains),
    and what is guarded in about the same time.
    """
    asked = all(many <= few + spare for few, many in (row["queries"] for row in measured))
    return asked and all(row["ratio"] < PROMISED_RATIO for row in measured if row["is_guarded"])


if __name__ == "__main__":
    main()
