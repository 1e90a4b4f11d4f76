"""What became of a published event: true at once where people act on it, with a trace for everybody."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar

import moderation.actions
from activity.models import Activity
from communities.models import Community
from events import change_actions
from events.change import Nature, said_by
from events.models import Event, EventChange
from moderation.errors import TransitionRefused
from moderation.states import Status
from notifications.fanout import fan_out
from notifications.models import Notification, Subscription
from tests.factories import (
    LOMBOK_TENGAH,
    all_yes,
    make_community,
    make_event,
    make_event_change,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}updated"


@pytest.fixture
def event() -> Event:
    """A published event of a member, in three days at nine of Toman."""
    community = make_community()
    start = timezone.now().replace(hour=2, minute=0, second=0, microsecond=0) + timedelta(days=3)
    return make_event(
        community=community, author=make_member(community), title="Rapat warga",
        starts_at=start, ends_at=start + timedelta(hours=2),
    )  # fmt: skip


def moved(event, *, by=None, days=1, seen=0, reason="", **facts):
    """Put it off by some days."""
    to = {"starts_at": event.starts_at, "ends_at": event.ends_at, "place": event.place}
    to = {name: at + timedelta(days=days) if name.endswith("_at") else at for name, at in to.items()}
    by = by or event.created_by
    return change_actions.move(event, by=by, seen=seen, reason=reason, **{**to, **facts})


def cancelled(event, *, by=None, seen=0, reason="Hujan lebat."):
    """It does not take place."""
    return change_actions.cancel(event, by=by or event.created_by, seen=seen, reason=reason)


def address(name, event):
    return reverse(f"events:{name}", args=[event.pk, event.slug])


def linked_data(client, event):
    """What machines read on its page."""
    return client.get(event.get_absolute_url()).content.decode()


def entry_of(client, event):
    """Its entry in a calendar of one's own."""
    [entry] = Calendar.from_ical(client.get(address("ical", event)).content).walk("VEVENT")
    return entry


def typed(event, **others):
    """What the form of another time sends when nothing is touched."""
    zone = event.region.zone
    times = {name: getattr(event, name).astimezone(zone) for name in ("starts_at", "ends_at")}
    shown = {name: f"{at:%Y-%m-%dT%H:%M}" for name, at in times.items()}
    return {**shown, "place": event.place, "reason": "", "seen": event.sequence, **others}


def test_another_time_is_public_at_once_with_the_old_one_beside_it(event, client):
    before, new = event.starts_at, event.starts_at + timedelta(days=1)
    client.force_login(event.created_by)
    later = typed(event, starts_at=f"{new.astimezone(event.region.zone):%Y-%m-%dT%H:%M}")
    later["ends_at"] = f"{(event.ends_at + timedelta(days=1)).astimezone(event.region.zone):%Y-%m-%dT%H:%M}"
    answer = client.post(address("reschedule", event), {**later, "reason": "Balai dipakai pemilu."})
    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.starts_at, event.status, event.sequence) == (new, Status.APPROVED, 1)
    client.logout()
    page = client.get(event.get_absolute_url())
    [change] = page.context["trace"]
    assert (change.nature, change.before["starts_at"], change.reason) == (
        Nature.MOVED,
        before.isoformat(),
        "Balai dipakai pemilu.",
    )
    said = page.content.decode()
    assert "Balai dipakai pemilu." in said
    assert '"eventStatus": "https://schema.org/EventRescheduled"' in said
    assert f'"previousStartDate": "{before.isoformat()}"' in said
    assert (entry_of(client, event)["sequence"], entry_of(client, event)["status"]) == (1, "CONFIRMED")


def test_another_place_alone_is_no_other_time(event, client):
    moved(event, days=0, place="Lapangan desa")
    event.refresh_from_db()
    said = linked_data(client, event)
    assert "https://schema.org/EventScheduled" in said
    assert "previousStartDate" not in said
    assert EventChange.objects.get().after["place"] == "Lapangan desa"


def test_a_cancelled_event_stays_readable_and_says_so_everywhere(event, client):
    cancelled(event)
    event.refresh_from_db()
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Hujan lebat." in page
    assert "https://schema.org/EventCancelled" in page
    assert "pill--stop" in client.get(reverse("events:list")).content.decode()
    entry = entry_of(client, event)
    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)
    item = ET.fromstring(client.get(reverse("events:feed")).content).find("channel/item")  # noqa: S314
    assert "Hujan lebat." in item.findtext("description")
    with translation.override("id"):
        assert item.findtext("title") == _("Cancelled: %(title)s") % {"title": "Rapat warga"}
    assert item.findtext(ATOM) is not None


