from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from communities.models import Community
from moderation.states import Status
from notifications import actions, following
from notifications.models import Subscription
from notifications.templatetags import follow as tags
from regions.models import Region
from tests.factories import MUSI_BANYUASIN, TOMAN, make_community, make_user, region
from tests.notifications.crowd import let_crowd_follow, make_crowd

pytestmark = pytest.mark.django_db

SETTINGS = "/pemberitahuan/langganan/"


@pytest.fixture
def reader() -> User:
    return make_user("Siti Aminah")


@pytest.fixture
def browser(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def community() -> Community:
    return make_community(name="KIM Surya Gambo")


@pytest.fixture(params=["community", "region"])
def thing(request: pytest.FixtureRequest, community: Community) -> Community | Region:
    return community if request.param == "community" else region(TOMAN)


def address(name: str, thing: Community | Region) -> str:
    if isinstance(thing, Region):
        return reverse(f"notifications:{name}", kwargs={"region": thing.pk})
    return reverse(f"notifications:{name}", kwargs={"community": thing.slug})


def follows(user: User, thing: Community | Region) -> bool:
    return Subscription.objects.to(thing).filter(user=user).exists()


def test_one_tap_follows_and_leads_back(browser: Client, reader: User, thing):
    response = browser.post(address("follow", thing), {"next": "/berita/?kategori=farming"})
    assert (response.status_code, response["Location"]) == (302, "/berita/?kategori=farming")
    assert follows(reader, thing)


def test_following_twice_is_following_once(browser: Client, reader: User, thing):
    for _ in range(2):
        browser.post(address("follow", thing))
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", ""])
def test_back_leads_only_to_pages_of_ours(browser: Client, community: Community, target: str):
    response = browser.post(address("follow", community), {"next": target})
    assert response["Location"] == community.get_absolute_url()


def test_a_visitor_signs_in_comes_back_and_needs_one_tap(client: Client, thing):
    wish = address("follow", thing)
    response = client.get(wish, {"next": "/berita/"})
    assert response["Location"].startswith(reverse("account_login"))
    assert wish.rstrip("/") in response["Location"].replace("%3A", ":")
    client.force_login(make_user())
    html = client.get(wish, {"next": "/berita/"}).content.decode().split("<main")[1]
    assert f'action="{wish}"' in html
    assert 'name="next" value="/berita/"' in html


def test_looking_at_the_page_follows_nothing(browser: Client, thing):
    assert browser.get(address("follow", thing)).status_code == 200
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.REJECTED, Status.SUSPENDED])
def test_what_is_not_public_cannot_be_followed(browser: Client, status: str):
    hidden = make_community(status)
    assert browser.post(address("follow", hidden)).status_code == 404
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("code", ["99", "16.99", "bukan-kode", "16.06.06.2008.1", "%00", "1" * 300])
def test_a_region_that_does_not_exist_cannot_be_followed(browser: Client, code: str):
    assert browser.post(f"/pemberitahuan/ikuti/wilayah/{code}/").status_code == 404


def test_unfollowing_leads_back_where_one_was(browser: Client, reader: User, thing):
    Subscription.objects.create(user=reader, **following._as_argument(thing))
    response = browser.post(address("unfollow", thing), {"next": "/berita/"})
    assert response["Location"] == "/berita/"
    assert not follows(reader, thing)


def test_unfollowing_in_the_list_offers_to_follow_again(browser: Client, reader: User, thing):
    Subscription.objects.create(user=reader, **following._as_argument(thing))
    response = browser.post(address("unfollow", thing), follow=True)
    html = response.content.decode().split("<main")[1]
    assert f'action="{address("follow", thing)}"' in html
    browser.post(address("follow", thing))
    assert follows(reader, thing)
    again = browser.get(response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"])
    assert f'action="{address("follow", thing)}"' not in again.content.decode()


@pytest.mark.parametrize("query", ["komunitas=%00", "wilayah=%00", "komunitas=tidak-ada", "wilayah=99"])
def test_nonsense_in_the_address_of_the_list_changes_nothing(browser: Client, query: str):
    response = browser.get(f"{SETTINGS}?{query}")
    assert response.status_code == 200
    assert "left" not in response.context


def test_unfollowing_leaves_others_alone(browser: Client, community: Community):
    other = Subscription.objects.create(user=make_user(), community=community)
    browser.post(address("unfollow", community))
    assert list(Subscription.objects.all()) == [other]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.SUSPENDED])
