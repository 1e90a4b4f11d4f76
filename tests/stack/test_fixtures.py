"""The fixtures that race tests stand on."""

import pytest

from kimportal.celery import app
from regions.models import Region


def test_a_worker_process_takes_tasks_from_the_tests_own_redis(celery_worker_process):
    worker = celery_worker_process()
    # It listens to the queue before it listens to calls, and a call that nobody hears is lost.
    answers = (app.control.ping(timeout=1, limit=1) for _ in range(20))
    assert [list(answer.values()) for answer in next(filter(None, answers))] == [[{"ok": "pong"}]]
    worker.kill()
    assert worker.process.returncode == -9


@pytest.mark.parametrize("turn", [1, 2])
def test_regions_outlast_a_test_that_commits(committed_db, turn):
    assert Region.objects.filter(level=4).count() == 83_762
