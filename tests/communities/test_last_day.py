"""The last day of a community is judged by the clock of its region, not by the capital's."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from communities import life_actions
from moderation.errors import TransitionRefused
from regions.models import Level, Region
from tests.factories import TOMAN, make_community, make_officer

pytestmark = pytest.mark.django_db
SECOND = date(2026, 3, 2)
# 23:30 of the first of March in Jakarta, 01:30 of the second in Papua.
BETWEEN = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)


@pytest.fixture
def in_papua() -> str:
    return Region.objects.filter(time_zone="Asia/Jayapura", level=Level.VILLAGE).first().pk


def test_in_the_east_the_day_has_come(in_papua):
    community = make_community(village=in_papua)
    officer = make_officer(in_papua[:5], role=Role.HEAD)
    life_actions.end(life_actions.lock(community), on=SECOND, by=officer, reason="Selesai.", at=BETWEEN)
    community.refresh_from_db()
    assert community.dissolved_on == SECOND


def test_in_the_west_it_lies_ahead():
    community = make_community(village=TOMAN)
    with pytest.raises(TransitionRefused):
        life_actions.end(
            life_actions.lock(community), on=SECOND, by=make_officer(), reason="Selesai.", at=BETWEEN
        )


@pytest.mark.parametrize(("east", "status"), [(True, 302), (False, 422)])
def test_the_form_of_the_office_knows_the_clock(client, monkeypatch, in_papua, east, status):
    village = in_papua if east else TOMAN
    community = make_community(village=village)
    client.force_login(make_officer(village[:5], role=Role.HEAD))
    monkeypatch.setattr(Region, "today", property(lambda self: BETWEEN.astimezone(self.zone).date()))
    sent = {"on": SECOND.isoformat(), "reason": "Selesai."}
    assert client.post(reverse("office:dissolve", args=[community.pk]), sent).status_code == status
