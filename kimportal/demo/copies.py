"""What the warning of likely copies must show: a text that another KIM has sent almost word for word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import communities.actions
import moderation.actions
from articles.models import Article
from communities.models import Community
from kimportal.demo.people import person
from kimportal.demo.steps import Step

FIRST = "Layanan KTP dan kartu keluarga keliling pindah ke hari Sabtu"
TITLE = "Layanan KTP keliling kini hari Sabtu"


def load(now: datetime) -> Iterator[Step]:
    """Written and sent a few hours ago by a neighbour."""
    yield Step(now - timedelta(hours=3, minutes=20), _write)
    yield Step(now - timedelta(hours=3), _send)


def _write() -> None:
    first = Article.objects.get(title=FIRST)
    writer = person("ferdi")
    article = Article(
        community=Community.objects.get(slug="kelompok-ulak-lia"),
        created_by=writer,
        title=TITLE,
        lead=first.lead,
        body=first.body,
        category=first.category,
        dateline=first.dateline,
        source="release",
    )
    communities.actions.save_item(article, by=writer)


def _send() -> None:
    moderation.actions.move(Article.objects.get(title=TITLE), "submit", by=person("ferdi"))
