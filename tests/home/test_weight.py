"""The home page over a weak signal: HTML, CSS and JavaScript together."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from home.reader_region import COOKIE
from tests.factories import MUSI_BANYUASIN, make_article, make_community, make_event
from tests.home.test_front import photo_of

pytestmark = pytest.mark.django_db
LIMIT = 60_000


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def referenced(html: str) -> set[str]:
    """Style sheets and modules of a page, and what these import."""
    names = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html))
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        source = Path(str(finders.find(name))).read_text()
        for path in re.findall(r'(?:from|import)\s*\(?["\'](\.[^"\']+)["\']', source):
            imported = str(Path(name).parent.joinpath(path)) if path.startswith("./") else path
            if imported not in names:
                names.add(imported)
                waiting.append(imported)
    return names


def test_a_full_home_page_stays_under_sixty_kilobytes(client: Client) -> None:
    for number in range(12):
        community = make_community(name=f"KIM Suara Warga Desa {number}")
        article = make_article(
            community=community, title=f"Anak muda menghidupkan lagi sastra tutur {number}"
        )
        if number % 2:
            photo_of(article)
        make_event(community=community)
    client.cookies[COOKIE] = MUSI_BANYUASIN
    html = client.get(reverse("home:front")).content
    files = referenced(html.decode())
    assert any(name.endswith(".css") for name in files)
    total = gzipped(html) + sum(gzipped(Path(str(finders.find(name))).read_bytes()) for name in files)
    assert total < LIMIT
