"""News with a time of publication: approved before, public and told when its time comes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from articles import scheduling
from articles.models import Article
from moderation.states import Status
from notifications import fanout
from notifications.models import Notification, Subscription
from regions.models import Level, Region
from tests.factories import LOMBOK_TENGAH, make_article, make_community, make_member, make_officer, make_user

pytestmark = pytest.mark.django_db
IN_AN_HOUR = timedelta(hours=1)


@pytest.fixture
def follower():
    return make_user("Siti")


def _approved(follower, publish_at):
    article = make_article(Status.SUBMITTED, publish_at=publish_at)
    Subscription.objects.create(user=follower, community=article.community)
    moderation.actions.move(article, "approve", by=make_officer())
    fanout.fan_out_waiting()
    return article


def _told(user):
    return list(Notification.objects.filter(recipient=user).values_list("activity__verb", flat=True))


def _let_time_pass(article):
    past = timezone.now() - timedelta(minutes=1)
    Article.objects.filter(pk=article.pk).update(published_at=past)


def test_it_is_public_and_told_when_its_time_comes_and_once(follower):
    at = timezone.now() + IN_AN_HOUR
    article = _approved(follower, at)
    article.refresh_from_db()
    assert (article.status, article.published_at, article.awaits_its_time) == (Status.APPROVED, at, True)
    assert not Article.objects.public().exists()
    assert (scheduling.announce_due(), _told(follower)) == (0, [])
    _let_time_pass(article)
    assert [scheduling.announce_due() for _ in range(2)] == [1, 0]
    fanout.fan_out_waiting()
    assert _told(follower) == ["article.publish"]
    assert Article.objects.public().get() == article


def test_a_time_that_is_over_is_as_good_as_none(follower):
    article = _approved(follower, timezone.now() - IN_AN_HOUR)
    article.refresh_from_db()
    assert (article.awaits_its_time, article.published_at, _told(follower)) == (
        False,
        article.decided_at,
        ["article.approve"],
    )


def test_what_is_withdrawn_before_its_time_stays_silent(follower):
    article = _approved(follower, timezone.now() + IN_AN_HOUR)
    Article.objects.filter(pk=article.pk).update(status=Status.SUSPENDED)
    _let_time_pass(article)
    assert scheduling.announce_due() == 0
    assert not Activity.objects.filter(verb="article.publish").exists()


def test_the_time_is_read_by_the_clock_of_the_village(client):
    village = Region.objects.within(LOMBOK_TENGAH).filter(level=Level.VILLAGE).first()  # WITA
    writer = make_member(community := make_community(village=village.pk))
    client.force_login(writer)
    compose = reverse("articles:compose")
    tomorrow = (timezone.now() + timedelta(days=1)).date()
    fields = {
        "community": community.pk, "title": "Pasar", "source": "report", "then": "draft",
        "publish_at": f"{tomorrow}T09:00",
        "form_key": client.get(compose).context["form"]["form_key"].value(),
    }  # fmt: skip
    client.post(compose, fields)
    kept = writer.articles_created.get()
    assert kept.publish_at.strftime("%d %H:%M") == f"{tomorrow:%d} 01:00"
    edit = reverse("articles:edit", args=[kept.pk, kept.slug])
    shown = client.get(edit).context["form"]["publish_at"].value()
    assert f"{shown:%d %H:%M}" == f"{tomorrow:%d} 09:00"


def test_the_chosen_byline_goes_with_the_person():
    from articles import personal_data

    article = make_article(byline="R. O.")
    assert article.author_name == "R. O."
    personal_data.erase(article.created_by)
    article.refresh_from_db()
    assert article.author_name == str(article.created_by)
