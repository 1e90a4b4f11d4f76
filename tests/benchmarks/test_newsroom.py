"""The benchmark of the newsroom: what it fills is a portal, and each of its pages and jobs is there."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from articles.models import Amendment, Article
from benchmarks import filling, newsroom_people
from benchmarks.newsroom_base import BUSY, Sizes
from benchmarks.newsroom_jobs import JOBS, taken_back
from benchmarks.newsroom_pages import pages
from benchmarks.newsroom_rows import fill
from benchmarks.visits import as_in_production, queries_of
from complaints.models import Case
from moderation.states import Status
from notifications.models import Delivery, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """A small portal, taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        filled = filling.fill(filling.Size(communities=60, officers=8, articles_each=0))
        filled.rows |= fill(Sizes.of(1200))
        yield filled
        transaction.set_rollback(True)


def test_its_rows_hold_what_the_tables_demand(portal):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert Article.objects.exclude(status=Status.SUBMITTED).count() == portal.rows["articles_article"] == 1200
    assert Notification.objects.count() == portal.rows["notifications_notification"] == 1200
    assert Delivery.objects.count() == portal.rows["notifications_delivery"] == 400


def test_a_kabupaten_has_as_much_waiting_whatever_the_size(portal):
    assert Amendment.objects.waiting().within(filling.HOME).count() == BUSY
    assert Case.objects.open().filter(region__code__startswith=f"{filling.HOME}.").count() == BUSY


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_page_opens(portal, page):
    with as_in_production():
        visitors, address = newsroom_people.visitors(portal), page.address()
        ContentType.objects.get_for_models(*apps.get_models())  # as a process of some age knows them
        asked = queries_of(connection, lambda: visitors.open(page, address))
    assert 0 < len(asked) <= 15


@pytest.mark.parametrize("name", JOBS)
def test_every_job_runs_and_is_taken_back(portal, name):
    before = Notification.objects.count(), Article.objects.count()
    assert taken_back(JOBS[name]) > 0
    assert (Notification.objects.count(), Article.objects.count()) == before
