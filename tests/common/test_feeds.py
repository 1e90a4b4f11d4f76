"""RSS: stable, escaped, in Indonesian, under the filters of the page."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from common.feeds import LENGTH, speakable
from tests.factories import MUSI_BANYUASIN, TOMAN, make_article, make_community, make_event

FEEDS = ["articles:feed", "events:feed", "communities:feed"]


def read(client: Client, name: str, **query: str) -> ElementTree.Element:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own answer)


def texts(feed: ElementTree.Element, tag: str) -> list[str]:
    return [node.text or "" for node in feed.iterfind(f"channel/item/{tag}")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", FEEDS)
def test_every_list_is_a_feed_in_indonesian_that_needs_no_account(name: str, client: Client) -> None:
    make_event(community=make_article().community)
    feed = read(client, name)
    assert (feed.findtext("channel/language"), len(texts(feed, "title"))) == ("id", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_narrows_like_its_page_and_names_its_own_address(name: str, client: Client) -> None:
    make_event(community=make_article(community=make_community(village="52.02.01.1001")).community)
    make_event(community=make_article(community=make_community(village=TOMAN)).community)
    feed = read(client, name, wilayah=MUSI_BANYUASIN)
    own = feed.find("channel/{http://www.w3.org/2005/Atom}link")
    assert len(texts(feed, "title")) == 1
    assert own is not None
    assert own.get("href", "").endswith(f"{reverse(name)}?wilayah={MUSI_BANYUASIN}")
    assert (feed.findtext("channel/link") or "").endswith(f"?wilayah={MUSI_BANYUASIN}")


@pytest.mark.django_db
@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("value", ["99", "16.99", "x" * 5000, "'"])
def test_a_region_that_does_not_exist_gives_an_empty_feed(name: str, value: str, client: Client) -> None:
    make_event(community=make_article().community)
    assert texts(read(client, name, wilayah=value), "title") == []


@pytest.mark.django_db
def test_an_item_keeps_its_identity_when_its_title_changes(client: Client) -> None:
    article = make_article(title="Judul lama")
    before = texts(read(client, "articles:feed"), "guid")
    article.title = "Judul baru"
    article.save()
    feed = read(client, "articles:feed")
    assert (texts(feed, "guid"), texts(feed, "title")) == (before, ["Judul baru"])


@pytest.mark.django_db
def test_tags_and_characters_that_xml_cannot_hold_stay_harmless(client: Client) -> None:
    make_article(title="A <script> & B\x0b", lead="Satu <img src=x>\x1f & dua")
    feed = read(client, "articles:feed")
    assert texts(feed, "title") == ["A &lt;script&gt; & B"]
    assert texts(feed, "description") == ["<p>Satu &lt;img src=x&gt; &amp; dua</p>"]


@pytest.mark.django_db
@pytest.mark.parametrize("items", [1, LENGTH + 1])
def test_a_feed_takes_as_many_queries_for_one_item_as_for_many(
    items: int, client: Client, django_assert_max_num_queries
) -> None:
    community = make_community()
    for _ in range(items):
        make_article(community=community)
    with django_assert_max_num_queries(2):
        feed = read(client, "articles:feed")
    assert len(texts(feed, "title")) == min(items, LENGTH)


@pytest.mark.parametrize(
    ("text", "kept"), [("a\x00b\x0bc", "abc"), ("baris\nbaru\t", "baris\nbaru\t"), (None, ""), ("😀", "😀")]
)
def test_only_what_xml_can_hold_is_kept(text: str | None, kept: str) -> None:
    assert speakable(text) == kept
