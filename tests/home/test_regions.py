"""The list of regions and the page of each."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.figures import communities_by_child
from home.reader_region import COOKIE
from home.region_page import RegionPage
from moderation.states import Status
from regions.models import Region
from tests.factories import (
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_event,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
LOMBOK_VILLAGE = "52.02.01.1001"
LEVELS = [SUMATERA_SELATAN, MUSI_BANYUASIN, "16.06.06", TOMAN]


def test_all_provinces_are_listed_with_their_verified_communities(client: Client) -> None:
    make_community(village=TOMAN)
    make_community(Status.SUBMITTED, village=TOMAN)
    rows = dict(client.get(reverse("home:regions")).context["rows"])
    assert (len(rows), rows[region(SUMATERA_SELATAN)], rows[region("11")]) == (38, 1, 0)


@pytest.mark.parametrize("code", LEVELS)
def test_a_region_shows_what_lies_in_it_and_nothing_else(code: str) -> None:
    here = make_community(village=TOMAN)
    article, event = make_article(community=here), make_event(community=here)
    elsewhere = make_community(village=LOMBOK_VILLAGE)
    make_article(community=elsewhere)
    make_event(community=elsewhere)
    page = RegionPage.of(code)
    assert (page.articles, page.events, page.communities, page.total) == ([article], [event], [here], 1)


def test_a_region_lists_what_lies_directly_beneath_with_its_communities() -> None:
    make_community(village=TOMAN)
    children = dict(RegionPage.of(SUMATERA_SELATAN).children)
    assert (children[region(MUSI_BANYUASIN)], {child.level for child in children}) == (1, {2})


def test_a_village_has_nothing_beneath() -> None:
    assert (RegionPage.of(TOMAN).children, communities_by_child(region(TOMAN))) == ([], {})


def test_the_path_leads_from_the_province_down() -> None:
    assert [above.code for above in RegionPage.of(TOMAN).above] == ["16", "16.06", "16.06.06"]


@pytest.mark.parametrize("code", LEVELS)
def test_the_page_opens_for_every_level_with_or_without_content(code: str, client: Client) -> None:
    url = reverse("home:region", args=[code])
    empty = client.get(url)
    make_article(community=make_community(village=TOMAN))
    full = client.get(url)
    assert (empty.status_code, full.status_code) == (200, 200)
    assert f"{reverse('articles:feed')}?wilayah={code}" in full.content.decode()


@pytest.mark.parametrize(
    "code", ["99", "16.99", "1606", "16.06.", "x", "16.06.06.9999", "16\x00", "..", "%00"]
)
def test_a_code_that_is_no_region_is_not_found(code: str, client: Client) -> None:
    assert client.get(f"/wilayah/{code}/").status_code == 404


def test_a_closed_region_says_so_and_keeps_its_news(client: Client) -> None:
    make_article(title="Tenun gambo tembus pasar", community=make_community(village=TOMAN))
    Region.objects.filter(pk=TOMAN).update(closed_at=timezone.now())
    response = client.get(reverse("home:region", args=[TOMAN]))
    text = response.content.decode()
    assert ("alert--warning" in text, "Tenun gambo tembus pasar" in text) == (True, True)
    assert reverse("home:choose_region") not in text.split("<main")[1].split("</main")[0]


def test_a_closed_region_is_not_listed_above_it() -> None:
    Region.objects.filter(pk=TOMAN).update(closed_at=timezone.now())
    assert region(TOMAN) not in dict(RegionPage.of("16.06.06").children)


def test_a_reader_makes_the_region_theirs_with_one_press(client: Client) -> None:
    url = reverse("home:region", args=[MUSI_BANYUASIN])
    before = client.get(url).context["is_mine"]
    client.post(reverse("home:choose_region"), {"wilayah": MUSI_BANYUASIN})
    assert (before, client.get(url).context["is_mine"]) == (False, True)


@pytest.mark.parametrize("items", [1, 30])
def test_the_number_of_queries_does_not_grow(items: int, client: Client, django_assert_num_queries) -> None:
    for _ in range(items):
        community = make_community(village=TOMAN)
        make_article(community=community)
        make_event(community=community)
    with django_assert_num_queries(8):
        client.get(reverse("home:region", args=[MUSI_BANYUASIN]))


def test_a_signed_in_reader_needs_fifteen_at_most(client: Client, django_assert_max_num_queries) -> None:
    make_event(community=make_article().community)
    client.force_login(make_user())
    client.cookies[COOKIE] = SUMATERA_SELATAN
    for name, args in (("home:region", [MUSI_BANYUASIN]), ("home:regions", [])):
        with django_assert_max_num_queries(15):
            client.get(reverse(name, args=args))
