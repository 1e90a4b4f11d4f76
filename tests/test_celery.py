"""The queue: a web request that enqueues never waits for a broker that is down."""

import time

import pytest
from kombu.exceptions import OperationalError

from kimportal.celery import app


@pytest.mark.parametrize("connected_before", [False, True])
def test_enqueueing_with_the_broker_down_fails_within_two_seconds(redis_server, connected_before):
    if connected_before:
        app.send_task("notifications.tasks.sweep")
    redis_server.stop()
    began = time.monotonic()
    with pytest.raises(OperationalError):
        app.send_task("notifications.tasks.sweep")
    assert time.monotonic() - began < 2


def test_enqueueing_works_again_when_the_broker_is_back(redis_server):
    redis_server.stop()
    with pytest.raises(OperationalError):
        app.send_task("notifications.tasks.sweep")
    redis_server.start()
    assert app.send_task("notifications.tasks.sweep").id
