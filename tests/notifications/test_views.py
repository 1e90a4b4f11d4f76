from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import activity.actions
from accounts.models import User
from activity.models import Activity
from articles.models import Article
from communities.models import Community, Membership
from moderation.states import Status
from notifications import fanout, inbox
from notifications.models import Notification, Subscription
from tests.factories import (
    make_article,
    make_community,
    make_event,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db

INBOX = "/pemberitahuan/"


@pytest.fixture
def reader() -> User:
    return make_user("Siti Aminah")


@pytest.fixture
def browser(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def tell(person: User, verb: str, target: object, *, reason: str = "", days_ago: int = 0) -> Notification:
    with transaction.atomic():
        recorded = activity.actions.record(
            verb,
            target,
            by=None,
            region=getattr(target, "region", None),
            reason=reason,
            happened_at=timezone.now() - timedelta(days=days_ago),
        )
    return Notification.objects.create(activity=recorded, recipient=person)


def page(browser: Client, address: str = INBOX) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_led_to_sign_in(client: Client):
    response = client.get(INBOX)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_an_empty_inbox_says_what_to_do(browser: Client):
    assert reverse("communities:directory") in page(browser).split("<main")[1]


def test_the_newest_stands_first_and_unread_is_said_in_words(browser: Client, reader: User, settings):
    old = tell(reader, "article.approve", make_article(title="Kabar lama"))
    tell(reader, "event.approve", make_event(title="Kabar baru"))
    Notification.objects.filter(pk=old.pk).update(read_at=timezone.now())
    settings.LANGUAGE_CODE = "en"
    html = page(browser).split("<main")[1]
    assert html.index("Kabar baru") < html.index("Kabar lama")
    assert html.count('class="line unread"') == 1
    assert html.count(">unread<") == 1


def test_nobody_sees_what_others_were_told(browser: Client):
    other = tell(make_user(), "article.approve", make_article(title="Rahasia"))
    assert "Rahasia" not in page(browser)
    assert browser.get(reverse("notifications:open", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_opening_marks_as_read_once_and_leads_to_the_article(browser: Client, reader: User):
    article = make_article()
    told = tell(reader, "article.approve", article)
    response = browser.get(reverse("notifications:open", args=[told.pk]))
    assert (response.status_code, response["Location"]) == (302, article.get_absolute_url())
    told.refresh_from_db()
    first = told.read_at
    assert first is not None
    browser.get(reverse("notifications:open", args=[told.pk]))
    told.refresh_from_db()
    assert told.read_at == first


def test_an_officer_is_led_to_the_desk(client: Client):
    officer = make_officer()
    article = make_article(Status.SUBMITTED)
    told = tell(officer, "article.submit", article)
    client.force_login(officer)
    response = client.get(reverse("notifications:open", args=[told.pk]))
    assert response["Location"] == reverse("office:item", args=["article", article.pk])


def test_a_manager_is_led_to_who_asks_to_join(client: Client):
    community = make_community()
    asked = Membership.objects.create(community=community, user=make_user("Sari Dewi"))
    told = tell(community.created_by, "membership.ask", asked)
    client.force_login(community.created_by)
    assert "Sari Dewi" in page(client)
    response = client.get(reverse("notifications:open", args=[told.pk]))
    assert response["Location"] == reverse("communities:members", args=[community.slug])


def test_the_reason_is_quoted_to_the_author(client: Client):
    community = make_community()
    writer = make_member(community)
    article = make_article(Status.RETURNED, community=community, author=writer)
    tell(writer, "article.return", article, reason="Sebut sumber angkanya.")
    client.force_login(writer)
    assert "Sebut sumber angkanya." in page(client)


def test_what_was_withdrawn_is_not_named_any_more(browser: Client, reader: User):
    article = make_article(title="Fitnah tentang tetangga")
    told = tell(reader, "article.approve", article)
    assert "Fitnah" in page(browser)
    Article.objects.update(status=Status.SUSPENDED, decision_reason="Fitnah tentang tetangga")
    assert "Fitnah" not in page(browser)
    assert browser.get(reverse("notifications:open", args=[told.pk])).status_code == 302


def test_what_a_suspended_community_wrote_is_not_named_any_more(browser: Client, reader: User):
    tell(reader, "article.approve", make_article(title="Kabar dari mereka"))
    Community.objects.update(status=Status.SUSPENDED)
    assert "Kabar dari mereka" not in page(browser)


def test_what_is_gone_breaks_nothing(browser: Client, reader: User):
    event = make_event()
    told = tell(reader, "event.approve", event)
    event.delete()
    page(browser)
    response = browser.get(reverse("notifications:open", args=[told.pk]))
    assert response["Location"] == INBOX


def test_markup_in_a_title_is_text_in_the_inbox(browser: Client, reader: User):
    tell(reader, "article.approve", make_article(title="<script>alert(1)</script>"))
    html = page(browser)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_all_read_takes_what_was_shown_and_leaves_what_came_since(browser: Client, reader: User):
    shown = [tell(reader, "article.approve", make_article()) for _ in range(2)]
    assert f'name="until" value="{shown[-1].pk}"' in page(browser)
    since = tell(reader, "article.approve", make_article())
    response = browser.post(reverse("notifications:read_all"), {"until": shown[-1].pk})
    assert (response.status_code, response["Location"]) == (302, INBOX)
    assert list(Notification.objects.unread()) == [since]
    assert inbox.unread_count(reader) == 1


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 40, "²"])
def test_all_read_with_nonsense_reads_nothing(browser: Client, reader: User, until: str):
    tell(reader, "article.approve", make_article())
    assert browser.post(reverse("notifications:read_all"), {"until": until}).status_code == 302
    assert inbox.unread_count(reader) == 1


def test_older_ones_are_a_page_away(browser: Client, reader: User):
    article = make_article()
    told = [tell(reader, "article.approve", article) for _ in range(35)]
    first = browser.get(INBOX)
    assert [entry.notification.pk for entry in first.context["page"].entries] == [
        entry.pk for entry in reversed(told[5:])
    ]
    second = browser.get(INBOX + first.context["page"].next_query)
    assert [entry.notification.pk for entry in second.context["page"].entries] == [
        entry.pk for entry in reversed(told[:5])
    ]


def a_mixed_inbox(person: User, rounds: int) -> None:
    for _ in range(rounds):
        community = make_community()
        tell(person, "article.approve", make_article(community=community))
        tell(person, "event.approve", make_event())
        tell(person, "community.approve", make_community())
        tell(person, "membership.accept", make_member(community).memberships.get())
        tell(person, "posting.appoint", make_officer().postings.get())


def test_the_inbox_asks_the_same_number_of_queries_for_5_and_for_30(
    browser: Client, reader: User, django_assert_max_num_queries, django_assert_num_queries
):
    a_mixed_inbox(reader, 1)
    page(browser)  # what is asked once a process
    with django_assert_max_num_queries(15) as few:
        page(browser)
    a_mixed_inbox(reader, 5)
    with django_assert_num_queries(len(few)):
        page(browser)


def test_the_count_is_in_the_header_of_every_page(browser: Client, reader: User):
    for _ in range(3):
        tell(reader, "article.approve", make_article())
    header = page(browser, "/").split("<main")[0]
    assert ">3<" in header


@pytest.mark.parametrize("name", ["notifications:read_all", "notifications:all_email"])
def test_what_changes_something_is_posted(browser: Client, name: str):
    assert browser.get(reverse(name)).status_code == 405


def test_a_decision_ends_in_the_inbox_of_the_writer(client: Client):
    import moderation.actions

    community = make_community()
    writer = make_member(community)
    article = make_article(Status.SUBMITTED, community=community, author=writer, title="Panen jagung")
    moderation.actions.move(article, "reject", by=make_officer(), reason="Bukan berita.", cited="not-news")
    fanout.fan_out(Activity.objects.get().pk)
    client.force_login(writer)
    html = page(client)
    assert "Panen jagung" in html
    assert "Bukan berita." in html
    assert Subscription.objects.count() == 0
