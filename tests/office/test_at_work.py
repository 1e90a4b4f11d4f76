"""Who holds two postings works by both, or by the one they chose; a choice never gives more than is held."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Posting
from accounts.roles import Role
from moderation.states import Status
from tests.factories import LOMBOK_TENGAH, MUSI_BANYUASIN, make_article, make_community, make_officer

pytestmark = pytest.mark.django_db
LOMBOK_VILLAGE = "52.02.01.1001"


@pytest.fixture
def two(client):
    """One person with postings in two offices, signed in."""
    user = make_officer(MUSI_BANYUASIN, role=Role.VIEWER)
    Posting.objects.create(user=user, region_id=LOMBOK_TENGAH, role=Role.HEAD)
    client.force_login(user)
    return user


def choose(client, posting=None):
    return client.post(reverse("office:choose_posting"), {"posting": posting.pk if posting else ""})


def offices(client):
    rows = client.get(reverse("office:postings")).context["rows"]
    return {posting.region_id for posting, _ in rows}


def test_at_first_both_count(client, two):
    assert offices(client) == {MUSI_BANYUASIN, LOMBOK_TENGAH}


def test_the_chosen_one_counts_alone_until_all_are_chosen_again(client, two):
    here = two.postings.get(region=MUSI_BANYUASIN)
    article = make_article(Status.SUBMITTED, community=make_community(village=LOMBOK_VILLAGE))
    item = reverse("office:item", args=["article", article.pk])
    assert client.get(item).status_code == 200
    assert choose(client, here).url == reverse("office:desk")
    assert offices(client) == {MUSI_BANYUASIN}
    assert client.get(item).status_code == 404
    assert client.get(reverse("office:appoint")).status_code == 403
    choose(client)
    assert offices(client) == {MUSI_BANYUASIN, LOMBOK_TENGAH}
    assert client.get(reverse("office:appoint")).status_code == 200


def test_a_posting_of_somebody_else_is_not_chosen(client, two):
    other = make_officer("16").postings.get()
    choose(client, other)
    assert offices(client) == {MUSI_BANYUASIN, LOMBOK_TENGAH}


def test_a_chosen_posting_that_ends_leaves_the_other(client, two):
    here = two.postings.get(region=MUSI_BANYUASIN)
    choose(client, here)
    Posting.objects.filter(pk=here.pk).update(ended_at=timezone.now(), ended_by=two)
    assert offices(client) == {LOMBOK_TENGAH}


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.HEAD, {"office:imports", "office:audit", "office:settings_home"}),
        (Role.OFFICER, {"office:imports"}),
        (Role.VERIFIER, {"office:imports"}),
        (Role.MODERATOR, set()),
        (Role.VIEWER, set()),
    ],
)
def test_the_office_shows_the_ways_that_are_open(client, role, shown):
    client.force_login(make_officer(role=role))
    page = client.get(reverse("office:desk")).content.decode()
    ways = {"office:imports", "office:audit", "office:settings_home"}
    assert {name for name in ways if f'href="{reverse(name)}"' in page} == shown
    assert {name for name in ways if client.get(reverse(name)).status_code != 403} == shown