def test_a_community_that_one_does_not_know_cannot_be_left(browser: Client, status: str):
    hidden = make_community(status, name="KIM Rahasia")
    answer = browser.post(address("unfollow", hidden), {"next": "/berita/"}, follow=True)
    assert answer.status_code == 404
    assert "KIM Rahasia" not in answer.content.decode()


def test_a_suspended_community_can_still_be_left(browser: Client, reader: User, community: Community):
    Subscription.objects.create(user=reader, community=community)
    Community.objects.update(status=Status.SUSPENDED)
    browser.post(address("unfollow", community))
    assert not follows(reader, community)


def test_mail_of_one_subscription_is_switched_off_and_on(browser: Client, reader: User, community: Community):
    own = Subscription.objects.create(user=reader, community=community)
    for wanted in (False, True):
        response = browser.post(reverse("notifications:email", args=[own.pk]), {"wanted": int(wanted)})
        assert response["Location"] == SETTINGS
        own.refresh_from_db()
        assert own.wants_email is wanted


def test_nobody_switches_the_mail_of_others(browser: Client, community: Community):
    other = Subscription.objects.create(user=make_user(), community=community)
    assert browser.post(reverse("notifications:email", args=[other.pk]), {"wanted": 0}).status_code == 404
    other.refresh_from_db()
    assert other.wants_email is True


def test_all_mail_is_switched_off_and_on(browser: Client, reader: User):
    for wanted in (False, True):
        browser.post(reverse("notifications:all_email"), {"wanted": int(wanted)})
        reader.refresh_from_db()
        assert reader.wants_email is wanted


def test_the_list_shows_what_one_follows_and_nothing_of_others(
    browser: Client, reader: User, community: Community
):
    Subscription.objects.create(user=reader, community=community)
    Subscription.objects.create(user=reader, region=region(MUSI_BANYUASIN))
    Subscription.objects.create(user=make_user(), community=make_community(name="KIM Lain"))
    html = browser.get(SETTINGS).content.decode().split("<main")[1]
    assert "KIM Surya Gambo" in html
    assert "Kabupaten Musi Banyuasin" in html
    assert "KIM Lain" not in html


def test_an_empty_list_says_what_to_do(browser: Client):
    assert reverse("home:regions") in browser.get(SETTINGS).content.decode().split("<main")[1]


def test_the_list_asks_the_same_number_of_queries_for_1_and_for_12(
    browser: Client, reader: User, django_assert_max_num_queries, django_assert_num_queries
):
    actions.follow(reader, region=region(TOMAN))
    browser.get(SETTINGS)
    with django_assert_max_num_queries(15) as few:
        browser.get(SETTINGS)
    for _ in range(10):
        actions.follow(reader, community=make_community())
    actions.follow(reader, region=region(MUSI_BANYUASIN))
    with django_assert_num_queries(len(few)):
        browser.get(SETTINGS)


def button(user: User, thing: Community | Region) -> str:
    request = RequestFactory().get("/komunitas/kim/?halaman=2")
    request.user = user
    template = Template("{% load follow %}{% follow_button thing %}")
    return template.render(Context({"request": request, "thing": thing}))


def test_the_button_follows_or_unfollows(reader: User, thing):
    assert f'action="{address("follow", thing)}"' in button(reader, thing)
    Subscription.objects.create(user=reader, **following._as_argument(thing))
    html = button(reader, thing)
    assert f'action="{address("unfollow", thing)}"' in html
    assert 'name="next" value="/komunitas/kim/?halaman=2"' in html


def test_the_button_leads_a_visitor_to_the_page_behind_signing_in(thing):
    from django.contrib.auth.models import AnonymousUser

    html = button(AnonymousUser(), thing)
    assert "<form" not in html
    assert f'href="{address("follow", thing)}?next=%2Fkomunitas%2Fkim%2F%3Fhalaman%3D2"' in html


def test_the_button_asks_one_query(reader: User, thing, django_assert_num_queries):
    with django_assert_num_queries(1):
        button(reader, thing)


def test_the_button_stops_counting_where_a_number_says_nothing_more(
    reader: User, community: Community, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tags, "COUNTED", 3)
    make_crowd(3)
    let_crowd_follow(community)
    assert tags.follow_button(_context(reader), community)["is_more"] is False
    actions.follow(reader, community=community)
    shown = tags.follow_button(_context(reader), community)
    assert (shown["count"], shown["is_more"]) == (3, True)


def _context(user: User) -> Context:
    request = RequestFactory().get("/")
    request.user = user
    return Context({"request": request})
