"""History cannot be changed, not even past Django."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import activity.actions
from activity.models import Activity
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted() -> Activity:
    item = make_article()
    return activity.actions.record("article.approve", item, by=item.created_by, region=item.region)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activity_activity SET verb = 'article.reject'",
        "UPDATE activity_activity SET actor_id = NULL",
        "UPDATE activity_activity SET reason = 'lain', fanned_out_at = now()",
        "DELETE FROM activity_activity",
    ],
)
def test_the_database_refuses_to_change_history(noted, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Activity.objects.get().verb == "article.approve"


def test_only_the_outbox_columns_move(noted):
    Activity.objects.filter(pk=noted.pk).update(fanned_out_at=timezone.now(), fanout_cursor=7)
    assert not Activity.objects.waiting().exists()


def test_an_unknown_verb_is_refused():
    item = make_article()
    with pytest.raises(KeyError):
        activity.actions.record("article.burn", item, by=None)


@pytest.mark.usefixtures("committed_db")
def test_an_activity_outside_a_transaction_is_refused():
    item = make_article()
    with pytest.raises(RuntimeError):
        activity.actions.record("article.approve", item, by=None)


@pytest.mark.usefixtures("committed_db")
def test_history_cannot_be_emptied():
    item = make_article()
    with transaction.atomic():
        activity.actions.record("article.approve", item, by=None)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE activity_activity CASCADE")
    assert Activity.objects.count() == 1
