"""The demo loads at whatever hour of the day: nothing in it happens before what it stands on."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from kimportal.demo import loading
from kimportal.demo.people import JAKARTA
from tests.demo.test_loading import draw_quickly


@pytest.mark.parametrize("clock", [(0, 5), (6, 30), (11, 50), (23, 55)])
def test_it_loads_at_whatever_hour(db, tmp_path, monkeypatch, clock):
    draw_quickly(monkeypatch)
    today = datetime.now(JAKARTA).replace(hour=clock[0], minute=clock[1])
    with override_settings(MEDIA_ROOT=tmp_path):
        assert loading.load(now=today - timedelta(days=1))
