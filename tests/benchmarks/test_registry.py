"""The benchmark of the registry: it fills a portal, opens each page of it, and knows a broken promise."""

import pytest
from django.db import connection

from articles.models import Article
from benchmarks import filling, registry
from benchmarks.jobs import JOBS
from benchmarks.visits import Visitors, as_in_production, pages, queries_of
from communities.models import Community
from figures.counting import count
from figures.periods import Period
from moderation.states import Status
from regions.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """A small portal, taken back afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield filling.fill(filling.Size(communities=60, officers=8, articles_each=2))
        transaction.set_rollback(True)


def test_it_fills_a_portal_whose_kabupaten_has_a_desk_full(portal):
    home = Region.objects.get(pk=filling.HOME)
    assert portal.rows["community"] == 60
    assert Community.objects.count() == 60 + portal.rows["in_forum"] == 121
    assert Community.objects.within(home).count() == 24
    assert Article.objects.within(home).waiting().count() == 30
    assert Community.objects.within(home).waiting().count() == 5


def test_its_rows_hold_what_the_tables_demand(portal):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    found = count(None, Period.current(None)).total
    assert (
        found["verified"][0] == Community.objects.filter(status=Status.APPROVED).exclude(kind="forum").count()
    )
    assert found["median"][0] > 0


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_page_opens(portal, page):
    with as_in_production():
        visitors = Visitors.of(portal)
        page.prepare()
        asked = queries_of(connection, lambda: visitors.open(page, page.address()))
    assert 0 < len(asked) <= 15


@pytest.mark.parametrize("name", [name for name in JOBS if "report" not in name and "import" not in name])
def test_every_job_runs(portal, name):
    JOBS[name]()


@pytest.mark.parametrize(
    ("is_guarded", "queries", "ratio", "is_kept"),
    [(True, [9, 9], 1.49, True), (True, [9, 9], 1.5, False), (True, [9, 10], 1.0, False),
     (False, [9, 9], 3.0, True), (False, [9, 8], 1.0, True), (False, [9, 10], 1.0, False)],
)  # fmt: skip
def test_it_knows_a_broken_promise(is_guarded, queries, ratio, is_kept):
    row = {"page": "any", "is_guarded": is_guarded, "queries": queries, "ratio": ratio}
    assert registry.is_kept([row]) == is_kept


@pytest.mark.parametrize(("queries", "is_kept"), [([2, 3], True), ([2, 4], False), ([13, 8], True)])
def test_a_kind_that_the_small_portal_lacks_may_be_asked_for(queries, is_kept):
    row = {"page": "any", "is_guarded": False, "queries": queries, "ratio": 1.0}
    assert registry.is_kept([row], spare=1) == is_kept
