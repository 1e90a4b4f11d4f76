"""A clock that stands where it is put, so that what the demo does in the past is dated there throughout."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import Self
from unittest import mock

from django.apps import apps
from django.db.models import Field
from django.utils import timezone


class StoppedClock:
    """While entered, `timezone.now()` and every "now" that a model fills in are `moment`."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self._patches = ExitStack()

    def now(self) -> datetime:
        """What the clock shows."""
        return self.moment

    def __enter__(self) -> Self:
        defaults = _fields_that_default_to_now()
        self._patches.enter_context(mock.patch.object(timezone, "now", self.now))
        for field in defaults:
            # A default was bound to the real clock when its model was made.
            self._patches.enter_context(mock.patch.object(field, "_get_default", self.now))
        return self

    def __exit__(self, *_problem: object) -> None:
        self._patches.close()


def _fields_that_default_to_now() -> list[Field]:
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    return [field for field in fields if field.default is timezone.now]
