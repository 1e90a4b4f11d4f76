"""Who decides: the lowest office that has an officer; above it, once the item is overdue."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

import moderation.rules
from accounts.models import User
from articles.models import Article
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_item,
    make_officer,
    make_reply,
    make_user,
)

pytestmark = pytest.mark.django_db


def _decides(user, item) -> bool:
    """By the rule, and by its twin in SQL, which must agree."""
    by_rule = moderation.rules.may_decide(user, item)
    rows = Article.objects.filter(pk=item.pk).on_desks_of(user).with_turn_of(user)
    by_query = any(row.is_my_turn for row in rows)
    assert by_rule == by_query
    return by_rule


def test_the_regency_decides_before_the_province_and_the_ministry():
    here, above, ministry = make_officer(MUSI_BANYUASIN), make_officer(SUMATERA_SELATAN), make_officer(None)
    item = make_article(Status.SUBMITTED)
    assert [_decides(user, item) for user in (here, above, ministry)] == [True, False, False]


def test_where_the_regency_has_nobody_the_province_decides():
    above, ministry = make_officer(SUMATERA_SELATAN), make_officer(None)
    item = make_article(Status.SUBMITTED)
    assert [_decides(user, item) for user in (above, ministry)] == [True, False]


def test_where_nobody_is_posted_the_ministry_decides():
    ministry = make_officer(None)
    assert _decides(ministry, make_article(Status.SUBMITTED))


def test_an_overdue_item_may_be_decided_by_the_levels_above():
    here, above, ministry = make_officer(MUSI_BANYUASIN), make_officer(SUMATERA_SELATAN), make_officer(None)
    item = make_article(Status.SUBMITTED, due_at=timezone.now() - timedelta(hours=1))
    assert [_decides(user, item) for user in (here, above, ministry)] == [True, True, True]


def test_an_officer_elsewhere_never_decides():
    elsewhere = make_officer(LOMBOK_TENGAH)
    item = make_article(Status.SUBMITTED, due_at=timezone.now() - timedelta(hours=1))
    assert not _decides(elsewhere, item)


def test_a_posting_that_ended_gives_no_right():
    officer = make_officer()
    item = make_article(Status.SUBMITTED)
    officer.postings.update(ended_at=timezone.now(), ended_by=officer)
    assert not moderation.rules.may_decide(User.objects.get(pk=officer.pk), item)


def test_drafts_are_seen_by_no_office():
    officer = make_officer()
    item = make_article(Status.DRAFT)
    assert not Article.objects.on_desks_of(officer).filter(pk=item.pk).exists()
    assert not Article.objects.visible_to(officer).filter(pk=item.pk).exists()


@pytest.mark.parametrize("status", Status)
def test_visitors_and_strangers_see_what_is_public_and_nothing_else(status):
    item = make_article(status)
    for user in (AnonymousUser(), make_user(), make_officer(LOMBOK_TENGAH)):
        seen = Article.objects.visible_to(user).filter(pk=item.pk).exists()
        assert seen == (status == Status.APPROVED)


def test_an_article_of_a_suspended_community_is_not_public():
    item = make_article()
    item.community.status = Status.SUSPENDED
    item.community.save()
    assert not Article.objects.visible_to(AnonymousUser()).filter(pk=item.pk).exists()


def test_an_article_whose_time_has_not_come_is_not_public():
    item = make_article(published_at=timezone.now() + timedelta(hours=1))
    assert not Article.objects.public().filter(pk=item.pk).exists()


@pytest.mark.parametrize("kind", ["article", "event", "factcheck"])
def test_who_wrote_what_is_public_decides_nothing_about_it_though_they_left_since(kind):
    writer, colleague = make_officer(name="Wati"), make_officer(name="Budi")
    item = make_item(kind, Status.APPROVED, author=writer, community=make_community())
    assert item.is_authored_by(writer) is False
    assert [moderation.rules.may_decide(user, item) for user in (writer, colleague)] == [False, True]


def test_who_wrote_an_article_decides_no_reply_to_it_though_they_left_since():
    writer, colleague = make_officer(name="Wati"), make_officer(name="Budi")
    reply = make_reply(Status.SUBMITTED, article=make_article(author=writer, community=make_community()))
    assert [moderation.rules.may_decide(user, reply) for user in (writer, colleague)] == [False, True]
