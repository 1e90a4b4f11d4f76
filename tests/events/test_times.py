"""An event's clock is that of its region."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.models import Event
from moderation.states import Status
from tests.factories import make_community, make_event, make_member, make_user

pytestmark = pytest.mark.django_db
JAYAPURA = "91.71.01.1001"  # WIT
LOMBOK = "52.02.01.1001"  # WITA
COMPOSE = reverse("events:compose")


@pytest.mark.parametrize(
    ("village", "hour"), [("16.06.06.2008", 2), (LOMBOK, 1), (JAYAPURA, 0)], ids=["WIB", "WITA", "WIT"]
)
def test_nine_in_the_village_is_nine_by_its_own_clock(client, village, hour):
    community = make_community(village=village)
    client.force_login(community.created_by)
    day = (timezone.now() + timedelta(days=30)).date()
    client.post(
        COMPOSE,
        {
            "community": community.pk,
            "title": "Gotong royong",
            "text": "Bawa sapu.",
            "place": "Balai desa",
            "starts_at": f"{day}T09:00",
            "ends_at": f"{day}T11:00",
            "form_key": client.get(COMPOSE).context["form"]["form_key"].value(),
            "then": "submit",
        },
    )
    event = Event.objects.get()
    assert event.status == Status.SUBMITTED
    assert event.starts_at.astimezone(UTC) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    page = client.get(event.get_absolute_url()).content.decode()
    assert f"09.00 {event.region.zone_abbreviation}" in page


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2030-01-02T09:00", "2030-01-02T08:00", "ends_at"),
        ("2030-01-02T09:00", "2030-12-02T08:00", "ends_at"),
        ("2020-01-02T09:00", "2020-01-02T10:00", "ends_at"),
        ("besok pagi", "2030-01-02T08:00", "starts_at"),
        ("2030-13-45T09:00", "2030-01-02T08:00", "starts_at"),
        ("0001-01-01T00:00", "2030-01-02T08:00", "starts_at"),
        ("9999-12-31T23:00", "9999-12-31T23:59", "starts_at"),
    ],
)
def test_times_that_make_no_sense_are_refused_at_the_field(client, start, end, wrong):
    community = make_community()
    client.force_login(community.created_by)
    answer = client.post(
        COMPOSE,
        {
            "community": community.pk,
            "title": "Gotong royong",
            "text": "Bawa sapu.",
            "place": "Balai desa",
            "starts_at": start,
            "ends_at": end,
            "form_key": client.get(COMPOSE).context["form"]["form_key"].value(),
            "then": "submit",
        },
    )
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert not Event.objects.exists()


def test_the_form_shows_the_local_clock_again(client):
    event = make_event(Status.DRAFT, community=make_community(village=LOMBOK))
    client.force_login(event.created_by)
    form = client.get(reverse("events:edit", args=[event.pk, event.slug])).context["form"]
    local = event.starts_at.astimezone(ZoneInfo("Asia/Makassar"))
    assert f'value="{local:%Y-%m-%dT%H:%M}"' in str(form["starts_at"])


def test_the_calendar_file_says_the_same_moment(client):
    event = make_event(title="Rapat, desa; kampung", text="Baris satu\nBaris dua")
    answer = client.get(reverse("events:ical", args=[event.pk, event.slug]))
    entry = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert entry.decoded("dtstart") == event.starts_at.replace(microsecond=0)
    assert entry.decoded("dtend") == event.ends_at.replace(microsecond=0)
    assert str(entry["summary"]) == "Rapat, desa; kampung"
    assert str(entry["description"]) == "Baris satu\nBaris dua"


def test_a_draft_has_no_calendar_file(client):
    event = make_event(Status.DRAFT)
    assert client.get(reverse("events:ical", args=[event.pk, event.slug])).status_code == 404


def test_what_is_over_is_past_and_what_runs_is_not():
    now = timezone.now()
    over = make_event(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1))
    running = make_event(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    later = make_event()
    assert list(Event.objects.public().upcoming()) == [running, later]
    assert list(Event.objects.public().past()) == [over]


def test_a_member_of_no_community_is_told_what_comes_first(client):
    client.force_login(make_user())
    assert reverse("communities:apply") in client.get(COMPOSE).content.decode()


def test_nobody_announces_for_a_community_of_others(client):
    community = make_community()
    stranger = make_member(make_community())
    client.force_login(stranger)
    answer = client.post(
        COMPOSE,
        {
            "community": community.pk,
            "title": "Gotong royong",
            "text": "x",
            "place": "y",
            "starts_at": "2030-01-02T09:00",
            "ends_at": "2030-01-02T10:00",
            "form_key": "7f3c1f0e-58f5-4b5e-9b8a-2f4f0a2f9f11",
        },
    )
    assert list(answer.context["form"].errors) == ["community"]
