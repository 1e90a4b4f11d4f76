"""Times of the demo."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import Consent
from kimportal.demo.clock import StoppedClock
from kimportal.demo.moments import past, planned

# A Saturday: 23.30 in Jakarta, 00.30 of Sunday in Makassar.
NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")


def test_the_past_is_counted_by_the_clock_of_the_village():
    assert past("3h", now=NOW, zone=WIB) == datetime(2026, 11, 21, 13, 30, tzinfo=UTC)
    assert past("1d 07.50", now=NOW, zone=WIB) == datetime(2026, 11, 20, 7, 50, tzinfo=WIB)
    assert past("1d 07.50", now=NOW, zone=WITA) == datetime(2026, 11, 21, 7, 50, tzinfo=WITA)


def test_plans_find_the_weekday_that_comes():
    assert planned("+3 09.00", now=NOW, zone=WIB) == datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
    assert planned("-9 19.30", now=NOW, zone=WIB) == datetime(2026, 11, 12, 19, 30, tzinfo=WIB)
    assert planned("Minggu+ 07.00", now=NOW, zone=WIB) == datetime(2026, 11, 22, 7, 0, tzinfo=WIB)
    assert planned("Minggu+2 07.00", now=NOW, zone=WIB) == datetime(2026, 11, 29, 7, 0, tzinfo=WIB)
    assert planned("Sabtu+ 07.00", now=NOW, zone=WIB) == datetime(2026, 11, 28, 7, 0, tzinfo=WIB)


@pytest.mark.parametrize("words", ["", "3", "3d", "yesterday", "3h 07.00"])
def test_what_is_no_time_is_refused(words):
    with pytest.raises(ValueError, match="demo"):
        past(words, now=NOW, zone=WIB)
    with pytest.raises(ValueError, match="demo"):
        planned(words, now=NOW, zone=WIB)


def test_a_stopped_clock_stands_for_the_portal_and_for_its_models_and_then_runs_again():
    real = timezone.now
    with StoppedClock(NOW) as clock:
        assert timezone.now() == NOW
        clock.moment = NOW.replace(year=2025)
        assert timezone.now().year == 2025
        assert Consent().agreed_at.year == 2025
    assert timezone.now is real
    assert Consent().agreed_at.year >= 2026
