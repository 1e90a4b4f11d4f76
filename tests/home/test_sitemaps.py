"""What search engines are told."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from home import sitemaps
from moderation.states import Status
from tests.factories import make_article, make_community, make_event

pytestmark = pytest.mark.django_db


def addresses(client: Client, url: str) -> list[str]:
    root = ElementTree.fromstring(client.get(url).content)  # noqa: S314 (our own answer)
    return [node.text or "" for node in root.iter() if node.tag.endswith("loc")]


def test_the_index_leads_to_every_section_and_each_is_xml(client: Client) -> None:
    listed = addresses(client, "/sitemap.xml")
    assert len(listed) == len(sitemaps.SECTIONS)
    for url in listed:
        assert url.startswith(settings.PORTAL_URL)
        addresses(client, url.removeprefix(settings.PORTAL_URL))


@pytest.mark.parametrize(
    ("section", "make"), [("berita", make_article), ("kegiatan", make_event), ("komunitas", make_community)]
)
def test_what_is_public_is_listed_and_nothing_else(section: str, make, client: Client) -> None:
    shown = make(Status.APPROVED)
    hidden = make(Status.SUBMITTED)
    listed = addresses(client, reverse("home:sitemap_section", args=[section]))
    assert settings.PORTAL_URL + shown.get_absolute_url() in listed
    assert settings.PORTAL_URL + hidden.get_absolute_url() not in listed


def test_an_unknown_section_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-rahasia.xml").status_code == 404


def test_robots_are_kept_from_private_pages_and_told_of_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /kantor/" in lines
    assert f"Sitemap: {settings.PORTAL_URL}/sitemap.xml" in lines
