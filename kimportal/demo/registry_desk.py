"""What the desk must show: an item sent again after repair, notes of officers, one that somebody reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import moderation.actions
from articles.models import Article
from kimportal.demo.people import person
from kimportal.demo.steps import Step
from moderation import claims, notes

# The content returns it to its writer and has it sent again thirteen hours before now.
RETURNED = "Lowongan palsu mengatasnamakan perusahaan sawit meminta uang seragam"
REPAIR = "<p>Nomor korban dalam tangkapan layar disamarkan atas permintaan mereka.</p>"


def load(now: datetime) -> Iterator[Step]:
    """The steps of the newest hours, between and after what the content tells."""
    yield Step(now - timedelta(hours=14), _repair)
    yield Step(now - timedelta(hours=2, minutes=20), _ask_a_colleague)
    yield Step(now - timedelta(hours=2), _answer)
    yield Step(now - timedelta(minutes=1), _take)


def _article() -> Article:
    return Article.objects.select_related("community", "region").get(title=RETURNED)


def _repair() -> None:
    article = _article()
    article.body = f"{article.body}\n{REPAIR}"
    moderation.actions.save_changes(article, by=person("reza"))


def _ask_a_colleague() -> None:
    text = "Nomornya sudah disamarkan, tetapi nama akun pelaku masih terlihat di foto. Menurut Ibu bagaimana?"
    notes.write(_article(), by=person("deni"), text=text)


def _answer() -> None:
    text = "Boleh tetap terlihat, itu akun pelaku. Pastikan saja nama korban tidak ada."
    notes.write(_article(), by=person("wati"), text=text)


def _take() -> None:
    claims.take(_article(), by=person("deni"))
