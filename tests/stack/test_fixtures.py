"""The fixtures that race tests stand on."""

import pytest

from kimportal.celery import app
from regions.models import Region


def test_a_worker_process_takes_tasks_from_the_tests_own_redis(celery_worker_process):
    worker = celery_worker_process()
    assert [list(answer.values()) for answer in app.control.ping(timeout=5, limit=1)] == [[{"ok": "pong"}]]
    worker.kill()
    assert worker.process.returncode == -9


@pytest.mark.parametrize("turn", [1, 2])
def test_regions_outlast_a_test_that_commits(committed_db, turn):
    assert Region.objects.filter(level=4).count() == 83_762
