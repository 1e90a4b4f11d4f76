"""The settings of an office: for its head alone, each change in the history, inherited where empty."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import offices
from accounts.models import Holiday, Office, SavedReply
from accounts.roles import Role
from activity.models import Activity
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_aspiration,
    make_officer,
    region,
)

pytestmark = pytest.mark.django_db
URL = reverse("office:settings", args=[MUSI_BANYUASIN])


@pytest.fixture
def head(client):
    user = make_officer(role=Role.HEAD)
    client.force_login(user)
    return user


def sent(**changes):
    return {"name": "Dinkominfo Musi Banyuasin", "phone": "0714 000000", **changes}


def test_the_way_leads_to_the_own_office(client, head):
    assert client.get(reverse("office:settings_home")).url == URL
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.MODERATOR, Role.VIEWER])
def test_only_a_head_comes_in(client, role):
    client.force_login(make_officer(role=role))
    assert client.get(reverse("office:settings_home")).status_code == 403
    assert client.get(URL).status_code == 403
    assert client.post(URL, sent()).status_code == 403


@pytest.mark.parametrize("code", [SUMATERA_SELATAN, LOMBOK_TENGAH, "nasional", TOMAN, "99"])
def test_other_offices_are_not_there(client, head, code):
    assert client.get(reverse("office:settings", args=[code])).status_code == 404
    holiday = {"day": "2027-01-01", "name": "Tahun baru"}
    assert client.post(reverse("office:add_holiday", args=[code]), holiday).status_code == 404
    assert not Holiday.objects.exists()


def test_what_is_saved_holds_beneath(client, head):
    data = sent(minimum_members=8, dormant_months=9, days_article=1)
    assert client.post(URL, data).url == URL
    found = offices.settings_of(region(TOMAN))
    assert (found.minimum_members, found.dormant_months, found.days("article")) == (8, 9, 1)
    assert found.days("event") == 2


def test_the_limits_of_aspirations_are_the_offices_own_and_hold_beneath(client, head):
    assert client.post(URL, sent(days_aspiration_receive=1, days_aspiration_answer=5)).url == URL
    found = offices.settings_of(region(TOMAN))
    assert [found.days(name) for name in ("aspiration_receive", "aspiration_answer")] == [1, 5]
    page = client.get(make_aspiration("working").get_absolute_url())
    assert page.context["limits"] == (1, 5)
    client.post(URL, sent(phone="0714 111111", days_aspiration_receive=1))
    found = offices.settings_of(region(TOMAN))
    assert [found.days(name) for name in ("aspiration_receive", "aspiration_answer")] == [1, 10]


def test_what_is_emptied_is_inherited_again(client, head):
    client.post(URL, sent(minimum_members=8, days_article=1))
    client.post(URL, sent())
    found = offices.settings_of(region(TOMAN))
    assert (found.minimum_members, found.days("article")) == (3, 2)


def test_own_hours_are_kept_and_given_back(client, head):
    hours = {"opens_0": "07:30", "closes_0": "14:00", "opens_5": "08:00", "closes_5": "12:00"}
    client.post(URL, sent(own_hours="on", **hours))
    week = offices.settings_of(region(TOMAN)).week
    assert week.stored() == [["07:30", "14:00"], None, None, None, None, ["08:00", "12:00"], None]
    client.post(URL, sent(**hours))
    assert Office.objects.get().hours is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minimum_members": 0}, "minimum_members"),
        ({"dormant_months": 61}, "dormant_months"),
        ({"days_article": 0}, "days_article"),
        ({"days_aspiration_receive": 61}, "days_aspiration_receive"),
        ({"days_aspiration_receive": 5, "days_aspiration_answer": 4}, "days_aspiration_answer"),
        ({"days_aspiration_receive": 11}, "days_aspiration_answer"),
        ({"own_hours": "on"}, "own_hours"),
        ({"own_hours": "on", "opens_0": "08:00"}, "closes_0"),
        ({"own_hours": "on", "opens_0": "08:00", "closes_0": "08:30"}, "closes_0"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_nonsense_is_refused_at_its_field(client, head, wrong, field):
    response = client.post(URL, sent(**wrong))
    assert (response.status_code, field in response.context["form"].errors) == (422, True)
    assert not Office.objects.exists()


def test_a_change_stands_in_the_history_with_before_and_after(client, head):
    client.post(URL, sent(minimum_members=8))
    client.post(URL, sent(minimum_members=10))
    client.post(URL, sent(minimum_members=10))
    rows = Activity.objects.of(Office.objects.get())
    assert [row.actor for row in rows] == [head, head]
    assert rows[1].details == {"before": {"minimum_members": 8}, "after": {"minimum_members": 10}}


def test_a_holiday_is_added_once_and_removed(client, head):
    day = timezone.localdate() + timedelta(days=10)
    url, data = reverse("office:add_holiday", args=[MUSI_BANYUASIN]), {"day": day, "name": "Hari jadi"}
    assert client.post(url, data).url == URL
    assert client.post(url, data).status_code == 422
    holiday = Holiday.objects.get()
    assert "Hari jadi" in client.get(URL).content.decode()
    remove = reverse("office:remove_holiday", args=[MUSI_BANYUASIN, holiday.pk])
    assert client.post(remove).url == URL
    assert not Holiday.objects.exists()


def test_a_holiday_from_above_is_shown_and_not_removed(client, head):
    day = timezone.localdate() + timedelta(days=10)
    holiday = Holiday.objects.create(region=None, day=day, name="Hari Pahlawan")
    assert "Hari Pahlawan" in client.get(URL).content.decode()
    remove = reverse("office:remove_holiday", args=[MUSI_BANYUASIN, holiday.pk])
    assert client.post(remove).status_code == 404
    assert Holiday.objects.filter(pk=holiday.pk).exists()


def test_a_reply_is_written_changed_and_removed(client, head):
    add = reverse("office:add_reply", args=[MUSI_BANYUASIN])
    assert client.get(add).status_code == 200
    client.post(add, {"title": "Foto buram", "text": "Mohon kirim foto yang tajam."})
    assert client.post(add, {"title": "Foto buram", "text": "Dua kali."}).status_code == 422
    reply = SavedReply.objects.get()
    change = reverse("office:reply", args=[MUSI_BANYUASIN, reply.pk])
    client.post(change, {"title": "Foto buram", "text": "Mohon foto yang lebih terang."})
    reply.refresh_from_db()
    assert reply.text == "Mohon foto yang lebih terang."
    client.post(reverse("office:remove_reply", args=[MUSI_BANYUASIN, reply.pk]))
    assert not SavedReply.objects.exists()


def test_a_reply_of_another_office_is_not_there(client, head):
    other = Office.objects.create(region_id=LOMBOK_TENGAH, name="Diskominfo")
    reply = SavedReply.objects.create(office=other, title="Foto", text="Mohon.")
    for name in ("reply", "remove_reply"):
        assert client.post(reverse(f"office:{name}", args=[MUSI_BANYUASIN, reply.pk])).status_code == 404


def test_a_day_gone_by_is_not_listed(client, head):
    Holiday.objects.create(region_id=MUSI_BANYUASIN, day=date(2020, 1, 1), name="Lama sekali")
    assert "Lama sekali" not in client.get(URL).content.decode()
