"""The demo loads at any hour, so at the first and the last of a day: nothing in it happens too early."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from kimportal.demo import loading
from kimportal.demo.people import JAKARTA
from tests.demo.test_loading import draw_quickly


@pytest.mark.parametrize("clock", [(0, 5), (23, 55)])
def test_it_loads_at_both_ends_of_the_day(db, tmp_path, monkeypatch, clock):
    draw_quickly(monkeypatch)
    today = datetime.now(JAKARTA).replace(hour=clock[0], minute=clock[1])
    with override_settings(MEDIA_ROOT=tmp_path):
        assert loading.load(now=today - timedelta(days=1))
