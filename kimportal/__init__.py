"""The portal's project: settings, addresses, queue, and the embedded servers of development."""

from kimportal.celery import app as celery_app

__all__ = ["celery_app"]