def test_the_feed_asks_as_often_for_many_moves_as_for_one(event, client, django_assert_num_queries):
    moved(event)
    with CaptureQueriesContext(connection) as once:
        client.get(reverse("events:feed"))
    moved(Event.objects.get(pk=event.pk), seen=1)
    with django_assert_num_queries(len(once)):
        client.get(reverse("events:feed"))


def test_it_takes_place_after_all(event, client):
    cancelled(event)
    client.force_login(event.created_by)
    assert address("resume", event) in client.get(event.get_absolute_url()).content.decode()
    assert client.post(address("resume", event)).status_code == 302
    event.refresh_from_db()
    assert (event.is_cancelled, event.cancelled_by, event.sequence) == (False, None, 2)
    assert "https://schema.org/EventScheduled" in linked_data(client, event)
    natures = [change.nature for change in client.get(event.get_absolute_url()).context["trace"]]
    assert natures == [Nature.RESUMED, Nature.CANCELLED]
    assert change_actions.resume(event, by=event.created_by) is None


def test_the_office_looks_at_it_after(event, client):
    change = moved(event)
    officer = make_officer()
    client.force_login(officer)
    desk = reverse("office:item", args=["eventchange", change.pk])
    assert f"/eventchange/{change.pk}/" in client.get(reverse("office:desk")).content.decode()
    assert client.get(desk).context["item"].is_unreviewed
    client.post(
        reverse("office:decide", args=["eventchange", change.pk]),
        {"move": "confirm", "reason": "", "seen": change.submitted_at.isoformat(), **all_yes(EventChange)},
    )
    change.refresh_from_db()
    assert (change.is_unreviewed, change.decided_by, change.status) == (False, officer, Status.APPROVED)
    assert change.true_at == change.submitted_at


@pytest.mark.parametrize("who", ["stranger", "fellow", "elsewhere", "officer"])
def test_only_its_author_and_the_managers_change_it(event, who):
    person = {
        "stranger": make_community().created_by,
        "fellow": make_member(event.community),
        "elsewhere": make_officer(LOMBOK_TENGAH),
        "officer": make_officer(),
    }[who]
    for act in (moved, cancelled):
        with pytest.raises(PermissionDenied):
            act(event, by=person)
    with pytest.raises(PermissionDenied):
        change_actions.resume(event, by=person)
    assert not EventChange.objects.exists()
    assert moved(event, by=event.community.created_by).created_by == event.community.created_by


def test_an_officer_of_another_region_has_nothing_on_the_desk(event, client):
    change = moved(event)
    with pytest.raises(PermissionDenied):
        moderation.actions.move(change, "confirm", by=make_officer(LOMBOK_TENGAH))


@pytest.mark.parametrize("act", [moved, cancelled])
def test_what_is_over_stays_as_it_was(event, act):
    past = timezone.now() - timedelta(days=9)
    Event.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    with pytest.raises(TransitionRefused):
        act(event)
    assert not EventChange.objects.exists()


@pytest.mark.parametrize("page", ["reschedule", "cancel"])
def test_nobody_fills_in_a_form_about_what_is_over(event, client, page):
    past = timezone.now() - timedelta(days=9)
    Event.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    client.force_login(event.created_by)
    answer = client.get(address(page, event))
    assert (answer.status_code, answer.headers["Location"]) == (302, event.get_absolute_url())


def test_a_time_in_the_past_is_refused_at_the_field(event, client):
    client.force_login(event.created_by)
    sent = typed(event, starts_at="2026-01-01T09:00", ends_at="2026-01-01T10:00", place="Rumah Bu Siti")
    answer = client.post(address("reschedule", event), sent)
    assert answer.status_code == 422
    assert "ends_at" in answer.context["form"].errors
    assert 'value="Rumah Bu Siti"' in answer.content.decode()


