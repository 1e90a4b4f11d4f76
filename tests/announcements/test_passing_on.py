"""An announcement becomes a news item of a community, with the office as its source."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from accounts.models import User
from activity.models import Activity
from announcements import actions, passing_on
from announcements.models import Announcement, PassedOn
from announcements.results import result_in
from articles.models import Article
from common.chat import as_typed
from communities.models import Community, Kind, Membership
from moderation.states import Status
from notifications.audiences import audience
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    make_announcement,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> Community:
    return make_community(name="KIM Surya")


@pytest.fixture
def member(kim: Community) -> User:
    return make_member(kim)


@pytest.fixture
def announcement(kim: Community) -> Announcement:
    return make_announcement(title="Imunisasi serentak", text="<h2>Jadwal</h2><p>Senin, di posyandu.</p>")


def test_it_begins_a_draft_that_names_its_source(kim, member, announcement):
    passed, is_new = passing_on.pass_on(announcement, kim, by=member)
    article = passed.article
    assert is_new
    assert (article.title, article.source, article.status) == ("Imunisasi serentak", "release", Status.DRAFT)
    assert (article.community, article.created_by, article.dateline) == (kim, member, "TOMAN")
    assert article.lead == "Jadwal Senin, di posyandu."
    assert article.body.startswith("<h2>Jadwal</h2><p>Senin, di posyandu.</p>")
    assert announcement.source in article.body


def test_readers_of_the_news_are_led_to_no_page_that_they_may_not_see(kim, member, announcement):
    """A news item is public, one for members only is not."""
    inside = passing_on.pass_on(announcement, kim, by=member)[0].article
    for_all = make_announcement(audience="readers", text="<p>Air &amp; listrik padam.</p><p>Senin.</p>")
    outside = passing_on.pass_on(for_all, kim, by=member)[0].article
    browser = Client()
    browser.force_login(member)
    for article, told, is_linked in ((inside, announcement, False), (outside, for_all, True)):
        page = browser.get(article.get_absolute_url()).content.decode()
        assert told.source in page
        assert (f'<a href="{told.get_absolute_url()}">' in page) is is_linked


def test_who_has_only_the_plain_field_sees_no_tags_in_it(member, kim):
    for_all = make_announcement(audience="readers", text="<p>Air &amp; listrik padam.</p><p>Senin.</p>")
    article = passing_on.pass_on(for_all, kim, by=member)[0].article
    typed = as_typed(article.body)
    assert typed.split("\n\n")[:2] == ["Air & listrik padam.", "Senin."]
    assert for_all.source in typed
    assert "<" not in typed


def test_passing_it_on_twice_leads_to_the_same_draft(kim, member, announcement):
    first, _new = passing_on.pass_on(announcement, kim, by=member)
    second, is_new = passing_on.pass_on(announcement, kim, by=kim.created_by)
    assert (second, is_new) == (first, False)
    assert Article.objects.count() == PassedOn.objects.count() == 1


def test_each_of_ones_communities_may_pass_it_on(kim, member, announcement):
    other = make_community()
    make_member(other, user=member)
    for community in (kim, other):
        passing_on.pass_on(announcement, community, by=member)
    assert Article.objects.count() == 2


def test_it_can_be_passed_on_anew_once_the_draft_is_gone(kim, member, announcement):
    passing_on.pass_on(announcement, kim, by=member)[0].article.delete()
    assert passing_on.pass_on(announcement, kim, by=member)[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"code": LOMBOK_TENGAH},
        {"kinds": [Kind.TRADITIONAL_MEDIA]},
        {"sent": False},
        {"valid_until": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_what_is_not_for_them_or_over_is_not_passed_on(kim, member, fields):
    with pytest.raises(PermissionDenied):
        passing_on.pass_on(make_announcement(**fields), kim, by=member)


def test_a_withdrawn_one_is_not_passed_on(kim, member, announcement):
    withdrawn = actions.withdraw(announcement, by=announcement.sent_by, reason="Keliru.")
    with pytest.raises(PermissionDenied):
        passing_on.pass_on(withdrawn, kim, by=member)


def test_who_made_news_of_it_hears_of_its_withdrawal_and_nobody_else(kim, member, announcement):
    """What the others have to know is a correction; these have something to do."""
    make_member(kim)
    elsewhere = make_community()
    article = passing_on.pass_on(announcement, kim, by=member)[0].article
    article = moderation.actions.move(article, "submit", by=member)
    moderation.actions.move(article, "approve", by=make_officer())
    actions.withdraw(announcement, by=announcement.sent_by, reason="Tanggal keliru.")
    told = audience(Activity.objects.get(verb="announcement.withdraw"))
    assert set(told) == {member, kim.created_by}
    client = Client()
    for person, is_named in ((member, True), (elsewhere.created_by, False)):
        client.force_login(person)
        page = client.get(announcement.get_absolute_url()).content.decode()
        assert (article.get_absolute_url() in page) is is_named


def test_nobody_passes_on_for_a_community_of_others(kim, announcement):
    for person in (make_user(), make_member(make_community()), make_officer()):
        with pytest.raises(PermissionDenied):
            passing_on.pass_on(announcement, kim, by=person)


def test_one_for_everybody_may_be_passed_on_by_communities_elsewhere():
    community = make_community(village="52.02.02.2010")
    for_everybody = make_announcement(audience="readers")
    assert passing_on.pass_on(for_everybody, community, by=community.created_by)[1]


def test_it_counts_once_it_is_published(kim, member, announcement):
    def counted() -> int:
        return result_in(announcement, region(MUSI_BANYUASIN)).total.passed_on

    article = passing_on.pass_on(announcement, kim, by=member)[0].article
    assert counted() == 0
    article = moderation.actions.move(article, "submit", by=member)
    assert counted() == 0
    article = moderation.actions.move(article, "approve", by=make_officer())
    assert counted() == 1
    moderation.actions.move(article, "suspend", by=make_officer(), reason="Keliru.", cited="untrue")
    assert counted() == 0


def press(user: User, announcement: Announcement, **data: object) -> str:
    client = Client()
    client.force_login(user)
    answer = client.post(reverse("announcements:pass_on", args=[announcement.pk]), data)
    assert answer.status_code == 302
    return str(answer.url)


def test_the_button_leads_to_the_composer(kim, member, announcement):
    address = press(member, announcement)
    article = Article.objects.get()
    assert address == f"{article.get_absolute_url()}ubah/"
    assert press(member, announcement) == address


def test_the_community_is_chosen_where_there_are_several(kim, member, announcement):
    other = make_community()
    make_member(other, user=member)
    press(member, announcement, community=other.pk)
    press(member, announcement, community="bukan-angka")
    assert [article.community for article in Article.objects.all()] == [other]


def test_another_members_draft_is_not_opened(kim, member, announcement):
    press(member, announcement)
    assert press(make_member(kim), announcement) == announcement.get_absolute_url()


def test_a_manager_goes_on_with_a_members_draft(kim, member, announcement):
    address = press(member, announcement)
    assert press(make_member(kim, role=Membership.Role.MANAGER), announcement) == address
