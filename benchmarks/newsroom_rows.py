"""The newsroom and its notifications at any size, over what benchmarks.filling has written."""

from __future__ import annotations

from benchmarks import newsroom_told, newsroom_written
from benchmarks.newsroom_base import Rows, Sizes


def fill(sizes: Sizes) -> dict[str, int]:
    """All of it; how many rows of each table. Regions, communities, offices and managers are there."""
    rows = Rows(sizes)
    for part in (
        newsroom_told.people, newsroom_written.articles, newsroom_written.beside_articles,
        newsroom_written.amendments, newsroom_written.cases, newsroom_written.replies,
        newsroom_written.fact_checks, newsroom_told.activities, newsroom_told.announcements,
        newsroom_told.notifications, newsroom_told.aspirations, newsroom_written.uploads,
    ):  # fmt: skip
        part(rows)
    return rows.counts


def tables() -> list[str]:
    """What is written to, and may go without its indexes meanwhile."""
    from django.apps import apps

    apps_filled = {
        "accounts", "activity", "announcements", "articles", "aspirations", "communities", "complaints",
        "events", "factchecks", "notifications", "replies",
    }  # fmt: skip
    found = [
        model
        for label in sorted(apps_filled)
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    return [model._meta.db_table for model in found]
