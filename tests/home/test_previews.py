"""How each public page looks where its address is shared: on WhatsApp above all."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from articles.models import Article, Photo
from communities import developing
from moderation.states import Status
from regions.models import Region
from tests.common.pictures import camera_jpeg
from tests.factories import (
    MUSI_BANYUASIN,
    make_announcement,
    make_article,
    make_aspiration,
    make_community,
    make_event,
)

pytestmark = pytest.mark.django_db

WHATSAPP_BYTES = 300_000


class _Head(HTMLParser):
    """The properties of <meta>, each once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        name = said.get("property") or said.get("name") or ""
        if tag == "meta" and name.startswith(("og:", "twitter:")):
            assert name not in self.found, f"{name} twice"
            self.found[name] = said["content"] or ""


def preview(client: Client, path: str) -> dict[str, str]:
    head = _Head()
    head.feed(client.get(path).content.decode())
    return head.found


def region() -> Region:
    return Region.objects.get(pk=MUSI_BANYUASIN)


THINGS: dict[str, tuple[Callable[[], Any], str]] = {
    "article": (lambda: make_article(title='Air "naik" & deras'), "article"),
    "event": (make_event, "website"),
    "community": (make_community, "profile"),
    "announcement": (lambda: make_announcement(audience="readers"), "article"),
    "aspiration": (lambda: make_aspiration("working"), "article"),
    "region": (region, "website"),
}


@pytest.mark.parametrize("kind", THINGS)
def test_a_page_without_a_photo_is_shown_with_the_portals_card(client: Client, settings, kind: str):
    make, og_type = THINGS[kind]
    thing = make()
    path = thing.get_absolute_url()
    found = preview(client, path)
    assert found.pop("og:title") in (getattr(thing, name, None) for name in ("title", "label", "name"))
    assert 0 < len(found.pop("og:description")) <= 200
    assert found == {
        "og:site_name": "Portal KIM",
        "og:locale": "id_ID",
        "og:type": og_type,
        "og:url": f"{settings.PORTAL_URL}{path}",
        "og:image": f"{settings.PORTAL_URL}/static/img/portal-card.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }


def test_the_card_is_as_large_as_said_and_small_enough_for_whatsapp():
    place = Path(str(finders.find("img/portal-card.png")))
    with Image.open(place) as card:
        assert card.size == (1200, 630)
    assert place.stat().st_size < WHATSAPP_BYTES


def add_photo(article: Article, size: tuple[int, int]) -> Photo:
    words = {"caption": "Sungai Musi dari jembatan", "credit": "Rina"}
    photo = Photo(article=article, uploaded_by=article.created_by, fingerprint="a" * 64, **words)
    photo.leave_to_worker(ContentFile(camera_jpeg(*size).getvalue()), size)
    developing.make_ready(Photo, photo.pk, render=developing.render_here)
    return Photo.objects.get(pk=photo.pk)


@pytest.mark.parametrize("size", [(2400, 1600), (640, 480)])
def test_an_article_is_shown_with_its_photo_as_a_jpeg(client: Client, settings, size: tuple[int, int]):
    article = make_article()
    photo = add_photo(article, size)
    found = preview(client, article.get_absolute_url())
    answer = client.get(found["og:image"].removeprefix(settings.PORTAL_URL))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", photo.preview_size)
    shown = (int(found["og:image:width"]), int(found["og:image:height"]))
    assert (shown, found["og:image:alt"]) == (photo.preview_size, photo.caption)


def test_what_is_withdrawn_has_no_preview(client: Client):
    article = make_article(status=Status.SUSPENDED)
    assert preview(client, article.get_absolute_url()) == {}


@pytest.mark.parametrize("kind", ["article", "event", "community", "announcement"])
def test_sharing_to_whatsapp_is_a_link(client: Client, kind: str):
    path = THINGS[kind][0]().get_absolute_url()
    assert 'href="https://wa.me/?text=' in client.get(path).content.decode()
