"""The newsroom with a million articles and all that hangs on them, against one of six thousand.

    python -m benchmarks.newsroom [--articles 1000000] [--few 6000] [--communities 83762] [--repeat 20]
                                  [--only WORDS] [--no-jobs] [--plans]

Makes two databases of its own, fills them by INSERT … SELECT and drops them in the end; beside each million
articles are as many notifications and activities, 200,000 people, and photos, readings, saved versions,
amendments, reports, replies, fact checks, announcements, aspirations in proportion: about 5 GB of the disk.
The same pages are opened in both by turns, and what the clock asks for is done once in both and taken back.
Prints a table, and the same as JSON on the last line; exit code 1 where a page that is guarded takes half as
long again as in the small one, or any page asks the database two questions more.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

import django

from benchmarks.registry import FEW, MANY, is_kept, measure, table

if TYPE_CHECKING:
    from benchmarks.databases import Databases
    from benchmarks.visits import Visitors

BYTES_AN_ARTICLE = 5_000
# A list of several kinds asks once more where its first page holds one that it lacks in the small portal.
OF_A_KIND = 1


def main() -> None:
    options = _options()
    _expect_room(options.articles * BYTES_AN_ARTICLE)
    os.environ["DEBUG"] = "false"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    from benchmarks.databases import own_databases
    from common import broker

    broker.offer = lambda *_: False  # nothing here is for the queue of a portal that runs
    with own_databases("benchmark_newsroom", [FEW, MANY]) as databases:
        result = run(databases, options)
    print(json.dumps(result))
    sys.exit(not is_kept(result["pages"], spare=OF_A_KIND))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=6_000, help="articles of the small portal")
    parser.add_argument("--communities", type=int, default=83_762)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--only", default="", help="only the pages with these words in their name")
    parser.add_argument("--plans", action="store_true", help="show what PostgreSQL does for slow queries")
    parser.add_argument(
        "--no-jobs", action="store_true", help="only the pages, not the work in the background"
    )
    return parser.parse_args()


def _expect_room(needed: int) -> None:
    free = shutil.disk_usage("/").free
    if free < 2 * needed:
        sys.exit(f"{needed / 2**30:.1f} GB are needed, twice that should be free: {free / 2**30:.1f} GB is.")


def run(databases: Databases, options: argparse.Namespace) -> dict[str, Any]:
    """Fill both, open the pages in both by turns, and do in both what the clock asks for."""
    from benchmarks.filling import Size
    from benchmarks.newsroom_pages import pages
    from benchmarks.visits import as_in_production

    sizes = {
        FEW: (Size(100, 20, articles_each=0), options.few),
        MANY: (Size(options.communities, 2_000, articles_each=0), options.articles),
    }
    with as_in_production():
        visitors = {name: _fill(databases, name, *size) for name, size in sizes.items()}
        wanted = [page for page in pages() if options.only in page.name]
        measured = [measure(databases, visitors, page, options) for page in wanted]
        print(table(measured))
        jobs = [] if options.no_jobs else _measure_jobs(databases)
    return {"articles": options.articles, "few": options.few, "pages": measured, "jobs": jobs}


def _fill(databases: Databases, name: str, size: Any, articles: int) -> Visitors:
    from benchmarks import filling, newsroom_people
    from benchmarks.databases import filling_fast, settle
    from benchmarks.newsroom_base import Sizes
    from benchmarks.newsroom_rows import fill, tables

    began = time.perf_counter()
    with databases.using(name):
        with filling_fast(tables()):
            filled = filling.fill(size)
            counts = fill(Sizes.of(articles))
        settle()
        found = newsroom_people.visitors(filled)
    print(f"filled in {time.perf_counter() - began:.1f} s: {filled.rows | counts}", flush=True)
    return found


def _measure_jobs(databases: Databases) -> list[dict[str, Any]]:
    from benchmarks.newsroom_jobs import JOBS, taken_back

    found = []
    for name, job in JOBS.items():
        took = {}
        for size in (FEW, MANY):
            with databases.using(size):
                took[size] = round(min(taken_back(job) for _ in range(2)) * 1000, 1)
        found.append({"job": name, "ms": [took[FEW], took[MANY]]})
        print(f"{name:<40}{f'{took[FEW]:,} / {took[MANY]:,} ms':>32}", flush=True)
    return found


if __name__ == "__main__":
    main()
