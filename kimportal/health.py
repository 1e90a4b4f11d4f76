"""/healthz/: what works and what does not, for those who watch the portal."""

from collections.abc import Callable
from datetime import timedelta

import redis
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activity.models import Activity
from kimportal import heartbeat
from kimportal.queues import QUEUES

OK = "ok"
OUTBOX_PATIENCE = timedelta(minutes=5)


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Each part with "ok" or what is wrong; 503 when anything is."""
    parts = {
        "database": _said(_database),
        "redis": _said(_redis),
        "worker": _said(_worker),
        "beat": _said(_beat),
        "outbox": _said(_outbox),
    }
    healthy = all(said == OK for said in parts.values())
    return JsonResponse(
        parts | {"status": OK if healthy else "something is wrong"}, status=200 if healthy else 503
    )


def _said(check: Callable[[], str]) -> str:
    """What a check says. An address or a password in an error's text is nobody's business."""
    try:
        return check()
    except DatabaseError:
        return "the database does not answer"
    except redis.RedisError:
        return "Redis does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _redis() -> str:
    with heartbeat.connect() as client:
        client.ping()
    return OK


def _worker() -> str:
    """Each queue has somebody who takes from it."""
    with heartbeat.connect() as client:
        idle = [name for name in QUEUES if not heartbeat.is_alive(client, heartbeat.queue_key(name))]
    if len(idle) == len(QUEUES):
        return _sign_of_life("worker")
    return f"nobody takes from {', '.join(idle)}" if idle else OK


def _beat() -> str:
    return _sign_of_life("beat")


def _sign_of_life(name: str) -> str:
    with heartbeat.connect() as client:
        alive = heartbeat.is_alive(client, name)
    return OK if alive else f"no sign of life for {heartbeat.LASTS_SECONDS} seconds"


def _outbox() -> str:
    late = Activity.objects.waiting().filter(happened_at__lt=timezone.now() - OUTBOX_PATIENCE).count()
    minutes = int(OUTBOX_PATIENCE.total_seconds() // 60)
    return OK if not late else f"{late} waiting for more than {minutes} minutes"
