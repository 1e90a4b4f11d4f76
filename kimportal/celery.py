"""The Celery application: `celery -A kimportal worker`, `celery -A kimportal beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from kimportal import lost_queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")

lost_queue.bear_it()
app = Celery("kimportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _show_signs_of_life(**_: Any) -> None:
    """Only a worker listens to its own heartbeat."""
    import kimportal.heartbeat  # noqa: F401 - it connects itself
