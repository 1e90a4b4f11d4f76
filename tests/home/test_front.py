"""The front page: the reader's region first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Photo
from communities.models import Community
from home import front as front_page
from home.reader_region import COOKIE
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
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
EMPTY_VILLAGE = "16.06.06.2002"


def photo_of(article) -> Photo:
    return Photo.objects.create(
        article=article, fingerprint="x", caption="Warga menenun", credit="Rina", width=960, height=640,
        small="a.webp", medium="b.webp", fallback="c.jpg", uploaded_by=article.created_by,
    )  # fmt: skip


def titles(page: front_page.Front) -> set[str]:
    return {article.title for article in [page.hero, *page.articles] if article}


def test_a_visitor_without_a_region_sees_news_of_all_indonesia(client: Client) -> None:
    make_article(title="Tenun gambo tembus pasar", community=make_community(village=TOMAN))
    make_article(title="Desa di Lombok panen", community=make_community(village=LOMBOK_VILLAGE))
    text = client.get(reverse("home:front")).content.decode()
    assert ("Tenun gambo tembus pasar" in text, "Desa di Lombok panen" in text) == (True, True)


def test_only_news_of_the_region_of_the_cookie_are_shown(client: Client) -> None:
    make_article(title="Tenun gambo tembus pasar", community=make_community(village=TOMAN))
    make_article(title="Desa di Lombok panen", community=make_community(village=LOMBOK_VILLAGE))
    client.cookies[COOKIE] = MUSI_BANYUASIN
    text = client.get(reverse("home:front")).content.decode()
    assert ("Tenun gambo tembus pasar" in text, "Desa di Lombok panen" in text) == (True, False)


def test_the_newest_article_with_a_photo_leads() -> None:
    pictured = make_article(published_at=timezone.now() - timedelta(hours=5))
    photo_of(pictured)
    newest = make_article(published_at=timezone.now() - timedelta(hours=1))
    page = front_page.front(None)
    assert (page.hero, page.articles) == (pictured, [newest])


def test_without_any_photo_the_newest_article_leads() -> None:
    make_article(published_at=timezone.now() - timedelta(hours=5))
    newest = make_article(published_at=timezone.now() - timedelta(hours=1))
    assert front_page.front(None).hero == newest


@pytest.mark.parametrize("status", [status for status in Status if status != Status.APPROVED])
def test_what_is_not_published_does_not_appear(status: str) -> None:
    community = make_community()
    make_article(status, community=community)
    make_event(status, community=community)
    page = front_page.front(None)
    assert (page.hero, page.articles, page.events) == (None, [], [])


def test_nothing_of_a_suspended_community_appears() -> None:
    community = make_community()
    make_article(community=community)
    make_event(community=community)
    Community.objects.update(status=Status.SUSPENDED)
    page = front_page.front(None)
    assert (page.hero, page.events, page.communities, page.figures) == (None, [], [], (0, 0))


def test_a_region_without_news_shows_the_nearest_above_that_has_some(client: Client) -> None:
    make_article(title="Tenun gambo tembus pasar", community=make_community(village=TOMAN))
    make_article(title="Desa di Lombok panen", community=make_community(village=LOMBOK_VILLAGE))
    page = front_page.front(region(EMPTY_VILLAGE))
    assert (page.is_wider, page.shown.code, titles(page)) == (True, "16.06.06", {"Tenun gambo tembus pasar"})
    client.cookies[COOKIE] = EMPTY_VILLAGE
    assert region(EMPTY_VILLAGE).label in client.get(reverse("home:front")).content.decode()


def test_a_province_without_news_shows_all_of_indonesia() -> None:
    make_article(title="Desa di Lombok panen", community=make_community(village=LOMBOK_VILLAGE))
    page = front_page.front(region(SUMATERA_SELATAN))
    assert (page.is_wider, page.shown, titles(page)) == (True, None, {"Desa di Lombok panen"})


def test_an_empty_portal_invites_to_register(client: Client) -> None:
    response = client.get(reverse("home:front"))
    assert response.status_code == 200
    assert reverse("communities:apply") in response.content.decode()


def test_an_empty_region_in_an_empty_portal_is_no_error(client: Client) -> None:
    client.cookies[COOKIE] = LOMBOK_TENGAH
    assert client.get(reverse("home:front")).status_code == 200


def test_communities_that_wrote_last_stand_first() -> None:
    quiet = make_community(name="KIM Aaa")
    lively = make_community(name="KIM Zzz")
    make_article(community=lively)
    assert front_page.front(None).communities == [lively, quiet]


def test_figures_count_verified_communities_and_articles_of_the_region() -> None:
    here = make_community(village=TOMAN)
    make_community(Status.SUBMITTED, village=TOMAN)
    make_article(community=here, published_at=timezone.now())
    make_article(community=here, published_at=timezone.now() - timedelta(days=40))
    make_article(community=make_community(village=LOMBOK_VILLAGE))
    assert front_page.front(region(MUSI_BANYUASIN)).figures == (1, 1)


def test_who_comes_for_the_first_time_reads_what_the_portal_is(client: Client) -> None:
    url = reverse("home:front")
    first = client.get(url).context["is_new_here"]
    client.cookies[COOKIE] = ""
    again = client.get(url).context["is_new_here"]
    assert (first, again) == (True, False)


def test_who_is_signed_in_is_not_new_here(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("home:front")).context["is_new_here"] is False


def test_the_first_picture_loads_at_once_and_the_others_when_needed(client: Client) -> None:
    for _ in range(3):
        photo_of(make_article())
    text = client.get(reverse("home:front")).content.decode()
    assert (text.count('fetchpriority="high"'), text.count('loading="lazy"')) == (1, 2)


def test_a_title_with_a_script_stays_text(client: Client) -> None:
    make_article(title="<script>alert(1)</script>", lead='"><img src=x onerror=alert(1)>')
    text = client.get(reverse("home:front")).content.decode()
    assert ("<script>alert" in text, "<img src=x" in text) == (False, False)


@pytest.mark.parametrize("items", [1, 30])
def test_the_number_of_queries_does_not_grow(items: int, client: Client, django_assert_num_queries) -> None:
    for _ in range(items):
        community = make_community()
        photo_of(make_article(community=community))
        make_event(community=community)
    client.cookies[COOKIE] = MUSI_BANYUASIN
    with django_assert_num_queries(8):
        client.get(reverse("home:front"))


def test_a_signed_in_reader_needs_twelve_queries_at_most(
    client: Client, django_assert_max_num_queries
) -> None:
    photo_of(make_article())
    make_event()
    client.force_login(make_user(home_region=region(MUSI_BANYUASIN)))
    with django_assert_max_num_queries(12):
        client.get(reverse("home:front"))
