"""The button that sends says what happens then, on the composers of news and of events."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from moderation.states import Status
from tests.factories import make_article, make_community, make_event, make_member, make_user

pytestmark = pytest.mark.django_db
COMPOSERS = [reverse("articles:compose"), reverse("events:compose")]


def _kim(**kinds):
    fields = {"trusted_at": timezone.now(), "trusted_by": make_user("Petugas")} if "trusted" in kinds else {}
    return make_community(is_read_first="read_first" in kinds, **fields)


def _button(client, url, user):
    client.force_login(user)
    page = client.get(url).content.decode()
    found = re.search(r'name="then" value="submit".*?<span>([^<]+)</span>', page, re.DOTALL)
    return found and found[1], page


@pytest.mark.parametrize("url", COMPOSERS)
@pytest.mark.parametrize(
    ("kinds", "label"),
    [
        ([{}], "Send for review"),
        ([{"trusted": True}], "Publish"),
        ([{"read_first": True}], "Hand in to the managers"),
        ([{"read_first": True, "trusted": True}], "Hand in to the managers"),
        ([{"trusted": True}, {"trusted": True}], "Publish"),
        ([{"trusted": True}, {}], "Send"),
    ],
)
def test_the_button_says_what_happens(client, url, kinds, label):
    user = make_user()
    for kind in kinds:
        make_member(_kim(**kind), user=user)
    assert _button(client, url, user)[0] == gettext(label)


@pytest.mark.parametrize("url", COMPOSERS)
def test_a_manager_who_reads_first_is_not_sent_to_the_managers(client, url):
    assert _button(client, url, _kim(read_first=True).created_by)[0] == gettext("Send for review")


@pytest.mark.parametrize("make", [make_article, make_event])
def test_of_what_is_there_its_own_community_decides(client, make):
    trusted, other = _kim(trusted=True), _kim()
    user = make_member(trusted, user=make_member(other))
    labels = [
        _button(client, f"{make(status, community=kim, author=user).get_absolute_url()}ubah/", user)
        for kim, status in ((trusted, Status.DRAFT), (trusted, Status.RETURNED), (other, Status.DRAFT))
    ]
    assert [label for label, _page in labels] == [gettext("Publish"), *[gettext("Send for review")] * 2]
    assert [f"{trusted.name} " in page for _label, page in labels] == [True, False, False]


@pytest.mark.parametrize(
    ("kinds", "labels"),
    [
        ({}, ["Send for review"]),
        ({"trusted": True}, ["Send for review", "Publish"]),
        ({"read_first": True, "trusted": True}, ["Hand in to the managers"]),
    ],
)
def test_the_page_of_a_draft_says_it_too(client, kinds, labels):
    kim = _kim(**kinds)
    item = make_article(Status.DRAFT, community=kim, author=make_member(kim))
    client.force_login(item.created_by)
    page = client.get(item.get_absolute_url()).content.decode()
    assert re.findall(r'name="move".*?<span>([^<]+)</span>', page, re.DOTALL) == list(map(gettext, labels))
