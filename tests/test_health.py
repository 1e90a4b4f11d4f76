"""/healthz/ says what works and what does not."""

import json
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory
from django.utils import timezone

from activity.models import Activity
from kimportal import heartbeat
from kimportal.celery import app
from kimportal.health import healthz
from kimportal.heartbeat import Scheduler
from kimportal.queues import QUEUES


@pytest.fixture
def answer(rf: RequestFactory):
    def ask() -> tuple[int, dict]:
        response = healthz(rf.get("/healthz/"))
        return response.status_code, json.loads(response.content)

    return ask


@pytest.fixture
def everybody_lives(redis_server):
    heartbeat._noted.clear()
    for queue in QUEUES:
        heartbeat.note(heartbeat.queue_key(queue))
    heartbeat.note("beat")


def happened(minutes_ago: int, *, told: bool = False) -> Activity:
    kind = ContentType.objects.get_for_model(Activity)
    now = timezone.now()
    return Activity.objects.create(
        verb="test.happen",
        target_type=kind,
        target_id=1,
        happened_at=now - timedelta(minutes=minutes_ago),
        fanned_out_at=now if told else None,
    )


def test_all_is_well_when_all_show_signs_of_life(db, everybody_lives, answer):
    assert answer() == (
        200,
        {"database": "ok", "redis": "ok", "worker": "ok", "beat": "ok", "outbox": "ok", "status": "ok"},
    )


def test_silence_of_worker_and_beat_is_noticed(db, redis_server, answer):
    status, said = answer()
    assert status == 503
    assert said["redis"] == "ok"
    assert said["worker"] == said["beat"] == "no sign of life for 30 seconds"


def test_a_queue_that_nobody_takes_from_is_noticed(db, everybody_lives, answer):
    with heartbeat.connect() as client:
        client.delete(heartbeat.KEY.format(name=heartbeat.queue_key("mail")))
    status, said = answer()
    assert (status, said["worker"]) == (503, "nobody takes from mail")


def test_a_redis_that_is_down_is_told_in_words_and_at_once(db, redis_server, answer):
    redis_server.stop()
    status, said = answer()
    assert status == 503
    assert said["redis"] == said["worker"] == "Redis does not answer"
    assert said["database"] == "ok"


def test_a_database_that_is_down_is_told_in_words(everybody_lives, client, monkeypatch):
    def refuse(_connection):
        raise OperationalError("connection to server at 10.0.0.1 failed: password")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
    response = client.get("/healthz/")
    assert response.status_code == 503
    assert response.json() == {
        "database": "the database does not answer",
        "redis": "ok",
        "worker": "ok",
        "beat": "ok",
        "outbox": "the database does not answer",
        "status": "something is wrong",
    }


def test_an_outbox_that_nobody_empties_is_noticed(db, everybody_lives, answer):
    happened(minutes_ago=4)
    happened(minutes_ago=60, told=True)
    assert answer()[0] == 200
    happened(minutes_ago=6)
    status, said = answer()
    assert (status, said["outbox"]) == (503, "1 waiting for more than 5 minutes")


def test_the_answer_is_kept_by_no_cache(db, everybody_lives, rf):
    assert "no-store" in healthz(rf.get("/healthz/"))["Cache-Control"]


def test_the_address_is_open_to_everybody_and_takes_no_post(rf):
    assert healthz.login_required is False
    assert healthz(rf.post("/healthz/")).status_code == 405


def test_beat_notes_each_round_it_makes_and_sleeps_no_longer_than_that(redis_server, tmp_path):
    heartbeat._noted.clear()
    scheduler = Scheduler(app=app, schedule_filename=str(tmp_path / "schedule"))
    assert scheduler.tick() <= heartbeat.EVERY_SECONDS
    scheduler.close()
    with heartbeat.connect() as client:
        assert heartbeat.is_alive(client, "beat")


def test_a_sign_of_life_that_cannot_be_noted_stops_nobody(redis_server):
    redis_server.stop()
    heartbeat._noted.clear()
    heartbeat.note("worker")
