"""Addresses with a code that a decree has closed lead to what followed it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from home.reader_region import COOKIE
from notifications.models import Subscription
from regions.models import Region, RegionSuccession
from tests.factories import (
    MUSI_BANYUASIN,
    TOMAN,
    make_article,
    make_community,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = "16.06.06.2043", "16.06.06.2009"
NEIGHBOUR_REGENCY = "16.07"


def close(code: str, *following: str) -> None:
    Region.objects.filter(pk=code).update(closed_at=timezone.now())
    for number, new in enumerate(following):
        RegionSuccession.objects.create(old_id=code, new_id=new, is_default=number == 0, decree="uji")


def moved_to(answer) -> tuple[int, str]:
    return answer.status_code, answer.get("Location", "")


def test_an_old_address_leads_to_the_successor_for_good(client: Client) -> None:
    close(TOMAN, FIRST)
    assert moved_to(client.get(f"/wilayah/{TOMAN}/")) == (301, f"/wilayah/{FIRST}/")


def test_it_leads_there_at_once_also_after_several_decrees(client: Client) -> None:
    close(TOMAN, FIRST)
    close(FIRST, SECOND)
    assert moved_to(client.get(f"/wilayah/{TOMAN}/")) == (301, f"/wilayah/{SECOND}/")


def test_the_address_of_a_split_region_names_all_its_parts_and_is_not_indexed(client: Client) -> None:
    close(TOMAN, FIRST, SECOND)
    answer = client.get(f"/wilayah/{TOMAN}/")
    assert answer.status_code == 200
    assert [each.code for each, _name in answer.context["successors"]] == [FIRST, SECOND]
    page = answer.content.decode()
    assert ('content="noindex"' in page, f"/wilayah/{FIRST}/" in page, f"/wilayah/{SECOND}/" in page) == (
        True, True, True,
    )  # fmt: skip


def test_a_region_that_just_ended_keeps_its_page(client: Client) -> None:
    close(TOMAN)
    assert client.get(f"/wilayah/{TOMAN}/").status_code == 200


def test_the_page_of_an_office_leads_on_too(client: Client) -> None:
    close(MUSI_BANYUASIN, NEIGHBOUR_REGENCY)
    assert moved_to(client.get(f"/wilayah/{MUSI_BANYUASIN}/kantor/")) == (
        301,
        f"/wilayah/{NEIGHBOUR_REGENCY}/kantor/",
    )


@pytest.mark.parametrize("name", ["articles:list", "articles:feed", "communities:directory", "events:feed"])
def test_lists_and_feeds_of_an_old_code_show_what_is_there_today(client: Client, name: str) -> None:
    article = make_article(community=make_community(village=FIRST))
    close(TOMAN, FIRST)
    answer = client.get(reverse(name), {"wilayah": TOMAN})
    assert answer.status_code == 200
    if name == "articles:feed":
        assert article.title in answer.content.decode()


def test_whoever_follows_by_an_old_address_follows_the_successor(client: Client) -> None:
    close(TOMAN, FIRST)
    reader = make_user()
    client.force_login(reader)
    client.post(reverse("notifications:follow", kwargs={"region": TOMAN}))
    assert Subscription.objects.get(user=reader).region_id == FIRST


def test_a_remembered_region_is_read_as_its_successor(client: Client) -> None:
    close(TOMAN, FIRST)
    client.cookies[COOKIE] = TOMAN
    assert client.get("/").wsgi_request._reader_region == region(FIRST)


def test_pages_of_the_office_lead_on_where_the_person_may_see_the_successor(client: Client) -> None:
    close(MUSI_BANYUASIN, NEIGHBOUR_REGENCY)
    client.force_login(make_officer(NEIGHBOUR_REGENCY, role=Role.HEAD))
    old, new = (reverse("office:overview", args=[code]) for code in (MUSI_BANYUASIN, NEIGHBOUR_REGENCY))
    assert moved_to(client.get(f"{old}?bulan=2026-10")) == (301, f"{new}?bulan=2026-10")
    client.force_login(make_officer("52.02"))
    assert client.get(old).status_code == 404


def test_the_former_word_for_the_nation_leads_to_the_present_one(client: Client) -> None:
    client.force_login(make_officer(None))
    assert moved_to(client.get("/kantor/rekap/indonesia/")) == (301, "/kantor/rekap/nasional/")


def test_the_page_of_a_community_says_where_it_was_first_verified(client: Client) -> None:
    community = make_community(village=TOMAN)
    assert community.former_village is None
    community.region = region(FIRST)
    community.save()
    shown = client.get(community.get_absolute_url()).context["community"]
    assert shown.former_village == region(TOMAN)


def test_closed_regions_are_in_no_sitemap(client: Client) -> None:
    close(MUSI_BANYUASIN, NEIGHBOUR_REGENCY)
    assert f"/wilayah/{MUSI_BANYUASIN}/" not in client.get("/sitemap-wilayah.xml").content.decode()
