from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from regions.models import Region, TimeZone
from regions.templatetags.region_time import ago, local_clock, local_date, local_time

MOMENT = datetime(2026, 11, 21, 1, 10, tzinfo=UTC)
WIB, WITA, WIT = (Region(time_zone=zone) for zone in TimeZone.values)


@pytest.mark.parametrize(
    ("language", "place", "words"),
    [
        ("id", WIB, "Sabtu, 21 November 2026, 08.10 WIB"),
        ("id", WITA, "Sabtu, 21 November 2026, 09.10 WITA"),
        ("id", WIT, "Sabtu, 21 November 2026, 10.10 WIT"),
        ("id", None, "Sabtu, 21 November 2026, 08.10 WIB"),
        ("en", WIB, "Saturday, 21 November 2026, 08:10 WIB"),
    ],
)
def test_a_time_is_told_by_the_clock_of_the_region(language, place, words):
    with override(language):
        assert local_time(MOMENT, place) == words


def test_a_date_is_that_of_the_region_where_it_is_already_tomorrow():
    late = datetime(2026, 8, 16, 16, 30, tzinfo=UTC)
    with override("id"):
        assert local_date(late, WIB) == "16 Agustus 2026"
        assert local_date(late, WIT) == "17 Agustus 2026"
        assert local_clock(late, WIT) == "01.30 WIT"


@pytest.mark.parametrize("tell", [local_time, local_date, local_clock, ago])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_told_of_no_time(tell, nothing):
    assert tell(nothing, WIB) == ""


NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)  # 12.00 WIB


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=13), "yesterday, 23:00 WIB"),
        (timedelta(hours=35), "yesterday, 01:00 WIB"),
        (timedelta(hours=37), "19 November"),
        (timedelta(days=365), "21 November 2025"),
        (timedelta(days=-2), "23 November"),
    ],
)
def test_a_while_ago_is_told_in_the_words_that_say_most(monkeypatch, passed, words):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    with override("en"):
        assert ago(NOON - passed, WIB) == words


def test_templates_tell_times_whatever_the_current_time_zone():
    template = Template("{% load region_time %}{{ moment|local_time:place }}|{{ moment|local_date }}")
    with override("id"), timezone.override("America/New_York"):
        told = template.render(Context({"moment": MOMENT, "place": WITA}))
    assert told == "Sabtu, 21 November 2026, 09.10 WITA|21 November 2026"
