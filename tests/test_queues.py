"""Every task waits in a queue that somebody takes from."""

import pytest

from kimportal.celery import app
from kimportal.queues import BEAT, PROCESSES, QUEUES, ROUTES, WAITING, WORKERS
from notifications.channels import CHANNELS

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_a_route_of_its_own_or_of_its_app(name):
    routes = [route["queue"] for pattern, route in ROUTES.items() if _fits(pattern, name)]
    assert routes != []
    assert app.amqp.router.route({}, name)["queue"].name == routes[0]
    assert routes[0] in QUEUES


def _fits(pattern, name):
    return name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1]))


def test_every_queue_has_one_worker():
    assert sorted(queue for queues in WORKERS.values() for queue in queues) == sorted(QUEUES)


def test_the_clock_asks_for_tasks_that_exist():
    assert [entry["task"] for entry in BEAT.values() if entry["task"] not in app.tasks] == []


def test_all_senders_together_leave_a_process_for_telling():
    assert sum(channel.senders for channel in CHANNELS.values()) + len(WAITING) < PROCESSES["quick"]
