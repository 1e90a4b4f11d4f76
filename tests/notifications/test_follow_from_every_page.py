"""Wherever a community or a region is named as what the page is about, one tap follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import Community
from home.reader_region import COOKIE
from tests.factories import (
    TOMAN,
    make_article,
    make_aspiration,
    make_community,
    make_event,
    make_fact_check,
    make_user,
)

pytestmark = pytest.mark.django_db

# Where the page is, told the community of the village, and whether it offers the community or the village.
PAGES: dict[str, tuple[Callable[[Community], str], str]] = {
    "front": (lambda _kim: reverse("home:front"), "region"),
    "region": (lambda kim: kim.region.get_absolute_url(), "region"),
    "community": (lambda kim: kim.get_absolute_url(), "community"),
    "news of a region": (lambda kim: f"{reverse('articles:list')}?wilayah={kim.region_id}", "region"),
    "news of a community": (lambda kim: f"{reverse('articles:list')}?komunitas={kim.slug}", "community"),
    "events of a region": (lambda kim: f"{reverse('events:list')}?wilayah={kim.region_id}", "region"),
    "KIM of a region": (lambda kim: f"{reverse('communities:directory')}?wilayah={kim.region_id}", "region"),
    "fact checks of a region": (
        lambda kim: f"{reverse('factchecks:list')}?wilayah={kim.region_id}",
        "region",
    ),
    "aspirations of a region": (
        lambda kim: f"{reverse('aspirations:list')}?wilayah={kim.region_id}",
        "region",
    ),
    "aspirations of a community": (
        lambda kim: f"{reverse('aspirations:list')}?komunitas={kim.slug}",
        "community",
    ),
    "article": (lambda kim: make_article(community=kim).get_absolute_url(), "community"),
    "event": (lambda kim: make_event(community=kim).get_absolute_url(), "community"),
    "fact check": (lambda kim: make_fact_check(community=kim).get_absolute_url(), "region"),
    "aspiration": (lambda _kim: make_aspiration("received").get_absolute_url(), "region"),
}


@pytest.fixture
def kim() -> Community:
    make_article(community=(found := make_community()))
    return found


def wish(kim: Community, what: str) -> str:
    return reverse(
        "notifications:follow", kwargs={"region": TOMAN} if what == "region" else {"community": kim.slug}
    )


@pytest.mark.parametrize("name", PAGES)
def test_one_tap_follows_what_the_page_is_about(client: Client, kim: Community, name: str):
    path, what = PAGES[name]
    client.cookies[COOKIE] = TOMAN
    visitor = client.get(path(kim)).content.decode()
    assert visitor.count(f'href="{wish(kim, what)}?next=') == 1
    client.force_login(make_user())
    member = client.get(path(kim)).content.decode()
    assert member.count(f'<form method="post" action="{wish(kim, what)}"') == 1


def test_on_a_phone_the_button_of_a_community_stands_above_its_news(client: Client, kim: Community):
    page = client.get(kim.get_absolute_url()).content.decode()
    assert page.index(wish(kim, "community")) < page.index("</article>") < page.index("<aside")
