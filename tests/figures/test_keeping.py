"""Many who open the same overview in the same moment let the figures be counted once."""

import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from figures import counting
from figures.models import Tally
from figures.periods import Period
from figures.tasks import count_nation
from tests.factories import make_community


@pytest.mark.django_db(transaction=True)
def test_who_asks_while_figures_are_counted_waits_for_them(monkeypatch):
    counts, answers = [], []
    count = counting.count

    def slowly(region, period):
        counts.append(period)
        time.sleep(0.3)
        return count(region, period)

    def ask():
        answers.append(counting.counted(None, Period.current(None)))
        connection.close()

    monkeypatch.setattr(counting, "count", slowly)
    people = [threading.Thread(target=ask) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert (len(counts), len(answers), Tally.objects.count()) == (1, 4, 1)
    assert len({answer.counted_at for answer in answers}) == 1


@pytest.mark.django_db
def test_the_nation_is_counted_before_anybody_asks():
    make_community()
    count_nation()
    with CaptureQueriesContext(connection) as asked:
        found = counting.counted(None, Period.current(None))
    assert (len(asked), found.total["verified"][0]) == (1, 1)
    make_community()
    count_nation()
    assert counting.counted(None, Period.current(None)).total["verified"][0] == 2