@pytest.mark.parametrize("act", [moved, cancelled])
def test_a_withdrawn_event_and_a_suspended_community_change_nothing(event, act):
    moderation.actions.move(event, "suspend", by=make_officer(), reason="Bohong.", cited="untrue")
    with pytest.raises(TransitionRefused):
        act(event)
    moderation.actions.move(event, "restore", by=make_officer())
    Community.objects.update(status=Status.SUSPENDED)
    with pytest.raises(TransitionRefused):
        act(event)
    assert not EventChange.objects.exists()


def test_of_a_dissolved_community_only_a_cancellation_is_taken(event):
    Community.objects.update(
        dissolved_at=timezone.now(), dissolved_by=event.created_by, dissolved_on="2026-01-01"
    )
    with pytest.raises(TransitionRefused):
        moved(event)
    assert cancelled(event).nature == Nature.CANCELLED


def test_a_cancelled_event_is_not_moved(event):
    cancelled(event)
    with pytest.raises(TransitionRefused):
        moved(event, seen=1)


def test_a_second_click_changes_nothing_twice(event, client):
    client.force_login(event.created_by)
    sent = typed(event, place="Lapangan desa")
    for _click in range(2):
        assert client.post(address("reschedule", event), sent).status_code == 302
    for _click in range(2):
        assert client.post(address("cancel", event), {"reason": "Hujan.", "seen": 1}).status_code == 302
    assert [change.nature for change in EventChange.objects.order_by("pk")] == ["moved", "cancelled"]
    assert Activity.objects.of(event).filter(verb="event.cancel").count() == 1


def test_a_follower_is_told_once_of_each_fact_and_never_of_words(event):
    follower = make_user()
    Subscription.objects.create(user=follower, community=event.community)
    for _click in range(2):
        moved(event, days=0, place="Lapangan desa")
    words = make_event_change(event=event, before=said_by(Event.objects.get()))
    moderation.actions.move(words, "approve", by=make_officer())
    for _click in range(2):
        cancelled(event, seen=2)
    for activity in Activity.objects.waiting():
        fan_out(activity.pk)
    told = Notification.objects.filter(recipient=follower).values_list("activity__verb", flat=True)
    # Of the move nobody hears any more: it is cancelled since.
    assert list(told) == ["event.cancel"]


def test_who_comes_second_sees_what_the_first_said(event, client):
    moved(event, by=event.community.created_by, days=0, place="Lapangan desa")
    client.force_login(event.created_by)
    sent = {**typed(event), "place": "Rumah Bu Siti", "seen": 0}
    answer = client.post(address("reschedule", event), sent)
    assert answer.status_code == 409
    assert [change.after["place"] for change in answer.context["since"]] == ["Lapangan desa"]
    assert answer.context["form"]["seen"].value() == 1
    assert client.post(address("reschedule", event), {**sent, "seen": 1}).status_code == 302
    event.refresh_from_db()
    assert event.place == "Rumah Bu Siti"


def test_nobody_is_told_of_a_move_the_sixth_time_a_day_but_a_cancellation_always_goes(event):
    for number in range(change_actions.MOST_A_DAY):
        moved(event, days=0, place=f"Tempat {number}", seen=number)
    with pytest.raises(TransitionRefused):
        moved(event, days=0, place="Tempat lain", seen=change_actions.MOST_A_DAY)
    assert cancelled(event, seen=change_actions.MOST_A_DAY).nature == Nature.CANCELLED


def test_where_managers_read_first_a_manager_changes_it(event):
    Community.objects.update(is_read_first=True)
    with pytest.raises(TransitionRefused):
        cancelled(event)
    assert cancelled(event, by=event.community.created_by).nature == Nature.CANCELLED


def test_a_cancellation_says_why(event, client):
    client.force_login(event.created_by)
    answer = client.post(address("cancel", event), {"reason": "  ", "seen": 0})
    assert answer.status_code == 422
    with pytest.raises(TransitionRefused):
        cancelled(event, reason=" ")


def test_its_authors_find_the_buttons_and_others_do_not(event, client):
    buttons = [address(name, event) for name in ("reschedule", "cancel", "reword")]
    client.force_login(event.created_by)
    page = client.get(event.get_absolute_url()).content.decode()
    assert [button in page for button in buttons] == [True, True, True]
    mine = client.get(reverse("events:mine")).content.decode()
    assert f"{event.get_absolute_url()}#mengubah" in mine
    client.force_login(make_user())
    page = client.get(event.get_absolute_url()).content.decode()
    assert [button in page for button in buttons] == [False, False, False]
